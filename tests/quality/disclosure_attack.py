"""The attack on 1,000 invented cohorts: `python tests/quality/disclosure_attack.py [FROM TO [K]]`.

An attacker with every published table, all totals, the list of all people and the lines under quotes solves
for each hidden figure by linear programming (tests/unit/disclosure_attacker.py). Exit code 1 when one
comes out, or when fewer than k people have a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from disclosure_attacker import Found, attack, invented


def main(first: int = 0, last: int = 1000, k: int = 5) -> int:
    found = [attack(invented(seed), k=k) for seed in range(first, last)]
    totals = {name: sum(getattr(one, name) for one in found) for name in Found.__dataclass_fields__}
    sys.stdout.write(f"{len(found)} cohorts, k = {k}: {totals}\n")
    return int(bool(totals["recovered"] or totals["lines_below_k"]))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

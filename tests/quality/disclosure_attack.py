"""The attack on 1,000 invented cohorts: `python tests/quality/disclosure_attack.py [FROM TO [K]]`.

An attacker with every published table, all totals, the list of all people and the lines under quotes solves
for each hidden figure by linear programming (tests/unit/disclosure_attacker.py). The same attacker then takes
the splits of push-factor cards as well (tests/unit/cards_attacker.py), of the first tenth of the cohorts.
Exit code 1 when a figure comes out, or when fewer than k people have a line.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from cards_attacker import attack_cards, invented_study, sizes_recovered
from cards_attacker import totals as of_cards
from disclosure_attacker import Found, attack, invented

_PART = 10


def main(first: int = 0, last: int = 1000, k: int = 5) -> int:
    found = [attack(invented(seed), k=k) for seed in range(first, last)]
    totals = {name: sum(getattr(one, name) for one in found) for name in Found.__dataclass_fields__}
    sys.stdout.write(f"{len(found)} cohorts, k = {k}: {totals}\n")
    studies = [invented_study(seed) for seed in range(first, first + max(1, (last - first) // _PART))]
    cards = of_cards([attack_cards(one, k=k) for one in studies])
    sizes = sum(sizes_recovered(one, k=k) for one in studies)
    sys.stdout.write(f"{len(studies)} with cards: {cards}, groups below k by their sizes: {sizes}\n")
    bare = totals["recovered"] or totals["lines_below_k"] or cards.recovered or cards.small or sizes
    return int(bool(bare))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))

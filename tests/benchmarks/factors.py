"""How long push factors take: python tests/benchmarks/factors.py [LEAVERS]

Planted answers (12 factors; an invented place makes each sentence another one): processor seconds and
megabytes, with the vectors worked out and with the vectors known, as in a second run of a project.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "quality"))

from factors_measure import Kept
from planted_factors import planted

from feedback.factors import find_factors


def _place(draw: random.Random) -> str:
    return "".join(draw.choice("bdfglmnprstvw") + draw.choice("aeiou") for _ in range(3)).title()


def main(leavers: int) -> None:
    corpus, kept = planted(leavers, 12, half="all"), Kept()
    draw = random.Random(0)
    numbered = corpus.segments.assign(
        text=[f"{text.rstrip('.')}, {_place(draw)}." for text in corpus.segments["text"]]
    )
    for what in ("vectors worked out", "vectors known"):
        wall, processor = time.perf_counter(), time.process_time()
        found = find_factors(numbered, embed=kept.encode)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        used, waited = time.process_time() - processor, time.perf_counter() - wall
        sys.stdout.write(f"{leavers} leavers, {len(numbered)} sentences, {what}: {used:.1f} s of processor, ")
        sys.stdout.write(f"{waited:.1f} s by the clock, {peak:.0f} MB, {len(found.factors)} factors\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)

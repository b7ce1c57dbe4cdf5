"""What kill -9 at random moments leaves: python tests/workflow/kill_measure.py [KILLS] [JOB...]

A table: kills by job, how many found the command at work, torn files, results that differ after the same
command was given again, leftovers, lost decisions; --seed N for others. Half of the kills come after a random
time, half at a random touch of a file. Ends with code 1 where anything was lost. 200 take some ten minutes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from killing import Kept, killed_often, made_of
from killing_jobs import JOBS

COLUMNS = ("kills", "at work", "torn", "unequal", "leftovers", "lost decisions")


def row(kept: Kept) -> tuple[int, ...]:
    return kept.kills, kept.at_work, len(kept.torn), len(kept.unequal), kept.leftovers, kept.lost


def line(name: str, cells: tuple[object, ...]) -> str:
    return f"{name:28}" + "".join(f"{cell:>16}" for cell in cells) + "\n"


def main() -> None:
    """Prints the table, and what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("kills", type=int, nargs="?", default=204)
    parser.add_argument("jobs", nargs="*", help="only jobs whose name begins so")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    chosen = [job for job in JOBS if not asked.jobs or job.name.startswith(tuple(asked.jobs))]
    wrong: list[str] = []
    sums = [0] * len(COLUMNS)
    begun = time.monotonic()
    sys.stdout.write(line("", COLUMNS))
    with tempfile.TemporaryDirectory() as folder:
        base = made_of(Path(folder))
        for at, job in enumerate(chosen):
            times = asked.kills // len(chosen) + (at < asked.kills % len(chosen))
            kept = killed_often(job, base, times=times, seed=asked.seed)
            sums = [before + now for before, now in zip(sums, row(kept), strict=True)]
            wrong += kept.torn + kept.unequal
            sys.stdout.write(line(job.name, row(kept)))
            sys.stdout.flush()
    sys.stdout.write(line(f"all ({time.monotonic() - begun:.0f} s)", tuple(sums)))
    sys.stdout.write("".join(f"  {one}\n" for one in wrong))
    sys.exit(1 if any(sums[2:]) else 0)


if __name__ == "__main__":
    main()

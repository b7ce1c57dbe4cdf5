"""How many sentences of a push factor give it, as a reader judged: python tests/quality/members_read.py DEMO

members-read.csv holds 100 members drawn with seed 1906 on November 22: 50 of the demo, 15 of the ticks of the
TAFE exit survey, 35 of the answers "No" about physical health in workplace-why (grouped without a theme list,
what was asked standing for leaving). One who works on the tool read each with its question: does this person,
in this sentence, give what the factor's name says as the reason? A name that says none counts as no.
It is the second draw: the first (same seed, other sizes; workplace-why with the list that ships) told
of faults that were then mended, and that list does not fit those answers: by far most did not give it. So the
sets are to be quoted and no total. Nobody else has read them. "demo, further": 27 sentences
of its interviews, read in the same way before the rules were changed: all 52 members were read then.
DEMO (may be left out): the demo's project; those of its judged sentences are counted that are still members.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from feedback import Project
from feedback.intervals import wilson

READ = Path(__file__).with_name("members-read.csv")

Row = Mapping[str, str]


def rows() -> list[Row]:
    """The judgements: set, segment_id, factor (its label), gives_it (yes, no)."""
    with READ.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def still_members(demo: Path, judged: Iterable[Row]) -> list[Row]:
    """Those of the demo that a project's factors still hold."""
    project = Project(demo)
    labels = dict(zip(*(project.table("factors")[name] for name in ("factor_id", "label")), strict=True))
    members = project.table("members").dropna(subset="factor_id")
    held = set(zip(members["segment_id"], members["factor_id"].map(labels), strict=True))
    return [
        row for row in judged if row["set"].startswith("demo") and (row["segment_id"], row["factor"]) in held
    ]


def line(name: str, judged: list[Row]) -> str:
    """How many give it, with the 95 % interval."""
    yes = sum(row["gives_it"] == "yes" for row in judged)
    low, high = wilson(yes, len(judged))
    return f"{name}: {yes} of {len(judged)} ({low:.2f} to {high:.2f})\n"


if __name__ == "__main__":
    every = rows()
    for name in dict.fromkeys(row["set"] for row in every):
        sys.stdout.write(line(name, [row for row in every if row["set"] == name]))
    sys.stdout.write(line("all", every))
    if sys.argv[1:]:
        sys.stdout.write(line("demo, still members", still_members(Path(sys.argv[1]), every)))

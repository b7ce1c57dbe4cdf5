"""Summaries that people write into the matrix, kept as memos: nothing that was written is ever lost.

Every version stays in table `memos`; the newest of each writer counts. An empty text takes theirs away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.codebook import Codebook
from feedback.codebook.compare import successors
from feedback.withdrawn import OF

if TYPE_CHECKING:
    import pandas as pd

Place = tuple[str, str]
_KIND = "summary-"


@dataclass(frozen=True, slots=True)
class Summary:
    """One writer's summary of what a person says of a theme; `words` stands for what they had read."""

    coder: str
    text: str
    words: str
    written: str


def summaries_of(memos: pd.DataFrame, codebook: Codebook) -> dict[Place, tuple[Summary, ...]]:
    """The newest summary of each writer, by person and theme; those of a renamed theme under its new id."""
    newest = {key: versions[-1] for key, versions in versions_of(memos, codebook).items()}
    found: dict[Place, list[Summary]] = {}
    for (place, _), summary in sorted(newest.items()):
        if summary.text:
            found.setdefault(place, []).append(summary)
    return {place: tuple(own) for place, own in found.items()}


def versions_of(memos: pd.DataFrame, codebook: Codebook) -> dict[tuple[Place, str], list[Summary]]:
    """Every version of every writer's summary, the oldest first, by (person, theme) and writer."""
    now = successors(codebook)
    own = memos[memos["memo_id"].astype(str).str.startswith(_KIND)].sort_values("memo_id", kind="stable")
    found: dict[tuple[Place, str], list[Summary]] = {}
    for row in own.to_dict("records"):
        case, _, theme = str(row["about"]).rpartition(OF)
        summary = Summary(str(row["coder"]), row["text"] or "", row.get("words") or "", row["written"] or "")
        found.setdefault(((case, now.get(theme) or theme), summary.coder), []).append(summary)
    return found


def with_summaries(memos: pd.DataFrame, new: Mapping[Place, Summary]) -> pd.DataFrame:
    """The table `memos` with further versions of summaries, each behind all that are there."""
    import pandas as pd

    from feedback.tables import conform

    numbers = [str(name).removeprefix(_KIND) for name in memos["memo_id"] if str(name).startswith(_KIND)]
    last = max(map(int, numbers), default=0)
    rows = [
        {
            "memo_id": f"{_KIND}{last + at:06d}",
            "about": f"{case}{OF}{theme}",
            "coder": one.coder,
            "written": one.written,
            "text": one.text,
            "words": one.words,
        }
        for at, ((case, theme), one) in enumerate(sorted(new.items()), start=1)
    ]
    there = memos.to_dict("records")
    return conform("memos", pd.DataFrame([*there, *rows])) if rows else memos

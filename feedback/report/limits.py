"""What a format cannot hold of a study, said when it is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from feedback.report.shown_cases import NOT_ATTRIBUTES

if TYPE_CHECKING:
    from feedback.report.handover import Handover


def cannot_hold(handover: Handover, suffix: str) -> list[str]:
    """Lines about what of this study is not in a file of that suffix; none for an unknown format."""
    found = {".qdpx": _project, ".qdc": _codebook, ".csv": _table}.get(suffix.lower())
    return [line for line in found(handover) if line] if found else []


def _project(handover: Handover) -> Iterator[str]:
    tags = handover.tags
    scored = int((tags["score"] != 1).sum())
    yield f"how sure the coder was (scores of {scored:,} tags), and which phrase made it say so" * bool(
        scored
    )
    told = [name for name in ("valence", "assertion") if tags[name].notna().any()]
    meanings = {"valence": "critical or favourable", "assertion": "own, denied, an if, another's"}
    said = " and ".join(f"{name} ({meanings[name]})" for name in told)
    yield f"of each tag its {said}" * bool(told)
    yield '"read, nothing said": which passages a coder read without a theme'
    yield from _made_by_feedback(handover)
    yield from _hidden(handover)
    yield from _gone(handover)


def _codebook(handover: Handover) -> Iterator[str]:
    yield "the texts, the tags and the people: only the theme list is in it (.qdpx holds them)"


def _table(handover: Handover) -> Iterator[str]:
    yield "the texts, the themes' definitions, attributes of people and memos (.xlsx or .qdpx hold them)"
    yield '"read, nothing said": which passages a coder read without a theme'
    yield from _made_by_feedback(handover)
    yield from _gone(handover)


def _made_by_feedback(handover: Handover) -> Iterator[str]:
    names = {"factors": "push factors", "quotes": "picked quotes"}
    kept = [
        f"{len(handover.table(name)):,} {said}" for name, said in names.items() if len(handover.table(name))
    ]
    yield f"{' and '.join(kept)}: the report and .xlsx have them" * bool(kept)


def _hidden(handover: Handover) -> Iterator[str]:
    """How many values of each attribute are hidden because too few people share them."""
    cases, shown = handover.table("cases"), handover.cases
    known = cases[cases["case_id"].isin(shown["case_id"])]
    names = [name for name in shown if name not in NOT_ATTRIBUTES]
    counts = {name: int(known[name].notna().sum() - shown[name].notna().sum()) for name in names}
    said = ", ".join(
        f"{name} ({f'{n} of {len(shown)} people' if shown[name].notna().any() else 'all of it'})"
        for name, n in counts.items()
        if n
    )
    least = handover.smallest_group
    yield f"attributes that fewer than {least} people share, alone or together: {said}" * bool(said)


def _gone(handover: Handover) -> Iterator[str]:
    if handover.lost_tags:
        yield f"{handover.lost_tags:,} tags of passages that are no longer there"
    gone = sorted(set(handover.tags["theme_id"]) - set(handover.codebook.ids))
    if gone:
        yield f"definitions of themes that are no longer on the list: {', '.join(gone)}"

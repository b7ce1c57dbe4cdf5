"""What a format cannot hold of a study, said when it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from feedback.report.shown_cases import NOT_ATTRIBUTES

if TYPE_CHECKING:
    from feedback.report.handover import Handover


def cannot_hold(handover: Handover, suffix: str) -> list[str]:
    """Lines about what of this study is not in a file of that suffix; none for an unknown format."""
    says: dict[str, Callable[[Handover], Iterable[str]]] = {
        ".qdpx": _project, ".qdc": _codebook, ".csv": _table,
    }  # fmt: skip
    found = says.get(suffix.lower())
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
    yield from _made_by_feedback(_made(handover))
    yield from _hidden(handover)
    yield from _gone(handover.lost_tags, _themes_gone(handover))


def _codebook(handover: Handover) -> Iterator[str]:
    yield "the texts, the tags and the people: only the theme list is in it (.qdpx holds them)"


def _table(handover: Handover) -> list[str]:
    lost, gone = handover.lost_tags, _themes_gone(handover)
    return table_cannot_hold(made=_made(handover), lost=lost, gone=gone)


def _themes_gone(handover: Handover) -> list[str]:
    return sorted(set(handover.tags["theme_id"]) - set(handover.codebook.ids))


def table_cannot_hold(*, made: Mapping[str, int], lost: int, gone: Sequence[str]) -> list[str]:
    """Lines about what of a study is not in the table of its tags.

    made: how many rows the tables factors and quotes have. lost: how many tags belong to no segment any more.
    gone: themes of tags that are no longer on the list, sorted.
    """
    lines = [
        "the texts, the themes' definitions, attributes of people and memos (.xlsx or .qdpx hold them)",
        '"read, nothing said": which passages a coder read without a theme',
        *_made_by_feedback(made),
        *_gone(lost, gone),
    ]
    return [line for line in lines if line]


def _made(handover: Handover) -> dict[str, int]:
    return {name: len(handover.table(name)) for name in ("factors", "quotes")}


def _made_by_feedback(made: Mapping[str, int]) -> Iterator[str]:
    names = {"factors": "push factors", "quotes": "picked quotes"}
    kept = [f"{made[name]:,} {said}" for name, said in names.items() if made[name]]
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


def _gone(lost: int, gone: Sequence[str]) -> Iterator[str]:
    if lost:
        yield f"{lost:,} tags of passages that are no longer there"
    if gone:
        yield f"definitions of themes that are no longer on the list: {', '.join(gone)}"

"""What coders found, as table `tags`: in original positions, with how each piece of evidence is said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from feedback.spans import Alignment, Edit, Span
from feedback.tables import conform, empty

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Embed = Callable[[Sequence[str]], np.ndarray[Any, Any]]


def as_tags(
    rows: Sequence[Any], coder: str, said: pd.DataFrame, edits: pd.DataFrame | None, embed: Embed
) -> pd.DataFrame:
    """A coder's finds (row, theme_id, start, end, score, rule) as table `tags`, in original positions."""
    from feedback.tagging.said import how_said

    if not rows:
        return empty("tags")
    home = _Home(_near(edits, said))
    texts = list(said["text"])
    how = how_said([(texts[row.row], row.start, row.end) for row in rows], embed)
    segments = list(said[["segment_id", "document_id", "start", "end"]].itertuples(index=False))
    tags = []
    for row, (assertion, valence) in zip(rows, how, strict=True):
        segment = segments[row.row]
        span = home.original(segment.document_id, Span(segment.start, segment.end), Span(row.start, row.end))
        tags.append(
            {
                "segment_id": segment.segment_id,
                "theme_id": row.theme_id,
                "document_id": segment.document_id,
                "start": span.start,
                "end": span.end,
                "score": row.score,
                "coder": coder,
                "rule": row.rule,
                "valence": valence,
                "assertion": _assertion(row, texts[row.row], assertion),
            }
        )
    return conform("tags", tags)


def _assertion(find: Any, text: str, said: str) -> str:
    """How the theme is asserted; a bare "no" denies what was asked."""
    from feedback.tagging.replies import is_denial

    return "negated" if getattr(find, "reply", False) and is_denial(text) else said


def _near(edits: pd.DataFrame | None, said: pd.DataFrame) -> pd.DataFrame | None:
    """The edits of the documents, and within the stretch, that what was said is in."""
    if edits is None or edits.empty:
        return None
    here = edits["document_id"].isin(said["document_id"].unique())
    inside = (edits["end"] >= said["start"].min()) & (edits["start"] <= said["end"].max())
    return edits[here & inside]


class _Home:
    """Finds the original position of a stretch of a segment's rendered text."""

    def __init__(self, edits: pd.DataFrame | None) -> None:
        self._edits: dict[str, list[Edit]] = {}
        if edits is not None:
            columns = ["document_id", "start", "end", "replacement", "kind", "label"]
            for document_id, *values in edits[columns].sort_values("start").itertuples(index=False):
                start, end, replacement, kind, label = values
                edit = Edit(start, end, replacement or "", kind, label or "")
                self._edits.setdefault(document_id, []).append(edit)

    def original(self, document_id: str, segment: Span, shown: Span) -> Span:
        edits = self._edits.get(document_id)
        if not edits:
            return Span(segment.start + shown.start, segment.start + shown.end)
        first = bisect_right(edits, segment.start, key=lambda edit: edit.end)
        last = bisect_left(edits, segment.end, key=lambda edit: edit.start)
        inside = [
            replace(edit, start=edit.start - segment.start, end=edit.end - segment.start)
            for edit in edits[first:last]
            if edit.start >= segment.start
        ]
        span = Alignment(inside).to_original(shown.start, shown.end)
        return Span(segment.start + span.start, segment.start + span.end)

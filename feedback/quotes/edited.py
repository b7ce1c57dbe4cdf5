"""Whether a quote is word for word what was said, or without its fillers: readers are told."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# Cleaning that takes words away; white space and broken lines change no word.
_WORDS = {"fillers": "fillers", "inaudible": "sounds", "timestamps": "times"}


def left_out(quotes: pd.DataFrame, edits: pd.DataFrame | None) -> list[str]:
    """What cleaning took out of each quote: "fillers", "fillers, sounds", or "" where it is word for word.

    quotes: document_id, start, end; edits: table `edits`. Masks are not meant: they are visible.
    """
    found: dict[str, list[tuple[int, int, str]]] = {}
    if edits is not None:
        cleaned = edits[(edits["kind"] == "clean") & edits["label"].isin(_WORDS)]
        for row in cleaned[["document_id", "start", "end", "label"]].itertuples(index=False):
            found.setdefault(row.document_id, []).append((row.start, row.end, row.label))
    for several in found.values():
        several.sort()
    return [
        _inside(found.get(row.document_id, []), row.start, row.end)
        for row in quotes[["document_id", "start", "end"]].itertuples(index=False)
    ]


def _inside(edits: list[tuple[int, int, str]], start: int, end: int) -> str:
    kinds = set()
    for first, last, label in edits[bisect_left(edits, (start,)) :]:
        if first >= end:
            break
        if last <= end:
            kinds.add(_WORDS[label])
    return ", ".join(sorted(kinds))

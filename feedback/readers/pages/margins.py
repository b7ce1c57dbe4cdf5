"""Line numbers in the margins of a PDF: every line's, or every fifth's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from feedback.readers.pages.lines import Piece, Row
from feedback.readers.pages.shapes import Word

_SAME_EDGE = 3.0  # points
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class _Margin:
    """One margin of the pages: which word of a row stands in it, and where its numbers are aligned."""

    place: int
    edge: Callable[[Word], float]


_MARGINS = (
    _Margin(0, lambda word: word.right),
    _Margin(0, lambda word: word.left),
    _Margin(-1, lambda word: word.left),
    _Margin(-1, lambda word: word.right),
)


def without_line_numbers(pages: Sequence[Sequence[Row]]) -> tuple[list[list[Row]], list[Row]]:
    """Pages without the numbers of their lines, and these as dropped rows.

    Numbers are believed on a page when they are aligned outside of the text and go up by one step; then all
    numbers at that place are line numbers, on pages with few lines too.
    """
    best: tuple[list[list[Row]], list[Row]] = [list(rows) for rows in pages], []
    for margin in _MARGINS:
        edges = [edge for rows in pages if (edge := _edge(rows, margin)) is not None]
        found = _taken(pages, margin, sorted(edges)[len(edges) // 2]) if edges else best
        best = found if len(found[1]) > len(best[1]) else best
    return best


def _candidate(row: Row, margin: _Margin) -> Word | None:
    words = row.pieces[margin.place].words
    word = words[margin.place]
    return word if word.text.isdecimal() and word.text.isascii() and len(word.text) <= 4 else None


def _edge(rows: Sequence[Row], margin: _Margin) -> float | None:
    """Where a page's line numbers are aligned; None where it has none."""
    found = [(row, word) for row in rows if (word := _candidate(row, margin))]
    if len(found) < 3:
        return None
    edge = sorted(margin.edge(word) for _, word in found)[len(found) // 2]
    found = [(row, word) for row, word in found if abs(margin.edge(word) - edge) <= _SAME_EDGE]
    numbers = [int(word.text) for _, word in found]
    steps = [after - before for before, after in pairwise(numbers)]
    step = max(set(steps), key=steps.count) if steps else 0
    if step not in _STEPS or steps.count(step) < 0.8 * len(steps):
        return None
    if step == 1 and len(found) < max(4, 0.6 * len(rows)):
        return None
    return edge if _outside(rows, found, margin) else None


def _outside(rows: Sequence[Row], found: Sequence[tuple[Row, Word]], margin: _Margin) -> bool:
    """Whether nearly all other words stand on the one side of the numbers."""
    numbers = {id(word) for _, word in found}
    others = [word for row in rows for word in row.words if id(word) not in numbers]
    if margin.place == 0:
        limit = max(word.right for _, word in found)
        beyond = sum(word.left < limit - 1 for word in others)
    else:
        limit = min(word.left for _, word in found)
        beyond = sum(word.right > limit + 1 for word in others)
    return bool(others) and beyond <= 0.02 * len(others)


def _taken(pages: Sequence[Sequence[Row]], margin: _Margin, edge: float) -> tuple[list[list[Row]], list[Row]]:
    kept: list[list[Row]] = []
    dropped: list[Row] = []
    for rows in pages:
        kept.append([])
        for row in rows:
            word = _candidate(row, margin)
            if word is None or abs(margin.edge(word) - edge) > _SAME_EDGE:
                kept[-1].append(row)
                continue
            dropped.append(replace(row, pieces=(Piece((word,)),), dropped="line number"))
            left = [piece for piece in (_without(piece, word) for piece in row.pieces) if piece]
            if left:
                kept[-1].append(replace(row, pieces=tuple(left)))
    return kept, dropped


def _without(piece: Piece, word: Word) -> Piece | None:
    words = tuple(other for other in piece.words if other is not word)
    return Piece(words) if words else None

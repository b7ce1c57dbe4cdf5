"""Transcripts printed in columns without lines: labels and times at the left, speech at the right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from feedback.readers.pages.lines import Piece, Row
from feedback.readers.shapes import Line
from feedback.readers.talk.speakers import known, plausible
from feedback.readers.talk.times import STAMP

_STAMP = re.compile(STAMP)
_SAME_EDGE = 3.0  # points
_LEAST_ROWS = 4
_GAP = 1.3  # times a line's height: rows that are nearer may share a label


def lines_of(rows: Sequence[Row]) -> list[Line]:
    """Rows as lines; where speech stands in a column of its own, what stands before it is label and time."""
    edge = _speech_edge(rows)
    if edge is None:
        return [Line(row.text, paragraph=row.paragraph, bold=row.bold) for row in rows]
    return [_line(row, edge) for row in _with_whole_labels(rows, edge)]


def _speech_edge(rows: Sequence[Row]) -> float | None:
    """Where the column of speech begins; None where there is none.

    Many rows have a piece there behind labels or times, and hardly any row runs across it.
    """
    wide = [row for row in rows if len(row.pieces) in {2, 3}]
    edges = Counter(round(row.pieces[-1].left / _SAME_EDGE) for row in wide)
    if not edges or edges.most_common(1)[0][1] < _LEAST_ROWS:
        return None
    edge = edges.most_common(1)[0][0] * _SAME_EDGE
    side = [row for row in wide if abs(row.pieces[-1].left - edge) <= 2 * _SAME_EDGE]
    cells = [piece.text for row in side for piece in row.pieces[:-1]]
    if sum(_is_cell(cell) for cell in cells) < 0.9 * len(cells):
        return None
    beside = {id(row) for row in side}
    others = [row for row in rows if id(row) not in beside]
    crossing = sum(row.left < edge - 2 * _SAME_EDGE and row.right > edge + 2 * _SAME_EDGE for row in others)
    return edge if crossing <= 0.1 * len(rows) else None


def _is_cell(text: str) -> bool:
    return bool(_STAMP.fullmatch(text)) or (plausible(text.rstrip(":")) and len(text.split()) <= 4)


def _with_whole_labels(rows: Sequence[Row], edge: float) -> list[Row]:
    """Rows with names that run over two lines put together in the first of them."""
    found = list(rows)
    for place in sorted(_second_lines(found, edge), reverse=True):
        above, below = found[place - 1], found[place]
        cell = _cell(above, edge)
        second = _cell(below, edge)
        label = Piece((*cell.words, *second.words))
        pieces = tuple(label if piece is cell else piece for piece in above.pieces)
        found[place - 1] = replace(above, pieces=pieces)
        found[place] = replace(below, pieces=tuple(piece for piece in below.pieces if piece is not second))
    return [row for row in found if row.pieces]


def _second_lines(rows: Sequence[Row], edge: float) -> set[int]:
    """Rows whose label goes on with that of the row above: the two never stand without each other."""
    texts = [_cell(row, edge).text for row in rows]
    near = [
        bool(texts[place] and texts[place + 1])
        and above.page == below.page
        and below.bottom - above.bottom < _GAP * below.height
        for place, (above, below) in enumerate(pairwise(rows))
    ]
    pairs = Counter((texts[place], texts[place + 1]) for place, close in enumerate(near) if close)
    counts = Counter(texts)
    chained = {texts[place] for place, close in enumerate(near) if close and place and near[place - 1]}
    found = set()
    for place, close in enumerate(near):
        one, two = texts[place], texts[place + 1]
        always = close and pairs[one, two] == counts[one] == counts[two] >= 2
        if always and not {one, two} & chained and not known(two.rstrip(":")):
            found.add(place + 1)
    return found


def _cell(row: Row, edge: float) -> Piece:
    """The piece of a row that may be its label; one without words where it has none."""
    left = [piece for piece in row.pieces if piece.right < edge and not _STAMP.fullmatch(piece.text)]
    return left[-1] if left else Piece(())


def _line(row: Row, edge: float) -> Line:
    """A row as a line whose spans say what its label and its time are."""
    position = 0
    spans: dict[str, tuple[int, int]] = {}
    for piece in row.pieces:
        if piece.right < edge and _is_cell(piece.text):
            kind = "time" if _STAMP.fullmatch(piece.text) else "label"
            spans.setdefault(kind, (position, position + len(piece.text)))
        position += len(piece.text) + 1
    bold = 0 if spans else row.bold
    return Line(row.text, row.paragraph, bold, label=spans.get("label"), time=spans.get("time"))

"""Ticked boxes: the columns of one question as one column, and cells that hold several choices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.readers.tables.heads import Heads, unique

_BETWEEN = re.compile(r"[;|\n]+|,(?=\s*[A-Z])")
_REPEATED = 0.6
_FEW = 6
_SAMPLE = 1000


@dataclass(frozen=True, slots=True)
class Joined:
    """Columns in which ticked boxes of one question are one column, `a; b`."""

    names: list[str]
    questions: list[str]
    rows: list[tuple[str, ...]]
    choices: list[int]


def joined_choices(heads: Heads, rows: Sequence[tuple[str, ...]]) -> Joined:
    """The columns of a table; those that hold only their own part of a question are put together by it."""
    boxes: dict[str, list[int]] = {}
    for at, (group, part) in enumerate(zip(heads.groups, heads.parts, strict=True)):
        if group and part and all(_same(row[at], part) for row in rows if row[at].strip()):
            boxes.setdefault(group, []).append(at)
    first = {ats[0]: group for group, ats in boxes.items()}
    inside = {at for ats in boxes.values() for at in ats}
    order = [at for at in range(len(heads.names)) if at in first or at not in inside]
    names = unique([first.get(at, heads.names[at]) for at in order])
    asked = [names[place] if at in first else heads.questions[at] for place, at in enumerate(order)]
    joined = [
        tuple(_ticked(row, boxes[first[at]]) if at in first else row[at] for at in order) if boxes else row
        for row in rows
    ]
    return Joined(names, asked, joined, [place for place, at in enumerate(order) if at in first])


def _same(cell: str, part: str) -> bool:
    return " ".join(cell.split()).casefold() == part.casefold()


def _ticked(row: Sequence[str], boxes: Sequence[int]) -> str:
    return "; ".join(" ".join(row[at].split()) for at in boxes if row[at].strip())


def are_choices(cells: Sequence[str]) -> bool:
    """Whether cells hold one or more choices of a list, with `;`, `|`, line ends or commas between them.

    The choices of a list come back in other cells; pieces of sentences do not. A `;` behind the last one is
    how a form writes them.
    """
    cells = cells[:_SAMPLE]
    several = [cell for cell in cells if len(_pieces(cell)) > 1]
    if not several:
        return False
    if all(cell.rstrip().endswith(";") for cell in cells):
        return True
    pieces = Counter(piece for cell in cells for piece in _pieces(cell))
    return len(cells) >= _FEW and len(pieces) <= _REPEATED * pieces.total()


def _pieces(cell: str) -> list[str]:
    return [piece.strip().casefold() for piece in _BETWEEN.split(cell) if piece.strip()]

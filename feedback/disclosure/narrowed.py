"""What each line of a table by itself tells of its hidden cells: bounds that are quick to work out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_ROUNDS = 10


@dataclass(eq=False)
class Line:
    """The cells of one row in one table: they add up to `total`, each is at least `low` and at most `high`.

    parent: the number of the line whose every cell is at least as large as the cell in its place here.
    """

    total: int
    low: Any
    high: Any
    parent: int | None = None


def line_of(counts: Any, most: Any, values: Any, shown: Any, least: Sequence[tuple[Any, int]]) -> Line:
    """A line where a reader knows its total and shown cells, and how many people of some kinds there are.

    counts, most: people by kind; values: the cell of each kind; least: sets of kinds, all in one cell or not,
    and how many people there are of them at least.
    """
    import numpy as np

    own, highest = (np.bincount(values, people, len(shown)) for people in (counts, most))
    low, high = np.where(shown, own, 0), np.where(shown, own, highest)
    for kinds, n in least:
        cells = np.unique(values[kinds])
        if len(cells) == 1:
            low[cells[0]] = max(low[cells[0]], n)
    return Line(int(counts.sum()), low, high)


def narrow(lines: Sequence[Line]) -> None:
    """Narrows the lines' bounds to what follows from the totals, line by line, and from each parent."""
    import numpy as np

    for _ in range(_ROUNDS):
        before = [(line.low, line.high) for line in lines]
        for line in lines:
            low = np.maximum(line.low, line.total - line.high.sum() + line.high)
            high = np.minimum(line.high, line.total - line.low.sum() + line.low)
            if line.parent is not None:
                parent = lines[line.parent]
                high = np.minimum(high, parent.high)
                parent.low = np.maximum(parent.low, low)
            line.low, line.high = low, high
        if all(
            (low == line.low).all() and (high == line.high).all()
            for (low, high), line in zip(before, lines, strict=True)
        ):
            return

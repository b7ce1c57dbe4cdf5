"""Tables of people with small cells hidden, and as many more that none can be worked out again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

Cell = tuple[int, int]
BOTH = ("rows", "columns")
MANY = 10**9  # people: more than there are


def suppress(
    counts: pd.DataFrame,
    *,
    k: int = 5,
    totals: Collection[str] = BOTH,
    hidden: ArrayLike = False,
    most: ArrayLike = MANY,
) -> pd.DataFrame:
    """The counts with small cells hidden (<NA>), and as many more that none can be worked out again.

    counts: groups of people by groups of people, whole numbers, without totals. Cells from 1 to k - 1 are
    hidden, and those of `hidden` (True and False, in the shape of `counts` or of a row) whatever they are;
    then, where a reader who knows the `totals` ("rows", "columns" or both) could work a hidden cell out, the
    smallest cell that prevents it is hidden too, those above 0 first. The reader also knows the `most` that
    each cell can be, and that small cells are hidden: two cells that make 2 are 1 and 1. Returns Int64 of
    the same shape. Where even hiding everything would not help (one row or column whose total is shown),
    hide the total as well: `protected` says so.
    Source: cell suppression, Willenborg and de Waal, Elements of Statistical Disclosure Control (2001).
    """
    import numpy as np

    table = _table(counts, k, totals, hidden, most)
    masked = table.forced | ((table.values > 0) & (table.values < k))
    while more := _next_to_hide(table, masked):
        for cell in more:
            masked[cell] = True
    result = counts.astype("Int64").copy()
    for row, column in np.argwhere(masked):
        result.iat[row, column] = None
    return result


def protected(
    counts: pd.DataFrame,
    shown: pd.DataFrame,
    *,
    k: int = 5,
    totals: Collection[str] = BOTH,
    hidden: ArrayLike = False,
    most: ArrayLike = MANY,
) -> bool:
    """Whether no hidden cell of `shown` can be worked out from the rest of it and the `totals` of `counts`.

    shown: what `suppress` made of `counts` with the same options.
    """
    return not list(_solvable(_table(counts, k, totals, hidden, most), shown.isna().to_numpy()))


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Counts, the cells hidden whatever they are (`forced`), and what a reader knows of them."""

    values: Any
    k: int
    totals: frozenset[str]
    forced: Any
    most: Any

    def lines(self, cells: Sequence[Cell]) -> list[list[int]]:
        """The places of the cells that a known total adds up, total by total."""
        found: dict[tuple[str, int], list[int]] = {}
        for at, (row, column) in enumerate(cells):
            for name, line in (("rows", row), ("columns", column)):
                if name in self.totals:
                    found.setdefault((name, line), []).append(at)
        return list(found.values())


def _table(
    counts: pd.DataFrame, k: int, totals: Collection[str], hidden: ArrayLike, most: ArrayLike
) -> _Table:
    import numpy as np

    values = counts.to_numpy(dtype="int64")
    forced = np.broadcast_to(np.asarray(hidden, dtype=bool), values.shape)
    return _Table(values, k, frozenset(totals), forced, np.broadcast_to(np.asarray(most), values.shape))


def _next_to_hide(table: _Table, masked: Any) -> list[Cell]:
    """What protects the first cell that can be worked out; of lines that do not cross, one cell in each."""
    found: dict[int, list[Cell]] = {}
    for bare in _solvable(table, masked):
        line = bare[0] if table.totals == {"rows"} else bare[1]
        if line not in found and (company := _company(table, masked, bare)):
            found[line] = company
            if len(table.totals) > 1:
                break
    return [cell for company in found.values() for cell in company]


def _solvable(table: _Table, masked: Any) -> Iterator[Cell]:
    """Hidden cells that can have one value only, given what is shown."""
    import numpy as np

    cells = [(int(row), int(column)) for row, column in np.argwhere(masked)]
    lines = table.lines(cells)
    if not lines:
        return
    values, most = (np.array([whole[cell] for cell in cells]) for whole in (table.values, table.most))
    forced = np.array([table.forced[cell] for cell in cells])
    ranges = _ranges_in_lines if len(table.totals) == 1 else _ranges
    small = np.where(forced, 0, 1)
    # Somebody may know no more than the totals, or take all hidden cells for small ones.
    for low, high in (
        (np.zeros_like(most), most),
        (small, np.where(forced, most, np.clip(most, small, max(1, table.k - 1)))),
    ):
        for cell, (least, greatest) in zip(cells, ranges(lines, values, low, high), strict=True):
            # That nobody can be where nobody is asked tells nothing of anybody.
            if least == greatest and table.most[cell] > 0:
                yield cell


def _ranges_in_lines(lines: Sequence[Sequence[int]], values: Any, low: Any, high: Any) -> list[Cell]:
    """The least and greatest value of each cell; where the totals cannot be, they are not the same."""
    found: list[Cell] = [(0, 1)] * len(values)
    for line in lines:
        total, lowest, highest = (int(figures[line].sum()) for figures in (values, low, high))
        for at in line if lowest <= total <= highest else ():
            least = max(low[at], total - highest + high[at])
            found[at] = (int(least), int(min(high[at], total - lowest + low[at])))
    return found


def _ranges(lines: Sequence[Sequence[int]], values: Any, low: Any, high: Any) -> Iterator[Cell]:
    """The same where each cell stands in two lines, by linear programming."""
    import numpy as np
    from scipy.optimize import linprog

    known = np.zeros((len(lines), len(values)))
    for at, line in enumerate(lines):
        known[at, line] = 1
    for goal in np.eye(len(values)):
        ends = [
            linprog(sign * goal, A_eq=known, b_eq=known @ values, bounds=np.column_stack([low, high]))
            for sign in (1, -1)
        ]
        if any(end.x is None for end in ends):
            yield 0, 1
        else:
            yield round(ends[0].fun), round(-ends[1].fun)


def _company(table: _Table, masked: Any, bare: Cell) -> list[Cell]:
    """The cells to hide with `bare`: a rectangle's other corners, or one cell of its line, the smallest."""
    row, column = bare
    rows, columns = (range(length) for length in table.values.shape)
    if len(table.totals) == 2:
        sets = [[(row, c), (r, column), (r, c)] for r in rows for c in columns if r != row and c != column]
    elif "rows" in table.totals:
        sets = [[(row, c)] for c in columns]
    else:
        sets = [[(r, column)] for r in rows]
    new = [[cell for cell in cells if not masked[cell]] for cells in sets]
    costs = [
        (sum(table.values[cell] == 0 for cell in cells), sum(table.values[cell] for cell in cells), cells)
        for cells in new
    ]
    return min((cost for cost in costs if cost[2]), default=(0, 0, []))[2]

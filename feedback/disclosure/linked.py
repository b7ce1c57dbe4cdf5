"""Several tables about the same people: what one shows must not give away what another hides."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from feedback.disclosure.narrowed import line_of, narrow

Place = tuple[int, int]
_MOST_KINDS = 400
_NEAR = 1e-6


@dataclass(frozen=True, eq=False)
class Kinds:
    """People sorted by what all tables' attributes say of them: who agrees in all is of one kind.

    values: one row a kind and one column a table, the number of the value. sizes: people of each kind.
    """

    values: Any
    sizes: Any

    def of(self, place: Place) -> Any:
        """Which kinds a cell counts: (table, value)."""
        return self.values[:, place[0]] == place[1]

    def fitting(self, told: Iterable[tuple[int, Iterable[int]]]) -> Any:
        """Which kinds fit what is told of somebody: for tables by number, the values it can be."""
        import numpy as np

        found = np.ones(len(self.sizes), dtype=bool)
        for table, values in told:
            found &= np.isin(self.values[:, table], list(values))
        return found


def kinds_of(groupings: Iterable[Mapping[str, int]]) -> tuple[Kinds, dict[str, int]]:
    """The kinds of people, and each person's. groupings: one a table, each person's value by number."""
    import numpy as np

    people: list[str] = []
    columns = []
    for one in groupings:
        people = people or sorted(one)
        columns.append(np.fromiter(map(one.__getitem__, people), dtype=int, count=len(people)))
    if not people:
        return Kinds(np.zeros((0, len(columns)), dtype=int), np.zeros(0, dtype=int)), {}
    values, own, sizes = np.unique(np.column_stack(columns), axis=0, return_inverse=True, return_counts=True)
    return Kinds(values, sizes), dict(zip(people, own.ravel().tolist(), strict=True))


@dataclass(eq=False)
class Row:
    """One row of figures that stands in several tables, with the same people in each: a theme by attributes.

    counts: people by kind, who are at most `most`. shown: one boolean array a table, which values' figures
    are shown; these are changed. least: sets of kinds of which a reader knows how many people there are at
    least, as from quotes. parent: the number of the row that all these people are in too. out: how many of
    the first tables are published already with this row, so that nothing more of it can be hidden there.
    """

    counts: Any
    most: Any
    shown: list[Any]
    least: Sequence[tuple[Any, int]] = ()
    parent: int | None = None
    out: int = 0


@dataclass(frozen=True, eq=False)
class Family:
    """Rows that are inside one another, or a row alone: what a reader knows of one tells of the others.

    ways: counts of people by kind, of all rows in a row, that would fit all that is shown, found on the way;
    they go on fitting while more is hidden.
    """

    kinds: Kinds
    rows: Sequence[Row]
    ways: list[Any] = field(default_factory=list)

    def hide(self) -> None:
        """Hides, in the rows' `shown`, what it takes that no hidden cell can be worked out.

        The reader knows the rows' totals, every shown cell of every table, how many people there are of each
        kind, and `least`. A hidden cell that the totals, or what is published already, tell by themselves is
        left as it is: nothing can be done for it.
        """
        told: dict[tuple[int, Place], bool] = {}
        while bare := next((one for one in self._hidden() if self._needs_more(*one, told)), None):
            more = self._next_to_hide(*bare)
            if more is None:
                break
            self.rows[more[0]].shown[more[1][0]][more[1][1]] = False

    def _needs_more(self, at: int, place: Place, told: dict[tuple[int, Place], bool]) -> bool:
        """Whether a hidden cell can be worked out, and would not be if more were hidden. told: if anyway."""
        if told.get((at, place)) or self.is_open(at, place):
            return False
        if (at, place) not in told:
            told[at, place] = not self._least().is_open(at, place)
        return not told[at, place]

    def _least(self) -> Family:
        """The same rows with nothing shown but what is published already."""
        rows = [
            replace(row, shown=[seen & (table < row.out) for table, seen in enumerate(row.shown)])
            for row in self.rows
        ]
        return Family(self.kinds, rows, list(self.ways))

    def is_open(self, at: int, place: Place) -> bool:
        """Whether a cell of a row can have more than one value, given all that a reader knows."""
        if self._can_move(at, place):
            return True
        return not self._is_told(at, place) and self._has_range(at, place)

    def _cells(self, *, shown: bool) -> Iterator[tuple[int, Place]]:
        for at, row in enumerate(self.rows):
            for table, seen in enumerate(row.shown):
                yield from ((at, (table, value)) for value, one in enumerate(seen) if bool(one) == shown)

    def _hidden(self) -> list[tuple[int, Place]]:
        """Hidden cells of rows of which anything is shown anywhere: the others only the totals tell."""
        if not any(seen.any() for row in self.rows for seen in row.shown):
            return []
        return list(self._cells(shown=False))

    def _count(self, at: int, place: Place) -> int:
        return int(self.rows[at].counts[self.kinds.of(place)].sum())

    def _price(self, at: int, place: Place) -> tuple[bool, int]:
        """What is lost with a cell: zeros last, since they protect least, else the smallest first."""
        count = self._count(at, place)
        return count == 0, count

    def _next_to_hide(self, at: int, bare: Place) -> tuple[int, Place] | None:
        """The smallest shown cell that helps, of the same row and table first; else the smallest."""
        shown = sorted(
            (one for one in self._cells(shown=True) if one[1][0] >= self.rows[one[0]].out),
            key=lambda one: (one[0] != at, one[1][0] != bare[0], *self._price(*one), one),
        )
        for number, (table, value) in shown:
            seen = self.rows[number].shown[table]
            seen[value] = False
            helps = self._can_move(at, bare)
            seen[value] = True
            if helps:
                return number, (table, value)
        return shown[0] if shown else None

    def _can_move(self, at: int, place: Place) -> bool:
        """Whether one person could be of another kind with every shown figure the same, but not the cell's.

        This is a proof that the cell is open, and quick; without it nothing is said.
        """
        import numpy as np

        row, values = self.rows[at], self.kinds.values
        least = np.max([one.counts for one in self.rows if one.parent == at] or [row.counts * 0], axis=0)
        most = row.most if row.parent is None else np.minimum(row.most, self.rows[row.parent].counts)
        chosen = np.argsort(-row.most, kind="stable")[:_MOST_KINDS]
        within = self.kinds.of(place)[chosen]
        inside, outside = chosen[within], chosen[~within]
        same = np.ones((len(inside), len(outside)), dtype=bool)
        for table, shown in enumerate(row.shown):
            one, other = values[inside, table][:, None], values[outside, table][None, :]
            same &= (one == other) | ~(shown[one] | shown[other])
        gives, takes = row.counts > least, row.counts < most
        for giving, taking, pairs in ((inside, outside, same), (outside, inside, same.T)):
            for a, b in np.argwhere(pairs & gives[giving][:, None] & takes[taking][None, :]):
                if all(_still_fits(row, one, giving[a], taking[b]) for one in row.least):
                    return True
        return False

    def _is_told(self, at: int, place: Place) -> bool:
        """Whether the cell's table by itself, and what the rows inside one another tell, leave one value.

        This is a proof that the cell is not open, and quick; without it nothing is said.
        """
        table, value = place
        lines = [
            line_of(row.counts, row.most, self.kinds.values[:, table], row.shown[table], row.least)
            for row in self.rows
        ]
        for line, row in zip(lines, self.rows, strict=True):
            line.parent = row.parent
        narrow(lines)
        return bool(lines[at].low[value] == lines[at].high[value])

    def _has_range(self, at: int, place: Place) -> bool:
        """Whether more than one whole number lies between the cell's bounds, by linear programming."""
        import numpy as np
        from scipy.optimize import linprog

        goal = self._wide(at, self.kinds.of(place))
        if self.ways and _apart([float(goal @ way) for way in self.ways]):
            return True
        equal, limits = self._known()
        above = dict(zip(("A_ub", "b_ub"), _matrix(limits), strict=True)) if limits else {}
        exact = dict(zip(("A_eq", "b_eq"), _matrix(equal), strict=True))
        most = np.concatenate([row.most for row in self.rows])
        bounds = np.column_stack([np.zeros(len(goal)), most])
        low, high = (linprog(sign * goal, bounds=bounds, **above, **exact) for sign in (1, -1))
        if low.x is None or high.x is None:
            return True
        self.ways.extend([low.x, high.x])
        return _apart([low.fun, -high.fun])

    def _wide(self, at: int, kinds: Any) -> Any:
        """A sum over kinds of one row, as a sum over the kinds of all rows."""
        import numpy as np

        n = len(self.kinds.sizes)
        wide = np.zeros(n * len(self.rows))
        wide[at * n : (at + 1) * n] = kinds
        return wide

    def _known(self) -> tuple[Known, Known]:
        """What a reader knows as equations, and as sums that are at most so much."""
        import numpy as np

        everybody = np.ones(len(self.kinds.sizes))
        equal = [(self._wide(at, everybody), int(row.counts.sum())) for at, row in enumerate(self.rows)]
        equal += [
            (self._wide(at, self.kinds.of(place)), self._count(at, place))
            for at, place in self._cells(shown=True)
        ]
        limits = [(-self._wide(at, kinds), -n) for at, row in enumerate(self.rows) for kinds, n in row.least]
        for at, row in enumerate(self.rows):
            if row.parent is not None:
                limits += [
                    (self._wide(at, kind) - self._wide(row.parent, kind), 0)
                    for kind in np.eye(len(everybody))
                ]
        return equal, limits


Known = list[tuple[Any, int]]


def _apart(figures: Sequence[float]) -> bool:
    """Whether more than one whole number lies between the least and the greatest."""
    return math.floor(max(figures) + _NEAR) > math.ceil(min(figures) - _NEAR)


def _still_fits(row: Row, told: tuple[Any, int], giving: int, taking: int) -> bool:
    """Whether there are still as many people of some kinds as a reader knows of, after one changed kinds."""
    kinds, least = told
    return not kinds[giving] or bool(kinds[taking]) or int(row.counts[kinds].sum()) > least


def _matrix(known: Known) -> tuple[Any, Any]:
    import numpy as np

    return np.array([row for row, _ in known]), np.array([n for _, n in known])

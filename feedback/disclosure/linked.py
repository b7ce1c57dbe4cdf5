"""Several tables about the same people: what one shows must not give away what another hides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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


def kinds_of(groupings: Sequence[Mapping[str, int]]) -> tuple[Kinds, dict[str, int]]:
    """The kinds of people, and each person's. groupings: one a table, each person's value by number."""
    import numpy as np

    people = sorted(groupings[0]) if groupings else []
    tuples = {person: tuple(one[person] for one in groupings) for person in people}
    order = {kind: at for at, kind in enumerate(sorted(set(tuples.values())))}
    kind_of = {person: order[tuples[person]] for person in people}
    sizes = np.bincount(list(kind_of.values()), minlength=len(order))
    return Kinds(np.array(list(order), dtype=int).reshape(len(order), len(groupings)), sizes), kind_of


@dataclass(eq=False)
class Row:
    """One row of figures that stands in several tables, with the same people in each: a theme by attributes.

    counts: people by kind. shown: one boolean array a table, which values' figures are shown. least: sets of
    kinds of which a reader knows how many people there are at least, as from quotes. bounds: what a reader
    knows of single cells from elsewhere, (least, most).
    """

    kinds: Kinds
    counts: Any
    most: Any
    shown: list[Any]
    least: Sequence[tuple[Any, int]] = ()
    bounds: Mapping[Place, tuple[int, int]] | None = None

    def cell(self, place: Place) -> int:
        table, value = place
        return int(self.counts[self.kinds.values[:, table] == value].sum())

    def hidden(self) -> list[Place]:
        return [(t, v) for t, shown in enumerate(self.shown) for v in range(len(shown)) if not shown[v]]


def hide_more(row: Row) -> int:
    """Hides, in `row.shown`, what it takes that no hidden cell can be worked out; gives how many.

    The reader knows the row's total, every shown cell of every table, who all the people are (how many of
    each kind), and `least` and `bounds`. Where even hiding the whole row would not help, because the total
    alone tells, the row is hidden. Of cells that would help the smallest is hidden.
    """
    hidden = 0
    while bare := next((place for place in row.hidden() if not is_open(row, place)), None):
        more = _next_to_hide(row, bare)
        if more is None:
            break
        row.shown[more[0]][more[1]] = False
        hidden += 1
    return hidden


def is_open(row: Row, place: Place) -> bool:
    """Whether the cell can have more than one value, given all that a reader knows."""
    return _can_move(row, place) or _has_range(row, place)


def _next_to_hide(row: Row, bare: Place) -> Place | None:
    shown = [(t, v) for t, one in enumerate(row.shown) for v in range(len(one)) if one[v]]
    shown.sort(key=lambda place: (place[0] != bare[0], row.cell(place) == 0, row.cell(place), place))
    for place in shown:
        row.shown[place[0]][place[1]] = False
        helps = _can_move(row, bare)
        row.shown[place[0]][place[1]] = True
        if helps:
            return place
    return shown[0] if shown else None


def _can_move(row: Row, place: Place) -> bool:
    """Whether one person could be of another kind with every shown figure the same, but not the cell's.

    This is a proof that the cell is open, and quick; without it nothing is said.
    """
    import numpy as np

    table, value = place
    kinds, most = row.kinds, row.most
    chosen = np.argsort(-most, kind="stable")[:_MOST_KINDS]
    inside = chosen[kinds.values[chosen, table] == value]
    outside = chosen[kinds.values[chosen, table] != value]
    same = np.ones((len(inside), len(outside)), dtype=bool)
    for at, shown in enumerate(row.shown):
        one, other = kinds.values[inside, at][:, None], kinds.values[outside, at][None, :]
        same &= (one == other) | ~(shown[one] | shown[other])
    if not same.any():
        return False
    for giving, taking, pairs in ((inside, outside, same), (outside, inside, same.T)):
        gives, takes = row.counts[giving] > 0, row.counts[taking] < most[taking]
        for a, b in np.argwhere(pairs & gives[:, None] & takes[None, :]):
            if _still_fits(row, giving[a], taking[b]):
                return True
    return False


def _still_fits(row: Row, giving: int, taking: int) -> bool:
    """Whether what a reader knows from elsewhere holds after one person changed kinds."""
    for kinds, least in row.least:
        if kinds[giving] and not kinds[taking] and row.counts[kinds].sum() - 1 < least:
            return False
    for place, (least, most) in (row.bounds or {}).items():
        column = row.kinds.values[:, place[0]] == place[1]
        change = int(column[taking]) - int(column[giving])
        if change and not least <= row.cell(place) + change <= most:
            return False
    return True


def _has_range(row: Row, place: Place) -> bool:
    """Whether more than one whole number lies between the cell's bounds, by linear programming."""
    import math

    import numpy as np
    from scipy.optimize import linprog

    column = (row.kinds.values[:, place[0]] == place[1]).astype(float)
    equal, limits = _known(row)
    above = [np.array([one for one, _ in limits]), np.array([n for _, n in limits])] if limits else [None] * 2
    ends = [
        linprog(
            sign * column, A_ub=above[0], b_ub=above[1],
            A_eq=np.array([one for one, _ in equal]), b_eq=np.array([n for _, n in equal]),
            bounds=np.column_stack([np.zeros(len(column)), row.most]),
        )
        for sign in (1, -1)
    ]  # fmt: skip
    if any(end.x is None for end in ends):
        return True
    return bool(math.floor(-ends[1].fun + _NEAR) > math.ceil(ends[0].fun - _NEAR))


Known = list[tuple[Any, int]]


def _known(row: Row) -> tuple[Known, Known]:
    """What a reader knows as equations, and as sums that are at most so much."""
    import numpy as np

    equal: Known = [(np.ones(len(row.counts)), int(row.counts.sum()))]
    for at, shown in enumerate(row.shown):
        for one in np.flatnonzero(shown).tolist():
            equal.append(((row.kinds.values[:, at] == one).astype(float), row.cell((at, one))))
    limits: Known = [(-kinds.astype(float), -least) for kinds, least in row.least]
    for (at, value), (least, most) in (row.bounds or {}).items():
        column = (row.kinds.values[:, at] == value).astype(float)
        limits += [(-column, -least), (column, most)]
    return equal, limits


def kinds_with(kinds: Kinds, told: Iterable[tuple[int, Iterable[int]]]) -> Any:
    """Which kinds fit what is told of somebody: for tables by number, the values it can be."""
    import numpy as np

    fitting = np.ones(len(kinds.sizes), dtype=bool)
    for table, values in told:
        fitting &= np.isin(kinds.values[:, table], list(values))
    return fitting

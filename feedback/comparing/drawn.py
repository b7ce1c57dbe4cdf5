"""Tables that chance alone would give, hidden as a table of people is: what groups are tested against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Margins:
    """What a reader knows of a line by an attribute before any group's count is shown.

    sizes: people in the groups that are compared, where that is shown. rest: people in all other groups.
    n: of all these people, how many say it. k: counts from 1 to k - 1 are hidden. whole: whether those in the
    rest are compared as one group, together with those whose counts are hidden.
    """

    sizes: tuple[int, ...]
    rest: int
    n: int
    k: int
    whole: bool = True


def far_apart(counts: Any, sizes: Any, shown: Any, *, whole: bool) -> Any:
    """How far apart tables are: Pearson's p by chi-squared, which fits however many groups are shown.

    counts, sizes, shown: tables by groups, the last the rest. With `whole`, what is not shown is one group.
    1 for tables with fewer than two groups, or without any difference.
    """
    import numpy as np
    from scipy.special import chdtrc

    def pots(people: Any) -> Any:
        seen = np.where(shown, people, 0)
        left = (people.sum(axis=1) - seen.sum(axis=1)) * whole
        return np.column_stack([seen, left]).astype(float)

    n, of = pots(counts), pots(sizes)
    share = n.sum(axis=1) / np.maximum(1, of.sum(axis=1))
    spread = of * (share * (1 - share))[:, None]
    square = np.where(spread > 0, (n - of * share[:, None]) ** 2 / np.where(spread > 0, spread, 1), 0)
    free = (of > 0).sum(axis=1) - 1
    return np.where(free > 0, chdtrc(np.maximum(1, free), square.sum(axis=1)), 1.0)


def seen_in(counts: Any, sizes: Any, k: int) -> Any:
    """Which counts of each table may be shown, the last group never: the rule of `suppress`, for many tables.

    counts: tables by groups. sizes: people by group. Small counts are hidden and those of a whole group, and
    where what is hidden could be worked out from the total, the smallest count besides, those above 0 first.
    """
    import numpy as np

    forced = (counts == sizes) & (sizes > 0)
    forced[:, -1] = sizes[-1] > 0
    hidden = forced | ((counts > 0) & (counts < k))
    last = np.where(counts == 0, counts.sum(axis=1).max() + 1, counts)
    rows = np.flatnonzero(hidden.any(axis=1))
    while len(rows := rows[_told(counts[rows], hidden[rows], forced[rows], sizes, k)]):
        hidden[rows, np.where(hidden[rows], np.iinfo(int).max, last[rows]).argmin(axis=1)] = True
    return ~hidden


def _told(counts: Any, hidden: Any, forced: Any, sizes: Any, k: int) -> Any:
    """In which tables a hidden count can have one value only, for who knows the total, or k besides."""
    import numpy as np

    small = np.where(forced, 0, 1)
    few = np.where(forced, sizes, np.clip(sizes, small, max(1, k - 1)))
    total = np.where(hidden, counts, 0).sum(axis=1)[:, None]
    told = np.zeros(len(counts), dtype=bool)
    for low, high in ((np.zeros_like(small), np.broadcast_to(sizes, counts.shape)), (small, few)):
        lowest, highest = (np.where(hidden, one, 0).sum(axis=1)[:, None] for one in (low, high))
        one_value = np.maximum(low, total - highest + high) == np.minimum(high, total - lowest + low)
        possible = (lowest <= total) & (total <= highest) & (sizes > 0)
        told |= (hidden & one_value & possible).any(axis=1)
    return told & ~hidden.all(axis=1)


def apart_by_chance(margins: Margins, draws: int, dice: Any) -> Any:
    """How far apart the groups are in so many tables with these margins, each hidden as a table would be."""
    import numpy as np

    sizes = np.array([*margins.sizes, margins.rest])
    counts = dice.multivariate_hypergeometric(sizes, margins.n, size=draws)
    shown = seen_in(counts, sizes, margins.k)
    return far_apart(counts, np.broadcast_to(sizes, counts.shape), shown, whole=margins.whole)

"""95 % intervals that know that people differ: what one person says is not many opinions.

Chosen by simulated coverage, 93 to 97 % for 12 to 500 people with 1 to 30 segments each:
tests/quality/classifier-experiments.md has the figures, tests/quality/interval_coverage.py makes them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_Z = 1.959963984540054
_NONE = (math.nan, math.nan)


def wilson(hits: float, total: float, *, z: float = _Z) -> tuple[float, float]:
    """The score interval of a share, 95 % by default; missing for a share of nothing. Wilson (1927)."""
    if not total:
        return _NONE
    share, spread = hits / total, z**2 / total
    centre = (share + spread / 2) / (1 + spread)
    reach = math.sqrt(max(0.0, share * (1 - share)) * spread + spread**2 / 4) / (1 + spread)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def difference_interval(one: tuple[int, int], other: tuple[int, int]) -> tuple[float, float, float]:
    """How much larger the first share is, and its 95 % limits; each share is n of N, N above 0.

    Limits from Wilson's of each. Source: Newcombe (1998), Statistics in Medicine 17, method 10.
    """
    first, second = one[0] / one[1], other[0] / other[1]
    (low, high), (least, most) = wilson(*one), wilson(*other)
    gap = first - second
    down, up = math.hypot(first - low, most - second), math.hypot(high - first, second - least)
    return gap, max(-1.0, gap - down), min(1.0, gap + up)


def share_interval(hits: Array, totals: Array) -> tuple[float, float]:
    """The interval of sum(hits) / sum(totals), both with one place a person.

    Wilson's, for as many independent segments as the differences between people leave; where people have
    several segments each, with Student's t for the few people. Sources: Wilson (1927), JASA 22; Korn and
    Graubard (1998), Survey Methodology 24; Dean and Pagano (2015), J. Survey Statistics and Methodology 3.
    """
    worth, z = worth_of(hits, totals)
    return wilson(float(hits.sum() / totals.sum()) * worth, worth, z=z) if worth else _NONE


def worth_of(hits: Array, totals: Array) -> tuple[float, float]:
    """How many independent segments the total is worth, at most itself, and the quantile to use."""
    n, people = float(totals.sum()), int((totals > 0).sum())
    if not n:
        return 0.0, _Z
    if people < 2:
        return 1.0, _Z
    share = float(hits.sum()) / n
    between = float(((hits - share * totals) ** 2).sum()) / n**2
    simple = share * (1 - share) / n
    effect = max(1.0, between / simple) if simple > 0 else 1.0
    return n / effect, _Z + (_student(people) - _Z) * min(1.0, n / people - 1)


def f1_interval(right: Array, wrong: Array) -> tuple[float, float]:
    """The interval of 2 right / (2 right + wrong), one place a person.

    F1 is 2 J / (1 + J) of J = right / (right + wrong), which is a share: its limits are carried over.
    """
    low, high = share_interval(right, right + wrong)
    return 2 * low / (1 + low), 2 * high / (1 + high)


def kappa_interval(by_person: Array, kappas: Callable[..., Array]) -> tuple[float, float]:
    """The interval of Cohen's kappa. by_person: both, only one, only the other, neither, a row a person.

    Each person left out in turn, on Fisher's scale, with Student's t for those who decide; missing when that
    is one. Where nobody disagrees, as many disagreements as Wilson's limit allows are imagined.
    Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 11.
    """
    import numpy as np

    decisive = int((by_person[:, :3].sum(axis=1) > 0).sum())
    total = by_person.sum(axis=0).astype(float)
    kappa = float(kappas(*total))
    if len(by_person) < 2 or decisive < 2 or math.isnan(kappa):
        return _NONE
    if kappa >= 1 - 1e-12:
        split = (1 - wilson(decisive, decisive)[0]) * total[0]
        return float(kappas(total[0] - split, split / 2, split / 2, total[3])), 1.0
    without = kappas(*(total - by_person).T)
    without = np.where(np.isnan(without), kappa, without)
    error = math.sqrt((len(by_person) - 1) * float(without.var()))
    middle, reach = math.atanh(max(kappa, -1 + 1e-9)), _student(decisive) * error / (1 - kappa**2 + 1e-12)
    return min(kappa, math.tanh(middle - reach)), max(kappa, math.tanh(middle + reach))


def _student(people: int) -> float:
    from scipy.stats import t

    return float(t.ppf(0.975, people - 1))

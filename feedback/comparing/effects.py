"""How often chance alone would part groups as far, and what is left of that after many comparisons."""

from __future__ import annotations

from collections.abc import Sequence

from feedback.comparing.drawn import Margins, apart_by_chance, far_apart

Counts = tuple[int, int]
DRAWS, MORE_DRAWS = 9_999, 99_999
_LOOK_CLOSER = 0.1


def fisher(two: Sequence[Counts]) -> float:
    """How often two groups, n of N each, would differ as much, or more, whatever they are: Fisher (1935)."""
    from scipy import stats

    return float(min(1.0, stats.fisher_exact([[n, of - n] for n, of in two]).pvalue))


def p_of_shown(seen: Sequence[Counts], margins: Margins, *, seed: int = 0) -> float:
    """How often groups would show so far apart, or farther, if the same people spoke whatever their group.

    seen: n of N of the groups whose counts are shown. What is shown depends on the counts: a group in which
    two are expected is shown with none or with five, and hidden between, and so would seem to differ by
    itself. So each table that is drawn is hidden by the same rule before it is measured. 9,999 tables, and
    99,999 where that gives less than 0.1: corrected for many comparisons, a small p must be known well. Each
    line has draws of its own, which the seed and its counts decide; the same draws for all would be wrong for
    all alike. Sources: Pearson's chi-squared; Phipson and Smyth (2010), SAGMB 9, for adding one.
    """
    import numpy as np

    total = sum(margins.sizes) + margins.rest
    counts = np.array([[*(n for n, _ in seen), margins.n - sum(n for n, _ in seen)]])
    sizes = np.array([[*(of for _, of in seen), total - sum(of for _, of in seen)]])
    shown = np.array([[True] * len(seen) + [False]])
    found = far_apart(counts, sizes, shown, whole=margins.whole)[0]
    for draws in (DRAWS, MORE_DRAWS):
        dice = np.random.default_rng([seed, draws, *counts[0], *sizes[0]])
        # Equal tables may differ in the last digit.
        as_far = int((apart_by_chance(margins, draws, dice) <= found * (1 + 1e-9)).sum())
        p = (1 + as_far) / (1 + draws)
        if p > _LOOK_CLOSER:
            break
    return p


def corrected(found: Sequence[float], *, comparisons: int) -> list[float]:
    """The p-values corrected for so many comparisons, by Holm's method; those not given count as 1.

    Source: Holm (1979), Scandinavian Journal of Statistics 6.
    """
    order = sorted(range(len(found)), key=lambda at: found[at])
    result, highest = [1.0] * len(found), 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, found[at] * (comparisons - rank)))
        result[at] = highest
    return result

"""How often chance alone would part groups as far, and what is left of that after many comparisons."""

from __future__ import annotations

from collections.abc import Sequence

Counts = tuple[int, int]
DRAWS, MORE_DRAWS = 9_999, 199_999
_LOOK_CLOSER = 0.1


def p_value(groups: Sequence[Counts], *, seed: int = 0) -> float:
    """How often groups would differ as much, or more, if the same people spoke whatever their group.

    groups: n of N, two or more, each N above 0. Two groups: Fisher's exact test. More: Pearson's chi-squared
    of 9,999 tables with the same totals, and of 199,999 where that gives less than 0.1: corrected for many
    comparisons, a small p must be known well. Each table has draws of its own, which the seed and its counts
    decide; the same draws for all would be wrong for all alike. Sources: Fisher (1935); Patefield (1981),
    Applied Statistics 30, for the draws; Phipson and Smyth (2010), SAGMB 9, for adding one.
    """
    import numpy as np
    from scipy import stats

    table = np.array([[n for n, _ in groups], [of - n for n, of in groups]])
    if not table.sum(axis=1).all():
        return 1.0
    if len(groups) == 2:
        return float(min(1.0, stats.fisher_exact(table).pvalue))
    for draws in (DRAWS, MORE_DRAWS):
        dice = np.random.default_rng([seed, draws, *table.ravel()])
        drawn = stats.MonteCarloMethod(n_resamples=draws, rng=dice)
        p = float(stats.chi2_contingency(table, correction=False, method=drawn).pvalue)
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

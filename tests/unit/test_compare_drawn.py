"""What is shown depends on the counts, and a test among groups takes that into account."""

from itertools import product
from math import comb, prod

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from feedback.comparing.drawn import Margins, seen_in
from feedback.comparing.effects import p_of_shown
from feedback.disclosure import suppress


def hidden_by_the_rule(counts, sizes, k):
    """Which counts are shown, by the rule of all tables; the last group is not compared."""
    forced = (counts == sizes) & (sizes > 0)
    forced[:, -1] = sizes[-1] > 0
    table = pd.DataFrame(counts)
    shown = suppress(table, k=k, totals=("rows",), hidden=forced, most=np.tile(sizes, (len(counts), 1)))
    return shown.notna().to_numpy()


@given(
    sizes=st.lists(st.integers(0, 40), min_size=2, max_size=7),
    rest=st.sampled_from([0, 0, 3, 12]),
    share=st.floats(0, 1),
    k=st.sampled_from([1, 3, 5, 10]),
    seed=st.integers(0, 9),
)
def test_drawn_tables_are_hidden_as_every_table_is(sizes, rest, share, k, seed):
    groups = np.array([*sizes, rest])
    drawn = np.random.default_rng(seed).multivariate_hypergeometric(groups, round(share * groups.sum()), 20)
    assert (seen_in(drawn, groups, k) == hidden_by_the_rule(drawn, groups, k)).all()


def exactly(seen, margins):
    """The same p by going through every table there can be, each measured by scipy."""
    sizes = np.array([*margins.sizes, margins.rest])
    tables = np.array([one for one in product(*(range(n + 1) for n in sizes)) if sum(one) == margins.n])
    shown = hidden_by_the_rule(tables, sizes, margins.k)
    rest = (margins.n - sum(n for n, _ in seen), sizes.sum() - sum(of for _, of in seen))
    limit = apart([*seen, rest] if margins.whole else list(seen))
    total = 0.0
    for table, seen_here in zip(tables, shown, strict=True):
        pots = [(n, of) for n, of, is_seen in zip(table, sizes, seen_here, strict=True) if is_seen]
        left = (margins.n - sum(n for n, _ in pots), sizes.sum() - sum(of for _, of in pots))
        chance = prod(comb(of, n) for n, of in zip(table, sizes, strict=True))
        total += chance * (apart([*pots, left] if margins.whole else pots) <= limit * (1 + 1e-9))
    return total / comb(int(sizes.sum()), margins.n)


def apart(pots):
    table = np.array([(n, of - n) for n, of in pots if of])
    if len(table) < 2 or not table.sum(axis=0).all():
        return 1.0
    return stats.chi2_contingency(table, correction=False).pvalue


@pytest.mark.parametrize(
    ("seen", "margins"),
    [
        ([(8, 14), (1, 9), (0, 4)], Margins((14, 9, 4), 0, 9, k=1)),
        ([(7, 14), (3, 9), (0, 4)], Margins((14, 9, 4), 0, 10, k=3)),
        ([(9, 14)], Margins((14, 9, 4), 0, 10, k=3)),
        ([(9, 14)], Margins((14, 9), 6, 12, k=3)),
        ([(9, 14), (3, 9)], Margins((14, 9), 6, 12, k=3, whole=False)),
    ],
)
def test_chance_is_what_all_tables_say_hidden_as_they_would_be(seen, margins):
    assert p_of_shown(seen, margins) == pytest.approx(exactly(seen, margins), abs=0.015)


def test_a_small_group_shown_with_nobody_is_no_finding_by_itself():
    # Three of the fifteen were to be expected. Were it one to four, it would be hidden.
    seen, margins = [(28, 120), (17, 65), (0, 15)], Margins((120, 65, 15), 0, 45, k=5)
    assert apart(seen) < 0.1 < p_of_shown(seen, margins)

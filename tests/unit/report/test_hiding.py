"""Small groups stay hidden in comparisons, and no sum gives them away."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.report.crosstabs import crosstab


@settings(max_examples=100)
@given(
    st.lists(st.integers(0, 4), min_size=8, max_size=40),
    st.lists(st.sets(st.integers(0, 39)), min_size=1, max_size=4),
)
def test_a_comparison_shows_no_group_and_no_count_under_five(groups: list[int], said: list[set[int]]) -> None:
    people = {
        str(value): frozenset(str(i) for i, group in enumerate(groups) if group == value)
        for value in sorted(set(groups))
    }
    rows = [(f"t{i}", frozenset(map(str, one & set(range(len(groups)))))) for i, one in enumerate(said)]
    table = crosstab("region", people, rows, k=5)
    numbers = itertools.chain(table.totals, *(cells for _, cells in table.rows))
    assert not any(n is not None and 0 < n < 5 for n in numbers)
    assert sum(total is None for total in table.totals) != 1 or len(people) == 1
    for _, cells in table.rows:
        pairs = zip(cells, table.totals, strict=True)
        assert all(n is None for n, total in pairs if total is None)


def test_two_small_counts_that_only_one_pair_can_make_take_a_third_along() -> None:
    people = {name: frozenset(f"{name}{i}" for i in range(50)) for name in "abcd"}
    counts = {"a": 1, "b": 1, "c": 30, "d": 40}
    said = frozenset(f"{name}{i}" for name, n in counts.items() for i in range(n))
    ((_, cells),) = crosstab("region", people, [("pay", said)], k=5).rows
    assert cells == (None, None, None, 40)

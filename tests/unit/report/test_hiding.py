"""Small groups stay hidden, and no sum gives them away."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.report.crosstabs import crosstab, hide

COUNTS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6)


@settings(max_examples=400, deadline=None)
@given(COUNTS, st.integers(1, 6))
def test_no_hidden_count_can_be_worked_out_from_its_row(pairs: list[tuple[int, int]], k: int) -> None:
    counts = [min(n, size) for n, size in pairs]
    sizes = [max(size, 1) for _, size in pairs]
    visible = [size >= k for size in sizes]
    shown = hide(counts, k=k, visible=visible, sizes=sizes)
    hidden = [i for i, n in enumerate(shown) if n is None]
    assert all(i in hidden for i, n in enumerate(counts) if 0 < n < k or not visible[i])
    assert all(shown[i] == counts[i] for i in range(len(counts)) if i not in hidden)
    if len(hidden) == len(counts):
        return  # nothing is shown but the row's total
    rest = sum(counts) - sum(n for n in shown if n is not None)
    for i in hidden:
        others = sum(sizes[j] for j in hidden if j != i)
        assert max(0, rest - others) < min(sizes[i], rest), (counts, sizes, shown)


@settings(max_examples=100, deadline=None)
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

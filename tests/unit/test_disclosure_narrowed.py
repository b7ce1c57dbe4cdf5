"""What lines tell by themselves is what linear programming finds, only sooner."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.disclosure.linked import Family, Kinds, Row


@st.composite
def families(draw):
    """One to three rows over two or three tables, each inside the one before; all that is told is true."""
    widths = draw(st.lists(st.integers(2, 4), min_size=2, max_size=3))
    every = [list(one) for one in np.ndindex(*widths)]
    values = draw(st.lists(st.sampled_from(every), min_size=1, max_size=8, unique_by=tuple))
    sizes = np.array(draw(st.lists(st.integers(1, 6), min_size=len(values), max_size=len(values))))
    rows, most = [], sizes
    for at in range(draw(st.integers(1, 3))):
        counts = np.array([draw(st.integers(0, int(n))) for n in most])
        shown = [np.array(draw(st.lists(st.booleans(), min_size=n, max_size=n))) for n in widths]
        some = np.array(draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))))
        told = draw(st.integers(0, int(counts[some].sum())))
        out = draw(st.integers(0, len(widths)))
        rows.append(Row(counts, sizes, shown, [(some, told)], at - 1 if at else None, out))
        most = counts
    return Family(Kinds(np.array(values), sizes), rows)


@settings(max_examples=200)
@given(families())
def test_what_a_line_tells_by_itself_has_no_range(family):
    told = [cell for cell in family._cells(shown=False) if family._is_told(*cell)]

    assert not any(Family(family.kinds, family.rows)._has_range(*cell) for cell in told)


@settings(max_examples=100)
@given(families())
def test_the_same_is_hidden_as_by_linear_programming_alone(family):
    alone = Family(family.kinds, [Row(r.counts, r.most, [s.copy() for s in r.shown], r.least, r.parent, r.out)
                                  for r in family.rows])  # fmt: skip

    family.hide()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Family, "_is_told", lambda family, at, place: False)
        alone.hide()

    for one, other in zip(family.rows, alone.rows, strict=True):
        assert [list(seen) for seen in one.shown] == [list(seen) for seen in other.shown]


def test_a_hidden_cell_alone_in_its_line_is_told_and_one_of_two_is_not():
    kinds = Kinds(np.array([[0], [1], [2]]), np.array([9, 9, 9]))
    counts = np.array([3, 4, 5])
    alone = Family(kinds, [Row(counts, kinds.sizes, [np.array([True, True, False])])])
    of_two = Family(kinds, [Row(counts, kinds.sizes, [np.array([True, False, False])])])

    assert alone._is_told(0, (0, 2))
    assert not of_two._is_told(0, (0, 2))


def test_who_is_in_a_row_is_in_the_row_that_it_is_inside_of():
    kinds = Kinds(np.array([[0], [1], [2]]), np.array([9, 9, 9]))
    outer = Row(np.array([0, 4, 5]), kinds.sizes, [np.array([True, False, False])])
    inner = Row(np.array([0, 2, 2]), kinds.sizes, [np.array([False, True, False])], parent=0)

    assert Family(kinds, [outer, inner])._is_told(1, (0, 2))

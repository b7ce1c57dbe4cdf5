"""Small groups: lines that fit many people, and tables whose hidden cells stay hidden."""

from __future__ import annotations

from collections import Counter
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.disclosure import attributions, protected, suppress
from feedback.disclosure.values import in_order, spoilt

ATTRIBUTES = ("role", "cohort", "region")


def roster(*rows):
    frame = pd.DataFrame(rows, columns=[*ATTRIBUTES, "leaver"])
    return frame.assign(case_id=[f"P{number:02d}" for number in range(len(frame))])


WORKER = ("social worker", "2018", "North West", "no")
NORTH = {"region": {"North West": "northern England", "North East": "northern England"}}


def line_of_first(*others, **options):
    return attributions(roster(WORKER, *others), **options)["P00"]


@pytest.mark.parametrize(
    "others, line",
    [
        ([WORKER] * 4, "a social worker, 2018 cohort, North West"),
        ([("social worker", "2016", "London", "no")] * 4, "a social worker"),
        ([("social worker", "2016", *WORKER[2:])] * 4, "a social worker, 2016 to 2018 cohorts, North West"),
        ([("social worker", "2022", "North West", "no")] * 4, "a social worker, North West"),
        ([("social worker", "2018", "North East", "no")] * 4, "a social worker, northern England"),
        ([("social worker", "2018", "London", "no")] * 4, "a social worker"),
        ([("team manager", "2018", "North West", "no")] * 4, "a participant"),
        ([WORKER] * 3, "a participant"),
    ],
)  # fmt: skip
def test_a_line_gets_vaguer_until_it_fits_five_people(others, line):
    assert line_of_first(*others, broader=NORTH) == line


def test_values_widen_as_far_as_they_are_told_to():
    far = {"region": {"North West": "the north", "the north": "England", "London": "England"}}
    assert line_of_first(*[("social worker", "2018", "London", "no")] * 4, broader=far) == (
        "a social worker, England"
    )
    assert line_of_first(broader={"region": {"North West": "the north", "the north": "North West"}}) == (
        "a participant"
    )


def test_years_are_not_widened_where_words_stand_among_them():
    others = [("social worker", "2016", "North West", "no"), ("social worker", "before 2015", "London", "no")]
    assert "2016 to 2018" not in line_of_first(*others * 4)


def test_who_left_is_said_only_where_it_is_true_of_enough():
    left = (*WORKER[:3], "yes")
    assert set(attributions(roster(*[left] * 5)).values()) == {
        "a social worker who left, 2018 cohort, North West"
    }
    assert set(attributions(roster(left, *[WORKER] * 4)).values()) == {"a participant"}


def test_an_advanced_practitioner_gets_the_right_article():
    rows = roster(*[("advanced practitioner", None, None, None)] * 5)
    assert attributions(rows)["P03"] == "an advanced practitioner"


def test_a_vague_line_does_not_single_out_the_few_who_are_no_more_exact():
    """Three Londoners among twenty: if only they were "a social worker", everybody could tell them."""
    rows = [WORKER] * 20 + [("social worker", "2018", "London", "no")] * 3
    assert set(attributions(roster(*rows)).values()) == {"a social worker"}


VALUE = st.sampled_from(["x", "y", None])
YEAR = st.sampled_from(["2016", "2017", "2019", None])
ROSTERS = st.lists(
    st.tuples(VALUE, YEAR, VALUE, st.sampled_from(["yes", "no", None])), min_size=1, max_size=40
)


@settings(max_examples=150)
@given(rows=ROSTERS, k=st.integers(1, 8))
def test_whoever_knows_all_people_and_the_rule_narrows_nobody_down_below_k(rows, k):
    people = roster(*rows)
    lines = attributions(people, k=k, broader={"region": {"x": "somewhere", "y": "somewhere"}})
    having = Counter(lines.values())
    assert list(lines) == list(people["case_id"])
    assert all(n >= min(k, len(rows)) for n in having.values())
    left = {case for case, said in zip(people["case_id"], people["leaver"], strict=True) if said == "yes"}
    for group in (left, lines.keys() - left):
        having = Counter(lines[case] for case in group)
        vague = having.pop("a participant", 0)
        assert all(n >= k for n in having.values())
        assert vague == 0 or vague >= min(k, len(group))


@settings(max_examples=60)
@given(rows=ROSTERS, k=st.integers(1, 5), seed=st.randoms(use_true_random=False))
def test_lines_are_true_and_do_not_depend_on_the_order_of_the_people(rows, k, seed):
    people = roster(*rows)
    lines = attributions(people, k=k)
    assert lines == attributions(people.sample(frac=1, random_state=seed.randrange(99)), k=k)
    for (role, cohort, region, left), line in zip(rows, lines.values(), strict=True):
        noun, *rest = line.split(", ")
        assert noun.removesuffix(" who left") in ("a participant", f"a {role}")
        assert not noun.endswith(" who left") or left == "yes"
        for part in rest:
            if part.endswith("cohorts"):
                first, last = part.removesuffix(" cohorts").split(" to ")
                assert first <= cohort <= last
            else:
                assert part in (f"{cohort} cohort", region)


def table(rows):
    return pd.DataFrame(rows)


def test_a_single_small_cell_takes_company_in_its_row_and_column():
    shown = suppress(table([[2, 10, 20], [9, 12, 14], [30, 40, 50]]))
    assert shown.isna().to_numpy().tolist() == [
        [True, True, False],
        [True, True, False],
        [False, False, False],
    ]


def test_large_tables_are_left_as_they_are():
    counts = table([[5, 6], [0, 8]])
    assert suppress(counts).astype("int64").equals(counts)


def test_one_cell_with_a_total_cannot_be_protected_by_hiding_cells():
    counts = table([[3]])
    assert not protected(counts, suppress(counts))


def readings(counts, shown):
    """Every table of whole numbers that a reader of `shown` and of all totals must think possible."""
    hidden = [tuple(cell) for cell in np.argwhere(shown.isna().to_numpy())]
    values = counts.to_numpy()
    for guess in product(range(int(values.sum()) + 1), repeat=len(hidden)):
        other = values.copy()
        for cell, value in zip(hidden, guess, strict=True):
            other[cell] = value
        if (other.sum(0) == values.sum(0)).all() and (other.sum(1) == values.sum(1)).all():
            yield other


@settings(max_examples=15)
@given(rows=st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=2, max_size=2))
def test_no_hidden_cell_can_be_worked_out(rows):
    counts = table(rows)
    shown = suppress(counts, k=3)
    if protected(counts, shown):
        possible = list(readings(counts, shown))
        for row, column in np.argwhere(shown.isna().to_numpy()):
            assert len({other[row, column] for other in possible}) > 1


@settings(max_examples=25)
@given(
    rows=st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=3, max_size=5),
    k=st.integers(2, 8),
)
def test_small_cells_are_hidden_and_those_shown_are_true(rows, k):
    counts = table(rows)
    shown = suppress(counts, k=k)
    seen = shown.notna()
    assert not ((counts > 0) & (counts < k) & seen).to_numpy().any()
    assert (shown.fillna(-1).astype("int64").where(seen, counts) == counts).to_numpy().all()


@settings(max_examples=100)
@given(
    rows=st.lists(
        st.lists(st.tuples(st.integers(0, 12), st.integers(1, 12)), min_size=3, max_size=3), max_size=4
    ),
    groups=st.lists(st.booleans(), min_size=3, max_size=3),
    k=st.integers(2, 6),
)
def test_no_hidden_count_can_be_worked_out_from_its_row(rows, groups, k):
    counts = pd.DataFrame([[min(pair) for pair in row] for row in rows], columns=range(3))
    most = np.array([[size for _, size in row] for row in rows]).reshape(-1, 3)
    shown = suppress(counts, k=k, totals=("rows",), hidden=groups, most=most)
    assert shown.loc[:, groups].isna().to_numpy().all()
    for row, cells, sizes in zip(counts.to_numpy(), shown.to_numpy(dtype=object), most, strict=True):
        hidden = [at for at, cell in enumerate(cells) if cell is pd.NA]
        assert all(at in hidden for at, n in enumerate(row) if 0 < n < k)
        if len(hidden) in (0, len(row)):
            continue  # nothing to hide, or nothing shown but the total
        # A reader who knows the sizes, and one who takes what is hidden for small.
        small = [
            range(not groups[at], (sizes[at] if groups[at] else min(sizes[at], k - 1)) + 1) for at in hidden
        ]
        for values in ([range(sizes[at] + 1) for at in hidden], small):
            fitting = [guess for guess in product(*values) if sum(guess) == row[hidden].sum()]
            assert not fitting or all(len(set(of_cell)) > 1 for of_cell in zip(*fitting, strict=True))


def test_a_row_that_cannot_be_protected_does_not_leave_the_next_one_bare():
    shown = suppress(table([[2, 2, 2], [3, 20, 30]]), totals=("rows",), most=[[2, 2, 2], [50, 50, 50]])
    assert shown.isna().to_numpy()[1].tolist() == [True, True, False]


def test_what_is_hidden_as_small_cannot_be_the_only_pair_that_fits():
    assert suppress(table([[4, 4, 30, 40]]), totals=("rows",)).isna().to_numpy().sum() == 3


def test_values_stand_in_the_order_in_which_people_count():
    ordered = [
        "Less than 1 year", "1-2", "More than 20 years", "26-100", "100-500", "Team 2", "Team 10",
        "not recorded",
    ]  # fmt: skip
    assert sorted(sorted(ordered), key=in_order) == ordered
    assert sorted(["under 1,000", "over 1,000", "1,000", "1000 to 2000"], key=in_order)[0] == "under 1,000"


@given(st.lists(st.text("0123456789,.-< abOverUp", max_size=12)))
def test_any_values_have_an_order_that_does_not_depend_on_how_they_came(values):
    assert sorted(values, key=in_order) == sorted(reversed(values), key=in_order)


def test_ranges_of_which_a_spreadsheet_made_days_are_told_from_days():
    assert spoilt(["03-Apr", "Less than 1 year", "01-Feb", "7-10"]) == ["01-Feb", "03-Apr"]
    assert spoilt(["03-Apr", "01-Feb"]) == []

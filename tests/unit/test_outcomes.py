"""Retention: what is counted, what is a range, and what is hidden."""

import pandas as pd
import pytest
from asked_outcomes import COLUMNS, found, reasons, row_of
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.errors import FeedbackError
from feedback.intervals import wilson
from feedback.outcomes import Asked, outcomes
from feedback.outcomes.cohort import EVERYBODY, Followed
from feedback.outcomes.told import of_ranges
from feedback.settings.outcomes import Benchmark, Outcomes
from tests.unit.cohorts import cohort


def test_left_the_first_employer_and_left_the_profession_are_two_figures():
    people = cohort(employer=0.75, profession=0.29)
    employer, profession = (
        row_of(found(people, f"left-{name}")) for name in ("first-employer", "profession")
    )
    assert (employer["left"], employer["n"], employer["share"]) == (300, 400, 0.75)
    assert (profession["left"], profession["n"], profession["share"]) == (116, 400, 0.29)
    assert employer["km"] == 0.75 and profession["km"] == 0.29


def test_two_definitions_are_not_compared_unless_wanted_side_by_side():
    people = cohort(employer=0.75, profession=0.29)
    with pytest.raises(FeedbackError, match="different figures and are not compared") as refused:
        found(people, "left-first-employer", "left-profession")
    assert "'left the first employer' and 'left the profession'" in refused.value.message
    assert "--side-by-side" in (refused.value.hint or "")
    both = found(people, "left-first-employer", "left-profession", side_by_side=True)
    assert [one.retention.label for one in both.by_definition] == [
        "left the first employer",
        "left the profession",
    ]
    assert [row_of(both, at=at)["left"] for at in (0, 1)] == [300, 116]


def test_a_definition_must_be_named():
    with pytest.raises(FeedbackError, match="which leaving is meant"):
        outcomes(cohort(), Asked(), columns=COLUMNS)
    with pytest.raises(FeedbackError) as unknown:
        found(cohort(), "left-professions")
    assert unknown.value.hint == "did you mean 'left-profession'?"
    with pytest.raises(FeedbackError, match="nothing says who left statutory work; columns are named for"):
        found(cohort(), "left-statutory-work")


def test_a_published_figure_of_another_definition_is_named_and_refused():
    marks = {
        "National 2021": Benchmark("left-first-employer", 36, 0.75, 900),
        "Own 2019": Benchmark("left-profession", 36, 0.31, 120),
        "Early": Benchmark("left-profession", 18, 0.1, 120),
    }
    columns = Outcomes(**{**vars(COLUMNS), "benchmarks": marks})
    answer = found(cohort(profession=0.29), columns=columns)
    assert [name for name, _ in answer.by_definition[0].benchmarks] == ["Own 2019"]
    why = reasons(answer)
    assert "it counts who left the first employer" in why["a comparison with 'National 2021'"].why
    assert why["a comparison with 'Early'"].instead == "ask for --at 18"


def test_side_by_side_never_tells_of_a_few_who_left_one_and_not_the_other():
    people = cohort(employer=0.25, profession=0.245)
    both = found(people, "left-first-employer", "left-profession", side_by_side=True)
    assert row_of(both, at=0)["left"] == 100
    assert row_of(both, at=1)["hidden"] and row_of(both, at=1)["km"] is None


def test_the_unknown_make_a_range_from_all_stayed_to_all_left():
    people = cohort(400, profession=0.08, unknown=0.08, by=18)
    row = row_of(found(people, at=(18,)), months=18)
    assert (row["left"], row["unknown"], row["left_most"], row["n"]) == (32, 32, 64, 400)
    assert (row["share"], row["share_most"]) == (0.08, 0.16)
    assert (row["km_least"], row["km_most"]) == (0.08, 0.16)
    assert row["low"] == round(wilson(32, 400)[0], 4) and row["high"] == round(wilson(64, 400)[1], 4)


def test_unknown_counts_only_after_the_last_news():
    one = Followed("P1", "", 14.0, 36.0, unknown=True)
    assert [one.at(month) for month in (12, 14, 18)] == ["stayed", "stayed", "unknown"]


def test_a_leaver_whose_day_is_known_by_its_year_only_is_unknown_within_that_year():
    people = cohort(60)
    people.loc[:29, "left_profession"] = "2020"
    people["start_date"] = "2018-09-01"
    answer = found(people, at=(12, 24, 36))
    rows = [row_of(answer, months=month) for month in (12, 24, 36)]
    assert [(row["left"], row["left_most"]) for row in rows] == [(0, 0), (0, 30), (30, 30)]


def test_nobody_unknown_and_nobody_left_are_said():
    answer = found(cohort())
    row = row_of(answer)
    assert (row["left"], row["share"], row["low"]) == (0, 0.0, 0.0) and 0 < row["high"] < 0.02
    notes = " ".join(answer.by_definition[0].retention.notes)
    assert "nobody left by this definition" in notes and "of everybody it is known" in notes
    assert "the column 'left_profession' is empty for everybody" in notes


def test_fewer_than_five_leavers_are_hidden_and_cannot_be_worked_out():
    people = cohort(120, profession=0.25, years=3)
    few = people["cohort"] == "2018"
    people.loc[few, "left_profession"] = ""
    people.loc[people.index[few][:3], "left_profession"] = "2019-09-01"
    rows = found(people, by="cohort").by_definition[0].retention.rows
    hidden = rows[rows["hidden"].astype(bool)]
    assert len(hidden) == 2 and EVERYBODY not in set(hidden["group"])
    assert hidden[["left", "share", "km", "km_least", "low", "at_risk"]].isna().all(axis=None)


def test_a_month_at_which_a_few_more_had_left_is_hidden():
    people = cohort(60)
    people["start_date"] = "2018-09-01"
    people.loc[:9, "left_profession"] = "2019-03-01"
    people.loc[10:12, "left_profession"] = "2020-03-01"
    answer = found(people, at=(12, 24, 36))
    assert [row_of(answer, months=month)["hidden"] for month in (12, 24, 36)] == [False, True, True]


def test_there_are_no_percentages_of_fewer_than_twenty_people():
    row = row_of(found(cohort(16, profession=0.5)))
    assert (row["left"], row["n"]) == (8, 16)
    assert row["share"] is None and row["km"] is None and row["low"] is None


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.floats(0.5, 40)), min_size=1, max_size=90),
    st.integers(0, 2**32),
)
def test_no_shown_figure_is_of_one_to_four_people(people, seed):
    table = pd.DataFrame(
        {
            "case_id": [f"P{at:03}" for at in range(len(people))],
            "left_profession": [f"{month:.1f}" if month < 35 else "" for _, month in people],
            "months": ["40"] * len(people),
            "group": [group for group, _ in people],
        }
    )
    columns = Outcomes(left_profession="left_profession", months="months", population="everybody")
    rows = found(table, at=(12, 24, 36), by="group", columns=columns).by_definition[0].retention.rows
    shown = rows[~rows["hidden"].astype(bool)]
    for row in shown.to_dict("records"):
        assert row["left"] not in (1, 2, 3, 4) and row["n"] - row["left"] not in (1, 2, 3, 4)
    for month, at in rows.groupby("months"):
        hidden = at[at["hidden"].astype(bool)]
        everybody_shown = not at.loc[at["group"] == EVERYBODY, "hidden"].item()
        assert not (everybody_shown and len(hidden) == 1), month


def test_the_order_of_rows_changes_nothing():
    people = cohort(120, profession=0.25, unknown=0.1)
    shuffled = people.sample(frac=1, random_state=3)
    one, other = (found(table, by="cohort").by_definition[0].retention.rows for table in (people, shuffled))
    pd.testing.assert_frame_equal(one, other)


def test_a_length_of_service_that_is_a_range_says_what_the_range_means():
    sure = pd.DataFrame({"n": [31, None], "n_most": [31, None]}, dtype=object)
    range_ = pd.DataFrame({"n": [31, None], "n_most": [170, None]}, dtype=object)
    assert of_ranges(sure) == ""
    assert "too little is known" in of_ranges(range_)

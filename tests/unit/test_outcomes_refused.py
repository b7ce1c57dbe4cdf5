"""Tables and settings that `outcomes` refuses or puts up with, each in words that name the cases."""

import pandas as pd
import pytest
from asked_outcomes import COLUMNS, found, row_of

from feedback.errors import FeedbackError
from feedback.outcomes.cohort import column_of
from feedback.outcomes.definitions import with_options
from feedback.settings.outcomes import Benchmark, Outcomes
from feedback.settings.read import parse_settings
from tests.unit.cohorts import cohort


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start_date": "05/06/2021"}, "could be two different days"),
        ({"left_profession": "2017-01-01"}, "P0007: 'left_profession' is a day before the start"),
        ({"left_profession": "soon"}, r"what stands there is no date for P0007 \(the first: 'soon'\)"),
        ({"left_profession": "31/02/2020"}, "no date for P0007"),
    ],
)
def test_cells_that_cannot_be_are_named_by_their_cases(change, said):
    people = cohort(60, profession=0.25)
    people.loc[7, list(change)] = list(change.values())
    with pytest.raises(FeedbackError, match=said):
        found(people)


def test_dates_in_two_orders_are_refused_with_both_sets_of_cases():
    people = cohort(60)
    people.loc[3, "left_profession"] = "25/06/2020"
    people.loc[4, "left_profession"] = "06/25/2020"
    with pytest.raises(FeedbackError, match="day comes first for P0003, the month for P0004"):
        found(people)
    people.loc[4, "left_profession"] = "05/06/2020"
    assert row_of(found(people, k=1))["left"] == 2


def test_who_has_no_day_of_starting_is_left_out_and_counted():
    people = cohort(60, profession=0.5)
    people.loc[:4, "start_date"] = ["", "unknown", "Not Stated", "", "n/k"]
    people["consent"] = ["none" if at == 9 else "analysis" for at in range(60)]
    answer = found(people)
    out = {why: len(ids) for why, ids in answer.by_definition[0].retention.left_out.items()}
    assert out == {"no consent": 1, "no day of starting": 5}
    assert row_of(answer)["n"] == 54


@pytest.mark.parametrize("months", [(-12,), (0,), ()])
def test_months_below_zero_are_refused(months):
    with pytest.raises(FeedbackError, match="at which months"):
        found(cohort(), at=months)


def test_months_below_zero_in_a_column_are_refused_with_the_cases():
    people = pd.DataFrame({"case_id": ["a", "b"], "left": ["no", "no"], "months": ["-3", "12"]})
    with pytest.raises(FeedbackError, match="months below zero for a"):
        found(people, columns=Outcomes(left_profession="left", months="months"))


def test_an_id_twice_is_refused():
    people = cohort(30)
    people.loc[1, "case_id"] = "P0000"
    with pytest.raises(FeedbackError, match="P0000 twice"):
        found(people)


def test_a_missing_column_comes_with_the_nearest_one():
    with pytest.raises(FeedbackError, match=r"no column 'start_dat' \(outcomes: start\)") as missing:
        found(cohort(), columns=Outcomes(**{**vars(COLUMNS), "start": "start_dat"}))
    assert missing.value.hint == "did you mean 'start_date'?"


def test_without_an_end_of_follow_up_nothing_is_guessed_from_today():
    with pytest.raises(FeedbackError, match="how long those who had not left") as missing:
        found(cohort(profession=0.25), columns=Outcomes(**{**vars(COLUMNS), "until": ""}))
    assert "--set until=2025-10-01" in (missing.value.hint or "")


@pytest.mark.parametrize("until", ["01/10/2025", "2025", "October 2025", "today", "2025-02-30"])
def test_the_end_of_follow_up_must_be_one_certain_day(until):
    with pytest.raises(FeedbackError, match="no certain day"):
        found(cohort(profession=0.25), columns=Outcomes(**{**vars(COLUMNS), "until": until}))


def test_days_of_leaving_need_a_day_of_starting_and_the_hint_names_columns_with_days():
    columns = Outcomes(left_profession="left_profession", until="2024-09-01")
    with pytest.raises(FeedbackError, match="when people started") as missing:
        found(cohort(profession=0.25), columns=columns)
    assert "start_date" in (missing.value.hint or "")


def test_settings_on_the_command_line_are_checked_as_those_in_the_file():
    set_ = with_options(Outcomes(), ["start=Start Date", "senior=team manager; *lead*", "dates=day-first"])
    assert (set_.start, set_.senior, set_.dates) == ("Start Date", ("team manager", "*lead*"), "day-first")
    with pytest.raises(FeedbackError) as near:
        with_options(Outcomes(), ["strat=x"])
    assert near.value.hint == "did you mean 'start'?"
    with pytest.raises(FeedbackError, match="not a value"):
        with_options(Outcomes(), ["dates=american"])


def test_who_left_the_profession_and_never_the_employer_is_pointed_out():
    people = cohort(120, employer=0.5, profession=0.25)
    people.loc[people.index[people["left_profession"] != ""][:2], "left_employer"] = ""
    notes = found(people).by_definition[0].retention.notes
    assert (
        "by the table 2 people left the profession and never left the first employer: look at both columns"
        in notes
    )


def test_a_spoilt_column_of_another_definition_is_a_note_and_stops_nothing():
    people = cohort(120, profession=0.25)
    people.loc[0, "left_employer"] = "soon"
    answer = found(people)
    assert row_of(answer)["left"] == 30
    assert "the column of left-first-employer cannot be read" in " ".join(
        answer.by_definition[0].retention.notes
    )


def test_settings_of_a_project_hold_the_columns_and_the_rules():
    text = """
outcomes:
  start: start_date
  until: 2025-10-01
  left_profession: left_sw
  senior: [team manager]
  benchmarks:
    National 2021: {definition: left-first-employer, months: 36, left: 0.75, of: 900}
"""
    read = parse_settings(text).outcomes
    assert (read.start, read.until, read.senior) == ("start_date", "2025-10-01", ("team manager",))
    assert read.benchmarks == {"National 2021": Benchmark("left-first-employer", 36, 0.75, 900)}
    with pytest.raises(FeedbackError, match="line 3: 'left-job' is not a value"):
        parse_settings("outcomes:\n  benchmarks:\n    A: {definition: left-job}")
    with pytest.raises(FeedbackError, match="'mission_alligned' is not a setting"):
        parse_settings("outcomes:\n  mission_alligned: [charity]")


def test_a_column_may_be_called_what_its_table_calls_it():
    people = cohort(30).rename(columns={"left_profession": "leaver"})
    assert column_of(people, "Has left", "left_profession") == "leaver"

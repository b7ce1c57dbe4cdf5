"""Retention: what is counted, what is a range, what is hidden, and what is refused with its reason."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.disclosure.values import band_of
from feedback.errors import FeedbackError
from feedback.intervals import wilson
from feedback.outcomes import Asked, outcomes
from feedback.outcomes.beside import factors_beside
from feedback.outcomes.cohort import EVERYBODY, Followed, column_of
from feedback.outcomes.definitions import with_options
from feedback.outcomes.destinations import destinations
from feedback.outcomes.followed import follow
from feedback.outcomes.service import service_by_band
from feedback.outcomes.shares import UNEQUAL, estimates, share_at
from feedback.outcomes.survival import survival
from feedback.outcomes.told import of_ranges
from feedback.settings.outcomes import Benchmark, Outcomes
from feedback.settings.read import parse_settings
from tests.unit.cohorts import LAST_DAY, cohort

COLUMNS = Outcomes(
    start="start_date",
    left_first_employer="left_employer",
    left_profession="left_profession",
    status="status",
    until=LAST_DAY.isoformat(),
)
PROFESSION = Asked(("left-profession",), (36,))


def found(people, *definitions, columns=COLUMNS, **asked):
    wanted = {"at": (36,), **asked}
    return outcomes(people, Asked(definitions or ("left-profession",), **wanted), columns=columns)


def row_of(answer, group=EVERYBODY, months=36, at=0):
    rows = answer.by_definition[at].retention.rows
    (row,) = rows[(rows["group"] == group) & (rows["months"] == months)].to_dict("records")
    return row


def reasons(answer, at=0):
    return {why.what: why for why in answer.by_definition[at].refused}


# --- the two figures that get confused


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


# --- the unknown


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


# --- follow-up


def test_who_was_followed_for_ten_months_does_not_count_at_36():
    people = cohort(120, profession=0.25, years=3)
    late = people.copy()
    late.loc[:39, "start_date"] = "2023-11-01"
    late.loc[:39, "left_profession"] = "2024-01-01"
    row = row_of(found(late))
    assert (row["n"], row["not_followed"]) == (80, 40)
    assert row["left"] == (people.loc[40:, "left_profession"] != "").sum()


def test_without_a_last_day_for_all_unequal_follow_up_has_no_share_but_a_curve():
    people = pd.DataFrame(
        {
            "case_id": [f"P{at:02}" for at in range(60)],
            "left": ["yes"] * 20 + ["no"] * 40,
            "months": [str(5 + at) for at in range(20)] + [str(10 + at) for at in range(40)],
        }
    )
    answer = found(people, at=(12, 36), columns=Outcomes(left_profession="left", months="months"))
    row = row_of(answer)
    assert row["left"] is None and row["share"] is None and row["km"] is not None
    (why,) = (why for what, why in reasons(answer).items() if what.startswith("a share"))
    assert why.why.startswith("25 or more of 60 people had not left") and "Kaplan-Meier" in why.instead


def test_a_cohort_that_has_not_reached_a_month_is_not_compared_there():
    people = cohort(160, profession=0.25, by=20, first_year=2019, years=4)
    answer = found(people, by="cohort", at=(24, 36))
    assert row_of(answer, "2022")["left"] is None and row_of(answer, "2022")["n"] is None
    assert row_of(answer, "2019")["n"] == 40
    why = reasons(answer)["comparing 2022 with others at 36 months"]
    assert "5 or more of 2022: 24 months" in why.why
    assert why.instead == "all groups can be shown at 24 months or before; the others at 36"


def test_a_month_that_nobody_reached_is_refused_with_the_longest_there_is():
    why = reasons(found(cohort(profession=0.25), at=(24, 120)))["a share at 120 months"]
    assert why.instead == "--at 72 or less"


def test_a_share_counts_everybody_or_nobody_where_the_end_of_follow_up_is_not_told():
    people = [Followed("a", "", 40, 40), Followed("b", "", 5, None, (5.0, 5.0))]
    assert share_at(people, 36, one_day=False).n == 2
    assert share_at([*people, Followed("c", "", 10, 10)], 36, one_day=False).why_not == UNEQUAL


# --- a table of leavers


def test_among_leavers_no_share_is_computed_but_how_long_they_served():
    people = cohort(100, profession=1.0)
    answer = found(people, at=(12, 24))
    (one,) = answer.by_definition
    assert one.retention.leavers_only and not len(one.retention.rows)
    assert "leavers only (100)" in one.refused[0].why
    assert one.service is not None and list(one.service["of"]) == [100, 100]
    assert one.service["n"].is_monotonic_increasing
    whole = Outcomes(**{**vars(COLUMNS), "population": "everybody"})
    assert row_of(found(people, columns=whole))["share"] == 1.0


def test_bands_of_service_that_a_spreadsheet_took_for_days_are_bands_again():
    spoilt = ["01-Feb", "03-Apr", "05-Jun", "07-Oct", "Nov-20", "01-02", "More than 20 years", "2020-21"]
    bands = ["1-2", "3-4", "5-6", "7-10", "11-20", "1-2", "More than 20 years", "2020-21"]
    assert [band_of(said) for said in spoilt] == bands


def test_bands_of_service_are_counted_in_their_order_with_small_ones_hidden():
    bands = ["Nov-20"] * 10 + ["Less than 1 year"] * 6 + ["More than 20 years"] * 2 + ["01-Feb"] * 7
    table = service_by_band({f"P{at}": band for at, band in enumerate(bands)})
    assert list(table["service"]) == ["Less than 1 year", "1-2", "11-20", "More than 20 years"]
    # The two of "more than 20" are hidden, and others, so that no sum of hidden ones gives them away.
    assert list(table["n"]) == [None, None, 10, None]


# --- small groups


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


# --- bad input


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


def test_the_order_of_rows_changes_nothing():
    people = cohort(120, profession=0.25, unknown=0.1)
    shuffled = people.sample(frac=1, random_state=3)
    one, other = (found(table, by="cohort").by_definition[0].retention.rows for table in (people, shuffled))
    pd.testing.assert_frame_equal(one, other)


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


# --- roles, destinations, push factors


def test_senior_roles_are_counted_by_the_rule_that_is_shown():
    people = cohort(60, years=1)
    people["role_36"] = (
        ["Team Manager"] * 12 + ["senior practitioner"] * 10 + ["social worker"] * 30 + [""] * 8
    )
    columns = with_options(COLUMNS, ["roles=role_36", "senior=team manager; senior *"])
    grown = found(people, columns=columns).progression
    assert grown is not None
    (row,) = grown.rows.to_dict("records")
    assert (row["senior"], row["unknown"], row["senior_most"], row["n"]) == (22, 8, 30, 60)
    assert grown.senior == ("Team Manager", "senior practitioner") and grown.others == ("social worker",)
    without_rule = found(people, columns=with_options(COLUMNS, ["roles=role_36"])).progression
    assert without_rule is not None and "social worker" in without_rule.refused[0].instead


def test_mission_aligned_destinations_are_those_of_the_rule():
    cells = ["charity"] * 9 + ["family hub"] * 6 + ["bank"] * 8 + ["school"] * 2 + [""] * 5
    answer = destinations(
        {f"P{at}": cell for at, cell in enumerate(cells)}, rule=["charity", "family *", "school"]
    )
    assert (answer.mission, answer.of, answer.unknown) == (17, 30, 5)
    assert dict((name, n) for name, n, _ in answer.rows) == {
        "charity": 9,
        "bank": 8,
        "other mission-aligned destinations": 8,
    }


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "e", ""]), max_size=60))
def test_no_destination_of_one_to_four_people_is_shown_or_can_be_worked_out(cells):
    answer = destinations({f"P{at}": cell for at, cell in enumerate(cells)}, rule=["a", "b"])
    shown = sum(n for _, n, _ in answer.rows)
    assert all(n >= 5 for _, n, _ in answer.rows)
    assert answer.hidden or shown + answer.unknown == answer.of
    if answer.mission is not None:
        assert answer.mission == sum(n for _, n, aligned in answer.rows if aligned)


def test_push_factors_stand_beside_the_outcomes_of_the_same_people():
    cases = [f"P{at}" for at in range(24)]
    segments = pd.DataFrame({"segment_id": [f"s{at}" for at in range(24)], "case_id": cases})
    members = pd.DataFrame(
        {"segment_id": segments["segment_id"], "factor_id": ["f1"] * 12 + ["f2"] * 3 + [None] * 9}
    )
    factors = pd.DataFrame({"factor_id": ["f1", "f2"], "label": ["Caseload", "Pay"]})
    outcome = {case: "left" if at < 6 else "not left" for at, case in enumerate(cases)}
    table = factors_beside(factors, members, segments, outcome)
    assert table.loc[0, ["n", "left", "not left"]].tolist() == [12, 6, 6]
    assert table.loc[1, ["n", "left", "not left", "not known"]].isna().all()


# --- Kaplan-Meier

# Freireich et al. (1963), Blood 21, the 6-MP arm: weeks in remission, with and without relapse. Estimates,
# Greenwood's errors and log-log limits as textbooks print them (Kleinbaum and Klein, Survival Analysis).
RELAPSED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
CENSORED = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PUBLISHED = {
    6: (0.857, 0.0764, 0.620, 0.952),
    7: (0.807, 0.0869, 0.563, 0.923),
    10: (0.753, 0.0963, 0.503, 0.889),
    13: (0.690, 0.1068, 0.432, 0.849),
    16: (0.627, 0.1141, 0.368, 0.805),
    22: (0.538, 0.1282, 0.268, 0.747),
    23: (0.448, 0.1346, 0.188, 0.680),
}


def test_kaplan_meier_is_that_of_the_published_example():
    times, left = RELAPSED + CENSORED, [True] * len(RELAPSED) + [False] * len(CENSORED)
    for estimate in survival(times, left, list(PUBLISHED)):
        share, error, low, high = PUBLISHED[int(estimate.month)]
        stayed, lowest, highest = 1 - estimate.left, 1 - estimate.high, 1 - estimate.low
        width = math.log(-math.log(lowest)) - math.log(-math.log(highest))
        greenwood = width / (2 * 1.959963984540054) * stayed * -math.log(stayed)
        for ours, theirs, step in (
            (stayed, share, 1e-3), (greenwood, error, 1e-4), (lowest, low, 1e-3), (highest, high, 1e-3)
        ):  # fmt: skip
            assert abs(ours - theirs) <= step / 2 + 1e-6, (estimate.month, ours, theirs)
    assert [one.at_risk for one in survival(times, left, list(PUBLISHED))] == [21, 17, 15, 12, 11, 7, 6]


def test_kaplan_meier_of_everybody_followed_is_the_share():
    people = [Followed(f"P{at}", "", 36, 36, (at + 1.0, at + 1.0) if at < 20 else None) for at in range(50)]
    (estimate,) = estimates(people, [36])
    assert estimate.usual is not None and estimate.usual.left == pytest.approx(20 / 50)


def test_before_anybody_left_and_after_all_have_the_interval_is_no_nonsense():
    none, all_ = survival([10.0] * 30, [False] * 30, [5])[0], survival([3.0] * 30, [True] * 30, [5])[0]
    assert (none.left, none.low) == (0, 0) and none.high == pytest.approx(wilson(0, 30)[1])
    assert all_.left == 1


# --- the command line


def write(folder, people):
    people.to_csv(folder / "people.csv", index=False)
    return folder / "people.csv"


SET = ["--set", "start=start_date", "--set", "left_profession=left_profession",
       "--set", "left_first_employer=left_employer", "--set", "status=status",
       "--set", f"until={LAST_DAY}"]  # fmt: skip


def test_the_command_shows_both_labels_and_gives_json(feedback, tmp_path):
    file = write(tmp_path, cohort(employer=0.75, profession=0.29, seed=2))
    both = ["--definition", "left-first-employer", "--definition", "left-profession", "--at", "36"]
    ran = feedback("outcomes", file, *both, *SET)
    assert ran.code == 1 and "different figures" in ran.err and not ran.out
    ran = feedback("outcomes", file, *both, *SET, "--side-by-side")
    assert ran.code == 0
    assert "People who left the first employer" in ran.out and "People who left the profession" in ran.out
    assert "300 of 400" in ran.out and "116 of 400" in ran.out
    rows = feedback("outcomes", file, *both[2:], *SET, "--json").json["outcomes"]
    assert [(row["definition"], row["left"], row["n"]) for row in rows] == [("left-profession", 116, 400)]


def test_the_command_refuses_a_share_among_leavers_after_showing_what_can_be(feedback, tmp_path):
    file = write(tmp_path, cohort(100, profession=1.0))
    ran = feedback("outcomes", file, "--definition", "left-profession", *SET)
    assert ran.code == 1
    assert "within 24 months" in ran.out
    assert ran.out.count("the table has leavers only") == 1 and "leavers only" not in ran.err
    assert "Error: a share of people who left is refused" in ran.err and "stands above" in ran.err


def test_a_column_may_be_called_what_its_table_calls_it():
    people = cohort(30).rename(columns={"left_profession": "leaver"})
    assert column_of(people, "Has left", "left_profession") == "leaver"


def test_follow_groups_people_without_a_value_as_not_recorded():
    people = cohort(30)
    people.loc[0, "cohort"] = ""
    groups = follow(people, leaving="left_profession", by="cohort", columns=COLUMNS).groups()
    assert list(groups)[-1] == "not recorded" and len(groups["not recorded"]) == 1


def test_a_length_of_service_that_is_a_range_says_what_the_range_means():
    sure = pd.DataFrame({"n": [31, None], "n_most": [31, None]}, dtype=object)
    range_ = pd.DataFrame({"n": [31, None], "n_most": [170, None]}, dtype=object)
    assert of_ranges(sure) == ""
    assert "too little is known" in of_ranges(range_)

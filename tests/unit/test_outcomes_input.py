"""Tables that cannot be: each is answered in words, with what can be shown all the same."""

import pandas as pd
import pytest

from feedback.errors import FeedbackError
from feedback.outcomes import Asked, outcomes
from feedback.outcomes.beside import not_in_table
from feedback.outcomes.cohort import EVERYBODY
from feedback.outcomes.definitions import with_options
from feedback.settings.outcomes import Outcomes

DAYS = Outcomes(start="start", until="2024-09-01", left_profession="left")
MONTHS = Outcomes(left_profession="left", months="months")


def table(left, **columns):
    n = len(left)
    return pd.DataFrame(
        {"case_id": [f"P{at:02}" for at in range(n)], "start": ["2019-09-02"] * n, "left": left, **columns}
    )


def asked(people, columns=DAYS, **options):
    wanted = {"at": (12, 36), **options}
    (one,) = outcomes(people, Asked(("left-profession",), **wanted), columns=columns).by_definition
    return one


def everybody(one, months):
    rows = one.retention.rows
    (row,) = rows[(rows["group"] == EVERYBODY) & (rows["months"] == months)].to_dict("records")
    return row


def test_no_leavers_is_a_figure_and_a_doubt_about_the_column():
    one = asked(table([""] * 40))
    assert (everybody(one, 36)["left"], everybody(one, 36)["n"]) == (0, 40)
    assert any("is it the right one?" in note for note in one.retention.notes)


def test_one_leaver_is_hidden_and_months_without_any_are_shown():
    one = asked(table(["2021-03-01", *[""] * 39]))
    assert everybody(one, 12)["left"] == 0
    assert everybody(one, 36)["hidden"]
    assert "what would single people out" in [why.what for why in one.refused]


def test_a_single_row_shows_nothing_and_says_why():
    one = asked(table(["2021-03-01"]))
    assert one.retention.leavers_only
    assert one.service["n"].isna().all()
    assert "leavers only" in one.refused[0].why


def test_nobody_at_all_is_said():
    for people in (pd.DataFrame(), table([])):
        with pytest.raises(FeedbackError, match="nobody to count"):
            asked(people)


@pytest.mark.parametrize(
    ("people", "columns", "said"),
    [
        (table(["moved to Leeds", *["2021-03-01"] * 9, *[""] * 30]), DAYS, "moved to Leeds"),
        (table(["-3", *["14"] * 9, *[""] * 30], months=["40"] * 40), MONTHS, "-3"),
        (table([*["yes"] * 10, *[""] * 30], months=["-3", *["20"] * 39]), MONTHS, "-3"),
        (table([*["yes"] * 10, *[""] * 30], months=["soon", *["20"] * 39]), MONTHS, "soon"),
    ],
)
def test_a_cell_that_cannot_be_is_named_and_what_the_hint_says_shows_the_rest(people, columns, said):
    with pytest.raises(FeedbackError, match="P00") as error:
        asked(people, columns)
    option = f"unknown={said}"
    assert f'--set "{option}"' in error.value.hint
    one = asked(people, with_options(columns, [option]), at=(20,))
    row = everybody(one, 20)
    assert row["hidden"] or row["left"] is not None or row["km"] is not None


def test_two_ways_of_writing_the_same_day_are_read_and_two_orders_are_not():
    same = ["25/06/2021", "2021-06-25", "25 June 2021", "44372", "Jun-21", *[""] * 35]
    assert everybody(asked(table(same)), 36)["left"] == 5
    with pytest.raises(FeedbackError, match="two orders"):
        asked(table(["25/06/2021", "06/25/2021", *[""] * 38]))


def test_unequal_follow_up_refuses_the_share_and_shows_the_curve():
    people = table([*["yes"] * 15, *["no"] * 25], months=[str(5 + at) for at in range(40)])
    one = asked(people, MONTHS)
    row = everybody(one, 36)
    assert row["left"] is None and row["km"] is not None
    assert [why.what for why in one.refused] == ["a share at 36 months"]


def test_people_without_a_start_or_a_group_are_counted_apart():
    people = table([*["2021-03-01"] * 12, *[""] * 28], region=[*["north"] * 20, *[""] * 20])
    people.loc[30:, "start"] = ""
    one = asked(people, by="region")
    assert one.retention.left_out == {"no day of starting": tuple(f"P{at}" for at in range(30, 40))}
    assert "not recorded" in set(one.retention.rows["group"])


def test_people_heard_whose_id_is_not_in_the_table_are_found():
    segments = pd.DataFrame(
        {"case_id": ["P01", "P7", None, "I1"], "role": [*["participant"] * 3, "interviewer"]}
    )
    assert not_in_table(segments, {"P01": "left", "P07": "left"}) == ["P7"]


def test_a_refusal_tells_of_no_single_person_and_what_may_be_passed_on_has_no_figures():
    people = table([*["yes"] * 15, *["no"] * 25], months=[str(5 + at) for at in range(40)])
    (why,) = asked(people, MONTHS).refused
    assert "20 months" not in why.why  # the first who had not left was followed up to then
    assert why.why.startswith("15 or more of 40 people")
    assert not any(sign.isdigit() for sign in why.openly)

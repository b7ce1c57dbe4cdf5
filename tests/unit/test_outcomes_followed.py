"""How long people were followed and how long they served: whom a share counts, and the curve."""

import math

import pandas as pd
import pytest
from asked_outcomes import COLUMNS, found, reasons, row_of

from feedback.disclosure.values import band_of
from feedback.intervals import wilson
from feedback.outcomes.cohort import Followed
from feedback.outcomes.followed import follow
from feedback.outcomes.service import service_by_band
from feedback.outcomes.shares import UNEQUAL, estimates, share_at
from feedback.outcomes.survival import survival
from feedback.settings.outcomes import Outcomes
from tests.unit.cohorts import cohort


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


def test_follow_groups_people_without_a_value_as_not_recorded():
    people = cohort(30)
    people.loc[0, "cohort"] = ""
    groups = follow(people, leaving="left_profession", by="cohort", columns=COLUMNS).groups()
    assert list(groups)[-1] == "not recorded" and len(groups["not recorded"]) == 1


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

"""What stands beside retention: senior roles, destinations and push factors; and the command."""

import pandas as pd
from asked_outcomes import COLUMNS, found
from hypothesis import given
from hypothesis import strategies as st

from feedback.outcomes.beside import factors_beside
from feedback.outcomes.definitions import with_options
from feedback.outcomes.destinations import destinations
from tests.unit.cohorts import LAST_DAY, cohort


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

"""Answers to `--by` asked several times, laid side by side, give nobody away."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.outcomes import Asked, outcomes
from feedback.outcomes.cohort import EVERYBODY
from feedback.outcomes.small import hidden_groups
from feedback.settings.outcomes import Outcomes

COLUMNS = Outcomes(start="start", until="2024-09-01", left_profession="left")


def study(groups):
    """People by (team, region, how many left, how many stayed)."""
    rows = [
        {"team": team, "region": region, "start": "2019-09-02", "left": left}
        for team, region, gone, stayed in groups
        for left in ["2020-03-01"] * gone + [""] * stayed
    ]
    return pd.DataFrame(rows).assign(case_id=[f"P{at:03}" for at in range(len(rows))])


def shown_by(people, by):
    answer = outcomes(people, Asked(("left-profession",), (36,), by), columns=COLUMNS)
    rows = answer.by_definition[0].retention.rows
    return {row["group"]: row["left"] for row in rows.to_dict("records") if not row["hidden"]}


def test_groups_by_another_column_do_not_tell_what_one_column_hides():
    # By team: blue's 3 are hidden, and with them green's 8. By region north is green: everybody less north
    # and less red would be blue.
    people = study([("blue", "south", 3, 30), ("green", "north", 8, 30), ("red", "south", 20, 30)])
    by_team, by_region = shown_by(people, "team"), shown_by(people, "region")
    assert "blue" not in by_team
    assert not {EVERYBODY, "red"} <= set(by_team) or "north" not in by_region


def test_one_column_alone_shows_what_it_can():
    people = study([("blue", "south", 9, 30), ("green", "south", 8, 30), ("red", "south", 20, 30)])
    assert shown_by(people, "team") == {"blue": 9, "green": 8, "red": 20, EVERYBODY: 37}


GROUP = st.tuples(st.sampled_from("ABC"), st.sampled_from("xyz"), st.integers(1, 12), st.integers(1, 12))


@given(st.lists(GROUP, min_size=3, max_size=9, unique_by=lambda group: group[:2]))
@settings(max_examples=40)
def test_no_sum_or_difference_of_shown_figures_is_a_hidden_group(groups):
    people = study(groups)
    kinds = sorted({group[:2] for group in groups})
    left = {group[:2]: group[2] for group in groups}
    known, hidden = [], []
    for at, column in enumerate(("team", "region")):
        if people[column].nunique() < 2:
            return
        shown = shown_by(people, column)
        for value in sorted(people[column].unique()):
            cell = np.array([kind[at] == value for kind in kinds], dtype=float)
            small = 0 < sum(left[kind] for kind in kinds if kind[at] == value) < 5
            known += [cell] if value in shown else []
            hidden += [cell] if small else []
        known += [np.ones(len(kinds))] if EVERYBODY in shown else []
    for cell in hidden:
        if known:
            made = np.linalg.lstsq(np.array(known).T, cell, rcond=None)[0]
            assert np.abs(np.array(known).T @ made - cell).max() > 1e-6, (cell, known)


def test_where_a_sum_would_give_the_only_hidden_groups_away_it_is_hidden_too():
    # Both groups are small: 1 to 4 each, and a sum of 8 would say that both are 4.
    assert set(hidden_groups({"a": (4, 20), "b": (4, 20)}, (8, 40), k=5)) == {"a", "b", EVERYBODY}

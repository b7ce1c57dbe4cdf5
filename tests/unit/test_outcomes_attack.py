"""Nobody finds out from the figures of `outcomes` how long few people were followed."""

import re
from dataclasses import asdict
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from feedback.cli.outcomes.shown import as_tables
from feedback.outcomes import Asked, outcomes
from feedback.settings.outcomes import Outcomes

K = 5
MONTHS = (6, 12, 13, 14, 18, 24, 36, 48)
BY_DAY = Outcomes(start="start", until="2024-09-01", left_profession="left", status="status")
BY_MONTH = Outcomes(left_profession="left", months="months", status="status")


def cohort(seed):
    """People of three routes, some with hardly anybody, of whom few or many are lost, left or unknown."""
    dice = np.random.default_rng(seed)
    n = int(dice.integers(60, 160))
    route = dice.choice(["a", "b", "c"], n, p=[0.6, 0.3, 0.1])
    followed = dice.choice([60, 48, 36, 24, 13, 9], n, p=[0.4, 0.2, 0.2, 0.1, 0.05, 0.05])
    leaves = dice.exponential(40, n)
    left = leaves < followed
    day = [pd.Timestamp("2024-09-01") - pd.DateOffset(months=int(months)) for months in followed]
    gone = [
        (start + pd.DateOffset(months=int(months))).date().isoformat() if has else ""
        for start, months, has in zip(day, leaves, left, strict=True)
    ]
    unknown = (dice.random(n) < 0.05) & ~left
    by_day = {"start": [one.date().isoformat() for one in day], "left": gone}
    months = [f"{int(min(a, b))}" for a, b in zip(leaves, followed, strict=True)]
    by_month = {"left": ["yes" if has else "no" for has in left], "months": months}
    same = {
        "case_id": [f"P{at:03}" for at in range(n)],
        "route": route,
        "status": ["unknown" if one else "" for one in unknown],
    }
    return pd.DataFrame({**same, **by_day}), pd.DataFrame({**same, **by_month})


def answer(people, columns, by):
    return outcomes(people, Asked(("left-profession",), MONTHS, by, k=K), columns=columns)


def words(found):
    """All that is said beside the table, on the screen and as JSON."""
    told = as_tables(found, None)
    return [str(one) for one in (*(asdict(why) for why in found.by_definition[0].refused), *told["notes"])]


@pytest.mark.parametrize("seed", range(8))
def test_no_two_figures_of_a_group_are_few_people_apart(seed):
    for people, columns in zip(cohort(seed), (BY_DAY, BY_MONTH), strict=True):
        found = answer(people, columns, "route").by_definition[0]
        sizes = people["route"].value_counts().to_dict()
        for name, rows in found.retention.rows.groupby("group"):
            size = sizes.get(name, len(people))
            for column, start in (("left", 0), ("n", size), ("at_risk", size), ("not_followed", 0)):
                figures = [start, *(int(one) for one in rows[column].dropna())]
                steps = [abs(b - a) for a, b in pairwise(figures)]
                if column != "left" or columns is BY_MONTH or rows["n"].dropna().nunique() == 1:
                    assert not [step for step in steps if 0 < step < K], (name, column, figures)


@pytest.mark.parametrize("seed", range(8))
def test_the_words_stay_the_same_when_the_few_who_were_followed_longest_or_shortest_were_others(seed):
    """Four people followed for ever, or not at all: no sentence may tell how long they were."""
    _, people = cohort(seed)
    stayed = people.index[(people["left"] == "no") & (people["status"] == "")]
    ordered = people.loc[stayed, "months"].astype(int).sort_values(kind="stable").index
    before = words(answer(people, BY_MONTH, None))
    longest = people["months"].astype(int).max()
    for some, month in ((ordered[-2:], longest + 7), (ordered[:2], 3)):
        other = people.copy()
        other.loc[some, "months"] = str(month)
        after = words(answer(other, BY_MONTH, None))
        numbers = set(re.findall(r"\d+ months", " ".join(after)))
        assert f"{month} months" not in numbers, after
        assert f"{people.loc[some[0], 'months']} months" not in numbers or after == before


def test_a_month_is_named_only_where_five_people_or_more_were_followed_up_to_it():
    months = [str(one) for one in (*[20] * 10, 30, 31, 32, 44)]
    people = pd.DataFrame(
        {"case_id": [f"P{at}" for at in range(14)], "left": [*["yes"] * 6, *["no"] * 8], "status": ""}
    )
    (one,) = answer(people.assign(months=months), BY_MONTH, None).by_definition
    said = " ".join(words(answer(people.assign(months=months), BY_MONTH, None)))
    assert one.refused
    assert not {"44 months", "32 months", "31 months", "30 months"} & set(re.findall(r"\d+ months", said))

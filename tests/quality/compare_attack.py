"""Attacks what all runs of `feedback compare` show, put together: compare_attack.py [COHORTS]"""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import linprog

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from ticked_tables import ticked_tables

from feedback.comparing import compare
from feedback.errors import FeedbackError

K = 5


def attack(cohorts: int) -> None:
    """Lays all runs and the report side by side, and solves for every hidden count of 1 to 4 people."""
    hidden = out = told = shown = 0
    for seed in range(cohorts):
        one = attack_one(seed)
        hidden, out, told, shown = hidden + one[0], out + one[1], told + one[2], shown + one[3]
    sys.stdout.write(
        f"{cohorts} cohorts: {shown} figures shown by all runs together; of {hidden} hidden ones {out} come "
        f"out (and {told} that a total tells by itself)\n"
    )


def attack_one(seed: int) -> tuple[int, int, int, int]:
    dice = np.random.default_rng(seed)
    n = int(dice.integers(20, 90))
    names = [f"P{at:03d}" for at in range(n)]
    values = {
        "route": dice.choice(["a", "b", "c"], n, p=[0.6, 0.3, 0.1]),
        "region": dice.choice(list("NESW"), n),
        "leaver": dice.choice(["yes", "no"], n, p=[0.6, 0.4]),
        "months": [str(one) for one in dice.integers(1, 60, n)],
    }
    attributes = {one: {key: str(value[at]) for key, value in values.items()} for at, one in enumerate(names)}
    said = {
        f"theme-{at}": {one for one in names if dice.random() < dice.choice([0.1, 0.3, 0.6])}
        for at in range(3)
    }
    said = {theme: people for theme, people in said.items() if people}
    factors = [theme for theme in said if any(attributes[one]["leaver"] == "yes" for one in said[theme])]
    tables = ticked_tables(attributes, said, factors=factors)
    runs = [(by, False) for by in ("route", "region", "leaver", "months:quartiles")]
    runs += [("route", True), ("region", True), ("months:quartiles", True)]
    published, groups_of = [], {}
    for by, among in runs:
        try:
            found = compare(tables, by=[by], factors=among)
        except FeedbackError as error:
            if (
                "nothing to compare" in str(error)
                or "make no four bands" in str(error)
                or "has no" in str(error)
            ):
                continue
            raise
        published.extend((by, among, line) for line in found.lines)
        groups_of.setdefault(by, bands(attributes, by, found))
    return solve(names, attributes, said, published, groups_of)


def bands(attributes, by: str, found) -> dict[str, str]:
    """Each person's group, worked out anew from the names of the groups."""
    if ":" not in by:
        return {one: attributes[one][by] for one in attributes}
    column, result = by.partition(":")[0], {}
    for one in attributes:
        months = float(attributes[one][column])
        for group in found.heard[by]:
            low = -math.inf if group.startswith("up") else float(group.split()[1])
            high = math.inf if group.startswith("over") and " to " not in group else float(group.split()[-1])
            if low < months <= high:
                result[one] = group
    return result


def solve(names, attributes, said, published, groups_of) -> tuple[int, int, int, int]:
    """The attacker knows who is in every group and who left; unknown is who says what, person by person."""
    left = np.array([attributes[one]["leaver"] == "yes" for one in names])
    hidden = out = told = shown = 0
    for theme, people in said.items():
        truth = np.array([one in people for one in names], dtype=float)
        own = [(by, among, line) for by, among, line in published if line.id == theme]
        totals = [(np.ones(len(names)), truth.sum())]
        totals += [(left * 1.0, (truth * left).sum())] * any(among for _, among, _ in own)
        cells = [
            (
                (np.array([groups_of[by].get(name) == one.name for name in names]) & (left | (not among)))
                * 1.0,
                one.n,
            )
            for by, among, line in own
            for one in line.groups
        ]
        sums = [(goal, n) for goal, n in cells if n is not None]
        small = [goal for goal, n in cells if n is None and 0 < goal @ truth < K]
        found = [goal for goal in small if pinned(goal, [*totals, *sums])]
        alone = sum(pinned(goal, totals) for goal in found)
        shown, hidden = shown + len(sums), hidden + len(small)
        told, out = told + alone, out + len(found) - alone
    return hidden, out, told, shown


def pinned(goal, sums) -> bool:
    """Whether one whole number is left."""
    a, b = np.array([one for one, _ in sums]), [n for _, n in sums]
    ends = [linprog(sign * goal, A_eq=a, b_eq=b, bounds=(0, 1)).fun for sign in (1, -1)]
    return math.ceil(ends[0] - 1e-6) >= math.floor(-ends[1] + 1e-6)


if __name__ == "__main__":
    attack(int(sys.argv[1]) if sys.argv[1:] else 200)

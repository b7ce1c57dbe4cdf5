"""Measures `feedback compare`: real exit surveys against pandas and scipy, and chance.

python tests/quality/compare_measure.py surveys FOLDER    # dete_survey.csv and tafe_survey.csv
python tests/quality/compare_measure.py chance FOLDER     # 200 permutations of an attribute
python tests/quality/compare_measure.py groups [RUNS]     # three and five unequal groups: findings, intervals
"""

from __future__ import annotations

import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from ticked_tables import ticked_tables

from feedback.comparing import compare
from feedback.disclosure import suppress
from feedback.disclosure.values import NOT_RECORDED

K = 5


def dete(folder: Path):
    """Attributes and ticked reasons of the 822 who answered the first survey; everybody was asked."""
    rows = pd.read_csv(folder / "dete_survey.csv", dtype=str, encoding="latin-1", keep_default_na=False)
    rows["case"] = [f"D{at:04d}" for at in range(len(rows))]
    attributes = {"gender": "Gender", "employment": "Employment Status", "region": "Region", "age": "Age"}
    reasons = list(rows.columns[10:27])
    ticks = {plain(one): set(rows.loc[rows[one] == "TRUE", "case"]) for one in reasons}
    return people_of(rows, attributes), ticks, set(rows["case"])


def tafe(folder: Path):
    """The 702 of the second survey; 265 were not asked for reasons (empty cells, not '-')."""
    rows = pd.read_csv(folder / "tafe_survey.csv", dtype=str, encoding="latin-1", keep_default_na=False)
    rows["case"] = [f"T{at:04d}" for at in range(len(rows))]
    columns = {name.partition(".")[0]: name for name in rows.columns}
    attributes = {
        "gender": columns["Gender"], "age": columns["CurrentAge"], "institute": "Institute",
        "area": "WorkArea", "service": columns["LengthofServiceOverall"],
    }  # fmt: skip
    reasons = [one for one in rows.columns if one.startswith("Contributing Factors.")][:-1]
    asked = set(rows.loc[(rows[reasons] != "").any(axis=1), "case"])
    ticks = {
        plain(one.removeprefix("Contributing Factors.")): set(rows.loc[~rows[one].isin(["", "-"]), "case"])
        for one in reasons
    }
    return people_of(rows, attributes), ticks, asked


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def plain(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name.strip().lower()).strip("-")


def people_of(rows: pd.DataFrame, columns):
    return {
        row["case"]: {name: row[column] for name, column in columns.items() if row[column]}
        for row in rows.to_dict("records")
    }


def expected(attributes, said, base, attribute: str) -> pd.DataFrame:
    """Counts by group by pandas alone: rows groups, columns n and of."""
    value = pd.Series({one: attributes[one].get(attribute, NOT_RECORDED) for one in sorted(base)})
    ticked = pd.Series({one: one in said for one in sorted(base)})
    table = pd.crosstab(value, ticked).reindex(columns=[False, True], fill_value=0)
    return pd.DataFrame({"n": table[True], "of": table.sum(axis=1)})


def surveys(folder: Path) -> None:
    for name, read in (("dete", dete), ("tafe", tafe)):
        attributes, said, asked = read(folder)
        tables = ticked_tables(attributes, said, asked=asked)
        for attribute in next(iter(attributes.values())):
            begun = time.process_time()
            found = compare(tables, by=[attribute])
            seconds = time.process_time() - begun
            checked, hidden, worst = check(found, attributes, said, asked)
            tests = found.tests
            say(
                f"{name} by {attribute}: {checked} figures equal, {hidden} of {len(found.groups)} hidden, "
                f"not asked {int(tests['not_asked'].max())}, p off by at most {worst:.4f}, "
                f"{found.n_comparisons} comparisons, {seconds:.1f} s"
            )
            for line in found.lines:
                if line.differs:
                    groups = ", ".join(
                        f"{one.name} {one.n}/{one.of}" for one in line.groups if one.n is not None
                    )
                    say(f"    {line.label}: corrected p {line.corrected:.2g}: {groups}")


def check(found, attributes, said, asked) -> tuple[int, int, float]:
    """How many figures equal those of pandas and scipy; AssertionError for one that does not."""
    checked = hidden = 0
    worst, values = 0.0, []
    for line in found.lines:
        base = asked if line.not_asked else set(attributes)
        assert line.n == len(said[line.id])
        assert line.of == len(base)
        right = expected(attributes, said[line.id], base, line.attribute)
        shown = [one for one in line.groups if one.n is not None]
        hidden += len(line.groups) - len(shown)
        for one in shown:
            there = tuple(right.loc[one.name]) if one.name in right.index else (0, 0)
            assert (one.n, one.of) == there, (line.id, one.name)
            checked += 1
            if one.share is not None:
                low, high = stats.binomtest(one.n, one.of).proportion_ci(method="wilson")
                assert np.allclose(one.limits, (low, high))
        if line.p is None:
            continue
        worst = max(worst, abs(chance_of(line, right, sized(found, line)) - line.p))
        values.append(line)
    ordered = sorted(values, key=lambda line: line.p)
    assert all(a.corrected <= b.corrected for a, b in pairwise(ordered))
    for rank, line in enumerate(ordered):
        assert line.corrected >= min(1.0, line.p * (found.n_comparisons - rank)) - 1e-12
    return checked, hidden, worst


def sized(found, line) -> set[str]:
    """The groups of which a reader knows how many people they are, among those who were asked."""
    if not line.not_asked:
        return {name for name, n in found.heard[line.attribute].items() if n is not None}
    alike = [one for one in found.lines if one.not_asked == line.not_asked]
    return {group.name for one in alike for group in one.groups if group.of is not None}


def chance_of(line, right, known, draws: int = 2_000) -> float:
    """The line's p anew: scipy's, or people dealt out, each table hidden by the rule of all tables."""
    own = [one for one in line.groups if one.name != NOT_RECORDED]
    unknown = [one for one in line.groups if one.name == NOT_RECORDED]
    whole = all(one.n is not None for one in unknown)
    n = line.n - sum(one.n or 0 for one in unknown)
    seen = [(one.n, one.of) for one in own if one.n is not None]
    if len(own) == 2:
        return stats.fisher_exact([[n, of - n] for n, of in seen]).pvalue
    # Of whom a reader does not know how many they are, he knows that they are among the others.
    sizes = [int(right["of"].get(one.name, 0)) for one in own if one.name in known]
    sizes = np.array([*sizes, line.of - sum(one.of or 0 for one in unknown) - sum(sizes)])
    drawn = np.random.default_rng(7).multivariate_hypergeometric(sizes, n, size=draws)
    forced = (drawn == sizes) & (sizes > 0)
    forced[:, -1] = sizes[-1] > 0
    options = {"k": K, "totals": ("rows",), "hidden": forced, "most": np.tile(sizes, (draws, 1))}
    shown = suppress(pd.DataFrame(drawn), **options).notna().to_numpy()
    all_of = (n, int(sizes.sum())) if whole else None
    found = apart(seen, all_of) * (1 + 1e-9)
    tables = [np.column_stack([row, sizes])[mask] for row, mask in zip(drawn, shown, strict=True)]
    return (1 + sum(apart(pots, all_of) <= found for pots in tables)) / (1 + draws)


def apart(pots, whole) -> float:
    """Pearson's p of these groups, and of what is left of the whole as one more."""
    table = np.array([*pots, *([np.subtract(whole, np.sum([(0, 0), *pots], axis=0))] if whole else [])])
    table = table[table[:, 1] > 0] if len(table) else table
    if len(table) < 2 or not 0 < table[:, 0].sum() < table[:, 1].sum():
        return 1.0
    return stats.chi2_contingency(
        np.column_stack([table[:, 0], table[:, 1] - table[:, 0]]), correction=False
    ).pvalue


def chance(folder: Path, rounds: int = 200) -> None:
    """How often any theme differs, after correction, where the attribute was dealt out at random."""
    for name, read, attribute in (("dete", dete, "gender"), ("dete", dete, "region"), ("tafe", tafe, "age")):
        attributes, said, asked = read(folder)
        dice, people = np.random.default_rng(0), sorted(attributes)
        some = raw = tested = 0
        for _ in range(rounds):
            dealt = dice.permutation(people)
            mixed = {
                one: {attribute: value} if (value := attributes[other].get(attribute)) else {}
                for one, other in zip(people, dealt, strict=True)
            }
            found = compare(ticked_tables(mixed, said, asked=asked), by=[attribute])
            some += any(line.differs for line in found.lines)
            raw += sum(line.p is not None and line.p < 0.05 for line in found.lines)
            tested += sum(line.p is not None for line in found.lines)
        low, high = stats.binomtest(some, rounds).proportion_ci(method="wilson")
        say(
            f"{name} by {attribute}, {rounds} permutations: {some} runs with a corrected finding "
            f"({100 * some / rounds:.1f} %, 95 % {100 * low:.1f} to {100 * high:.1f}); uncorrected "
            f"{raw} of {tested} tests under 0.05 ({100 * raw / max(1, tested):.1f} %)"
        )


SIZES = {3: (0.6, 0.3, 0.1), 5: (0.4, 0.25, 0.2, 0.1, 0.05)}
# Twelve themes from rare to common; where groups differ, the first group says each so much more often.
SHARES = (0.06, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7)


def groups(runs: int = 200) -> None:
    """Unequal groups, all alike: runs that find something all the same. Then true gaps: are they covered?"""
    for number, people in ((3, 120), (5, 120), (3, 400), (5, 400)):
        some, covered = dealt(number, people, runs, gap=0.0)
        low, high = stats.binomtest(some, runs).proportion_ci(method="wilson")
        say(
            f"{number} groups of {people} people, all alike: {some} of {runs} runs with a corrected finding "
            f"({100 * some / runs:.1f} %, 95 % {100 * low:.1f} to {100 * high:.1f}); {told(covered)}"
        )
        some, covered = dealt(number, people, runs // 2, gap=0.15)
        say(f"    the first 15 points above the others: {some} of {runs // 2} runs find it; {told(covered)}")


def told(covered: list[bool]) -> str:
    low, high = stats.binomtest(sum(covered), len(covered)).proportion_ci(method="wilson")
    return (
        f"{sum(covered)} of {len(covered)} intervals of a difference hold the true one "
        f"({100 * sum(covered) / len(covered):.1f} %, 95 % {100 * low:.1f} to {100 * high:.1f})"
    )


def dealt(number: int, people: int, runs: int, *, gap: float) -> tuple[int, list[bool]]:
    """In how many runs something differs; of each shown one whether its interval holds the true one."""
    some, covered = 0, []
    for seed in range(runs):
        dice = np.random.default_rng([number, people, seed])
        names = [f"P{at:03d}" for at in range(people)]
        group = dice.choice(list("abcde")[:number], people, p=SIZES[number])
        share = {theme: {"a": one + gap} for theme, one in enumerate(SHARES)}
        said = {
            f"t{theme}": {
                name
                for name, own in zip(names, group, strict=True)
                if dice.random() < share[theme].get(own, SHARES[theme])
            }
            for theme in share
        }
        said = {theme: own for theme, own in said.items() if own}
        attributes = {name: {"group": str(own)} for name, own in zip(names, group, strict=True)}
        found = compare(ticked_tables(attributes, said), by=["group"])
        some += any(line.differs for line in found.lines)
        for line in found.lines:
            for one in line.groups:
                if one.share is not None and one.difference_limits is not None:
                    # The others are one pot: its true share depends on how many of them are in "a".
                    rest = (people - one.of, 0 if one.name == "a" else int((group == "a").sum()))
                    true = gap * (1 - rest[1] / rest[0] if one.name == "a" else -rest[1] / rest[0])
                    low, high = one.difference_limits
                    covered.append(low <= true <= high)
    return some, covered


if __name__ == "__main__":
    what, *rest = sys.argv[1:] or [""]
    if what == "surveys":
        surveys(Path(rest[0]))
    elif what == "chance":
        chance(Path(rest[0]), *(int(one) for one in rest[1:]))
    elif what == "groups":
        groups(*(int(one) for one in rest))
    else:
        sys.stdout.write(__doc__ or "")

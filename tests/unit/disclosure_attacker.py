"""Somebody who has everything that is published, and the list of all people: what can they work out?

Written without a look at how figures are hidden: it takes a Report's tables as they stand and solves for
every hidden figure, by linear programming over the people's kinds (who agrees in all attributes).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog

from feedback.disclosure import attributions
from feedback.model import Crosstab
from feedback.report.crosstabs import EMPTY, SMALL, compared
from feedback.report.heard import Heard
from feedback.report.hiding import Known


@dataclass(frozen=True)
class Cohort:
    """People with attributes, what they speak of, and who is quoted on what."""

    cases: Any
    themes: tuple[tuple[str, frozenset[str]], ...]
    parents: tuple[int | None, ...]
    quoted: tuple[frozenset[str], ...]
    broader: Mapping[str, Mapping[str, str]]


ATTRIBUTES = ("role", "cohort", "region", "part")
_PART = {"A": "north", "B": "north", "C": "south", "D": "south", "E": "isles"}


def invented(seed: int) -> Cohort:
    """A cohort of 12 to 90 people; `part` is the part of the country that a region lies in."""
    import pandas as pd

    dice = np.random.default_rng(seed)
    n = int(dice.integers(12, 91))
    regions = dice.choice(list("ABCDE")[: dice.integers(2, 6)], n, p=None)
    frame = pd.DataFrame(
        {
            "case_id": [f"P{number:03d}" for number in range(n)],
            "consent": "publication",
            "role": dice.choice(["social worker", "team manager", "student"], n, p=[0.6, 0.3, 0.1]),
            "cohort": dice.choice(["2017", "2018", "2019", "2020"], n),
            "region": regions,
            "part": [_PART[one] for one in regions],
            "leaver": dice.choice(["yes", "no"], n),
        }
    )
    people = np.array(frame["case_id"])
    themes: list[tuple[str, frozenset[str]]] = []
    parents: list[int | None] = []
    for number in range(int(dice.integers(2, 7))):
        inside = int(dice.integers(number)) if number and dice.random() < 0.3 else None
        among = people if inside is None else np.array(sorted(themes[inside][1]))
        # A theme that a group is prone to, so that whole groups and rare voices come about.
        prone = dice.choice([0.05, 0.15, 0.4, 0.7, 0.95])
        chosen = frozenset(str(one) for one in among if dice.random() < prone)
        themes.append((f"theme {number}", chosen))
        parents.append(inside)
    quoted = [frozenset(sorted(those)[: int(dice.integers(0, 5))]) for _, those in themes]
    broader = {"region": _PART} if dice.random() < 0.5 else {}
    return Cohort(frame, tuple(themes), tuple(parents), tuple(quoted), broader)


@dataclass(frozen=True)
class Found:
    """What an attacker got out of a cohort's publication; `told_anyway`: without any table.

    That three people speak of a theme and three are quoted on it, all from one region, needs no table.
    """

    hidden: int
    recovered: int
    told_anyway: int
    shown: int
    lines_below_k: int


def published(cohort: Cohort, *, k: int) -> tuple[list[Crosstab], dict[str, str]]:
    """The tables worth showing, and everybody's line."""
    lines = attributions(cohort.cases, k=k, broader=cohort.broader)
    everybody = frozenset(cohort.cases["case_id"])
    heard = Heard(None, everybody, frozenset(), everybody, frozenset(), frozenset(), frozenset(), frozenset(),
                  {}, False)  # type: ignore[arg-type]  # fmt: skip
    quoted = [{case: lines[case] for case in those} for those in cohort.quoted]
    known = Known(quoted, cohort.parents, lines)
    made = compared(cohort.cases, heard, ATTRIBUTES, cohort.themes, k=k, known=known)
    return [table for table, verdict in made.values() if verdict not in (SMALL, EMPTY)], lines


def attack(cohort: Cohort, *, k: int) -> Found:
    """Tries to recover every hidden figure of what is published of a cohort."""
    tables, lines = published(cohort, k=k)
    attacker = _Attacker(cohort, tables, lines)
    hidden = recovered = total = shown = 0
    for number, (label, _) in enumerate(cohort.themes):
        for at, table in enumerate(tables):
            cells = dict(table.rows).get(label, (None,) * len(table.columns))
            for value, cell in zip(table.columns, cells, strict=True):
                if cell is not None:
                    shown += 1
                    continue
                hidden += 1
                if attacker.knows(number, at, value):
                    alone = _Attacker(cohort, [], lines).knows_of(number, table.attribute, value)
                    total += alone
                    recovered += not alone
    for table in tables:
        missing = [name for name, n in zip(table.columns, table.totals, strict=True) if n is None]
        hidden += len(missing)
        recovered += sum(attacker.knows_size(table.attribute, name) for name in missing)
    having = {line: list(lines.values()).count(line) for line in set(lines.values())}
    below = sum(n < k for n in having.values())
    return Found(hidden, recovered, total, shown, below)


class _Attacker:
    """Unknown is, for each theme, how many people of each kind speak of it."""

    def __init__(self, cohort: Cohort, tables: Sequence[Crosstab], lines: Mapping[str, str]) -> None:
        self.cohort, self.tables = cohort, tables
        rows = [tuple(row) for row in cohort.cases[list(ATTRIBUTES)].to_numpy()]
        self.kinds = sorted(set(rows))
        self.sizes = np.array([rows.count(kind) for kind in self.kinds])
        self.width = len(self.kinds) * len(cohort.themes)
        self.equal: list[tuple[Any, int]] = []
        self.most: list[tuple[Any, int]] = []
        people = list(cohort.cases["case_id"])
        self.kind_of = {case: self.kinds.index(row) for case, row in zip(people, rows, strict=True)}
        for number, (label, those) in enumerate(cohort.themes):
            self.equal.append((self._sum(number, range(len(self.kinds))), len(those)))
            for table in tables:
                cells = dict(table.rows).get(label, ())
                for value, cell in zip(table.columns, cells, strict=bool(cells)):
                    if cell is not None:
                        self.equal.append((self._of(number, table.attribute, value), cell))
            if lines:
                self._read_quotes(number, lines)
            parent = cohort.parents[number]
            for kind in range(len(self.kinds)) if parent is not None else ():
                more = self._sum(number, [kind]) - self._sum(parent, [kind])
                self.most.append((more, 0))

    def _sum(self, theme: int, kinds: Sequence[int] | range) -> Any:
        row = np.zeros(self.width)
        row[[theme * len(self.kinds) + kind for kind in kinds]] = 1
        return row

    def _of(self, theme: int, attribute: str, value: str) -> Any:
        at = ATTRIBUTES.index(attribute)
        return self._sum(theme, [n for n, kind in enumerate(self.kinds) if kind[at] == value])

    def _read_quotes(self, theme: int, lines: Mapping[str, str]) -> None:
        """Who is quoted can only be of the kinds of those who have the same line."""
        seen = [lines[case] for case in self.cohort.quoted[theme]]
        for line in set(seen):
            kinds = {self.kind_of[case] for case, one in lines.items() if one == line}
            inside = [
                one
                for one in seen
                if {self.kind_of[case] for case, other in lines.items() if other == one} <= kinds
            ]
            self.most.append((-self._sum(theme, sorted(kinds)), -len(inside)))

    def knows(self, theme: int, table: int, value: str) -> bool:
        return self.knows_of(theme, self.tables[table].attribute, value)

    def knows_size(self, attribute: str, value: str) -> bool:
        """Whether a reader who knows the kinds of people, but not how many there are, works a size out."""
        totals = [(self._people(t.attribute, name), n) for t in self.tables
                  for name, n in zip(t.columns, t.totals, strict=True) if n is not None]  # fmt: skip
        totals.append((np.ones(len(self.kinds)), int(self.sizes.sum())))
        goal = self._people(attribute, value)
        a, b = np.array([row for row, _ in totals]), [n for _, n in totals]
        ends = [linprog(sign * goal, A_eq=a, b_eq=b).fun for sign in (1, -1)]
        return math.ceil(ends[0] - 1e-6) >= math.floor(-ends[1] + 1e-6)

    def _people(self, attribute: str, value: str) -> Any:
        at = ATTRIBUTES.index(attribute)
        return np.array([float(kind[at] == value) for kind in self.kinds])

    def knows_of(self, theme: int, attribute: str, value: str) -> bool:
        """Whether only one whole number is left for a figure."""
        goal = self._of(theme, attribute, value)
        high = np.tile(self.sizes, len(self.cohort.themes))
        less = {"A_ub": np.array([a for a, _ in self.most]), "b_ub": [b for _, b in self.most]}
        ends = [
            linprog(
                sign * goal, A_eq=np.array([a for a, _ in self.equal]), b_eq=[b for _, b in self.equal],
                bounds=np.column_stack([np.zeros(self.width), high]), **(less if self.most else {}),
            ).fun
            for sign in (1, -1)
        ]  # fmt: skip
        return math.ceil(ends[0] - 1e-6) >= math.floor(-ends[1] + 1e-6)

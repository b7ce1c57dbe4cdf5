"""Somebody who has a report's push-factor cards beside its tables: what can they work out of few leavers?

Written without a look at how figures are hidden: every hidden number of leavers is solved for by linear
programming, over the kinds of people (who agrees in all attributes and in having left).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from disclosure_attacker import ATTRIBUTES, Cohort, invented, published
from scipy.optimize import linprog

from feedback.model import FactorCard, Split
from feedback.report.cards import Published, splits_of
from feedback.report.cards.part import FactorPart
from feedback.report.heard import Heard
from feedback.report.hiding import Known
from feedback.report.voices import Evidence


@dataclass(frozen=True)
class Study:
    """A cohort, and which leavers give each of its themes as a reason for leaving."""

    cohort: Cohort
    leavers: frozenset[str]
    reasons: tuple[frozenset[str], ...]
    quoted: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Found:
    """Figures of cards: hidden, and of those what came out because of cards; shown, and of those too small.

    told_anyway: hidden figures above 0 that totals, quotes and the tables tell without any card.
    """

    hidden: int
    recovered: int
    told_anyway: int
    shown: int
    small: int


def invented_study(seed: int) -> Study:
    """A cohort whose leavers give what they speak of as reasons, some of them without speaking of it else."""
    cohort, dice = invented(seed), np.random.default_rng(10_000 + seed)
    cases = cohort.cases
    left = frozenset(cases.loc[cases["leaver"] == "yes", "case_id"])
    reasons = []
    for _, people in cohort.themes:
        share, others = dice.choice([0.2, 0.5, 0.8, 1.0]), dice.choice([0.0, 0.0, 0.1])
        likely = {one: share if one in people else others for one in sorted(left)}
        reasons.append(frozenset(one for one, chance in likely.items() if dice.random() < chance))
    quoted = [frozenset(sorted(own)[: int(dice.integers(0, 4))]) for own in reasons]
    return Study(cohort, left, tuple(reasons), tuple(quoted))


def cards_of(study: Study, *, k: int) -> tuple[list[Any], dict[str, str], dict[str, tuple[Split, ...]]]:
    """What a report shows: its tables by attribute, everybody's line, and the splits of each card."""
    cohort = study.cohort
    tables, lines = published(cohort, k=k)
    people = frozenset(cohort.cases["case_id"])
    heard = Heard(None, people, frozenset(), people, frozenset(), study.leavers, people - study.leavers,
                  frozenset(), {}, True)  # type: ignore[arg-type]  # fmt: skip
    cards = tuple(
        FactorCard(label, label, (), len(own), len(study.leavers))
        for (label, _), own in zip(cohort.themes, study.reasons, strict=True)
        if own
    )
    own = {label: {"any": own} for (label, _), own in zip(cohort.themes, study.reasons, strict=True)}
    part = FactorPart(cards, "", Evidence(heard, {}, None, None, k, None), own)  # type: ignore[arg-type]
    known = Known([{case: lines[case] for case in some} for some in cohort.quoted], cohort.parents, lines)
    themes = tuple((label, label, those) for label, those in cohort.themes)
    out = Published(ATTRIBUTES, tuple(tables), themes, known)
    quotes = _Quotes({label: {case: lines[case] for case in some}
                      for (label, _), some in zip(cohort.themes, study.quoted, strict=True)})  # fmt: skip
    return tables, lines, splits_of(part, cohort.cases, out, quotes, k=k)  # type: ignore[arg-type]


@dataclass(frozen=True)
class _Quotes:
    """The line of each person quoted on a push factor."""

    held: Mapping[str, Mapping[str, str]]

    def lines(self, about: str) -> Mapping[str, str]:
        return self.held[about]


def attack_cards(study: Study, *, k: int) -> Found:
    """Tries to recover how many leavers of each group give each reason, wherever a card does not say it.

    And how many people speak of it, wherever the tables do not, now that there are cards.
    """
    tables, lines, splits = cards_of(study, k=k)
    hidden = recovered = told = shown = small = 0
    for number, (label, _) in enumerate(study.cohort.themes):
        with_cards = _Attacker(study, number, tables, lines, splits.get(label, ()))
        # Without the cards' splits: what totals, quotes and the tables tell by themselves.
        without = _Attacker(study, number, tables, lines, ())
        for table in tables if splits.get(label) else ():
            cells = dict(table.rows).get(label, (None,) * len(table.columns))
            for value in [v for v, n in zip(table.columns, cells, strict=True) if n is None]:
                place = ATTRIBUTES.index(table.attribute), value
                recovered += with_cards.knows_theme(*place) and not without.knows_theme(*place)
        said = {one.attribute: dict((v, n) for v, n, _ in one.groups) for one in splits.get(label, ())}
        for at, attribute in enumerate(ATTRIBUTES):
            for value in sorted({kind[at] for kind in with_cards.kinds}):
                n = said.get(attribute, {}).get(value)
                small += n is not None and 0 < n < k
                if n is not None:
                    shown += 1
                    continue
                hidden += 1
                # An attribute with only zeros to show is left out of a card: a zero of it tells of nobody.
                if (attribute in said or with_cards.true(at, value)) and with_cards.knows(at, value):
                    anyway = without.knows(at, value)
                    told += anyway and with_cards.true(at, value) > 0
                    recovered += not anyway
    return Found(hidden, recovered, told, shown, small)


def sizes_recovered(study: Study, *, k: int) -> int:
    """How many groups of fewer than k leavers, or k others, follow from the sizes that are published."""
    tables, _, splits = cards_of(study, k=k)
    rows = [tuple(row) for row in study.cohort.cases[[*ATTRIBUTES, "leaver"]].to_numpy()]
    kinds = sorted(set(rows))
    equal = [(np.ones(len(kinds)), len(rows)), (_where(kinds, 4, "yes"), len(study.leavers))]
    for table in tables:
        at = ATTRIBUTES.index(table.attribute)
        equal += [
            (_where(kinds, at, v), n)
            for v, n in zip(table.columns, table.totals, strict=True)
            if n is not None
        ]
    for one in {one for own in splits.values() for one in own}:
        at = ATTRIBUTES.index(one.attribute)
        equal += [
            (_where(kinds, at, v) * _where(kinds, 4, "yes"), of) for v, _, of in one.groups if of is not None
        ]
    found = 0
    for at in range(len(ATTRIBUTES)):
        for value in sorted({kind[at] for kind in kinds}):
            for left in ("yes", "no"):
                goal = _where(kinds, at, value) * _where(kinds, 4, left)
                n = sum(row[at] == value and row[4] == left for row in rows)
                found += 0 < n < k and _unique(goal, equal, [], np.full(len(kinds), len(rows)))
    return found


def _where(kinds: list[Any], at: int, value: str) -> Any:
    return np.array([float(kind[at] == value) for kind in kinds])


def _unique(goal: Any, equal: list[Any], most: list[Any], high: Any) -> bool:
    """Whether only one whole number is left for a sum."""
    more = {"A_ub": np.array([a for a, _ in most]), "b_ub": [b for _, b in most]} if most else {}
    ends = [
        linprog(
            sign * goal, A_eq=np.array([a for a, _ in equal]), b_eq=[b for _, b in equal],
            bounds=np.column_stack([np.zeros(len(high)), high]), **more,
        ).fun
        for sign in (1, -1)
    ]  # fmt: skip
    return bool(math.ceil(ends[0] - 1e-6) >= math.floor(-ends[1] + 1e-6))


class _Attacker:
    """Unknown is how many people of each kind speak of a theme, and how many of them give it as a reason."""

    def __init__(
        self,
        study: Study,
        number: int,
        tables: list[Any],
        lines: Mapping[str, str],
        splits: tuple[Split, ...],
    ) -> None:
        cases = study.cohort.cases
        rows = [tuple(row) for row in cases[[*ATTRIBUTES, "leaver"]].to_numpy()]
        self.kinds = sorted(set(rows))
        self.kind_of = dict(zip(cases["case_id"], (self.kinds.index(row) for row in rows), strict=True))
        sizes = np.array([rows.count(kind) for kind in self.kinds], dtype=float)
        left = _where(self.kinds, 4, "yes")
        label, people = study.cohort.themes[number]
        reason = self.reason = study.reasons[number]
        zero = np.zeros(len(self.kinds))
        self.high = np.concatenate([sizes, sizes * left])
        self.equal = [(self._row(zero + 1, zero), len(people)), (self._row(zero, zero + 1), len(reason))]
        for table in tables:
            cells = dict(table.rows).get(label, ())
            for value, n in zip(table.columns, cells, strict=bool(cells)):
                if n is not None:
                    at = ATTRIBUTES.index(table.attribute)
                    self.equal.append((self._row(_where(self.kinds, at, value), zero), n))
        for one in splits:
            for value, n, _ in one.groups:
                if n is not None:
                    at = ATTRIBUTES.index(one.attribute)
                    self.equal.append((self._row(zero, _where(self.kinds, at, value)), n))
        self.most = self._quoted(study.cohort.quoted[number], lines, first=True)
        self.most += self._quoted(study.quoted[number], lines, first=False)
        if reason <= people:
            self.most += [(self._row(-one, one), 0) for one in np.eye(len(self.kinds))]

    def _row(self, speaks: Any, gives: Any) -> Any:
        return np.concatenate([speaks, gives])

    def _quoted(self, people: frozenset[str], lines: Mapping[str, str], *, first: bool) -> list[Any]:
        """Whoever is quoted is of a kind of those who have the same line."""
        found, zero = [], np.zeros(len(self.kinds))
        for line in {lines[one] for one in people}:
            fit = zero.copy()
            fit[sorted({self.kind_of[case] for case, other in lines.items() if other == line})] = 1
            n = sum(lines[one] == line for one in people)
            found.append((-(self._row(fit, zero) if first else self._row(zero, fit)), -n))
        return found

    def knows_theme(self, at: int, value: str) -> bool:
        """Whether only one number of people of this value can speak of the theme."""
        zero = np.zeros(len(self.kinds))
        return _unique(self._row(_where(self.kinds, at, value), zero), self.equal, self.most, self.high)

    def true(self, at: int, value: str) -> int:
        """How many leavers of this value give the reason."""
        return sum(self.kinds[self.kind_of[one]][at] == value for one in self.reason)

    def knows(self, at: int, value: str) -> bool:
        """Whether only one number of leavers of this value can give the reason."""
        zero = np.zeros(len(self.kinds))
        return _unique(self._row(zero, _where(self.kinds, at, value)), self.equal, self.most, self.high)


def totals(found: list[Found]) -> Found:
    """The sum of what was found in several studies."""
    result = Found(0, 0, 0, 0, 0)
    for one in found:
        names = Found.__dataclass_fields__
        result = replace(result, **{name: getattr(result, name) + getattr(one, name) for name in names})
    return result

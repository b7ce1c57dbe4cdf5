"""The one line about each person that may stand under a quote: never so exact that fewer than k have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from feedback.cases import is_yes
from feedback.disclosure.values import Broader, chains, value

if TYPE_CHECKING:
    import pandas as pd

ANYBODY = "a participant"
_LEFT = " who left"


def attributions(
    roster: pd.DataFrame,
    *,
    k: int = 5,
    attributes: Sequence[str] = ("role", "cohort", "region"),
    leaver: str = "leaver",
    broader: Broader | None = None,
) -> dict[str, str]:
    """The most exact line about each person that at least `k` people have, by case_id.

    roster: table `cases`, the people heard, and not only those who are quoted. attributes: what may be said;
    the first is the noun and goes last, the others go in the order given, each through its `broader` values
    first: "a social worker, 2018 cohort, North West", "a social worker, 2016 to 2018 cohorts, North West",
    "a social worker, North West", "a social worker, northern England", "a social worker", "a participant".
    broader: {attribute: {value: wider value}}; years widen to three years without being told.

    A line has at least k people who are given it, not only k whom it fits: who knows the whole roster and
    this rule can narrow nobody down to fewer than k, nor can two sets of quotes be put together to learn
    more. Leavers and others are counted apart, since a quote can show that its speaker left; where there are
    fewer than k leavers no line says so. With fewer than k people all are "a participant".
    Source: k-anonymity, Samarati and Sweeney (1998); against who knows the rule, Wong et al. (2007),
    Minimality attack in privacy preserving data publishing.
    """
    ladders = _ladders(roster, attributes, leaver, broader or {})
    lines = _Lines(ladders, k)
    lines.widen()
    return lines.by_case()


def _ladders(
    roster: pd.DataFrame, attributes: Sequence[str], leaver: str, broader: Broader
) -> dict[str, list[str]]:
    """For each person the lines about them, from the most exact one to `ANYBODY`."""
    known = [name for name in attributes if name in roster]
    wider = {name: chains(roster[name], broader.get(name, {})) for name in known}
    noun = attributes[0] if attributes else ""
    gone = roster[leaver].map(is_yes) if leaver in roster else [False] * len(roster)
    alike: dict[tuple[Any, ...], list[str]] = {}  # who is described alike has the same lines
    found: dict[str, list[str]] = {}
    for case_id, *profile in zip(roster["case_id"], gone, *(roster[name] for name in known), strict=True):
        if (key := tuple(profile)) not in alike:
            steps = _steps(dict(zip(known, key[1:], strict=True)), known, wider, noun)
            ladder = [_line(step, noun, _LEFT if key[0] else "") for step in steps]
            alike[key] = list(dict.fromkeys([*ladder, ANYBODY]))
        found[str(case_id)] = alike[key]
    return found


def _steps(
    person: Mapping[str, Any],
    known: Sequence[str],
    wider: Mapping[str, Mapping[str, tuple[str, ...]]],
    noun: str,
) -> list[dict[str, str]]:
    """What to name of a person, step by step less: each of the others widens and goes, then the noun."""
    values = {name: value(person.get(name)) for name in known}
    named = {name: said for name, said in values.items() if said}
    steps = [dict(named)]
    for name in [*(name for name in named if name != noun), *([noun] if noun in named else [])]:
        for vaguer in wider[name][values[name]][1:]:
            named[name] = vaguer
            steps.append(dict(named))
        del named[name]
        steps.append(dict(named))
    return steps


def _line(named: Mapping[str, str], noun: str, left: str) -> str:
    who = named.get(noun, "participant")
    article = "an" if who[:1].lower() in "aeiou" else "a"
    rest = [_worded(name, said) for name, said in named.items() if name != noun]
    return ", ".join([f"{article} {who}{left}", *rest])


def _worded(name: str, said: str) -> str:
    if name != "cohort" or name in said.lower():
        return said
    return f"{said} {'cohorts' if ' to ' in said else 'cohort'}"


class _Lines:
    """Who has which line, as lines that too few have are given up for wider ones."""

    def __init__(self, ladders: Mapping[str, list[str]], k: int) -> None:
        self.ladders, self.k = ladders, k
        self.people: dict[str, list[str]] = defaultdict(list)
        for case in sorted(ladders):
            self.people[ladders[case][0]].append(case)

    def by_case(self) -> dict[str, str]:
        lines = {case: line for line, people in self.people.items() for case in people}
        return {case: lines[case] for case in self.ladders}

    def widen(self) -> None:
        """Goes on until every line has k people: the most exact lines first, "a participant" last."""
        while few := [line for line, people in self.people.items() if self._is_small(line, people)]:
            line = max(few, key=lambda one: (self._height(one), one))
            wider = self._next(line)
            if len(self.people.get(wider, ())) < self.k and (near := self._neighbour(line)):
                self._give(line, near)
            else:
                self._give(wider, line)
        self._fill_the_last()

    def _is_small(self, line: str, people: Sequence[str]) -> bool:
        return 0 < len(people) < self.k and line != ANYBODY

    def _height(self, line: str) -> int:
        """How many steps are left to "a participant"."""
        ladder = self.ladders[self.people[line][0]]
        return len(ladder) - ladder.index(line)

    def _next(self, line: str) -> str:
        """The next wider line; below a line all its people's ladders go the same way."""
        ladder = self.ladders[self.people[line][0]]
        return ladder[ladder.index(line) + 1]

    def _give(self, line: str, other: str) -> None:
        """The people of the other line get this one."""
        self.people[line] += self.people.pop(other)

    def _neighbour(self, line: str) -> str:
        """The smallest group with a more exact line that could make `line` k people by giving it up, or "".

        Better that some of a line lose their region than that these few pull others down to their role.
        """
        sizes = {
            other: len(people)
            for other, people in self.people.items()
            if other != line and people and line in self.ladders[people[0]]
        }
        enough = [other for other in sizes if sizes[other] + len(self.people[line]) >= self.k]
        return min(enough, key=lambda one: (sizes[one], one), default="")

    def _fill_the_last(self) -> None:
        """Gives "a participant" to further groups until k people have it, and k leavers or none or all."""
        for left in (True, False, None):
            while 0 < sum(self._is_of(case, left) for case in self.people[ANYBODY]) < self.k:
                sizes = {
                    line: len(people)
                    for line, people in self.people.items()
                    if line != ANYBODY and people and self._is_of(people[0], left)
                }
                if not sizes:
                    break
                self._give(ANYBODY, min(sizes, key=lambda line: (sizes[line], line)))

    def _is_of(self, case: str, left: bool | None) -> bool:
        return left is None or (_LEFT in self.ladders[case][0]) == left

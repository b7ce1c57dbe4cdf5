"""Every number of a report by an id that stays the same from run to run, with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from feedback.errors import FeedbackError
from feedback.model import Crosstab, FactorCard, Outcome, Report, ThemeRow
from feedback.report.wording import is_about_programme, is_criticism

Kind = Literal["read", "factor", "theme", "testimony", "group", "outcome", "compare"]


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a report: n people out of `of` (0: out of nothing), and what is counted.

    `about` is the id of the push factor or theme, for kind "group" a theme's label and for "read" the words
    of `Report.counts`. `measure` says what of it; for "group" it is the value of `attribute`. For "outcome"
    `about` is the definition of leaving, `attribute` the group, `measure` "left-36" or "still-36" (months).
    Those of kind "compare" stand in no report, but in a comparison by `attribute`.
    """

    id: str
    n: int
    of: int
    words: str
    kind: Kind
    about: str
    measure: str
    attribute: str = ""


class Numbers:
    """The numbers of a report, in its order."""

    def __init__(self, report: Report) -> None:
        self._slugs: dict[tuple[str, str], str] = {}
        self.all = tuple(self._found(report))
        self._by_key = {(one.kind, one.about, one.attribute, one.measure): one for one in self.all}
        self.by_id = {one.id: one for one in self.all}

    def by_key(self, kind: Kind, about: str, measure: str = "", attribute: str = "") -> Number | None:
        """The number that counts this; None where the report does not have it."""
        return self._by_key.get((kind, about, attribute, measure))

    def id_of(self, kind: Kind, about: str, measure: str = "", attribute: str = "") -> str:
        """Its id; "" where the report does not have it."""
        found = self.by_key(kind, about, measure, attribute)
        return found.id if found else ""

    def about(self, subject: str) -> list[Number]:
        """The numbers of a push factor and of the theme with the same id."""
        return [one for one in self.all if one.kind in ("factor", "theme") and one.about == subject]

    def slug(self, subject: str, space: str = "") -> str:
        """A short name for an id or label: small letters, digits, hyphens; no two the same in a space."""
        if (space, subject) not in self._slugs:
            plain = re.sub(r"[^a-z0-9]+", "-", subject.lower()).strip("-") or "x"
            taken = {slug for (other, _), slug in self._slugs.items() if other == space}
            number, slug = 1, plain
            while slug in taken:
                number += 1
                slug = f"{plain}-{number}"
            self._slugs[space, subject] = slug
        return self._slugs[space, subject]

    def _found(self, report: Report) -> Iterator[Number]:
        for words, n in report.counts:
            yield Number(f"n-read-{self.slug(words, 'read')}", n, 0, words, "read", words, "")
        for card in report.factors:
            yield from self._named("factor", card.factor_id, _of_card(card, report.factors_are_reasons))
        for row in report.themes:
            yield from self._named("theme", row.theme_id, _of_row(row))
        for row in report.testimonies:
            yield from self._named("testimony", row.theme_id, _of_row(row))
        for table in report.tables:
            yield from self._of_table(table)
        for outcome in report.outcomes:
            yield from self._of_outcome(outcome)

    def _named(self, kind: Kind, about: str, counts: Iterable[tuple[str, int, int, str]]) -> Iterator[Number]:
        for measure, n, of, words in counts:
            yield Number(f"n-{kind}-{self.slug(about)}-{measure}", n, of, words, kind, about, measure)

    def _of_table(self, table: Crosstab) -> Iterator[Number]:
        attribute = self.slug(table.attribute, "attributes")
        for label, cells in table.rows:
            for value, n, of in zip(table.columns, cells, table.totals, strict=True):
                if n is None or of is None:
                    continue
                names = (self.slug(value, table.attribute), self.slug(label, "labels"))
                words = f"{table.attribute} {value}: speak of {label}"
                id_ = f"n-group-{attribute}-{'-'.join(names)}"
                yield Number(id_, n, of, words, "group", label, value, table.attribute)

    def _of_outcome(self, outcome: Outcome) -> Iterator[Number]:
        for point in outcome.points:
            left = f"people who had {outcome.label} after {point.months:g} months"
            still = f"people followed for {point.months:g} months who had not {outcome.label} before"
            group = self.slug(point.group, "outcome groups")
            for measure, n, of, words in (
                ("left", point.left, point.n or 0, left),
                ("still", point.at_risk, 0, still),
            ):
                name = f"{measure}-{point.months:g}"
                if n is not None:
                    id_ = f"n-outcome-{outcome.definition}-{group}-{name}"
                    yield Number(id_, n, of, words, "outcome", outcome.definition, name, point.group)


_MAIN_WORDS = "of these whose main reason it is: as they say themselves, else what they say most about"


def _of_card(card: FactorCard, reasons: bool) -> Iterator[tuple[str, int, int, str]]:
    yield "any", card.n, card.of, f"leavers who {'give it as a reason' if reasons else 'speak of it'}"
    if card.n_main:
        yield (
            "main",
            card.n_main,
            card.n,
            _MAIN_WORDS if card.n_own_main else "of these who say more about it than about any other reason",
        )
    if reasons and card.from_list:
        yield "spoken", card.n_speak, card.of, "leavers who speak of it, not only to praise it"
    if card.of_stayers:
        yield "stayed", card.stayers, card.of_stayers, "people who stayed and speak of it in that way"
    others = (
        ("others", card.n_other, "leavers who only tell it of others"),
        ("if", card.n_hypothetical, "leavers who only speak of it as an if"),
        ("denied", card.n_denied, "leavers who only say that it was not so"),
    )
    yield from ((measure, n, card.of, words) for measure, n, words in others if n)
    if card.read_for_counter:
        yield "against", card.n_counter, card.read_for_counter, "people who speak well of it or deny it"


def _of_row(row: ThemeRow) -> Iterator[tuple[str, int, int, str]]:
    yield "any", row.n, row.of, "people who speak of it as their own experience"
    yield "critical", row.negative, row.of, "people who speak critically of it"
    yield "favourable", row.positive, row.of, "people who speak favourably of it"
    if is_about_programme(row.group):
        yield "gained", row.not_negative, row.of, "people who speak of it, not only critically"
    if is_criticism(row.group):
        yield "criticised", row.not_positive, row.of, "people who speak of it, not only favourably"
    yield "not-own", row.not_own, row.of, "people who speak of it, but not as their own experience"
    yield "silent", row.of - row.n - row.not_own, row.of, "people who were read and say nothing of it"


def find_number(numbers: Numbers, wanted: str) -> Number:
    """The number with this id. FeedbackError with the nearest ids where there is none."""
    found = numbers.by_id.get(wanted) or numbers.by_id.get(f"n-{wanted}")
    if found:
        return found
    near = get_close_matches(wanted, numbers.by_id, 3, 0.5)
    raise FeedbackError(
        f"the report has no number '{wanted}'",
        hint=(f"did you mean {' or '.join(near)}? " if near else "") + "`feedback why` lists them all",
    )

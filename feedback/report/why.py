"""Why a number is what it is: its people, their words, what coders heard in them, and who is not in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedback.cases import with_consent
from feedback.coding.composed import Composed, compose
from feedback.model import Report
from feedback.outcomes.cohort import EVERYBODY, Followed
from feedback.quotes.phrasing import OFF_RECORD
from feedback.report.counted import Counted
from feedback.report.heard import NOBODY, People
from feedback.report.numbers import Number
from feedback.report.why_told import Others, Passage, Sign, Voice, Why
from feedback.settings import CONSENTS
from feedback.tables import empty

if TYPE_CHECKING:
    import pandas as pd

OTHERWISE = "though something they say was heard as being about it"
SILENT = "read, and nothing said of it"
NOT_COUNTED = {
    "left": "had left",
    "stayed": "had not left",
    "unknown": "nobody knows",
    "early": "not followed so long",
    "gone": "had left before",
}
NOT_AGREED = "did not agree to be quoted"
OFF = "said off the record"
_AMONG = {
    "theme": "everybody heard in interviews and surveys",
    "testimony": "everybody who wrote a testimony",
    "factor": "the leavers heard in interviews and surveys",
}
_AMONG_OF_FACTOR = {
    "main": "the leavers who give it as a reason",
    "stayed": "the people heard who stayed",
    "against": _AMONG["theme"],
}


class Answers:
    """Answers why numbers are what they are.

    tables: those that the report was made of, and edits. unquoted: also the words of people who agreed to
    analysis only, which nobody but the analyst may see. cohorts: the people followed, by definition of
    leaving, where the report has retention.
    """

    def __init__(
        self,
        report: Report,
        tables: Mapping[str, pd.DataFrame],
        *,
        leaver: str = "leaver",
        group: str = "Push factors",
        unquoted: bool = False,
        cohorts: Mapping[str, Sequence[Followed]] | None = None,
    ) -> None:
        self._counted = Counted(report, tables, leaver=leaver, group=group)
        self._tables = {name: tables.get(name, empty(name)) for name in ("segments", "edits", "documents")}
        self._labels = {row.theme_id: row.label for row in report.themes}
        self._labels |= {card.factor_id: card.label for card in report.factors}
        self._unquoted, self._pooled = unquoted, bool(report.factors_pooled)
        self._cohorts = cohorts or {}

    def why(self, number: Number) -> Why:
        """The people and words behind a number of the report."""
        people = self._counted.people(number)
        if number.kind == "outcome":
            return self._of_outcome(number)
        if people is None:
            return Why(number, "", "", (), documents=self._documents(number))
        label = self._labels.get(self._counted.subject(number), "")
        base = self._counted.among(number)
        return self.of_people(number, number, people, base=base, label=label, among=_among(number))

    def of_people(
        self,
        number: Number,
        like: Number | None,
        people: People,
        *,
        base: People = NOBODY,
        label: str = "",
        among: str = "",
        left_out: Mapping[str, People] | None = None,
    ) -> Why:
        """Why people are counted: with the words behind a number `like` this one, or without any.

        base: whom the number is out of, `among` in words; left_out: others who are not counted, by why.
        """
        if like is None:
            return Why(number, label, among, tuple(Voice(one, ()) for one in sorted(people)))
        spoke = self._speakers(self._counted.about(like))
        silent, otherwise = base - people - spoke, (base - people) & spoke
        others = _others({OTHERWISE: otherwise, SILENT: silent, **(left_out or {})})
        voices = self._voices(like, people, self._counted.segments(like))
        return Why(number, label, among, tuple(voices), others)

    def _of_outcome(self, number: Number) -> Why:
        """Who had left, or was still followed, and what they give as reasons for leaving."""
        measure, _, months = number.measure.partition("-")
        said = {}
        for one in self._cohorts.get(number.about, ()):
            if number.attribute in (one.group, EVERYBODY):
                said[one.case_id] = outcome_at(one, float(months), measure=measure)
        people = frozenset(case for case, what in said.items() if what == measure)
        left_out = {
            NOT_COUNTED[what]: {case for case, other in said.items() if other == what}
            for what in sorted(set(said.values()) - {measure})
        }
        voices = self._voices(number, people, self._reasons)
        return Why(number, number.attribute, "", tuple(voices), _others(left_out))

    def _speakers(self, segments: Iterable[str]) -> People:
        return frozenset(self._person_of[one] for one in segments if one in self._person_of)

    def _voices(self, number: Number, people: People, segments: Iterable[str]) -> Iterable[Voice]:
        by_person: dict[str, list[str]] = {person: [] for person in sorted(people)}
        for segment in segments:
            person = self._person_of.get(segment)
            if person in by_person and self._is_of(number, segment):
                by_person[person].append(segment)
        for person, own in by_person.items():
            rows = sorted((self._rows[one] for one in own), key=lambda row: (row.document_id, row.start))
            yield Voice(person, tuple(self._passage(number, row) for row in rows))

    def _is_of(self, number: Number, segment: str) -> bool:
        """Whether a segment stands in a document of the kind that the number counts."""
        if number.kind == "factor" and self._pooled:
            return True
        return (self._kinds[segment] == "testimony") == (number.kind == "testimony")

    def _passage(self, number: Number, row: Any) -> Passage:
        withheld = ""
        if not self._unquoted and row.person not in self._agreed:
            withheld = NOT_AGREED
        elif (row.document_id, row.turn) in self._off:
            withheld = OFF
        signs = () if withheld else tuple(self._signs(self._counted.subject(number), row))
        return Passage(
            row.segment_id, row.document_id,
            question=(row.question or "") if self._kinds[row.segment_id] == "survey" else "",
            text="" if withheld else row.text,
            withheld=withheld,
            reasons=tuple(self._reasons.get(row.segment_id, ())),
            signs=signs,
        )  # fmt: skip

    def _signs(self, subject: str, row: Any) -> Iterable[Sign]:
        document = self._composed[row.document_id]
        piece = document.by_segment[row.segment_id]
        for tag in self._tags.get(row.segment_id, ()):
            if tag.theme_id != subject and not tag.theme_id.startswith(f"{subject}/"):
                continue
            span = piece.shown(int(tag.start), int(tag.end))
            score = float(tag.score) if tag.score is not None else math.nan
            yield Sign(
                self._labels.get(tag.theme_id, tag.theme_id), tag.coder,
                document.text[span.start : span.end], tag.rule or "",
                None if math.isnan(score) else round(score, 2),
                tag.assertion or "", tag.valence or "",
            )  # fmt: skip

    def _documents(self, number: Number) -> tuple[str, ...]:
        """The documents with words of their own, of the kind that a number of "read" names."""
        words = self._counted.heard.words
        return tuple(sorted(set(words.loc[words["kind"] == number.about.removesuffix("s"), "document_id"])))

    @cached_property
    def _rows(self) -> dict[str, Any]:
        return {row.segment_id: row for row in self._counted.heard.words.itertuples(index=False)}

    @cached_property
    def _person_of(self) -> dict[str, str]:
        return {segment: row.person for segment, row in self._rows.items()}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {segment: row.kind for segment, row in self._rows.items()}

    @cached_property
    def _reasons(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for factor, segments in sorted(self._counted.reasons.items()):
            for segment in segments:
                found.setdefault(segment, []).append(self._labels.get(factor, factor))
        return found

    @cached_property
    def _agreed(self) -> frozenset[str]:
        cases = self._counted.tables["cases"]
        if cases.empty:  # nobody was asked
            return frozenset(self._person_of.values())
        return frozenset(with_consent(cases, least="internal", levels=CONSENTS))

    @cached_property
    def _off(self) -> set[tuple[str, int]]:
        return {(row.document_id, row.turn) for row in self._rows.values() if OFF_RECORD.search(row.text)}

    @cached_property
    def _tags(self) -> Mapping[str, Sequence[Any]]:
        found: dict[str, list[Any]] = {}
        tags = self._counted.tables["tags"].dropna(subset=["theme_id"])
        ordered = tags.sort_values(["segment_id", "theme_id", "start", "coder"], kind="stable")
        for tag in ordered.itertuples(index=False):
            found.setdefault(tag.segment_id, []).append(tag)
        return found

    @cached_property
    def _composed(self) -> dict[str, Composed]:
        made = compose(self._tables["segments"], self._tables["edits"], self._tables["documents"])
        return {one.document_id: one for one in made}


def _others(found: Mapping[str, Iterable[str]]) -> tuple[Others, ...]:
    return tuple(Others(why, tuple(sorted(people))) for why, people in found.items() if people)


def outcome_at(one: Followed, month: float, *, measure: str) -> str:
    """What one person is to a figure at a month: left, still, stayed, unknown, early or gone.

    "still" (followed so long, not gone before) is told by what is known up to the month itself.
    """
    if measure == "still":
        until = one.left[0] if one.left is not None else one.known
        return "still" if until >= month else "gone" if one.left is not None else "early"
    if one.reach is not None and one.reach < month:
        return "early"
    return one.at(month)


def _among(number: Number) -> str:
    if number.kind == "group":
        return f"the people heard whose {number.attribute.replace('_', ' ')} is {number.measure}"
    if number.kind == "factor" and number.measure in _AMONG_OF_FACTOR:
        return _AMONG_OF_FACTOR[number.measure]
    return _AMONG.get(number.kind, "")

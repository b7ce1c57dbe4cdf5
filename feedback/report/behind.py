"""The people behind a report's numbers, and where to read them: for files that stay inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.model import Report
from feedback.report.heard import SILENCE, Heard, People, Voices, voices_by_theme
from feedback.report.numbers import Number, Numbers

if TYPE_CHECKING:
    import pandas as pd

SPOKEN = ("interview", "survey")


@dataclass(frozen=True)
class Reader:
    """A person behind a number: the case, how many passages can be read, and the anchor of the first."""

    case: str
    n: int
    anchor: str


@dataclass(frozen=True)
class Behind:
    """A number of the report, its theme or push factor, and its people; `unread` of them cannot be read."""

    number: Number
    label: str
    people: tuple[Reader, ...]
    unread: int


def people_behind(
    report: Report,
    numbers: Numbers,
    heard: Heard,
    tables: Mapping[str, pd.DataFrame],
    *,
    anchors: Mapping[str, str],
) -> tuple[Behind, ...]:
    """Who stands behind how many give a push factor as a reason, and who speak of a theme, and how.

    anchors: where the segments that may be read stand, in reading order. tables: tags and members.
    """
    themes = [row.theme_id for row in report.themes]
    voices = voices_by_theme(heard, tables["tags"], kinds=SPOKEN, themes=themes)
    words = heard.words[heard.words["kind"].isin(SPOKEN)]
    person_of = dict(zip(words["segment_id"], words["person"], strict=True))
    labels = {card.factor_id: card.label for card in report.factors}
    labels |= {row.theme_id: row.label for row in report.themes}
    places = _Places(tables, person_of, anchors)
    return tuple(
        _behind(number, labels[number.about], people, places)
        for number in numbers.all
        if (people := _people(number, voices, places, heard)) is not None
    )


class _Places:
    """Where people can be read on a theme or a push factor."""

    def __init__(
        self, tables: Mapping[str, pd.DataFrame], person_of: Mapping[str, str], anchors: Mapping[str, str]
    ) -> None:
        self.givers: dict[str, set[str]] = {}
        self._of: dict[tuple[str, str, str], dict[str, str]] = {}
        self.has_reasons = False
        for kind, table, column in (("factor", "members", "factor_id"), ("theme", "tags", "theme_id")):
            pairs = tables[table][["segment_id", column]].dropna().drop_duplicates()
            rows = set(pairs.itertuples(index=False, name=None))
            for segment, about in sorted(rows):
                person = person_of.get(segment)
                if person is None:
                    continue
                if kind == "factor":
                    self.has_reasons = True
                    self.givers.setdefault(about, set()).add(person)
                if segment in anchors:
                    for above in _with_parents(about):
                        self._of.setdefault((kind, above, person), {})[segment] = anchors[segment]

    def found(self, kind: str, about: str, person: str) -> list[str]:
        """The anchors of a person's passages, in reading order."""
        own = self._of.get((kind, about, person), {})
        return sorted(own.values(), key=lambda anchor: int(anchor[1:]))


def _with_parents(theme: str) -> Iterator[str]:
    parts = theme.split("/")
    for length in range(len(parts), 0, -1):
        yield "/".join(parts[:length])


def _people(number: Number, voices: Mapping[str, Voices], places: _Places, heard: Heard) -> People | None:
    """The people of a number; None for numbers that are not gone into here."""
    said = voices.get(number.about, SILENCE)
    if number.kind == "factor" and number.measure == "any":
        given = frozenset(places.givers.get(number.about, set())) if places.has_reasons else said.not_positive
        return given & heard.leavers
    if number.kind != "theme":
        return None
    measures = {
        "any": said.own,
        "critical": said.negative,
        "favourable": said.positive,
        "not-own": said.not_own,
    }
    return measures.get(number.measure)


def _behind(number: Number, label: str, people: People, places: _Places) -> Behind:
    kind = number.kind if places.has_reasons else "theme"
    readers = []
    for person in sorted(people):
        if anchors := places.found(kind, number.about, person):
            readers.append(Reader(person, len(anchors), anchors[0]))
    return Behind(number, label, tuple(readers), len(people) - len(readers))

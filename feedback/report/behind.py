"""The people behind a report's numbers, and where to read them: for files that stay inside."""

from __future__ import annotations

from collections.abc import Mapping
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
        self._of: dict[tuple[str, str, str], list[str]] = {}
        self.givers: dict[str, set[str]] = {}
        members = _by_segment(tables["members"], "factor_id")
        tags = _by_segment(tables["tags"], "theme_id")
        for segment, person in person_of.items():
            for factor in members.get(segment, ()):
                self.givers.setdefault(factor, set()).add(person)
        for segment, anchor in anchors.items():
            speaker = person_of.get(segment)
            if speaker is None:
                continue
            for kind, known in (("factor", members), ("theme", tags)):
                for about in known.get(segment, ()):
                    self._of.setdefault((kind, about, speaker), []).append(anchor)

    @property
    def has_reasons(self) -> bool:
        """Whether reasons for leaving were looked for, and found."""
        return bool(self.givers)

    def found(self, kind: str, about: str, person: str) -> list[str]:
        """The anchors of a person's passages, in reading order."""
        return self._of.get((kind, about, person), [])


def _by_segment(table: pd.DataFrame, column: str) -> dict[str, set[str]]:
    """What each segment is about; a theme inside another one is about both."""
    found: dict[str, set[str]] = {}
    for segment, about in table[["segment_id", column]].dropna().itertuples(index=False, name=None):
        parts = about.split("/")
        found.setdefault(segment, set()).update("/".join(parts[:n]) for n in range(1, len(parts) + 1))
    return found


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

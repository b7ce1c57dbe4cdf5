"""The people behind a report's numbers, and where to read them: for files that stay inside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from feedback.model import Report
from feedback.report.counted import Counted
from feedback.report.numbers import Number, Numbers


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


def people_behind(report: Report, counted: Counted, *, anchors: Mapping[str, str]) -> tuple[Behind, ...]:
    """Who stands behind how many give a push factor as a reason, and who speak of a theme, and how.

    anchors: where the segments that may be read stand, in reading order. Numbers of those who say nothing
    have nobody to be read, and are not here.
    """
    labels = report.labels
    words = counted.heard.words
    person_of = dict(zip(words["segment_id"], words["person"], strict=True))
    asked = [
        one for one in Numbers(report).all if one.kind in ("factor", "theme") and one.measure != "silent"
    ]
    return tuple(_behind(number, labels[number.about], counted, person_of, anchors) for number in asked)


def _behind(
    number: Number,
    label: str,
    counted: Counted,
    person_of: Mapping[str, str],
    anchors: Mapping[str, str],
) -> Behind:
    people, segments = counted.people(number) or frozenset(), counted.segments(number)
    found: dict[str, list[str]] = {}
    for segment, anchor in anchors.items():
        if segment in segments and person_of.get(segment) in people:
            found.setdefault(person_of[segment], []).append(anchor)
    readers = tuple(Reader(person, len(own), own[0]) for person, own in sorted(found.items()))
    return Behind(number, label, readers, len(people) - len(readers))

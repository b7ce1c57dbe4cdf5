"""What is told of a number: its people, their passages, what coders heard in them, and who is not in it."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.report.numbers import Number


@dataclass(frozen=True)
class Sign:
    """What made a coder hear a theme: its own words, the rule or example, and how it was taken.

    `theme` is a label; score is None for people. assertion: own, negated, hypothetical, other; valence:
    negative, positive, neutral, mixed; "" where the coder does not say.
    """

    theme: str
    coder: str
    evidence: str
    rule: str
    score: float | None
    assertion: str
    valence: str


@dataclass(frozen=True)
class Passage:
    """A segment that a number rests on; without its words `withheld` says why.

    `reasons`: the push factors, by label, for which it was taken for a reason for leaving.
    """

    segment_id: str
    document_id: str
    question: str
    text: str
    withheld: str
    reasons: tuple[str, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Voice:
    """A person who is counted, and the passages because of which; none where silence is counted."""

    case_id: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Others:
    """People whom a number is out of and who are not counted, and why not, in words."""

    why: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Why:
    """Behind a number: its people, and the others whom it is out of (`among`, in words).

    `documents`: where documents are counted, their ids; then there are no people.
    """

    number: Number
    label: str
    among: str
    people: tuple[Voice, ...]
    others: tuple[Others, ...] = ()
    documents: tuple[str, ...] = ()

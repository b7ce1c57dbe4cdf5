"""What the cue rules say of each clause of a text: whose reason it gives, in the manner of NegEx and ConText.

A sentence is read once however often it is asked for, and only where something asks for it: the rules are
by far the slowest part of reading how people say what they say.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from feedback.tagging.assertion.cues import (
    CLAUSE_END,
    HYPOTHETICAL,
    IDLE_IF,
    IDLE_WORDS,
    IF,
    KEPT,
    NEGATED,
    NOT_ME,
    OTHER,
    SAID,
    SENTENCE_END,
    STAY_OR_GO,
    STILL_THERE,
    THEN,
)
from feedback.tagging.cues import TIMEOUT_S, expression, says, says_any

_REMEMBERED = 20_000  # sentences


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a text, and what the rules say of it; None where it says nothing by itself."""

    start: int
    end: int
    label: str | None


def clauses_of(text: str) -> list[Clause]:
    """All clauses of a text with what the rules say of each."""
    read = _Reading(text)
    return [Clause(*clause, read.label(at)) for at, clause in enumerate(read.clauses)]


def ruled(text: str, start: int, end: int) -> str:
    """What the rules say of the clause that most of text[start:end] stands in; "own" where it is in none."""
    read = _Reading(text)
    best, most = None, 0
    for at, (first, last) in enumerate(read.clauses):
        shared = min(end, last) - max(start, first)
        if shared > most:
            best, most = at, shared
    return "own" if best is None else read.label(best) or "own"


@lru_cache(maxsize=_REMEMBERED)
def sentences_of(text: str) -> tuple[tuple[int, int], ...]:
    """Where sentences stand: from the end of one to the end of the next, without the signs that end them."""
    return _cut(text, SENTENCE_END)


def would_have_stayed(text: str) -> bool:
    """Whether it says what would have kept the speaker, which so was missing: a reason of their own."""
    return says_any(KEPT, text) and not says(STILL_THERE, text)


class _Reading:
    """The clauses of a text, each with its sentence, whose labels are made when they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.clauses: list[tuple[int, int]] = []
        self._place: list[tuple[str, int]] = []
        for first, last in sentences_of(text):
            sentence = text[first:last]
            for at, (start, end) in enumerate(_clauses(sentence)):
                self.clauses.append((first + start, first + end))
                self._place.append((sentence, at))

    def label(self, at: int) -> str | None:
        """ "Workload? No, that wasn't it": a denial without content speaks of the clause before it."""
        own = self._alone(at)
        if own != "own":
            return own
        for after in range(at + 1, len(self.clauses)):
            if _says_something(self._text[slice(*self.clauses[after])]):
                return own
            if self._alone(after):
                return "negated" if self.label(after) == "negated" else own
        return own

    def _alone(self, at: int) -> str | None:
        sentence, place = self._place[at]
        return _labels(sentence)[place]


@lru_cache(maxsize=_REMEMBERED)
def _clauses(sentence: str) -> tuple[tuple[int, int], ...]:
    return _cut(sentence, CLAUSE_END)


@lru_cache(maxsize=_REMEMBERED)
def _labels(sentence: str) -> tuple[str | None, ...]:
    """For each clause of one sentence; a condition reaches the clauses beside it that depend on it."""
    spans = _clauses(sentence)
    words = [_without_idle_if(sentence[start:end]) for start, end in spans]
    labels = [_label(clause) for clause in words]
    for at, clause in enumerate(words):
        if not says(IF, clause):
            continue
        beside = [near for near in (at, at + 1, at - 1) if 0 <= near < len(words) and _depends(words[near])]
        if beside and not _habit(clause, words[beside[0]]):
            for near in (at, *beside[:2]):
                labels[near] = "hypothetical"
    whole = sentence[spans[0][0] : spans[-1][1]] if spans else ""
    if "hypothetical" in labels and would_have_stayed(whole):
        labels = ["own" if label == "hypothetical" else label for label in labels]
    if any(says(NOT_ME, clause) for clause in words):
        labels = ["other" if label == "own" else label for label in labels]
    for at in range(1, len(words)):
        if labels[at] == "own" and says(r"^\W*n?or\b", words[at]):
            labels[at] = labels[at - 1]
    return tuple(labels)


def _label(clause: str) -> str | None:
    if not _says_something(clause):
        return "negated" if says_any(NEGATED, clause) else None
    if not says(SAID, clause) and says_any(HYPOTHETICAL, clause):
        return "hypothetical"
    if says_any(OTHER, clause):
        return "other"
    return "negated" if says_any(NEGATED, clause) else "own"


def _depends(clause: str) -> bool:
    return says(THEN, clause) and not says(SAID, clause)


def _habit(condition: str, then: str) -> bool:
    """ "If you complained you'd get a letter": what used to happen, not what might have."""
    generic = says(r"\bif (?:you|someone|anyone|a \w+|any \w+)\b", condition)
    perfect = says(r"(?:would|['’]d|might|could)(?: \w+)? have\b", then)
    return generic and not perfect and not says(STAY_OR_GO, then)


def _says_something(clause: str) -> bool:
    return any(word not in IDLE_WORDS for word in expression(r"[^\W\d_][\w'’]*").findall(clause.lower()))


def _without_idle_if(clause: str) -> str:
    return str(expression(IDLE_IF).sub(lambda match: "~" * len(match.group()), clause, timeout=TIMEOUT_S))


def _cut(text: str, ending: str) -> tuple[tuple[int, int], ...]:
    spans, at = [], 0
    for match in expression(ending).finditer(text):
        if match.start() > at:
            spans.append((at, match.start()))
        at = match.end()
    return (*spans, (at, len(text))) if at < len(text) else tuple(spans)

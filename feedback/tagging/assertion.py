"""Whose reason a sentence gives: the speaker's own, a denied one, an imagined one, or other people's.

Two readers. Cue rules over clauses, in the manner of NegEx and ConText (Chapman and others 2001; Harkema
and others 2009), read whole texts. What is said of one piece of evidence is read by the words around it as
well: a logistic regression over words and kinds of words, fitted on sentences written for this purpose.

A complaint in the negative ("there was no support") is the speaker's own; only a reason that is itself
denied ("it wasn't the money") counts as negated. What would have kept somebody ("I'd have stayed if they
had listened") was missing, and is their own; what might have driven them away is hypothetical.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .assertion_cues import (
    CLAUSE_END,
    HYPOTHETICAL,
    IDLE_IF,
    IDLE_WORDS,
    IF,
    KEPT,
    MAY_BE_DENIED,
    MAY_BE_IMAGINED,
    MAY_BE_OTHERS,
    NEGATED,
    NOT_ME,
    OTHER,
    PLEASED,
    SAID,
    SENTENCE_END,
    STAY_OR_GO,
    STILL_THERE,
    THEN,
)
from .cues import TIMEOUT_S, expression, says, says_any
from .manner import around, kinds_in, weights
from .manner_frame import others_in

ASSERTIONS = ("own", "negated", "hypothetical", "other")
_OWN_FIRST = 1.5  # log odds: most of what people say is their own, unlike in the sentences fitted on
_RULE = 2.0  # log odds for what the cue rules say, when that is not "own"
_ANSWER = 5  # words: "No, not really." belongs to the question before it
_FAR = 30  # words on each side of the evidence that are looked at
_MAY_BE = {
    "negated": ({"NEG", "NOTSO"}, MAY_BE_DENIED),
    "hypothetical": ({"IF", "MOD", "LATER"}, MAY_BE_IMAGINED),
    "other": ({"OTHER", "BOSS", "SAY"}, MAY_BE_OTHERS),
}


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    label: str | None  # None: nothing said


def assertions(texts: Sequence[str]) -> list[str]:
    """One of "own", "negated", "hypothetical", "other" for each text, as a statement of a reason.

    A text with a reason of the speaker's own anywhere is "own"; otherwise what its clauses say, a denial
    before a supposition before other people's reasons.
    """
    return [_whole(text) for text in texts]


def would_have_stayed(text: str) -> bool:
    """Whether it says what would have kept the speaker, which so was missing: a reason of their own."""
    return says_any(KEPT, text) and not says(STILL_THERE, text)


def assertion_at(text: str, start: int, end: int) -> str:
    """The same for the evidence text[start:end]: what the words around it say.

    In "It wasn't the caseload, it was the recording" caseload is negated and recording own. Only what some
    word in the statement allows is thought of: nothing is negated without a denial.
    """
    if start >= end:
        return "own"
    first, last = _statement(text, start, end)
    said = text[first:last]
    possible = _possible(said)
    if len(possible) == 1:
        return "own"
    odds = dict(
        zip(
            ASSERTIONS,
            _logs(weights("assertion").logits(around(said, start - first, end - first))),
            strict=True,
        )
    )
    odds["own"] += _OWN_FIRST
    ruled = _ruled(text, start, end)
    if ruled != "own":
        odds[ruled] += _RULE
    return max((label for label in ASSERTIONS if label in possible or label == ruled), key=odds.__getitem__)


def _ruled(text: str, start: int, end: int) -> str:
    """What the cue rules say of the clause around the evidence."""
    best, most = None, 0
    for clause in _clauses(text):
        shared = min(end, clause.end) - max(start, clause.start)
        if shared > most:
            best, most = clause, shared
    return (best.label if best else None) or "own"


def _statement(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences of the evidence, with a short answer after them, no more than _FAR words either side."""
    found = _cut(text, 0, len(text), SENTENCE_END)
    touched = [at for at, (first, last) in enumerate(found) if first < end and last > start]
    if not touched:
        return start, end
    first, last = found[touched[0]][0], found[touched[-1]][1]
    if touched[-1] + 1 < len(found):
        after = found[touched[-1] + 1]
        if len(text[slice(*after)].split()) <= _ANSWER:
            last = after[1]
    before, behind = text[first:start].split(), text[end:last].split()
    if len(before) > _FAR:
        first = start - len(" ".join(before[-_FAR:])) - 1
    if len(behind) > _FAR:
        last = end + len(" ".join(behind[:_FAR])) + 1
    return max(first, 0), min(last, len(text))


def _possible(said: str) -> set[str]:
    kinds = kinds_in(said)
    found = {label for label, (some, cue) in _MAY_BE.items() if kinds & some or says(cue, said)}
    return {"own", *found, *(("other",) if others_in(said) else ())}


def _logs(logits: Sequence[float]) -> list[float]:
    most = max(logits)
    total = most + math.log(sum(math.exp(one - most) for one in logits))
    return [one - total for one in logits]


def _whole(text: str) -> str:
    clauses = [clause for clause in _clauses(text) if clause.label]
    labels = [clause.label for clause in clauses]
    if labels[-1:] == ["negated"] and all(
        says(PLEASED, text[c.start : c.end]) for c in clauses if c.label == "own"
    ):
        return "negated"
    for label in ("own", "negated", "hypothetical", "other"):
        if label in labels:
            return label
    return "own"


def _clauses(text: str) -> list[_Clause]:
    found: list[_Clause] = []
    for start, end in _cut(text, 0, len(text), SENTENCE_END):
        found += _labelled(text, _cut(text, start, end, CLAUSE_END))
    return _denied_after(text, found)


def _denied_after(text: str, clauses: list[_Clause]) -> list[_Clause]:
    """ "Workload? No, that wasn't it": a denial without content of its own speaks of the clause before."""
    labels = [clause.label for clause in clauses]
    for at in range(len(clauses) - 1, 0, -1):
        clause = clauses[at]
        if labels[at] == "negated" and not _says_something(text[clause.start : clause.end]):
            before = next((near for near in range(at - 1, -1, -1) if labels[near]), None)
            if before is not None and labels[before] == "own":
                labels[before] = "negated"
    return [replace(clause, label=label) for clause, label in zip(clauses, labels, strict=True)]


def _labelled(text: str, spans: list[tuple[int, int]]) -> list[_Clause]:
    """The clauses of one sentence; a condition reaches the clauses beside it that depend on it."""
    words = [_without_idle_if(text[start:end]) for start, end in spans]
    labels = [_label(clause) for clause in words]
    for at, clause in enumerate(words):
        if not says(IF, clause):
            continue
        beside = [near for near in (at, at + 1, at - 1) if 0 <= near < len(words) and _depends(words[near])]
        if beside and not _habit(clause, words[beside[0]]):
            for near in (at, *beside[:2]):
                labels[near] = "hypothetical"
    whole = text[spans[0][0] : spans[-1][1]] if spans else ""
    if "hypothetical" in labels and would_have_stayed(whole):
        labels = ["own" if label == "hypothetical" else label for label in labels]
    if any(says(NOT_ME, clause) for clause in words):
        labels = ["other" if label == "own" else label for label in labels]
    for at in range(1, len(words)):
        if labels[at] == "own" and says(r"^\W*n?or\b", words[at]):
            labels[at] = labels[at - 1]
    return [_Clause(start, end, label) for (start, end), label in zip(spans, labels, strict=True)]


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


def _cut(text: str, start: int, end: int, ending: str) -> list[tuple[int, int]]:
    spans, at = [], start
    for match in expression(ending).finditer(text, start, end):
        if match.start() > at:
            spans.append((at, match.start()))
        at = match.end()
    return [*spans, (at, end)] if at < end else spans

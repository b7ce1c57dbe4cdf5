"""Whose reason a sentence gives: the speaker's own, a denied one, an imagined one, or other people's.

Two readers. Cue rules over clauses, in the manner of NegEx and ConText (Chapman and others 2001; Harkema
and others 2009), read whole texts. What is said of one piece of evidence is read by the words around it as
well: a logistic regression over words and kinds of words, fitted on sentences written for this purpose.

A complaint in the negative ("there was no support") is the speaker's own; only a reason that is itself
denied ("it wasn't the money") counts as negated. What would have kept somebody ("I'd have stayed if they
had listened") was missing, and is their own; what might have driven them away is hypothetical.
"""

from __future__ import annotations

from collections.abc import Sequence

from feedback.tagging.assertion.clauses import clauses_of, ruled, sentences_of
from feedback.tagging.assertion.cues import MAY_BE_DENIED, MAY_BE_IMAGINED, MAY_BE_OTHERS, PLEASED
from feedback.tagging.cues import says
from feedback.tagging.manner import around, kinds_in, weights
from feedback.tagging.manner.frame import others_in

Place = tuple[str, int, int]

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


def assertions(texts: Sequence[str]) -> list[str]:
    """One of "own", "negated", "hypothetical", "other" for each text, as a statement of a reason.

    A text with a reason of the speaker's own anywhere is "own"; otherwise what its clauses say, a denial
    before a supposition before other people's reasons.
    """
    return [_whole(text) for text in texts]


def assertion_at(text: str, start: int, end: int) -> str:
    """The same for the evidence text[start:end]: what the words around it say.

    In "It wasn't the caseload, it was the recording" caseload is negated and recording own. Only what some
    word in the statement allows is thought of: nothing is negated without a denial.
    """
    return assertions_at([(text, start, end)])[0]


def assertions_at(places: Sequence[Place]) -> list[str]:
    """The same for several pieces of evidence (text, start, end): each is judged by itself, but faster."""
    found = ["own"] * len(places)
    asked, possible, features = [], [], []
    for at, (text, start, end) in enumerate(places):
        if start >= end:
            continue
        first, last = _statement(text, start, end)
        allowed = _possible(text[first:last])
        if len(allowed) > 1:
            asked.append(at)
            possible.append(allowed)
            features.append(around(text[first:last], start - first, end - first))
    for at, allowed, logits in zip(asked, possible, weights("assertion").logits(features), strict=True):
        found[at] = _verdict(places[at], allowed, logits)
    return found


def _verdict(place: Place, possible: set[str], logits: Sequence[float]) -> str:
    """What is likeliest of what is possible, by the words and by the rules."""
    odds = dict(zip(ASSERTIONS, map(float, logits), strict=True))
    odds["own"] += _OWN_FIRST
    best = _likeliest(odds, possible)
    # The rules speak against "own" only; they are slow, and not asked where they could not change anything.
    if all(odds[best] > odds[label] + _RULE for label in ASSERTIONS[1:] if label != best):
        return best
    said = ruled(*place)
    if said == "own":
        return best
    odds[said] += _RULE
    return _likeliest(odds, possible | {said})


def _likeliest(odds: dict[str, float], possible: set[str]) -> str:
    return max((label for label in ASSERTIONS if label in possible), key=odds.__getitem__)


def _statement(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentences of the evidence, with a short answer after them, no more than _FAR words either side."""
    found = sentences_of(text)
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


def _whole(text: str) -> str:
    clauses = [clause for clause in clauses_of(text) if clause.label]
    labels = [clause.label for clause in clauses]
    if labels[-1:] == ["negated"] and all(
        says(PLEASED, text[c.start : c.end]) for c in clauses if c.label == "own"
    ):
        return "negated"
    for label in ("own", "negated", "hypothetical", "other"):
        if label in labels:
            return label
    return "own"

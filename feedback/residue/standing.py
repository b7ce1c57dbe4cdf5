"""Words and numbers that stand after masking and may still name somebody."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import regex

from feedback.edits.finding.votes import acronym
from feedback.edits.text.cues import MONTHS, SOUNDS
from feedback.edits.text.words import Word, fold, is_first_name, is_ordinary, is_word, must_stay, opens
from feedback.model import Document
from feedback.spans import Edit

_DIGITS = 5
_NUMBER = regex.compile(
    r"(?<![\w£$€.,:/-])(?:[A-Z]{1,4}[ /-]?)?\d(?:[ /-]?\d){2,}(?:[ /-]?[A-Z]{1,2}\b)?(?![\w%]|[.,:]\d)"
)
_YEARS = regex.compile(r"(?:19|20)\d\d(?:\s?[ /-]\s?(?:19|20)?\d\d)?\Z")
_LETTER = regex.compile(r"[A-Z]")
# How much a capital tells: two unknown words, one in mid-sentence, one that opens a sentence, an acronym.
_RUN, _WITHIN, _OPENING, _ACRONYM = 0.85, 0.8, 0.5, 0.35
_LONGEST = 4


class Standing(NamedTuple):
    """text[start:end] stands as it was written; `risk` from 0 to 1 that it names somebody."""

    start: int
    end: int
    risk: float


def standing_numbers(document: Document, edits: Sequence[Edit]) -> Iterator[Standing]:
    """Figures that no mask covers and that are too long for a year, an amount or a share.

    Five digits or more, or letters with three or more: they may be a case, a phone or a registration.
    """
    hidden = _Hidden(edits)
    for match in _NUMBER.finditer(document.text):
        digits = sum(map(str.isdigit, match[0]))
        coded = bool(_LETTER.search(match[0]))
        if (digits >= _DIGITS or coded) and not _YEARS.match(match[0]) and not hidden.at(match.start()):
            yield Standing(match.start(), match.end(), 0.9 if digits >= _DIGITS else 0.6)


def standing_names(
    document: Document, ws: Sequence[Word], edits: Sequence[Edit], keep: Collection[str] = ()
) -> Iterator[Standing]:
    """Words with a capital that no dictionary has and no mask covers, those that follow each other as one.

    ws: the document's words. keep: what the user said is no name. Words outside of turns are nobody's.
    """
    hidden, spoken = _Hidden(edits), _Hidden(document.turns)
    kept = {fold(word) for entry in keep for word in entry.split()}
    at = 0
    while at < len(ws):
        until = at
        while until < len(ws) and until - at < _LONGEST and _follows(document.text, ws, at, until):
            word = ws[until]
            if hidden.at(word.start) or not spoken.at(word.start) or not _unknown(document.text, word, kept):
                break
            until += 1
        if until > at:
            yield Standing(ws[at].start, ws[until - 1].end, _risk(document.text, ws[at:until]))
        at = max(until, at + 1)


class _Hidden:
    """Whether a place lies in one of some spans, sorted or not, that do not overlap."""

    def __init__(self, spans: Sequence[Edit] | Sequence[object]) -> None:
        pairs = sorted((span.start, span.end) for span in spans if _hides(span))  # type: ignore[attr-defined]
        self._starts, self._ends = [start for start, _ in pairs], [end for _, end in pairs]

    def at(self, place: int) -> bool:
        found = bisect_right(self._starts, place) - 1
        return found >= 0 and place < self._ends[found]


def _hides(span: object) -> bool:
    """A mask hides, and so does tidying that removes; a turn holds."""
    return not isinstance(span, Edit) or span.kind == "mask" or not span.replacement.strip()


def _follows(text: str, ws: Sequence[Word], first: int, at: int) -> bool:
    return at == first or text[ws[at - 1].end : ws[at].start] in (" ", "-")


def _unknown(text: str, word: Word, kept: Collection[str]) -> bool:
    if not word.capital or len(word.key) < 2 or word.key in kept or word.key in SOUNDS | MONTHS:
        return False
    if must_stay((word.key,)) or text[word.end : word.end + 2] in ("'t", "’t"):
        return False
    known = is_word(word.key) or is_ordinary(word.key)
    return is_first_name(word.key) and not opens(text, word.start) if known else True


def _risk(text: str, run: Sequence[Word]) -> float:
    if all(acronym(word) for word in run):
        return _ACRONYM
    if len(run) > 1:
        return _RUN
    return _OPENING if opens(text, run[0].start) else _WITHIN

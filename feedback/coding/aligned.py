"""Two versions of one text, word by word: where a stretch of the one stands in the other.

Long runs of words that stand once in each are anchors (as in patience diff, Bram Cohen); between two anchors
the longest common runs are looked for. Nothing is guessed: words without a partner have no place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from zlib import crc32

from feedback.masks import BRACKET
from feedback.spans import Span

# A mask is one word, the same whatever it stands for: who is "[Person 3]" may have another number by now.
_WORD = re.compile(rf"(?P<mask>{BRACKET.pattern})|\w+")
_MASK = "[]"
RUN = 5  # words of an anchor
_SMALL = 250_000  # pairs of words that are compared one by one between two anchors
_ENOUGH = 0.75  # of a stretch's words must have a partner
_WIDER = 2  # times as many words, and no more, may stand between the first and the last partner


@dataclass(frozen=True, eq=False)
class Words:
    """A text's words in small letters, and where they stand."""

    text: str

    @cached_property
    def _found(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.text))

    @cached_property
    def spans(self) -> list[Span]:
        return [Span(*match.span()) for match in self._found]

    @cached_property
    def said(self) -> list[str]:
        return [_MASK if match["mask"] else match[0].casefold() for match in self._found]

    @cached_property
    def squeezed(self) -> str:
        """The text without white space."""
        return "".join(self.text.split())

    def runs(self) -> Iterator[str]:
        """Every run of five words."""
        said = self.said
        return (" ".join(said[at : at + RUN]) for at in range(len(said) - RUN + 1))

    @cached_property
    def prints(self) -> frozenset[int]:
        """The runs as numbers, to tell quickly how much two texts share."""
        return frozenset(crc32(run.encode("utf-8", "replace")) for run in self.runs())

    def within(self, start: int, end: int) -> range:
        """The numbers of the words that a stretch touches."""
        first = bisect_right(self.spans, start, key=lambda span: span.end)
        return range(first, bisect_left(self.spans, end, key=lambda span: span.start))


def shared(one: Words, other: Words) -> float:
    """The share of the first text's runs of five words that are in the second; 0 where it has none."""
    return len(one.prints & other.prints) / len(one.prints) if one.prints else 0.0


class Aligned:
    """The way from positions in `one` to positions in `other`."""

    def __init__(self, one: Words, other: Words) -> None:
        self.one, self.other = one, other
        self._same = one.text == other.text
        self._letters = None if self._same else _letters(one, other)
        self._partner: dict[int, int] = {}
        if not self._same and self._letters is None:
            self._partner = dict(_pairs(one.said, other.said))

    def span(self, start: int, end: int) -> Span | None:
        """Where a stretch stands in the other text; None when that is not sure.

        Most of its words must have a partner, not too far apart, or the words around it must; edges without
        one reach as far as the next words that have one.
        """
        if self._same:
            return Span(start, end)
        if self._letters is not None:
            return _by_letters(self.one.text, start, end, self._letters)
        words = self.one.within(start, end)
        if not words:
            return None
        partners = [self._partner[at] for at in words if at in self._partner]
        before, after = self._outside(words[0], -1), self._outside(words[-1], 1)
        first, last = self._partner.get(words[0], before), self._partner.get(words[-1], after)
        if len(partners) >= _ENOUGH * len(words):
            first = partners[0] if first is None else first
            last = partners[-1] if last is None else last
        if first is None or last is None or not 0 <= last - first < _WIDER * len(words) + RUN:
            return None
        spans = self.other.spans
        found = Span(spans[first].start, spans[last].end)
        left = self.one.text[start : max(start, self.one.spans[words[0]].start)]
        right = self.one.text[min(end, self.one.spans[words[-1]].end) : end]
        return with_signs(self.other.text, found, left, right)

    def reach(self) -> Span | None:
        """All of the other text that the first one covers, from its first to its last partner."""
        if self._same or self._letters is not None:
            return Span(0, len(self.other.text))
        found = self._partner.values()
        spans = self.other.spans
        return Span(spans[min(found)].start, spans[max(found)].end) if found else None

    def _outside(self, word: int, way: int) -> int | None:
        """The word of the other text that stands where `word` does: beside the partner of its neighbour."""
        partner = self._partner.get(word + way)
        found = None if partner is None else partner - way
        return found if found is not None and 0 <= found < len(self.other.said) else None


def with_signs(text: str, found: Span, before: str, after: str) -> Span:
    """A stretch of words with the signs before and after it, where the text has the same ones there."""
    before, after = before.strip(), after.strip()
    first, last = found
    base = max(0, first - len(before) - RUN)
    room = text[base:first].rstrip()
    if before and room.endswith(before):
        first = base + len(room) - len(before)
    beyond = text[last : last + len(after) + RUN]
    if after and beyond.lstrip().startswith(after):
        last += len(beyond) - len(beyond.lstrip()) + len(after)
    return Span(first, last)


def _letters(one: Words, other: Words) -> tuple[list[int], list[int]] | None:
    """Where the letters of both stand, white space aside, when they are the same letters."""
    if one.squeezed != other.squeezed:
        return None
    return _solid(one.text), _solid(other.text)


def _solid(text: str) -> list[int]:
    return [at for at, letter in enumerate(text) if not letter.isspace()]


def _by_letters(text: str, start: int, end: int, letters: tuple[list[int], list[int]]) -> Span | None:
    here, there = letters
    first, last = bisect_left(here, start), bisect_left(here, end) - 1
    return Span(there[first], there[last] + 1) if first <= last else None


def _pairs(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Words of one and their partners in the other, both in order."""
    at, beside = 0, 0
    for first, second in [*_anchors(one, other), (len(one), len(other))]:
        if first < at or second < beside:
            continue
        yield from _between(one, other, (at, first), (beside, second))
        if first < len(one):
            yield from ((first + n, second + n) for n in range(RUN))
            at, beside = first + RUN, second + RUN


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The longest chain, in order in both, of runs that stand once in each."""
    there = _once(other)
    pairs = [(at, there[run]) for run, at in _once(one).items() if run in there]
    ends: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for number, (_, second) in enumerate(pairs):
        place = bisect_left(ends, second)
        before.append(chain[place - 1] if place else -1)
        ends[place : place + 1] = [second]
        chain[place : place + 1] = [number]
    found, number = [], chain[-1] if chain else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _once(said: Sequence[str]) -> dict[tuple[str, ...], int]:
    runs = [tuple(said[at : at + RUN]) for at in range(len(said) - RUN + 1)]
    counts = Counter(runs)
    return {run: at for at, run in enumerate(runs) if counts[run] == 1}


def _between(
    one: Sequence[str], other: Sequence[str], here: tuple[int, int], there: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    a, b = one[slice(*here)], other[slice(*there)]
    if a and b and len(a) * len(b) <= _SMALL:
        for first, second, length in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
            yield from ((here[0] + first + n, there[0] + second + n) for n in range(length))

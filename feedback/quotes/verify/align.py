"""The way from a quote to what was said, word by word, at the least number of changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from feedback.quotes.verify.words import Element, Token

if TYPE_CHECKING:
    import numpy as np

MISS = 100_000  # a word that is changed, missing or too many
# A bracket stands for a mask if there is one, else for nothing, else for up to eight words.
_IN_BRACKET, _MASKED, _EMPTY_BRACKET, _SPAN = 100, 1, 50, 9
_LEFT_OUT = 1

Act = Literal["same", "joined", "parted", "other", "added", "missing", "passed", "bracket", "gap"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: elements [first, last) of the quote stand for tokens [start, end) of the original.

    "same" words; "joined" and "parted": one word for two with a hyphen, and the reverse; "other" word;
    "added" by the quote; "missing" from it; "passed" over as cleaning does; what a "bracket" or a "gap"
    stands for.
    """

    act: Act
    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Way:
    """The cheapest way: its steps in order, and what they cost.

    `reach`: how many of the quote's first elements stand in the stream without any change.
    """

    steps: tuple[Step, ...]
    cost: int
    reach: int = 0

    @property
    def changes(self) -> int:
        """How many words are changed, missing or too many."""
        return self.cost // MISS


class Vocabulary:
    """A number for each word."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        """The word's number, a new one for a new word; 1 or more."""
        return self._numbers.setdefault(word, len(self._numbers) + 1)


class Stream:
    """What one speaker said in one document, or a part of it, ready to be searched."""

    def __init__(self, tokens: Sequence[Token], vocabulary: Vocabulary) -> None:
        import numpy as np

        self.tokens = tokens
        self.ids = np.array(
            [0 if one.end_turn or one.unheard else vocabulary.number(one.norm) for one in tokens],
            dtype="int64",
        )
        self.skips = np.array([0 if one.optional else MISS for one in tokens], dtype="int64")
        self.pairs = np.array(
            [
                vocabulary.number(tokens[at - 1].norm + one.norm) if at and tokens[at - 1].hyphen else 0
                for at, one in enumerate(tokens)
            ],
            dtype="int64",
        )

        self.paired = bool(self.pairs.any())
        prices = [_MASKED if one.mask else _IN_BRACKET for one in tokens]
        self.in_bracket = np.concatenate([[0], np.cumsum(np.array(prices, dtype="int64"))])

    def reversed(self, vocabulary: Vocabulary) -> Stream:
        """The same, last word first."""
        return Stream(self.tokens[::-1], vocabulary)


def costs(elements: Sequence[Element], stream: Stream, vocabulary: Vocabulary) -> list[np.ndarray[Any, Any]]:
    """Row i, column j: the least cost of the quote's first i elements, when they end before token j.

    The way may begin and end anywhere. Words that cleaning took out cost nothing to pass, words in a bracket
    and those that a sign of omission stands for next to nothing.
    Source: approximate matching of a pattern anywhere in a text, Sellers (1980), a row at a time.
    """
    import numpy as np

    total = np.concatenate([[0], np.cumsum(stream.skips)])
    places = np.arange(len(stream.tokens) + 1, dtype="int64")
    rows = [np.zeros(len(stream.tokens) + 1, dtype="int64")]
    for number, element in enumerate(elements):
        before = rows[-1]
        if element.part == "gap":
            rows.append(np.minimum.accumulate(before - places * _LEFT_OUT) + places * _LEFT_OUT)
            continue
        if element.part == "bracket":
            best = before + _EMPTY_BRACKET
            for taken in range(1, min(_SPAN, len(places))):
                price = stream.in_bracket[taken:] - stream.in_bracket[:-taken]
                best[taken:] = np.minimum(best[taken:], before[:-taken] + price)
        else:
            best = _word(elements, number, stream, rows, vocabulary)
        rows.append(np.minimum.accumulate(best - total) + total)
    return rows


def _word(
    elements: Sequence[Element],
    number: int,
    stream: Stream,
    rows: list[np.ndarray[Any, Any]],
    vocabulary: Vocabulary,
) -> np.ndarray[Any, Any]:
    import numpy as np

    before, word = rows[-1], vocabulary.number(elements[number].norm)
    best = before + MISS
    best[1:] = np.minimum(best[1:], before[:-1] + np.where(stream.ids == word, 0, MISS))
    if stream.paired:
        pairs = np.flatnonzero(stream.pairs == word)
        best[pairs + 1] = np.minimum(best[pairs + 1], before[pairs - 1])
    both = _both(elements, number, vocabulary)
    if both:
        ones = np.flatnonzero(stream.ids == both)
        best[ones + 1] = np.minimum(best[ones + 1], rows[-2][ones])
    return best


def _both(elements: Sequence[Element], number: int, vocabulary: Vocabulary) -> int:
    """The number of this word together with the one before, where a hyphen joins them; else 0."""
    if not number or not elements[number - 1].hyphen or elements[number - 1].part != "word":
        return 0
    return vocabulary.number(elements[number - 1].norm + elements[number].norm)


def cheapest(elements: Sequence[Element], stream: Stream, vocabulary: Vocabulary) -> Way:
    """The cheapest way of a quote through a stream; of several the first."""
    import numpy as np

    rows = costs(elements, stream, vocabulary)
    end = int(np.argmin(rows[-1]))
    if rows[-1][end] >= MISS:
        end = _ending(np.flatnonzero(rows[-1] == rows[-1][end]), elements, stream, vocabulary)
    walk = _Back(elements, stream, vocabulary, rows)
    return Way(tuple(walk.steps(len(elements), end)), int(rows[-1][end]), _reach(rows))


def _ending(
    ends: np.ndarray[Any, Any], elements: Sequence[Element], stream: Stream, vocabulary: Vocabulary
) -> int:
    """Of ends that cost the same, one with the quote's last word, else with another for it."""
    last = vocabulary.number(elements[-1].norm)
    for end in ends:
        if end and stream.ids[end - 1] == last:
            return int(end)
    return int(ends[1]) if len(ends) > 1 and ends[1] == ends[0] + 1 else int(ends[0])


def reach_back(elements: Sequence[Element], stream: Stream, vocabulary: Vocabulary) -> int:
    """How many of a quote's last elements stand in a stream without any change."""
    return _reach(costs(elements[::-1], stream.reversed(vocabulary), vocabulary))


def _reach(rows: list[np.ndarray[Any, Any]]) -> int:
    return max(number for number, row in enumerate(rows) if int(row.min()) < MISS)


class _Back:
    """Walks the table of costs from its end to its beginning."""

    def __init__(
        self,
        elements: Sequence[Element],
        stream: Stream,
        vocabulary: Vocabulary,
        rows: list[np.ndarray[Any, Any]],
    ) -> None:
        self.elements, self.stream, self.vocabulary, self.rows = elements, stream, vocabulary, rows

    def steps(self, i: int, j: int) -> list[Step]:
        found: list[Step] = []
        while i:
            step = self._step(i, j)
            found.append(step)
            i, j = step.first, step.start
        return found[::-1]

    def _step(self, i: int, j: int) -> Step:
        part = self.elements[i - 1].part
        if part == "gap":
            return self._gap(i, j)
        found = self._bracket(i, j) if part == "bracket" else self._same(i, j)
        return found or self._passed(i, j) or self._changed(i, j)

    def _cost(self, i: int, j: int) -> int:
        return int(self.rows[i][j])

    def _gap(self, i: int, j: int) -> Step:
        start = j
        while start and self._cost(i, j) != self._cost(i - 1, start) + (j - start) * _LEFT_OUT:
            start -= 1
        return Step("gap", i - 1, i, start, j)

    def _bracket(self, i: int, j: int) -> Step | None:
        here = self._cost(i, j)
        for taken in range(min(_SPAN, j + 1)):
            price = int(self.stream.in_bracket[j] - self.stream.in_bracket[j - taken])
            if here == self._cost(i - 1, j - taken) + (price if taken else _EMPTY_BRACKET):
                return Step("bracket", i - 1, i, j - taken, j)
        return None

    def _same(self, i: int, j: int) -> Step | None:
        here, word = self._cost(i, j), self.vocabulary.number(self.elements[i - 1].norm)
        if j and self.stream.ids[j - 1] == word and here == self._cost(i - 1, j - 1):
            return Step("same", i - 1, i, j - 1, j)
        if j > 1 and self.stream.pairs[j - 1] == word and here == self._cost(i - 1, j - 2):
            return Step("joined", i - 1, i, j - 2, j)
        both = _both(self.elements, i - 1, self.vocabulary)
        if both and j and self.stream.ids[j - 1] == both and here == self._cost(i - 2, j - 1):
            return Step("parted", i - 2, i, j - 1, j)
        return None

    def _passed(self, i: int, j: int) -> Step | None:
        """A word of the stream that is passed over, at no cost or as missing."""
        if not j:
            return None
        skip = int(self.stream.skips[j - 1])
        if self._cost(i, j) != self._cost(i, j - 1) + skip:
            return None
        return Step("missing" if skip else "passed", i, i, j - 1, j)

    def _changed(self, i: int, j: int) -> Step:
        if j and self._cost(i, j) == self._cost(i - 1, j - 1) + MISS:
            return Step("other", i - 1, i, j - 1, j)
        return Step("added", i - 1, i, j, j)

"""What is searched one by one: whole documents, and of a long survey runs of respondents' answers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback.model import Document
from feedback.spans import Span

# A survey is cut before respondents into parts of so many characters, each seen with some answers around it,
# so that what lies across a cut is found on both sides, and kept where it begins.
CHARACTERS = 1_000_000
_AROUND, _LEAST = 600, 4


@dataclass(frozen=True, slots=True)
class Part:
    """text[begin:end] of a document, its own, with a little of what stands around it.

    `turns` are spans of `text`; `shift` is where `text` begins in the document.
    """

    document_id: str
    text: str
    turns: tuple[Span, ...]
    begin: int
    end: int
    shift: int = 0

    def owns(self, start: int) -> bool:
        """Whether what begins at a place of `text` is the part's own."""
        return self.begin <= start < self.end

    @property
    def size(self) -> int:
        """How many characters are its own."""
        return self.end - self.begin


@dataclass(frozen=True, slots=True)
class Cut:
    """Which characters of a document are a part's own, and which are seen with them."""

    begin: int
    end: int
    seen_from: int
    seen_to: int


def cuts(
    starts: Sequence[int],
    ends: Sequence[int],
    length: int,
    new: Sequence[int],
    *,
    characters: int = CHARACTERS,
) -> list[Cut]:
    """How a document of so many characters is cut before some of its turns.

    starts, ends: of its turns, in order. new: the turns before which it may be cut, in order; none for a
    document that stays whole.
    """
    begins = [0]
    for at in new:
        if int(starts[at]) - begins[-1] >= characters and length - int(starts[at]) >= characters // 2:
            begins.append(int(starts[at]))
    return [
        Cut(begin, end, _seen_from(starts, begin), _seen_to(ends, starts, end, length))
        for begin, end in zip(begins, [*begins[1:], length], strict=True)
    ]


def _seen_from(starts: Sequence[int], begin: int) -> int:
    at = bisect_left(starts, begin)
    while at > 0 and (begin - int(starts[at]) < _AROUND or bisect_left(starts, begin) - at < _LEAST):
        at -= 1
    return int(starts[at]) if at else 0


def _seen_to(ends: Sequence[int], starts: Sequence[int], end: int, length: int) -> int:
    first = at = bisect_left(starts, end)
    while at < len(ends) and (int(ends[at]) - end < _AROUND or at - first < _LEAST):
        at += 1
    return int(ends[at]) if at < len(ends) else length


def parts_of(document: Document, *, characters: int = CHARACTERS) -> Iterator[Part]:
    """The parts of a document: itself, or, of a long survey, runs of its respondents' answers."""
    turns = document.turns
    starts, ends = [turn.start for turn in turns], [turn.end for turn in turns]
    who = [turn.respondent for turn in turns] if len(document.text) > characters else [None]
    found = cuts(starts, ends, len(document.text), new_respondents(who), characters=characters)
    if len(found) == 1:
        spans = tuple(Span(turn.start, turn.end) for turn in turns)
        yield Part(document.document_id, document.text, spans, 0, len(document.text))
        return
    for cut in found:
        text = document.text[cut.seen_from : cut.seen_to]
        yield part_of(document.document_id, text, (starts, ends), cut)


def new_respondents(who: Sequence[str | None]) -> list[int]:
    """The turns with which another respondent begins; none where any turn is nobody's."""
    if None in who:
        return []
    return [at for at in range(1, len(who)) if who[at] != who[at - 1]]


def part_of(document_id: str, text: str, turns: tuple[Sequence[int], Sequence[int]], cut: Cut) -> Part:
    """The part of a cut: `text` is what is seen, `turns` are the starts and ends of all of the document's."""
    starts, ends = turns
    first, last = bisect_left(starts, cut.seen_from), bisect_right(starts, cut.seen_to)
    far = cut.seen_from
    spans = tuple(
        Span(int(start) - far, int(end) - far)
        for start, end in zip(starts[first:last], ends[first:last], strict=True)
        if end <= cut.seen_to
    )
    return Part(document_id, text, spans, cut.begin - far, cut.end - far, far)

"""A quote among the turns it may come from: where it stands, what it was joined from, what is nearest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback.quotes.verify.align import MISS, Step, Stream, Vocabulary, Way, cheapest, reach_back
from feedback.quotes.verify.index import Near, Originals
from feedback.quotes.verify.policy import Judged, Source, judged
from feedback.quotes.verify.words import Element, Token

_CLOSELY = 6  # turns that are aligned though they lack some of a quote's runs of words
_SHORTEST_PIECE, _LEAST_JOINED = 3, 4
_MOST_CHANGED = 0.4
_TURNS_APART = 60


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote stands, or what is nearest to it: place, speaker, and what was judged of its changes."""

    document_id: str
    turn: int
    case_id: str | None
    role: str
    start: int
    end: int
    judged: Judged
    difference: tuple[tuple[str, str], ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of looking a quote up: all places where it stands whole, and every way that was tried."""

    whole: list[Found]
    ways: list[tuple[Way, tuple[int, ...]]]


class Search:
    """Aligns quotes with turns; what was aligned once is kept."""

    def __init__(self, originals: Originals) -> None:
        self.originals = originals
        self.vocabulary = Vocabulary()
        self._streams: dict[tuple[int, ...], Stream] = {}

    def look(self, elements: Sequence[Element], near: Sequence[Near]) -> Looked:
        """Aligns a quote with the turns that it may come from, until all places where it stands are found."""
        ways: list[tuple[Way, tuple[int, ...]]] = []
        whole: list[Found] = []
        words = sum(element.part == "word" for element in elements)
        for turns in self._places(elements, near) if words else ():
            way = cheapest(elements, self._stream(turns), self.vocabulary)
            ways.append((way, turns))
            if way.cost < MISS:
                whole.append(self._found(elements, way, turns))
            elif whole:
                break
        return Looked(whole, ways)

    def closest(self, elements: Sequence[Element], looked: Looked) -> Found | None:
        """The place with the fewest changed words, where more than half of them are the same."""
        if not looked.ways:
            return None
        words = sum(element.part == "word" for element in elements)
        way, turns = min(looked.ways, key=lambda one: one[0].cost)
        same = sum(step.act in ("same", "joined", "parted") for step in way.steps)
        if way.changes > _MOST_CHANGED * words or same < min(_SHORTEST_PIECE, words - 1):
            return None
        return self._found(elements, way, turns)

    def joined(self, elements: Sequence[Element], looked: Looked) -> list[str]:
        """The two places that a quote was put together from without a sign of it; empty where it was not."""
        first, start = max(((way.reach, turns) for way, turns in looked.ways), default=(0, ()))
        fewest = min((way.changes for way, _ in looked.ways), default=0)
        if first < _SHORTEST_PIECE or fewest < _LEAST_JOINED:
            return []
        last, end = max(
            (reach_back(elements, self._stream(turns), self.vocabulary), turns) for _, turns in looked.ways
        )
        if last < _SHORTEST_PIECE or first + last < len(elements):
            return []
        names = [self._named(start), self._named(end)]
        return names if names[0] != names[1] else [names[0], "further on there"]

    def _named(self, turns: tuple[int, ...]) -> str:
        said = self.originals.turns[turns[len(turns) // 2]]
        return f"{said.document_id} ({said.case_id or 'the interviewer'})"

    def _places(self, elements: Sequence[Element], near: Sequence[Near]) -> Iterator[tuple[int, ...]]:
        """Turns to align a quote with, each with its neighbours, since a quote may run over an "mm"."""
        marked = any(element.part == "gap" for element in elements)
        seen = set()
        partly = 0
        for one in near:
            partly += not one.whole
            if partly > _CLOSELY:
                continue
            turns = (
                self._stretch(one, near) if marked else self.originals.neighbours(one.turn, before=1, after=1)
            )
            if tuple(turns) not in seen:
                seen.add(tuple(turns))
                yield tuple(turns)

    def _stretch(self, one: Near, near: Sequence[Near]) -> list[int]:
        """All that the same person said from the first to the last turn that shares words with a quote."""
        own = self.originals.turns[one.turn]
        spoken = [
            other.turn
            for other in near
            if (said := self.originals.turns[other.turn]).document_id == own.document_id
            and (said.role, said.case_id) == (own.role, own.case_id)
            and abs(other.turn - one.turn) <= _TURNS_APART
        ]
        between = self.originals.neighbours(one.turn, before=_TURNS_APART, after=_TURNS_APART)
        first, last = between.index(min(spoken)), between.index(max(spoken))
        return between[max(0, first - 1) : last + 2]

    def _stream(self, turns: tuple[int, ...]) -> Stream:
        if turns not in self._streams:
            tokens: list[Token] = []
            for number, turn in enumerate(turns):
                if number:
                    at = self.originals.turns[turns[number - 1]].end
                    free = self.originals.unbroken(turns[number - 1], turn)
                    tokens.append(Token("", at, at, optional=free, end_turn=True))
                tokens += self.originals.tokens(turn)
            self._streams[turns] = Stream(tokens, self.vocabulary)
        return self._streams[turns]

    def _found(self, elements: Sequence[Element], way: Way, turns: tuple[int, ...]) -> Found:
        stream = self._stream(turns)
        used = [stream.tokens[at] for step in way.steps for at in range(step.start, step.end)]
        used = [token for token in used if not token.end_turn]
        start, end = used[0].start, used[-1].end
        turn = next(t for t in turns if self.originals.turns[t].start <= start < self.originals.turns[t].end)
        said = self.originals.turns[turn]
        last = self.originals.turns[turns[-1]].end
        source = Source(stream.tokens, self.originals.document(said.document_id), last)
        exact = way.cost < MISS
        return Found(
            said.document_id, said.number, said.case_id, said.role, start, end,
            judged(elements, way, source),
            () if exact else tuple(self._differences(elements, way, stream, said.document_id)),
            self.originals.shown(said.document_id, start, end),
        )  # fmt: skip

    def _differences(
        self, elements: Sequence[Element], way: Way, stream: Stream, document_id: str
    ) -> Iterator[tuple[str, str]]:
        """What was said and what the quote says, stretch by stretch of changed words."""
        for first, last in _stretches(way.steps):
            steps = way.steps[first:last]
            tokens = [t for one in steps for t in stream.tokens[one.start : one.end] if not t.end_turn]
            said = self.originals.shown(document_id, tokens[0].start, tokens[-1].end) if tokens else ""
            yield said, " ".join(e.text for one in steps for e in elements[one.first : one.last])


def _stretches(steps: Sequence[Step]) -> list[tuple[int, int]]:
    """Where steps are changed, with one step before and after; stretches that touch are one."""
    found: list[tuple[int, int]] = []
    for number, step in enumerate(steps):
        if step.act not in ("other", "added", "missing"):
            continue
        first, last = max(0, number - 1), min(len(steps), number + 2)
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found

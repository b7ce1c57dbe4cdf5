"""How well a passage stands alone on a page: what it leans on, what breaks it, what makes it hard to read."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from feedback.settings import Quotes
from feedback.tagging.memory import digest_of, remembered

from . import phrasing
from .grammar import fragment, look_at, points_back, points_elsewhere, says_nothing_yet, without_subject
from .passages import Passage, Sentence, Turn

# "Too many cases and no time" is a whole answer to why somebody left; "Pay." quotes nobody.
_SHORTEST_ANSWER = 5
_CLARITY = "<d"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a passage reads: `clarity` from 0 (not fit to print) to 1, and what speaks against it."""

    clarity: float
    against: str = ""


def words(text: str) -> list[str]:
    """The words of a text."""
    return phrasing.WORD.findall(text)


def off_record(passage: Passage) -> bool:
    """Whether the speaker asked, anywhere in the turn, that it should stay in the room."""
    return any(phrasing.OFF_RECORD.search(sentence.text) for sentence in passage.turn.sentences)


class Reader:
    """Reads passages and remembers them: most are asked about under several headings, and in the next run."""

    def __init__(self, limits: Quotes) -> None:
        self.limits = limits
        self._known: dict[Passage, Reading | None] = {}
        self._turns: dict[Turn, bytes] = {}

    def read_aloud(self, passages: Iterable[Passage]) -> dict[Passage, Reading]:
        """The passages that are whole and stand alone, each with how well it reads."""
        asked = list(passages)
        new = [one for one in dict.fromkeys(asked) if one not in self._known]
        found = remembered(
            [self._digest(one) for one in new], lambda places: self._read([new[at] for at in places])
        )
        self._known |= zip(new, map(_unpacked, found), strict=True)
        return {one: reading for one in asked if (reading := self._known[one])}

    def _read(self, passages: list[Passage]) -> Iterator[bytes]:
        whole = {one for one in passages if not barred(one, self.limits)}
        look_at(sentence.text for one in whole for sentence in one.sentences)
        for one in passages:
            yield _packed(_reading(one) if one in whole and not leans(one) else None)

    def _digest(self, passage: Passage) -> bytes:
        turn = passage.turn
        if turn not in self._turns:
            said = [str(part) for one in turn.sentences for part in (one.text, one.glue, one.masks)]
            self._turns[turn] = digest_of("turn", turn.question, *said)
        limits = self.limits
        return digest_of(
            "read", self._turns[turn].hex(), passage.first, passage.last, limits.shortest, limits.longest
        )


def _packed(reading: Reading | None) -> bytes:
    """How a passage reads, as bytes; none where it is not fit."""
    return b"" if reading is None else struct.pack(_CLARITY, reading.clarity) + reading.against.encode()


def _unpacked(packed: bytes) -> Reading | None:
    size = struct.calcsize(_CLARITY)
    return Reading(struct.unpack(_CLARITY, packed[:size])[0], packed[size:].decode()) if packed else None


def _reading(passage: Passage) -> Reading:
    clarity, against = 1.0, []
    for cost, what in _blemishes(passage):
        clarity *= 1 - cost
        against.append(what)
    return Reading(clarity, ", ".join(against))


def barred(passage: Passage, limits: Quotes) -> str:
    """What rules the passage out, leaning apart, or nothing; what is quick to find out comes first."""
    shortest = min(limits.shortest, _SHORTEST_ANSWER) if passage.is_answer else limits.shortest
    if not shortest <= len(words(passage.text)) <= limits.longest:
        return "length"
    return next((what for what, holds in _BARS if holds(passage)), "")


def _asks_at_its_edges(passage: Passage) -> bool:
    return _asks(passage.sentences[0]) or _asks(passage.sentences[-1])


def _too_masked(passage: Passage) -> bool:
    """Whether masks leave too little, or one hides a number that nobody need know of."""
    masks = sum(sentence.masks for sentence in passage.sentences)
    numbers = phrasing.NUMBER_MASK.search(passage.text)
    return bool(numbers) or masks > 3 or masks * 6 > len(words(passage.text))


def _broken(passage: Passage) -> bool:
    first, last = passage.sentences[0].text, passage.sentences[-1].text
    if not phrasing.STARTS.match(first) and passage.first > 0:
        return True
    if any(phrasing.BROKEN_END.search(sentence.text) for sentence in passage.sentences):
        return True
    if any(sentence.text[0] in "-–—" for sentence in passage.sentences):
        return True
    if passage.text.count('"') % 2:
        return True
    if any(passage.text.count(a) != passage.text.count(b) for a, b in ("[]", "()", "“”")):
        return True
    ended = bool(phrasing.ENDED.search(last))
    return not ended and (
        passage.last + 1 < len(passage.turn.sentences) or bool(phrasing.HANGING_END.search(last))
    )


def _echoes(passage: Passage) -> bool:
    """Whether most of what is said are the interviewer's own words."""
    asked = {word.lower() for word in words(passage.turn.question) if len(word) > 3}
    said = {word.lower() for word in words(passage.text) if len(word) > 3}
    return len(asked & said) * 3 > len(said) * 2


def leans(passage: Passage) -> bool:
    """Whether the first sentence needs one that came before: it says "it" or "they" of nothing yet."""
    first = passage.sentences[0].text
    if phrasing.LEANS.match(first):
        return True
    if phrasing.SO.match(first) and passage.first > 0:
        return True
    return (
        (fragment(first) and not passage.is_answer)
        or says_nothing_yet(first)
        or points_back([sentence.text for sentence in passage.sentences])
    )


def _blemishes(passage: Passage) -> Iterable[tuple[float, str]]:
    """What makes the passage worse without ruling it out: (cost, words)."""
    text, sentences = passage.text, passage.sentences
    count = len(words(text))
    found = (
        (0.3 if phrasing.REPLY.match(sentences[0].text) else 0, "opens as a reply"),
        (0.15 if phrasing.SO.match(sentences[0].text) else 0, "opens with so"),
        (min(0.5, 3 * len(phrasing.FILLER.findall(text)) / count), "fillers"),
        (min(0.4, 0.15 * _stutters(text)), "repeats itself"),
        (min(0.3, 0.1 * len(phrasing.ASIDE.findall(text))), "stage directions"),
        (min(0.3, 0.1 * len(re.findall(r"\.\.\.|…|--| – ", text))), "halting"),
        (0.12 * sum(sentence.masks for sentence in sentences), "masks"),
        (0.1 * sum(_asks(sentence) for sentence in sentences), "questions"),
        (0.15 if count < 12 else 0.2 if count > 55 else 0, "length"),
        (_loose_ends(sentences), "loose ends"),
        (min(0.4, 0.2 * sum(points_elsewhere(sentence.text) for sentence in sentences)), "points elsewhere"),
        (0.3 if phrasing.THE_OTHER.search(text) else 0, "points elsewhere"),
        (0.1 if not phrasing.OWN_VOICE.search(text) else 0, "nobody's own voice"),
        (0.15 if len(sentences) > 1 and len(words(sentences[0].text)) < 6 else 0, "short opening"),
        (0.3 if without_subject(sentences[0].text) else 0, "no subject"),
        (0.1 if not phrasing.ENDED.search(sentences[-1].text) else 0, "no full stop"),
        (0.1 if not phrasing.STARTS.match(sentences[0].text) else 0, "begins in lower case"),
    )
    return [(cost, what) for cost, what in found if cost > 0]


def _asks(sentence: Sentence) -> bool:
    return bool(phrasing.QUESTION.search(sentence.text))


def _stutters(text: str) -> int:
    return sum(match[1].lower() not in phrasing.MEANT_TWICE for match in phrasing.STUTTER.finditer(text))


def _loose_ends(sentences: tuple[Sentence, ...]) -> float:
    """The cost of sentences that say nothing ("So. Um. Yeah."), most of all at the end."""
    empty = [bool(phrasing.THROWAWAY.match(sentence.text)) for sentence in sentences]
    return min(0.8, 0.2 * sum(empty) + (0.4 if empty[-1] else 0))


_BARS: tuple[tuple[str, Callable[[Passage], object]], ...] = (
    ("begins with a filler", lambda passage: phrasing.THROWAWAY.match(passage.sentences[0].text)),
    ("broken off", _broken),
    ("question", _asks_at_its_edges),
    ("not understood by the transcriber", lambda passage: phrasing.UNREADABLE.search(passage.text)),
    ("speaks to the interviewer", lambda passage: phrasing.TO_INTERVIEWER.search(passage.text)),
    ("too much is masked", _too_masked),
    ("the interviewer's words", _echoes),
    ("off the record", off_record),
)

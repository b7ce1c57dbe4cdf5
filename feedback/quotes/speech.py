"""How well a passage stands alone on a page: what it leans on, what breaks it, what makes it hard to read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from feedback.settings import Quotes

from . import phrasing
from .grammar import fragment, look_at, points_back, says_nothing_yet
from .passages import Passage, Sentence


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


def read_aloud(passages: Iterable[Passage], limits: Quotes) -> list[tuple[Passage, Reading]]:
    """The passages that are whole and stand alone, each with how well it reads."""
    whole = [passage for passage in passages if not barred(passage, limits)]
    look_at(passage.sentences[0].text for passage in whole)
    return [(passage, _reading(passage)) for passage in whole if not leans(passage)]


def _reading(passage: Passage) -> Reading:
    clarity, against = 1.0, []
    for cost, what in _blemishes(passage):
        clarity *= 1 - cost
        against.append(what)
    return Reading(clarity, ", ".join(against))


def barred(passage: Passage, limits: Quotes) -> str:
    """What rules the passage out, leaning apart, or nothing; what is quick to find out comes first."""
    if not limits.shortest <= len(words(passage.text)) <= limits.longest:
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
    if phrasing.BROKEN_END.search(last) or passage.text.count('"') % 2:
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
    return fragment(first) or says_nothing_yet(first) or points_back(first)


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
        (0.15 if count < 12 else 0.1 if count > 55 else 0, "length"),
        (_loose_ends(sentences), "loose ends"),
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

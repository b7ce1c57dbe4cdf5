"""Which words the language model is asked about: names that lists, cues and rules leave open."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from feedback.edits.finding.votes import plain
from feedback.edits.text import cues
from feedback.edits.text.page import Page
from feedback.edits.text.words import Word, fold, is_first_name
from feedback.spans import Span

# The model sees four of its own tokens on either side of a word; more change no answer.
_AROUND = 8
_TIMES = 3
_JOINTS = frozenset((" ", "-", "'", "’", "  ", "\n"))


@dataclass(frozen=True, slots=True)
class Question:
    """What does text[start:end] name? It stands for `times` places where the same words are open."""

    text: str
    start: int
    end: int
    times: float


def questions(documents: Iterable[tuple[Page, Sequence[Span]]], settled: Collection[str]) -> list[Question]:
    """The questions about the turns of documents; words that are `settled` are not asked about.

    Open is a stretch of words with capitals that no dictionary knows, and the words that may belong to it. Of
    the same stretch a few places stand for all. Sorted by appearance.
    """
    return questions_about([stretches(page, turns) for page, turns in documents], settled)


class Stretch(NamedTuple):
    """Words that may be a name and stand `times` times, and a few of the places, with different words around.

    `doubted` are those of them that are to be asked about unless they are settled.
    """

    words: tuple[str, ...]
    doubted: frozenset[str]
    times: int
    places: tuple[Question, ...]


def stretches(page: Page, turns: Sequence[Span], own: Span | None = None) -> list[Stretch]:
    """All that may be asked about a text, sorted by appearance; what begins outside `own` is left out."""
    counts: dict[tuple[tuple[str, ...], frozenset[str]], int] = {}
    places: dict[tuple[tuple[str, ...], frozenset[str]], list[Question]] = {}
    for first, last, turn in _stretches(page, turns):
        if own is not None and not own.start <= page.starts[first] < own.end:
            continue
        doubted = frozenset(page.keys[i] for i in range(first, last) if _is_doubtful(page, i))
        if doubted:
            about = tuple(page.keys[first:last]), doubted
            counts[about] = counts.get(about, 0) + 1
            _add_place(places.setdefault(about, []), page, first, last, turn)
    return [Stretch(*about, times, tuple(places[about])) for about, times in counts.items()]


def _add_place(known: list[Question], page: Page, first: int, last: int, turn: Span) -> None:
    if len(known) < _TIMES:
        asked = _question(page, first, last, turn)
        if all(asked.text != other.text for other in known):
            known.append(asked)


def questions_about(found: Iterable[Iterable[Stretch]], settled: Collection[str]) -> list[Question]:
    """The questions about the stretches of several texts, in their order."""
    places: dict[tuple[str, ...], list[Question]] = defaultdict(list)
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    for one in (stretch for here in found for stretch in here):
        if one.doubted.issubset(settled):
            continue
        counts[one.words] += one.times
        known = places[one.words]
        for asked in one.places:
            if len(known) < _TIMES and all(asked.text != other.text for other in known):
                known.append(asked)
    return [
        replace(asked, times=counts[words] / len(found_))
        for words, found_ in places.items()
        for asked in found_
    ]


def _stretches(page: Page, turns: Sequence[Span]) -> Iterator[tuple[int, int, Span]]:
    """First and last word (exclusive) of each stretch, and the turn it stands in."""
    telling = {written for written in set(page.written) if written[0].isupper() and _is_telling(written)}
    begins = [turn.start for turn in turns]
    done = 0
    for at in [at for at, written in enumerate(page.written) if written in telling]:
        turn = turns[max(0, bisect_right(begins, page.starts[at]) - 1)] if turns else Span(0, 0)
        if at < done or not turn.start <= page.starts[at] < turn.end:
            continue
        first, last = _stretch(page, at, turn)
        done = last
        yield first, last, turn


def _is_telling(written: str) -> bool:
    return not plain(Word(0, len(written), fold(written), written))


def _stretch(page: Page, at: int, turn: Span) -> tuple[int, int]:
    """The words with capitals, and small ones like "de" between them, around a word."""
    first, last = at, at + 1
    while first and page.starts[first - 1] >= turn.start and _belongs(page, first - 1, first):
        first -= 1
    while last < len(page.keys) and page.ends[last] <= turn.end and _belongs(page, last, last - 1):
        last += 1
    while not page.written[first][0].isupper():
        first += 1
    while not page.written[last - 1][0].isupper():
        last -= 1
    return first, last


def _belongs(page: Page, at: int, beside: int) -> bool:
    """Whether a word, beside one of a stretch, may be of the same name."""
    left = min(at, beside)
    gap = page.text[page.ends[left] : page.starts[left + 1]]
    if gap not in _JOINTS and not (gap == ". " and len(page.keys[left]) == 1):
        return False
    return page.written[at][0].isupper() or page.keys[at] in cues.PARTICLES


def _is_doubtful(page: Page, at: int) -> bool:
    key, written = page.keys[at], page.written[at]
    return is_first_name(key) or len(key) == 1 or not written[0].isupper() or _is_telling(written)


def _question(page: Page, first: int, last: int, turn: Span) -> Question:
    start = max(turn.start, page.starts[max(0, first - _AROUND)])
    after = last + _AROUND
    end = min(turn.end, page.starts[after] if after < len(page.starts) else len(page.text))
    return Question(page.text[start:end], page.starts[first] - start, page.ends[last - 1] - start, 1.0)

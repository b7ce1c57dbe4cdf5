"""Who acts and who speaks in the clause around a piece of evidence, and where denials and conditions stand.

Classes instead of words, so that what is learnt from one wording holds for others: whom the clause begins
with (I, we, he or she, people, a peer, kin, a boss, those served, a name, a thing), whether the speaker is
in it, and how far a denial is from the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from feedback.tagging.manner.words import FRAME_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BREAK = re.compile(
    r"[,;:.!?…\"“”()]+|\s[-–—]+\s|—|\b(?:but|although|though|whereas|while|because|cos|if|unless|when|and|so|"
    r"rather than|instead of|as opposed to|far from)\b",
    re.IGNORECASE,
)
_FRESH = re.compile(r"[.!?\"“]\s*$")
_TAILS = ("'d", "'s", "'ve", "'ll", "'m", "'re")
_CLASSES = {word: name for name, words in FRAME_WORDS.items() for word in words.split()}
_PEOPLE = ("I", "WE", "YOU", "HE", "FOLK", "PEER", "KIN", "BOSS", "SERVED", "NAME", "IT", "THERE")
_DONE = ("SAY", "LEAVE", "WHY", "STAY", "FEEL", "BE", "HAVE", "GIVE", "MATTER")
_SELF = frozenset({"I", "ME", "WE"})
_THIRD = frozenset({"HE", "FOLK", "PEER", "KIN", "NAME"})
_SIZES = (("few", 4), ("some", 12), ("many", 25), ("long", 1000))
_REMEMBERED = 50_000  # words
_LOOK = 5  # words at the start of a clause among which its subject is looked for


@dataclass(frozen=True, slots=True)
class _Frame:
    """Classes of the words before the clause, in it (before, in and behind the evidence) and after it."""

    ahead: tuple[str, ...]
    before: tuple[str, ...]
    inside: tuple[str, ...]
    behind: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def clause(self) -> tuple[str, ...]:
        return (*self.before, *self.inside, *self.behind)

    @property
    def whole(self) -> tuple[str, ...]:
        return (*self.ahead, *self.clause, *self.after)


def frame(text: str, start: int, end: int) -> list[str]:
    """Features of text[start:end] (nothing: all of it) within the statement `text`, each named "f:..."."""
    if start >= end:
        start, end = 0, len(text)
    first, last = _clause(text, start, end)
    cuts = (0, first, start, end, last, len(text))
    framed = _Frame(*(_classed(text, *span) for span in pairwise(cuts)))
    found = (*_who(framed), *_denied(framed), *_acts(framed), *_beside(framed), *_shape(text, start, end))
    return [f"f:{one}" for one in found]


def others_in(text: str) -> bool:
    """Whether anybody but the speaker is in the text: a name, he or she, people, a peer, kin or a boss."""
    return bool((_THIRD | {"BOSS"}) & set(_classed(text, 0, len(text))))


def _who(framed: _Frame) -> Iterator[str]:
    subject, opening = _subject(framed.clause), _subject(framed.whole)
    here, near = bool(_SELF & set(framed.clause)), bool(_SELF & set(framed.whole))
    others = f"{bool(_THIRD & set(framed.clause))} {bool(_THIRD & set(framed.whole))}"
    yield f"subject {subject}"
    yield f"opening {opening}"
    yield f"subject {subject} after {opening}"
    yield f"subject {subject} speaker {here} {near}"
    yield f"speaker {here} {near} others {others}"


def _denied(framed: _Frame) -> Iterator[str]:
    subject = _subject(framed.clause)
    within = "in" if "NOT" in framed.inside else ""
    denied = f"denied {_distance(framed.before[::-1])}{within}{_distance(framed.behind)}"
    elsewhere = f"{'a' if 'NOT' in framed.ahead else ''}{'z' if 'NOT' in framed.after else ''}"
    yield denied
    yield f"{denied} elsewhere {elsewhere}"
    yield f"{denied} subject {subject}"
    parts = (("c", framed.clause), ("a", framed.ahead), ("z", framed.after))
    supposed = "".join(mark for mark, words in parts if "IF" in words)
    would = "".join(mark for mark, words in parts if "WOULD" in words)
    yield f"if {supposed} would {would}"
    yield f"if {supposed} would {would} subject {subject}"


def _acts(framed: _Frame) -> Iterator[str]:
    subject, opening = _subject(framed.clause), _subject(framed.whole)
    here, denied = bool(_SELF & set(framed.clause)), "NOT" in framed.clause
    for name in _DONE:
        if name in framed.clause:
            yield f"{name} of {subject} speaker {here}"
            yield f"{name} denied {denied}"
        if name in framed.ahead:
            yield f"{name} ahead of {subject} by {opening}"
        if name in framed.after:
            yield f"{name} after {subject}"


def _beside(framed: _Frame) -> Iterator[str]:
    run = [one for one in framed.clause if one != "_"]
    for one, following in pairwise(run):
        yield f"run {one} {following}"
    yield f"before {' '.join([one for one in framed.before if one != '_'][-3:])}"
    yield f"behind {' '.join([one for one in framed.behind if one != '_'][:3])}"
    yield f"beside {framed.before[-1] if framed.before else '^'} {framed.behind[0] if framed.behind else '$'}"


def _shape(text: str, start: int, end: int) -> Iterator[str]:
    words = len(text.split())
    size = next(name for name, most in _SIZES if words <= most or name == "long")
    yield f"size {size}"
    yield f"evidence {'short' if len(text[start:end].split()) <= 4 else 'long'} of {size}"
    yield f"asked {'?' in text[:start]} {'?' in text[end:]}"
    yield f"quoted {any(sign in text[:start] for sign in ('“', chr(34)))}"


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The reach of the clause around text[start:end]: from the break before to the break behind it."""
    first, last = 0, len(text)
    for found in _BREAK.finditer(text):
        if found.end() <= start:
            first = found.start() if found.group()[0].isalpha() else found.end()
        elif found.start() >= end:
            last = found.start()
            break
    return first, last


def _classed(text: str, start: int, end: int) -> tuple[str, ...]:
    found: list[str] = []
    for match in _WORD.finditer(text, start, end):
        read, at = _read(match.group()), match.start()
        named = read.titled and at > 0 and not _FRESH.search(text[max(0, at - 3) : at])
        found.append("NAME" if named else read.kind)
        if read.would:
            found.append("WOULD")
    return tuple(found)


class _Word(NamedTuple):
    """A word by itself: its class, whether it ends in 'd or 'll, and whether it may be a name."""

    kind: str
    would: bool
    titled: bool


@lru_cache(maxsize=_REMEMBERED)
def _read(written: str) -> _Word:
    word = written.replace("’", "'")
    low = word.lower()
    tail = next((tail for tail in _TAILS if low.endswith(tail)), "")
    head = low[: -len(tail)] if tail else low
    titled = head not in _CLASSES and word[:1].isupper() and not word.isupper()
    kind = _CLASSES.get(head, "NOT" if head.endswith("n't") else "_")
    return _Word(kind, tail in ("'d", "'ll"), titled)


def _subject(words: Sequence[str]) -> str:
    """The class of the person or thing that the words begin with."""
    for at, word in enumerate(words[:_LOOK]):
        if word in _PEOPLE:
            return word
        if word == "ME" and at + 1 < len(words):
            following = words[at + 1]
            return f"MY {following}" if following in _PEOPLE else "MY"
    return "THE" if "THE" in words[:2] else "NONE"


def _distance(words: Sequence[str]) -> int:
    """How far off the first denial is: 1, 2, 3 (up to four words), 5 (further) or 0 (there is none)."""
    at = next((at for at, word in enumerate(words, 1) if word == "NOT"), 0)
    return at if at < 3 else 3 if at < 5 else 5

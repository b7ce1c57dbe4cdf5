"""Which turns can hold no candidate for a name, seen from their words alone, so that none is looked for."""

from __future__ import annotations

from functools import cache, lru_cache

from feedback.edits.finding.informal import STRONG_CUES, WEAK_CUES
from feedback.edits.finding.votes import GAZETTEERS
from feedback.edits.text import cues
from feedback.edits.text.page import Page
from feedback.edits.text.words import is_first_name, is_word, listed, opens, word_set

# What a word may be: never a candidate; one unless it opens a sentence; one perhaps; by the words beside it.
_DULL, _OPENING, _PERHAPS, _BESIDE = 0, 1, 2, 3
_SHORT = 4  # a shorter word in small letters is no surname
_LISTS = word_set("present apologies attendees attending attendance attended cc minutes by")
_JOINTS = word_set("of for and s the")
_BEFORE = (
    cues.CALLED | cues.ME | cues.PERSON_NOUNS | cues.GREETINGS | frozenset(("as", "called", "named", "and"))
)
_SMALL_CUES = STRONG_CUES | WEAK_CUES | {"the"}
_AFTER = cues.FAMILY_NOUNS | cues.SMALL_HEADS
_REACH = 5


class Dull:
    """The words of a page by what they may be. A turn of dull words has no votes (`candidates.votes`)."""

    def __init__(self, page: Page) -> None:
        self._page = page
        kinds = {written: _kind(written, key) for written, key in zip(page.written, page.keys, strict=True)}
        found = bytearray(map(kinds.__getitem__, page.written))
        at = found.find(_BESIDE)
        while at >= 0:
            found[at] = _beside(page, at)
            at = found.find(_BESIDE, at + 1)
        self._kinds = bytes(found)

    def is_dull(self, first: int, last: int) -> bool:
        """Whether no candidate can be among the words from first to last (exclusive) of a turn."""
        kinds = self._kinds
        if kinds.find(_PERHAPS, first, last) >= 0:
            return False
        at = kinds.find(_OPENING, first, last)
        while at >= 0:
            if not self._opens_dully(at, first, last):
                return False
            at = kinds.find(_OPENING, at + 1, last)
        return True

    def _opens_dully(self, at: int, first: int, last: int) -> bool:
        """Whether a word with a capital stands alone and is "I", or has it because it opens a sentence."""
        page, kinds = self._page, self._kinds
        after = page.keys[at + 1] if at + 1 < last else ""
        reach = min(last, at + (_REACH if after in _JOINTS else 2))
        if kinds.find(_OPENING, at + 1, reach) >= 0:
            return False
        if page.keys[at] == "i":
            return True
        before = page.keys[at - 1] if at > first else ""
        if before in _BEFORE or after in _AFTER:
            return False
        return at == first or opens(page.text, page.starts[at])


def _beside(page: Page, at: int) -> int:
    """What a word is that begins the name of a place, or is no word, by what stands beside it."""
    key, after = page.keys[at], page.keys[at + 1] if at + 1 < len(page.keys) else ""
    if after in seconds().get(key, ()):
        return _PERHAPS
    if (alone := _alone(page.written[at], key)) != _BESIDE:
        return alone
    before = page.keys[at - 1] if at else ""
    labelled = page.text[page.ends[at] : page.ends[at] + 1] == ":"
    return _PERHAPS if labelled or before in _SMALL_CUES or after in cues.FAMILY_NOUNS else _DULL


@lru_cache(maxsize=65_536)
def _kind(written: str, key: str) -> int:
    alone = _alone(written, key)
    return _BESIDE if alone != _PERHAPS and key in seconds() else alone


def _alone(written: str, key: str) -> int:
    """What a word is by itself; `_BESIDE` for one in small letters that is no word."""
    if is_first_name(key) or key in cues.SMALL_TITLES or key in _LISTS:
        return _PERHAPS
    if (key,) in listed("places", "councils", "abroad", "institutions"):
        return _PERHAPS
    if not written[:1].isupper():
        return _DULL if is_word(key) or len(key) < _SHORT or not key.isalpha() else _BESIDE
    if key == "i":
        return _OPENING
    return _OPENING if is_word(key) and len(written) > 1 and written[1:].islower() else _PERHAPS


@cache
def seconds() -> dict[str, frozenset[str]]:
    """Which words follow the first of a listed name of several words."""
    found: dict[str, set[str]] = {}
    for entry in listed(*GAZETTEERS):
        if len(entry) > 1:
            found.setdefault(entry[0], set()).add(entry[1])
    return {first: frozenset(after) for first, after in found.items()}

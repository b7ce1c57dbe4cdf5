"""A text with its words, found once and shared by all who look for something in it."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import accumulate

import regex

from feedback.edits.words import Word, fold

_SPLIT = regex.compile(r"(\p{L}[\p{L}\p{M}\p{Cf}]*+|\p{N}++)")
_FIGURES = "0"


class Page:
    """The words of `text` in order, in columns: how each is written, its folded key, where it starts.

    Equal pages come of equal texts; whoever is given a text instead makes a page of it with `page_of`.
    """

    def __init__(self, text: str) -> None:
        parts = _SPLIT.split(text)
        ends = list(accumulate(map(len, parts)))
        self.text = text
        self.written: list[str] = parts[1::2]
        self.starts: list[int] = ends[0:-1:2]
        self.ends: list[int] = ends[1::2]
        folded = {written: fold(written) for written in set(self.written)}
        self.keys: list[str] = [folded[written] for written in self.written]
        self._keys_of: dict[tuple[frozenset[str], frozenset[str]], frozenset[str]] = {}

    @cached_property
    def words(self) -> list[Word]:
        """The words as `feedback.edits.words.words` gives them."""
        return list(map(Word, self.starts, self.ends, self.keys, self.written))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each key stands, by number of word."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(self.keys):
            found[key].append(at)
        return dict(found)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All keys."""
        return frozenset(self.places)

    @cached_property
    def _joined(self) -> str:
        return "\n".join(self.places)

    def keys_of(self, whole: frozenset[str], parts: frozenset[str]) -> frozenset[str]:
        """The keys that are one of `whole` or hold one of `parts`; the part "0" is in all figures."""
        known = self._keys_of.get((whole, parts))
        if known is None:
            known = self.vocabulary & whole
            if parts:
                known = known.union(*map(self._keys_with, parts))
            self._keys_of[whole, parts] = known
        return known

    def count(self, whole: frozenset[str], parts: frozenset[str]) -> int:
        """How many words have such a key."""
        return sum(len(self.places[key]) for key in self.keys_of(whole, parts))

    def where(self, whole: frozenset[str], parts: frozenset[str]) -> list[int]:
        """Where the words with such a key start, sorted."""
        starts = self.starts
        return sorted(starts[at] for key in self.keys_of(whole, parts) for at in self.places[key])

    def _keys_with(self, part: str) -> list[str]:
        if part == _FIGURES:
            return [key for key in self.places if key[0].isnumeric()]
        return [key for key in self.places if part in key] if part in self._joined else []


def page_of(text: str | Page) -> Page:
    """The page of a text; a page as it is."""
    return text if isinstance(text, Page) else Page(text)

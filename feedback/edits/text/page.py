"""A text with its words, found once and shared by all who look for something in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from copy import copy
from functools import cached_property

from feedback.edits.text.words import Word, columns, fold, words_of

_FIGURES = "0"


class Page:
    """The words of `text` in order, in columns: how each is written, its folded key, its start and end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.written, self.starts, self.ends = columns(text)
        self.keys = list(map(fold, self.written))
        self._keys_of: dict[tuple[frozenset[str], frozenset[str]], frozenset[str]] = {}
        self._holding: dict[str, list[str]] = {}
        self._where: dict[tuple[frozenset[str], frozenset[str]], list[int]] = {}

    def with_keys(self, keys: list[str]) -> Page:
        """The same words with other keys."""
        other = copy(self)
        for cached in ("places", "vocabulary", "_joined"):
            other.__dict__.pop(cached, None)
        other.keys, other._keys_of, other._holding, other._where = keys, {}, {}, {}
        return other

    def words(self) -> list[Word]:
        """All words with their places, made anew at each call."""
        return words_of(self.starts, self.ends, self.keys, self.written)

    def words_within(self, start: int, end: int) -> list[Word] | None:
        """The words of text[start:end], their places counted from its start; None where one is cut."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        if (first and self.ends[first - 1] > start) or (last > first and self.ends[last - 1] > end):
            return None
        starts, ends = ([at - start for at in here[first:last]] for here in (self.starts, self.ends))
        return words_of(starts, ends, self.keys[first:last], self.written[first:last])

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
        known = self._where.get((whole, parts))
        if known is None:
            starts = self.starts
            known = sorted(starts[at] for key in self.keys_of(whole, parts) for at in self.places[key])
            self._where[whole, parts] = known
        return known

    def _keys_with(self, part: str) -> list[str]:
        known = self._holding.get(part)
        if known is None:
            if part == _FIGURES:
                known = [key for key in self.places if key[0].isnumeric()]
            else:
                known = [key for key in self.places if part in key] if part in self._joined else []
            self._holding[part] = known
        return known


def page_of(text: str | Page) -> Page:
    """The page of a text; a page as it is."""
    return text if isinstance(text, Page) else Page(text)

"""The text of a source, and how its program counts positions in it: no two programs do it alike.

MAXQDA and ATLAS.ti count CR LF as one character, NVivo as two; some count UTF-16 units, so that an emoji is
two; some count the byte order mark; some give the last character instead of the place after it. The words
that a selection is called after show which way is right; without them, whether stretches begin and end with
words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from feedback.readers.refi.project import Selection

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WIDE, _END = "\U00010000-\U0010ffff", "\n"
_LINE_END = re.compile("\r\n|\r|\n")
_ALL, _BORDERS = 3, 0.9  # of all borders of stretches that must be words' borders to decide anything
_SURE = 0.95  # of the names that fit: then no other way is looked for
_CUT = 20  # characters: a shorter name is all of a stretch's words, a longer one may be their beginning
_TRUSTED = 0.5  # of the selections that have names: below, names are the researchers' own words


@dataclass(frozen=True, slots=True)
class Counting:
    """A way to count: code points or UTF-16 units, a line end as one or two, the mark, the end inclusive."""

    utf16: bool = False
    line_end: int = 1
    mark: bool = False
    inclusive: bool = False

    def said(self) -> str:
        """What is unusual about it, in words; "" for the standard's way."""
        parts = [
            "an emoji as two characters" if self.utf16 else "",
            "a line end as two characters" if self.line_end == 2 else "",
            "the byte order mark as a character" if self.mark else "",
            "the end as the last character" if self.inclusive else "",
        ]
        return ", ".join(filter(None, parts))


@dataclass(frozen=True)
class SourceText:
    """A source's text with LF line ends and without a byte order mark; what `data` had of both is known."""

    text: str
    marked: bool
    crlf: bool

    def span(self, selection: Selection, counting: Counting) -> tuple[int, int] | None:
        """Where a selection stands in `text` if it was counted so; None when that lies outside of it."""
        double, mark = self._double(counting), int(counting.mark and self.marked)
        start, end = selection.start - mark, selection.end + counting.inclusive - mark
        if not 0 <= start < end <= len(self.text) + len(double):
            return None
        return start - bisect_left(double, start), end - bisect_left(double, end)

    def _double(self, counting: Counting) -> list[int]:
        """The counts at which the characters begin that count as two."""
        key = (counting.utf16, counting.line_end)
        if key not in self._doubles:
            two = f"[{_WIDE if counting.utf16 else ''}{_END if counting.line_end == 2 else ''}]"
            found = re.finditer(two, self.text) if two != "[]" else ()
            self._doubles[key] = [match.start() + number for number, match in enumerate(found)]
        return self._doubles[key]

    @cached_property
    def _doubles(self) -> dict[tuple[bool, int], list[int]]:
        return {}


def source_text(data: bytes) -> SourceText:
    """A source's bytes as text: UTF-8, or UTF-16 by its mark; what is neither is taken for Windows-1252."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return SourceText(_LINE_END.sub("\n", text), True, "\r\n" in text)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return SourceText(_LINE_END.sub("\n", text), False, "\r\n" in text)


Coded = tuple[SourceText, Sequence[Selection]]


def countings_of(sources: Sequence[Coded], origin: str) -> list[Counting]:
    """The way in which each source's positions were counted.

    One program counts in one way, so all sources are asked together; a source whose selections' names say
    otherwise goes its own way.
    """
    ways = [Counting(*choice) for choice in product((False, True), (1, 2), (False, True), (False, True))]
    crlf = any(source.crlf for source, _ in sources)
    ways.sort(key=lambda way: _surprise(way, origin, crlf=crlf))
    usual = _best(ways, sources) if sources else ways[0]
    found = []
    for source, selections in sources:
        own = usual
        if not _names_fit(source, selections, usual, _SURE):
            own = _best(ways, [(source, selections)], first=usual)
        found.append(own if _names_fit(source, selections, own, _TRUSTED) else usual)
    return found


def _best(ways: Sequence[Counting], sources: Sequence[Coded], first: Counting | None = None) -> Counting:
    """The way that fits the names best; where there are no names that are the words, the words' borders."""
    ordered = [first, *ways] if first else list(ways)
    if all(_names_fit(source, selections, ordered[0], _SURE) for source, selections in sources):
        return ordered[0]
    named = [(source, one) for source, many in sources for one in many if _plain(one.quoted)]
    by_name = {way: [_fits_name(source, one, way) for source, one in named] for way in ordered}
    best = max(ordered, key=lambda way: sum(by_name[way]))
    if named and sum(map(bool, by_name[best])) >= _TRUSTED * len(named):
        return best
    pairs = [(source, one) for source, many in sources for one in many]
    best = max(ordered, key=lambda way: sum(_fits_words(source, one, way) for source, one in pairs))
    sure = sum(_fits_words(source, one, best) for source, one in pairs) >= _BORDERS * _ALL * len(pairs)
    return best if sure else ordered[0]


def _names_fit(source: SourceText, selections: Sequence[Selection], way: Counting, share: float) -> bool:
    """Whether there are names and so many of them are the words that stand there."""
    named = [one for one in selections if _plain(one.quoted)]
    return bool(named) and sum(_fits_name(source, one, way) > 0 for one in named) >= share * len(named)


def _surprise(way: Counting, origin: str, *, crlf: bool) -> tuple[int, ...]:
    """How little a way is to be expected of a program; the least comes first and wins where all fit alike."""
    name = origin.lower()
    two = crlf and not any(one in name for one in ("atlas", "maxqda", "feedback"))
    return (way.inclusive, way.mark, way.line_end != (2 if two else 1), way.utf16)


def _fits_name(source: SourceText, selection: Selection, way: Counting) -> int:
    """How well the words that stand there fit the selection's name: 3 as they are, 0 not at all."""
    span = source.span(selection, way)
    said = source.text[slice(*span)] if span else ""
    name = _plain(selection.quoted.rstrip(".…"))
    if said and _plain(said) in (name, _plain(selection.quoted)):
        return 3 if said == selection.quoted else 2
    return int(len(name) >= _CUT and _plain(said).startswith(name))


def _fits_words(source: SourceText, selection: Selection, way: Counting) -> int:
    """How many of its two ends lie between words."""
    span = source.span(selection, way)
    if span is None:
        return -2
    between = sum(not source.text[max(at - 1, 0) : at + 1].isalnum() or at == 0 for at in span)
    return between + (not source.text[span[0]].isspace())


def _plain(text: str) -> str:
    return " ".join(text.split())

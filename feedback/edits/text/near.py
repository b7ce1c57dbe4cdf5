"""Finds a pattern by looking only near the words without which it cannot match.

What is found is what the pattern alone finds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from feedback.edits.text.needs import needs
from feedback.edits.text.page import Page, page_of
from feedback.edits.text.shapes import Need

_SHORT = 40
_SHARE = 0.5  # of a text; when more of it would be looked at, all is
_SELDOM = 200  # characters between the words of a need that are worth to be looked up


def finditer(pattern: Any, text: str | Page) -> Iterator[Any]:
    """The matches of a pattern (of `re` or `regex`) in a text, as its own `finditer` gives them."""
    page = page_of(text)
    options = needs(pattern.pattern)
    spans = _windows(page, options) if options and len(page.text) > _SHORT else None
    if spans is None:
        yield from pattern.finditer(page.text)
        return
    done = 0
    for start, end in spans:
        at = max(start, done)
        while at < end and (match := pattern.search(page.text, at, end)):
            whole = pattern.match(page.text, match.start()) if match.end() == end else match
            done = at = max(whole.end() if whole else 0, match.start() + 1)
            if whole:
                yield whole


def _windows(page: Page, options: Sequence[Need]) -> list[tuple[int, int]] | None:
    """Where to look, sorted and disjoint; None: everywhere."""
    for need in options:
        if not page.keys_of(need.whole, need.parts):
            return []
    counts = [page.count(need.whole, need.parts) for need in options]
    reach = [count * (need.before + need.after) for count, need in zip(counts, options, strict=True)]
    best = options[reach.index(min(reach))]
    seldom = len(page.text) / _SELDOM
    others = [
        page.where(need.whole, need.parts)
        for need, count in zip(options, counts, strict=True)
        if need is not best and count < seldom
    ]
    if min(reach) > len(page.text) * (_SHARE + bool(others)):
        return None
    spans: list[tuple[int, int]] = []
    before, after = best.before, best.after + (_SHORT if best.parts else 0)
    for at in page.where(best.whole, best.parts):
        start, end = max(0, at - before), at + after
        if others and not all(_any_within(starts, start - _SHORT, end) for starts in others):
            continue
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _any_within(starts: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(starts, start)
    return at < len(starts) and starts[at] < end

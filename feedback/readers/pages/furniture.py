"""What stands on the pages of a PDF and is no speech: headers, footers, footnotes, watermarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from feedback.readers.pages.lines import Row
from feedback.readers.pages.shapes import Page
from feedback.readers.talk.speakers import known
from feedback.readers.talk.times import CLOCK

_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:p(?:age|g|\.)?\.?\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|\|)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_CLOCKED = re.compile(rf"\s*\W?{CLOCK}")
_NOTE = re.compile(r"\W?\d{1,3}\W?(?:\s|(?=[A-Z]))\s*\S|[*†‡§]")
_MARGIN = 0.12  # of the page's height, above and below, where headers and footers stand
_SAME_HEIGHT = 3.0  # points
_LEAST_GAP = 0.3  # of a line's height; less is one line in two pieces
_PARAGRAPH_GAP = 1.4  # times the distance of two lines within a paragraph
_BLOCK_GAP = 2.5  # times a line's height, between header and text
_SMALL = 0.9  # of the text's size, for footnotes
_LARGE = 1.8  # times the text's size, for watermarks
_ENDS = '.?!…"”'


def marked(rows: Sequence[Row], pages: Sequence[Page]) -> list[Row]:
    """Rows with page numbers, repeated headers and footers, footnotes and watermarks marked as dropped."""
    size = _usual_size(rows)
    found = [_without_number(row, pages) for row in _with_repeats(rows, pages, size)]
    notes = {id(row) for number in range(len(pages)) for row in _footnotes(found, number, size)}
    return [replace(row, dropped="footnote") if id(row) in notes else row for row in found]


def _usual_size(rows: Sequence[Row]) -> float:
    sizes = Counter[float]()
    for row in rows:
        sizes[round(row.height, 1)] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0


def _with_repeats(rows: Sequence[Row], pages: Sequence[Page], size: float) -> list[Row]:
    """Rows that stand at one height of many pages: headers, footers, and large letters behind the text."""
    repeats: Counter[tuple[str, int]] = Counter()
    for _, text, level in {(row.page, _shape(row), _level(row)) for row in rows}:
        repeats[text, level] += 1
        repeats[text, level + 1] += 1
    enough = max(2, 0.4 * len(pages))

    def often(row: Row) -> bool:
        return max(repeats[_shape(row), _level(row)], repeats[_shape(row), _level(row) + 1]) >= enough

    reasons: dict[int, str] = {}
    for number in range(len(pages)):
        own = sorted((row for row in rows if row.page == number), key=lambda row: row.top)
        reasons |= {id(row): "watermark" for row in own if row.height > _LARGE * size and often(row)}
        for outward, reason in ((own, "page header"), (own[::-1], "page footer")):
            edge = list(
                takewhile(lambda row: _at_edge(row, pages) and _is_furniture(row, often(row)), outward)
            )
            near = _block(edge)
            reasons |= {id(row): reason for row in near if not _is_page_number(row)}
    return [replace(row, dropped=reasons[id(row)]) if id(row) in reasons else row for row in rows]


def _block(rows: Sequence[Row]) -> Sequence[Row]:
    """The first of these rows and those that follow it closely: behind a wide gap the text begins."""
    for place, (before, row) in enumerate(pairwise(rows), start=1):
        if abs(row.middle - before.middle) > _BLOCK_GAP * row.height and not _is_page_number(before):
            return rows[:place]
    return rows


def _is_furniture(row: Row, often: bool) -> bool:
    """Whether a row at a page's edge, with only such rows beyond it, belongs to the page and not the text."""
    return (often and not _starts_turn(row)) or _is_page_number(row)


def _without_number(row: Row, pages: Sequence[Page]) -> Row:
    if not row.dropped and _at_edge(row, pages) and _is_page_number(row):
        return replace(row, dropped="page number")
    return row


def _is_page_number(row: Row) -> bool:
    return len(row.text) < 40 and bool(_PAGE_NUMBER.fullmatch(row.text)) and not _CLOCKED.match(row.text)


def _starts_turn(row: Row) -> bool:
    """Whether a row at the edge of a page is a speaker's label or a time, which repeat there too."""
    head = row.text.partition(":")[0]
    return bool(_CLOCKED.match(row.text)) or (known(head) and len(head) > 1 and not head.isdecimal())


def _at_edge(row: Row, pages: Sequence[Page]) -> bool:
    height = pages[row.page].height
    return row.bottom < _MARGIN * height or row.top > (1 - _MARGIN) * height


def _shape(row: Row) -> str:
    """The row's text with every number alike, since headers hold page numbers and dates."""
    return re.sub(r"\d+", "0", " ".join(row.text.split()))


def _level(row: Row) -> int:
    return int(row.top / _SAME_HEIGHT)


def _footnotes(rows: Sequence[Row], page: int, size: float) -> list[Row]:
    """The small lines at the foot of a page, from the first that begins with a mark."""
    body = sorted((row for row in rows if row.page == page and not row.dropped), key=lambda row: row.top)
    small: list[Row] = []
    while body and body[-1].height < _SMALL * size:
        small.insert(0, body.pop())
    first = next((place for place, row in enumerate(small) if _NOTE.match(row.text)), len(small))
    return small[first:] if body and first == 0 else []


def with_paragraphs(rows: Sequence[Row]) -> list[Row]:
    """Rows that know whether a paragraph begins: after a wide gap, indented, or after a short last line."""
    gaps = [
        below.bottom - above.bottom
        for above, below in pairwise(rows)
        if above.page == below.page and below.bottom - above.bottom > _LEAST_GAP * below.height
    ]
    usual = sorted(gaps)[len(gaps) // 4] if gaps else 0.0
    found = list(rows[:1])
    for above, below in pairwise(rows):
        found.append(replace(below, paragraph=_begins(above, below, usual)))
    return found


def _begins(above: Row, below: Row, usual: float) -> bool:
    distance = below.bottom - above.bottom
    if above.page == below.page and distance > _PARAGRAPH_GAP * usual:
        return True
    ended = above.text.rstrip(" *†‡¹²³⁴⁵⁶⁷⁸⁹⁰")[-1:] in _ENDS
    if above.page != below.page or distance < 0:  # the next page or column
        return ended
    indented = 0.8 * below.height < below.left - above.left < 6 * below.height
    return ended and indented

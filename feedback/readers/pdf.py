"""PDF transcripts by pypdfium2: lines with their places on the page, so that page furniture can be told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.readers.encodings import tidy
from feedback.readers.shapes import Line, Options, Reading, left_out
from feedback.readers.times import CLOCK
from feedback.readers.turns import turns_from_lines

if TYPE_CHECKING:
    import pypdfium2

_PAGE_NUMBER = re.compile(
    r"[-–—|\s]*(?:p(?:age|g|\.)?\.?\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|\|)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_CLOCKED = re.compile(rf"\s*\W?{CLOCK}")
# pdfium puts U+FFFE for a hyphen at a line's end, and leaves the line end out.
_LINE_END = re.compile(r"(\r\n|\n|\r)|(?<=\ufffe)")
_MARGIN = 0.12  # of the page's height, above and below, where headers and footers stand
_SAME_HEIGHT = 3.0  # points
_LEAST_GAP = 0.004  # of the page's height; less is one line in two pieces
_PARAGRAPH_GAP = 1.4  # times the distance of two lines within a paragraph


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a page; `top` and `bottom` are shares of the page's height, from its top."""

    page: int
    text: str
    top: float
    bottom: float
    height: float
    paragraph: bool = False
    dropped: str = ""


def read_pdf(data: bytes, file_name: str, options: Options) -> Reading:
    """A PDF transcript or testimony.

    Page numbers and lines that repeat at one height of the pages stand, dropped, at the end of the text, so
    that words that run over a page stay together. Hyphens at line ends stay, each followed by its line end.

    Errors: FeedbackError for passwords, damaged files and pages that are only pictures.
    """
    pages, title = _pages(data, file_name)
    rows = _furniture([row for page in pages for row in page], len(pages))
    empty = [number for number, page in enumerate(pages, start=1) if not page]
    if not any(row.text.strip() and not row.dropped for row in rows):
        raise FeedbackError(
            f"{file_name} has no text in it: its pages are pictures",
            hint="read it with a program for scans (OCR) first, or ask for the Word file",
        )
    body = [row for row in rows if not row.dropped]
    lines = [Line(row.text, paragraph=row.paragraph) for row in _with_paragraphs(body)]
    after = [Line(row.text.strip(), dropped=row.dropped) for row in rows if row.dropped]
    reading = turns_from_lines(lines, interviewers=options.interviewers, after=after)
    notes = [left_out(f"page {number} has no text: blank, or a picture") for number in empty]
    return Reading(reading.text, reading.turns, reading.dropped + notes, title, reading.reason)


def _pages(data: bytes, file_name: str) -> tuple[list[list[_Row]], str]:
    import pypdfium2

    try:
        book = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(file_name, str(error)) from error
    try:
        title = " ".join(str(book.get_metadata_value("Title") or "").split())
        return [list(_rows(book, number)) for number in range(len(book))], title
    except pypdfium2.PdfiumError as error:
        raise _unreadable(file_name, str(error)) from error
    finally:
        book.close()


def _unreadable(file_name: str, why: str) -> FeedbackError:
    if "password" in why.lower():
        return FeedbackError(f"{file_name} has a password", hint="save it without a password")
    return FeedbackError(
        f"{file_name} is damaged or no PDF", hint="copy it again, or print it to a new PDF from its program"
    )


def _rows(book: pypdfium2.PdfDocument, number: int) -> Iterator[_Row]:
    page = book[number]
    height = page.get_height() or 1.0
    words = page.get_textpage()
    try:
        position = 0
        for part in _LINE_END.split(words.get_text_range().replace("\x02", "\ufffe")):
            if part is None:
                continue
            if part.strip():
                top, bottom = _place(words, position, part, height)
                text = tidy(part.replace("\ufffe", "-"))[0].rstrip()
                yield _Row(number, text, top, bottom, height)
            position += len(part.encode("utf-16-le", "surrogatepass")) // 2
    finally:
        words.close()
        page.close()


def _place(words: pypdfium2.PdfTextPage, position: int, part: str, height: float) -> tuple[float, float]:
    """Top and bottom of the tallest of a line's first letters, as shares of the page from its top."""
    boxes = []
    for offset, letter in enumerate(part[:40]):
        if not letter.isspace():
            boxes.append(words.get_charbox(position + offset))
        if len(boxes) == 12:
            break
    if not boxes:
        return (0.5, 0.5)
    return (1 - max(box[3] for box in boxes) / height, 1 - min(box[1] for box in boxes) / height)


def _furniture(rows: Sequence[_Row], pages: int) -> list[_Row]:
    """Rows with page numbers and repeated headers and footers marked as dropped."""
    edges = [row for row in rows if _at_edge(row)]
    repeats: Counter[tuple[str, int]] = Counter()
    for _, text, height in {(row.page, _shape(row), _level(row)) for row in edges}:
        repeats[text, height] += 1
        repeats[text, height + 1] += 1
    enough = max(2, 0.5 * pages)
    found = []
    for row in rows:
        reason = ""
        if _at_edge(row) and not _CLOCKED.match(row.text):
            often = max(repeats[_shape(row), _level(row)], repeats[_shape(row), _level(row) + 1]) >= enough
            where = "page header" if row.top < 0.5 else "page footer"
            reason = (
                "page number"
                if len(row.text) < 40 and _PAGE_NUMBER.fullmatch(row.text)
                else where
                if often
                else ""
            )
        found.append(replace(row, dropped=reason) if reason else row)
    return found


def _at_edge(row: _Row) -> bool:
    return row.bottom < _MARGIN or row.top > 1 - _MARGIN


def _shape(row: _Row) -> str:
    """The row's text with every number alike, since headers hold page numbers and dates."""
    return re.sub(r"\d+", "0", " ".join(row.text.split()))


def _level(row: _Row) -> int:
    return int(row.top * row.height / _SAME_HEIGHT)


def _with_paragraphs(rows: Sequence[_Row]) -> list[_Row]:
    """Rows that know whether a paragraph begins: after a gap that is larger than the usual one."""
    gaps = [
        below.bottom - above.bottom
        for above, below in pairwise(rows)
        if above.page == below.page and below.bottom - above.bottom > _LEAST_GAP
    ]
    usual = sorted(gaps)[len(gaps) // 4] if gaps else 0.0
    found = list(rows[:1])
    for above, below in pairwise(rows):
        if above.page == below.page:
            begins = below.bottom - above.bottom > _PARAGRAPH_GAP * usual
        else:
            begins = above.text.rstrip()[-1:] in '.?!…"”'
        found.append(replace(below, paragraph=begins))
    return found

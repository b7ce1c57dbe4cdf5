"""The words of a PDF by pypdfium2, each with its place, size and weight on the page; nothing else uses it."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from feedback.errors import FeedbackError
from feedback.readers.encodings import tidy
from feedback.readers.pages.fields import fields_of
from feedback.readers.pages.shapes import Field, Page, Word

if TYPE_CHECKING:
    import pypdfium2

MOST_PAGES = 2_000
MOST_WORDS = 500_000
# pdfium puts U+FFFE (in older versions U+0002) for a hyphen at a line's end, and leaves the line end out.
_WORD = re.compile(r"[^\s\ufffe]+\ufffe?|\ufffe")
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_BOLD = re.compile(rb"bold|black|heavy|semib|demi", re.IGNORECASE)
_STRAIGHT = 8  # degrees


_Box = TypeVar("_Box", Word, Field)


def read_pages(data: bytes, file_name: str) -> tuple[list[Page], str]:
    """All pages, and the title among the file's properties.

    Errors: FeedbackError for passwords, damaged files, no pages and more than 2,000 of them.
    """
    import pypdfium2

    try:
        book = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(file_name, str(error)) from error
    try:
        _check_size(book, file_name)
        title = " ".join(str(book.get_metadata_value("Title") or "").split())
        with_fields = book.get_formtype() != pypdfium2.raw.FORMTYPE_NONE
        if with_fields:
            book.init_forms()
        return list(_pages(book, file_name, with_fields)), title
    except pypdfium2.PdfiumError as error:
        raise _unreadable(file_name, str(error)) from error
    finally:
        book.close()


def _pages(book: pypdfium2.PdfDocument, file_name: str, with_fields: bool) -> Iterator[Page]:
    words = 0
    for number in range(len(book)):
        page = _page(book, number, with_fields)
        words += len(page.words)
        if words > MOST_WORDS:
            raise FeedbackError(f"{file_name} has more than {MOST_WORDS:,} words", hint="split it into parts")
        yield page


def _check_size(book: pypdfium2.PdfDocument, file_name: str) -> None:
    if not len(book):
        raise FeedbackError(f"{file_name} has no pages", hint="copy it again, or ask for the Word file")
    if len(book) > MOST_PAGES:
        raise FeedbackError(
            f"{file_name} has {len(book):,} pages; at most {MOST_PAGES:,} are read",
            hint="split it into parts",
        )


def _unreadable(file_name: str, why: str) -> FeedbackError:
    if "password" in why.lower():
        return FeedbackError(f"{file_name} has a password", hint="save it without a password")
    if "security" in why.lower():
        return FeedbackError(
            f"{file_name} is locked in a way that cannot be read", hint="ask for the Word file"
        )
    return FeedbackError(
        f"{file_name} is damaged or no PDF", hint="copy it again, or print it to a new PDF from its program"
    )


def _page(book: pypdfium2.PdfDocument, number: int, with_fields: bool) -> Page:
    page = book[number]
    left, bottom, right, top = page.get_cropbox()
    words = page.get_textpage()
    try:
        found = tuple(_words(words, left, top))
        fields = tuple(fields_of(book, page, left, top)) if with_fields else ()
    finally:
        words.close()
        page.close()
    return _upright(Page(found, fields, (right - left) or 1.0, (top - bottom) or 1.0))


def _upright(page: Page) -> Page:
    """The page turned so that most of its words run to the right; words that do not are tilted."""
    counts = Counter(word.angle for word in page.words if not word.tilted)
    most = counts.most_common(1)[0][0] if counts else 0
    words = tuple(
        word if word.tilted or word.angle == most else replace(word, tilted=True) for word in page.words
    )
    if not most:
        return replace(page, words=words)
    width, height = (page.width, page.height) if most == 180 else (page.height, page.width)
    turned = tuple(_turned(word, most, page) for word in words)
    fields = tuple(_turned(field, most, page) for field in page.fields)
    return Page(turned, fields, width, height)


def _turned(box: _Box, angle: int, page: Page) -> _Box:
    if angle == 90:
        left, right, top, bottom = page.height - box.bottom, page.height - box.top, box.left, box.right
    elif angle == 270:
        left, right, top, bottom = box.top, box.bottom, page.width - box.right, page.width - box.left
    else:
        left, right = page.width - box.right, page.width - box.left
        top, bottom = page.height - box.bottom, page.height - box.top
    return replace(box, left=left, right=right, top=top, bottom=bottom)


class _Token(NamedTuple):
    """A word of a page's text, and pdfium's numbers of its first and last letter."""

    text: str
    first: int
    last: int


def _words(page: pypdfium2.PdfTextPage, left: float, top: float) -> Iterator[Word]:
    letters = _Letters(page, left, top)
    for number, line in enumerate(_lines(page.get_text_range().replace("\x02", "\ufffe"))):
        yield from letters.words(line, number)


def _lines(text: str) -> Iterator[list[_Token]]:
    """The words of each of pdfium's lines."""
    places: Sequence[int] = range(len(text))
    if any(letter > "\uffff" for letter in text):  # pdfium counts in UTF-16
        places = list(accumulate((1 + (letter > "\uffff") for letter in text), initial=0))
    line: list[_Token] = []
    before = 0
    for found in _WORD.finditer(text):
        if line and ("\n" in text[before : found.start()] or text[before - 1] == "\ufffe"):
            yield line
            line = []
        before = found.end()
        word = found.group()
        if not word.isascii():
            word = word.replace("\ufffe", "-").translate(_LIGATURES)
        if not word.isprintable():
            word = tidy(word)[0]
        if word.strip():
            line.append(_Token(word, places[found.start()], places[found.end() - 1]))
    if line:
        yield line


class _Letters:
    """Asks pdfium for the boxes, fonts and angles of letters; buffers are made once."""

    def __init__(self, page: pypdfium2.PdfTextPage, left: float, top: float) -> None:
        from pypdfium2 import raw

        self._raw, self._page, self._left, self._top = raw, page, left, top
        self._box = raw.FS_RECTF()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._bold: dict[bytes, bool] = {}

    def words(self, line: Sequence[_Token], number: int) -> Iterator[Word]:
        """The words of a line; asked for each only where its first and last differ."""
        bold = self._is_bold(line[0].first)
        mixed = len(line) > 1 and bold != self._is_bold(line[-1].first)
        angle, tilted = self._direction(line[0])
        for token in line:
            begin = self._place(token.first)
            end = self._place(token.last) if token.last > token.first else begin
            yield Word(
                token.text,
                left=min(begin[0], end[0]) - self._left,
                right=max(begin[2], end[2]) - self._left,
                top=self._top - max(begin[1], end[1]),
                bottom=self._top - min(begin[3], end[3]),
                bold=self._is_bold(token.first) if mixed else bold,
                line=number,
                angle=angle,
                tilted=tilted,
            )

    def _direction(self, token: _Token) -> tuple[int, bool]:
        """The direction to the next 90 degrees, and whether it is far from that.

        pdfium's angles say how far, but not always to which side; where the last letter stands does.
        """
        degrees = self._raw.FPDFText_GetCharAngle(self._page, token.first) * 57.29578 % 360
        nearest = round(degrees / 90) * 90
        tilted = abs(degrees - nearest) > _STRAIGHT
        if nearest in {90, 270}:
            nearest = 90 if self._place(token.last)[1] >= self._place(token.first)[1] else 270
        return nearest % 360, tilted

    def _place(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a letter, as high as all letters of its line."""
        if not self._raw.FPDFText_GetLooseCharBox(self._page, index, self._box):
            return (0.0, 0.0, 0.0, 0.0)
        return (self._box.left, self._box.top, self._box.right, self._box.bottom)

    def _is_bold(self, index: int) -> bool:
        size = self._raw.FPDFText_GetFontInfo(self._page, index, self._name, 128, self._flags)
        name = self._name.value if 0 < size <= 128 else b""
        if name not in self._bold:
            self._bold[name] = bool(_BOLD.search(name))
        return self._bold[name]

"""Web pages and documents saved as such, by lxml's parser; no tree is built, so no nesting is too deep."""

from __future__ import annotations

import codecs
import re
from typing import Any

from feedback.errors import FeedbackError
from feedback.model import Dropped
from feedback.readers.encodings import decode
from feedback.readers.markup.grid import flat
from feedback.readers.markup.runs import MOST_CHARACTERS, MOST_LINES, reading_of
from feedback.readers.markup.web_text import Page
from feedback.readers.shapes import Options, Reading

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})|<\?xml[^>]{0,80}encoding=[\"']([\w.:-]{2,30})",
    re.IGNORECASE,
)
# Character sets that are what they say; everything else is told from the bytes.
_TRUSTED = re.compile(
    r"windows-?\d+|cp\d+|iso-?8859-(?:[2-9]|1\d)|koi8-[ru]|gb\d+|gbk|big5|shift_jis|euc-\w+|mac[\w-]*",
    re.IGNORECASE,
)
_MOST_BYTES = 40 * 1024 * 1024
_MOST_TAGS = 700_000  # and entities
_CHUNK = 256 * 1024


def read_html(data: bytes, file_name: str, options: Options) -> Reading:
    """A web page, or a document that Word, LibreOffice or Google Docs saved as one.

    Headings, paragraphs, lists and tables are read; scripts and hidden parts are not; footnotes, comments,
    navigation, page headers and footers are dropped where they stand.

    Errors: FeedbackError when it is larger than 40 MB or has no words.
    """
    text, notes = decoded(data, file_name)
    page = page_of(text, file_name)
    reading = reading_of(
        page.lines, file_name=file_name, options=options, lost=page.lost, title=flat(page.title)
    )
    reading.dropped.extend(notes)
    return reading


def decoded(data: bytes, file_name: str, charset: str = "") -> tuple[str, list[Dropped]]:
    """The characters: UTF-8 and UTF-16 as such, else as `charset` or the head says, else Windows-1252."""
    head = None if charset else _CHARSET.search(data[:4096])
    name = (head[1] or head[2]).decode("ascii", "ignore") if head else charset
    if _TRUSTED.fullmatch(name) and not _is_unicode(data):
        try:
            return decode(data.decode(name, errors="replace").encode(), file_name)
        except LookupError:
            pass
    return decode(data, file_name)


def page_of(text: str, file_name: str, *, quotes: bool = False) -> Page:
    """The lines of a page; with `quotes` those of earlier e-mails begin with "> "."""
    from lxml import etree

    too_large = FeedbackError(f"{file_name} is too large", hint="save it without pictures, or split it")
    if len(text) > _MOST_BYTES or text.count("<") + text.count("&") > _MOST_TAGS:
        raise too_large
    page = Page(quotes=quotes)
    target: Any = page
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, no_network=True)
    raw = _without_declaration(text).encode()
    try:
        for start in range(0, len(raw), _CHUNK):
            parser.feed(raw[start : start + _CHUNK])
            if len(page.lines) > MOST_LINES or page.size > MOST_CHARACTERS:
                raise too_large
        parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedbackError(
            f"{file_name} is damaged: its text cannot be read", hint="save it again, as .docx or .txt"
        ) from error
    return page


def _is_unicode(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)) or b"\0" in data[:64]:
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _without_declaration(text: str) -> str:
    """Text without `<?xml ... ?>`, whose encoding is no longer true."""
    return re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", "", text)

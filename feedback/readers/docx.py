"""Word documents: our own walk over the XML, as python-docx loses insertions, controls and text boxes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.readers.docx_text import Paragraph, paragraphs_in, tag_of
from feedback.readers.encodings import tidy
from feedback.readers.grid import flat, table_lines
from feedback.readers.safe import Package, parse_xml
from feedback.readers.shapes import Line, Options, Reading, left_out
from feedback.readers.turns import turns_from_lines

if TYPE_CHECKING:
    from lxml import etree

_BODY = "word/document.xml"
_ASIDES = (
    (re.compile(r"word/header\d*\.xml"), "header"),
    (re.compile(r"word/footer\d*\.xml"), "footer"),
    (re.compile(r"word/footnotes\.xml"), "footnote"),
    (re.compile(r"word/endnotes\.xml"), "endnote"),
    (re.compile(r"word/comments\.xml"), "comment"),
)


def read_docx(data: bytes, file_name: str, options: Options) -> Reading:
    """A Word transcript or testimony.

    Tracked insertions, content controls, text boxes and tables are read; tracked deletions and hidden text
    are not, and are counted; headers, footers, notes and comments stand, dropped, at the end of the text.
    """
    package = Package(data, file_name)
    if _BODY not in package.names:
        raise FeedbackError(f"{file_name} is not a Word document", hint=_hint(package))
    root = parse_xml(package.read(_BODY), file_name)
    body = next((child for child in root if tag_of(child) == "body"), root)
    lost: Counter[str] = Counter()
    lines = list(_lines(body, lost))
    after = [line for line in _asides(package, file_name) if line.text.strip()]
    if not any(line.text.strip() for line in lines):
        raise FeedbackError(
            f"{file_name} has no words in it",
            hint="if its pages are pictures, use a program that reads scans",
        )
    reading = turns_from_lines(lines, interviewers=options.interviewers, after=after)
    reading.dropped.extend(left_out(f"{what} ({count})") for what, count in sorted(lost.items()))
    return Reading(reading.text, reading.turns, reading.dropped, _title(package, file_name), reading.reason)


def _hint(package: Package) -> str:
    if "xl/workbook.xml" in package.names:
        return "it is an Excel workbook: name it .xlsx"
    return "it is a zip file of another kind: open it in the program that made it and save it as .docx"


def _lines(container: etree._Element, lost: Counter[str]) -> Iterator[Line]:
    for child in container:
        tag = tag_of(child)
        if tag == "tbl":
            yield from _table(child, lost)
        elif tag == "p":
            for paragraph in paragraphs_in(child, lost):
                yield from _paragraph(paragraph)
        elif tag in {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}:
            yield from _lines(child, lost)


def _paragraph(paragraph: Paragraph) -> Iterator[Line]:
    """A paragraph's lines: a break inside of it is a line end."""
    bold = paragraph.bold
    for index, row in enumerate(_tidy(paragraph.text).split("\n")):
        yield Line(row, paragraph=index == 0, bold=min(max(bold, 0), len(row)), heading=paragraph.heading)
        bold -= len(row) + 1


def _tidy(text: str) -> str:
    return tidy(text)[0]


def _table(table: etree._Element, lost: Counter[str]) -> Iterator[Line]:
    rows = [[list(_lines(cell, lost)) for cell in _cells(row)] for row in _rows(table)]
    yield from table_lines(rows)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if tag_of(child) == "tr":
            yield child
        elif tag_of(child) in {"sdt", "sdtContent", "ins"}:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if tag_of(child) == "tc":
            yield child
        elif tag_of(child) in {"sdt", "sdtContent"}:
            yield from _cells(child)


def _asides(package: Package, file_name: str) -> Iterator[Line]:
    for pattern, reason in _ASIDES:
        for name in sorted(name for name in package.names if pattern.fullmatch(name)):
            root = parse_xml(package.read(name), file_name)
            for element in root.iter():
                if tag_of(element) == "p":
                    for paragraph in paragraphs_in(element, Counter()):
                        yield Line(flat(_tidy(paragraph.text)), dropped=reason)


def _title(package: Package, file_name: str) -> str:
    name = "docProps/core.xml"
    if name not in package.names:
        return ""
    try:
        root = parse_xml(package.read(name), file_name)
    except FeedbackError:
        return ""
    return next(
        (" ".join((found.text or "").split()) for found in root.iter() if tag_of(found) == "title"), ""
    )

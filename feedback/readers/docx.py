"""Word documents: our own walk over the XML, as python-docx loses insertions, controls and text boxes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.readers.docx_text import Paragraph, paragraphs_in, tag_of
from feedback.readers.encodings import tidy
from feedback.readers.safe import Package, parse_xml
from feedback.readers.shapes import Line, Options, Reading, left_out
from feedback.readers.speakers import known, plausible
from feedback.readers.times import STAMP
from feedback.readers.turns import turns_from_lines
from feedback.readers.words import TABLE_HEADS

if TYPE_CHECKING:
    from lxml import etree

_BODY = "word/document.xml"
_STAMP = re.compile(STAMP)
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
    """A table row by row; where its columns are time, speaker and words, the spans say so."""
    rows = [[_cell(cell, lost) for cell in _cells(row)] for row in _rows(table)]
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    columns = _columns(rows)
    for row in rows:
        if columns and _is_header(row):
            yield Line("\t".join(_flat(cell) for cell in row), paragraph=True, dropped="table header")
        elif columns:
            yield from _row(row, columns)
        else:
            yield from _loose(row)


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


def _cell(cell: etree._Element, lost: Counter[str]) -> str:
    return "\n".join(line.text for line in _lines(cell, lost)).strip()


def _flat(cell: str) -> str:
    return " ".join(cell.split())


def _columns(rows: Sequence[Sequence[str]]) -> dict[str, int] | None:
    """Which column holds "time", "label" and "words"; None when the table is no transcript."""
    width = Counter(len(row) for row in rows).most_common(1)[0][0] if rows else 0
    if width < 2 or len(rows) < 2:
        return None
    body = [row for row in rows if len(row) == width and not _is_header(row)]
    cells = [[row[index] for row in body if row[index].strip()] for index in range(width)]
    lengths = [sum(map(len, column)) for column in cells]
    words = lengths.index(max(lengths))
    times = [index for index in range(width) if index != words and _mostly(cells[index], _STAMP.fullmatch)]
    labels = [index for index in range(width) if index not in {words, *times} and _are_labels(cells[index])]
    if not labels and not times:
        return None
    found = {"words": words}
    if labels:
        found["label"] = max(labels, key=lambda index: len(cells[index]))
    if times:
        found["time"] = times[0]
    return found


def _mostly(cells: Sequence[str], test: object) -> bool:
    return bool(cells) and sum(bool(test(cell.strip())) for cell in cells) >= 0.8 * len(cells)  # type: ignore[operator]


def _are_labels(cells: Sequence[str]) -> bool:
    """Short cells with letters that come again and again, or are of a known kind."""
    labels = [_flat(cell).rstrip(":") for cell in cells]
    if not _mostly(labels, plausible):
        return False
    repeated = Counter(label.casefold() for label in labels)
    return _mostly(labels, lambda label: known(label) or repeated[label.casefold()] >= 2)


def _is_header(row: Sequence[str]) -> bool:
    cells = [_flat(cell).casefold().strip(":.") for cell in row if cell.strip()]
    return bool(cells) and all(set(cell.split()) <= TABLE_HEADS for cell in cells)


def _row(row: Sequence[str], columns: dict[str, int]) -> Iterator[Line]:
    """One row of a transcript table: other cells, time, speaker, words; later paragraphs as own lines."""
    first = [index for index in range(len(row)) if index not in columns.values()]
    order = [*first, *(columns[name] for name in ("time", "label") if name in columns)]
    text = ""
    spans: dict[int, tuple[int, int]] = {}
    for index in order:
        cell = _flat(row[index]) if index < len(row) else ""
        spans[index] = (len(text), len(text) + len(cell))
        text += cell + "\t"
    said = row[columns["words"]] if columns["words"] < len(row) else ""
    head, *more = said.split("\n")
    label = spans.get(columns.get("label", -1))
    time = spans.get(columns.get("time", -1))
    marked = [span if span and span[1] > span[0] else None for span in (label, time)]
    yield Line(text + head, paragraph=True, label=marked[0], time=marked[1])
    yield from (Line(part) for part in more)


def _loose(row: Sequence[str]) -> Iterator[Line]:
    for cell in row:
        for index, part in enumerate(cell.split("\n")):
            yield Line(part, paragraph=index == 0)


def _asides(package: Package, file_name: str) -> Iterator[Line]:
    for pattern, reason in _ASIDES:
        for name in sorted(name for name in package.names if pattern.fullmatch(name)):
            root = parse_xml(package.read(name), file_name)
            for element in root.iter():
                if tag_of(element) == "p":
                    for paragraph in paragraphs_in(element, Counter()):
                        yield Line(_flat(_tidy(paragraph.text)), dropped=reason)


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

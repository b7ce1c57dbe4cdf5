"""What a workbook's XML says that its cells do not: hidden rows, formulas without a value, far-out cells."""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Iterator

from feedback.errors import FeedbackError
from feedback.model import Dropped
from feedback.readers.safe import Package, parse_xml
from feedback.readers.shapes import left_out

# No table of answers reaches further; the library would take memory for all cells up to the last one.
_MOST_CELLS = 4_000_000
# The library takes any letters and digits for a cell's place, so that none may be passed over here.
_CELL = re.compile(
    rb"<(?:\w+:)?(?:c|dimension)\b[^>]*?\br(?:ef)?\s*=\s*[\"'](?:[A-Za-z]+\d+:)?([A-Za-z]+)(\d+)[\"']"
)
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"'](\d+)[\"']")
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\bhidden="(?:1|true)"')
_NO_VALUE = re.compile(rb"<f\b[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_REPEATED_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_REPEATED_ROW = re.compile(
    rb'<table:table-row\b[^>]*number-rows-repeated="(\d+)"[^>]*>(.*?)</table:table-row>', re.S
)
_TIMES = re.compile(rb'number-columns-repeated="(\d+)"')
_DIMENSIONS = re.compile(rb"\x00\x02\x0e\x00(.{12})\x00\x00", re.DOTALL)
_SAID = re.compile(rb"uniqueCount\s*=\s*[\"'](\d+)[\"']")
_XLS_ROWS, _XLS_COLUMNS = 65_536, 256
_MOST_REPEATED = 20_000
_DIGITS = 20  # enough to see that a number is far too large


def check_reach(package: Package, file_name: str) -> None:
    """FeedbackError when a cell stands so far out that the table up to it has more than 4 million cells."""
    for name in sorted(package.names):
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            rows, columns = _reach(package.read(name))
            if rows * columns > _MOST_CELLS:
                raise _too_far(file_name, rows, columns)
    if "content.xml" in package.names and "xl/workbook.xml" not in package.names:
        content = package.read("content.xml")
        parse_xml(content, file_name)  # where a tag is not closed the library waits for ever
        _check_repeats(content, file_name)


def check_counts(package: Package, file_name: str) -> None:
    """FeedbackError when a workbook says that it has more strings than fit in it.

    The library would take memory for them before it looks, and end the whole program when there is none.
    """
    for name in sorted(package.names):
        if name.startswith("xl/") and name.lower().endswith("sharedstrings.xml"):
            xml = package.read(name)
            if any(int(found[1][-20:]) > len(xml) for found in _SAID.finditer(xml)):
                raise FeedbackError(
                    f"{file_name} is damaged: it says that it holds more words than it does",
                    hint="open it in Excel and save it again as .xlsx",
                )


def check_reach_of_xls(data: bytes, file_name: str) -> None:
    """The same for an old workbook, by what it says of its sheets (the record DIMENSIONS)."""
    for found in _DIMENSIONS.finditer(data):
        first, last, left, right = struct.unpack("<IIHH", found[1])
        within = first <= last <= _XLS_ROWS and left <= right <= _XLS_COLUMNS
        if within and (last - first) * (right - left) > _MOST_CELLS:
            raise _too_far(file_name, last, right)


def _reach(xml: bytes) -> tuple[int, int]:
    """The last row and the last column that a sheet's XML names."""
    rows = columns = 0
    for found in _CELL.finditer(xml):
        columns = max(columns, _column(found[1]))
        rows = max(rows, int(found[2][:_DIGITS]))
    for found in _ROW.finditer(xml):
        rows = max(rows, int(found[1][:_DIGITS]))
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:_DIGITS].upper():
        number = number * 26 + letter - 64
    return number


def _check_repeats(xml: bytes, file_name: str) -> None:
    """Cells and rows that an ods repeats many times may only be empty ones."""
    for found in _REPEATED_CELL.finditer(xml):
        times = _TIMES.search(found[1])
        if times and int(times[1]) > _MOST_REPEATED and b"value" in found[1]:
            raise _too_far(file_name, 1, int(times[1]))
    for found in _REPEATED_ROW.finditer(xml):
        if int(found[1]) > _MOST_REPEATED and b"value-type" in found[2]:
            raise _too_far(file_name, int(found[1]), 1)


def _too_far(file_name: str, rows: int, columns: int) -> FeedbackError:
    return FeedbackError(
        f"{file_name} has a sheet that reaches over {rows:,} rows and {columns:,} columns",
        hint="delete what stands far out, or copy the answers into a sheet of their own",
    )


def marks_of(package: Package) -> dict[str, list[Dropped]]:
    """Notes by the sheet's name: rows that are hidden and were read, formulas that have no value."""
    notes: dict[str, list[Dropped]] = {}
    for sheet, part in _parts(package):
        xml = package.read(part)
        if hidden := len(_HIDDEN_ROW.findall(xml)):
            notes.setdefault(sheet, []).append(left_out(f"{hidden} hidden rows, which were read too"))
        if empty := len(_NO_VALUE.findall(xml)):
            why = f"formulas without a value ({empty}): open the file in Excel and save it"
            notes.setdefault(sheet, []).append(left_out(why))
    return notes


def _parts(package: Package) -> Iterator[tuple[str, str]]:
    """The sheets of an Excel workbook by name, with the part that holds each."""
    relations = "xl/_rels/workbook.xml.rels"
    if not {"xl/workbook.xml", relations} <= package.names:
        return
    targets = {}
    for found in _RELATION.finditer(package.read(relations).decode("utf-8", "replace")):
        targets[_attribute(found[1], "Id")] = _attribute(found[1], "Target")
    for found in _SHEET.finditer(package.read("xl/workbook.xml").decode("utf-8", "replace")):
        target = targets.get(_attribute(found[1], "id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in package.names:
            yield _attribute(found[1], "name"), part


def _attribute(text: str, name: str) -> str:
    found = re.search(rf'\b(?:\w+:)?{name}="([^"]*)"', text)
    return html.unescape(found[1]) if found else ""

"""A list of names to mask: a text file, one name a line, or a table with a column of names."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path, PurePath

from feedback.errors import FeedbackError
from feedback.readers.encodings import decode
from feedback.readers.files import bytes_of
from feedback.readers.tables.sheet import TABLES, table_rows
from feedback.readers.talk.words import TOO_COMMON

_NOTHING = b"\xef\xbb\xbf \t\r\n"
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_MARKER = re.compile(r"(?:\d{1,3}[.)]|[-*•–])\s+")
_HEADING = re.compile(
    r"(?:^|_)(?:full|first|last|known|given|family|sur|fore|nick|staff|person)?_?names?(?:_|$)|known_as|alias"
)
_ALONE = re.compile(r"(?i)(?:full |staff |first |last )?names?(?: to mask)?:?")
_FIRST, _LAST = re.compile(r"first|given|fore"), re.compile(r"last|family|sur")


Row = tuple[int, Sequence[str]]


def read_names(path: str | Path) -> list[str]:
    """The names in a file, one a line, in the file's order; empty lines and # lines are none.

    The file may be UTF-8, UTF-16 or Windows-1252. A table (CSV, TSV, Excel) is read by the columns whose
    headings say "name", of which first and last go together.

    Errors: FeedbackError for a file that is missing, no text, or a table without a column of names; and, with
    its line, for an entry of one letter or an ordinary short word ("I", "the"), which would be masked
    wherever it stands.
    """
    return names_in(bytes_of(Path(path)), Path(path).name)


def names_in(data: bytes, file_name: str) -> list[str]:
    """The names in the bytes of such a file; `file_name` is for errors, its suffix says what it is."""
    if not data.strip(_NOTHING):
        return []
    if data.startswith(_PACKED):
        if PurePath(file_name).suffix.lower() not in TABLES:
            raise FeedbackError(f"{file_name} is no list of names", hint="give a text file, one name a line")
        return _checked(_of_table(_numbered(table_rows(data, file_name)[0]), file_name), file_name)
    text, _ = decode(data, file_name)
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1)]
    lines = [(number, line) for number, line in lines if line and not line.startswith("#")]
    rows = _columns(lines, file_name)
    if rows:
        return _checked(_of_table(rows, file_name), file_name)
    if lines and _ALONE.fullmatch(lines[0][1]):
        lines = lines[1:]
    return _checked([(number, _MARKER.sub("", line, count=1)) for number, line in lines], file_name)


def _numbered(rows: Sequence[Sequence[str]]) -> list[Row]:
    return [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]


def _columns(lines: Sequence[tuple[int, str]], file_name: str) -> list[Row]:
    """The lines as a table's rows, where the first names columns or the file says that it is a table."""
    for delimiter in ("\t", ";", ","):
        rows: list[Row] = [(number, next(csv.reader([line], delimiter=delimiter))) for number, line in lines]
        wide = sum(len(row) > 1 for _, row in rows) * 2 > len(rows)
        told = PurePath(file_name).suffix.lower() in TABLES or delimiter != ","
        if rows and len(rows[0][1]) > 1 and (any(map(_names, rows[0][1])) or (wide and told)):
            return rows
    return []


def _names(heading: str) -> bool:
    return bool(_HEADING.search(re.sub(r"[^a-z]+", "_", heading.lower()))) and "file" not in heading.lower()


def _of_table(rows: Sequence[Row], file_name: str) -> list[tuple[int, str]]:
    """The names in a table, with their rows; a first and a last name are put together."""
    header = rows[0][1]
    named = [index for index, heading in enumerate(header) if _names(heading)]
    if not named and max(len(row) for _, row in rows) > 1:
        raise FeedbackError(
            f"{file_name} has columns, and none is headed 'name'",
            hint="head the column of names 'name', or write one name a line without anything else",
        )
    body = rows[1:] if named else rows
    first = next((index for index in named if _FIRST.search(header[index].lower())), None)
    last = next((index for index in named if _LAST.search(header[index].lower())), None)
    found = []
    for number, row in body:
        cells = {index: " ".join(row[index].split()) for index in named or [0] if index < len(row)}
        if first is not None and last is not None:
            cells[first] = f"{cells.get(first, '')} {cells.pop(last, '')}".strip()
        found += [(number, cell) for cell in cells.values() if cell]
    return found


def _checked(names: Sequence[tuple[int, str]], file_name: str) -> list[str]:
    for number, name in names:
        if sum(map(str.isalpha, name)) < 2 or name.casefold() in TOO_COMMON:
            raise FeedbackError(
                f"{file_name} line {number}: {name!r} cannot be masked: it stands everywhere",
                hint="write the person's whole name, or delete the line",
            )
    return [" ".join(name.split()) for _, name in names]

"""A coder's table (csv, tsv, xlsx): which words of which document got which themes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from feedback.errors import FeedbackError
from feedback.readers.files import bytes_of
from feedback.readers.tables.sheet import TABLES, table_rows

_COLUMNS = {
    "source": ("source", "file", "file_name", "document", "document_id"),
    "words": ("words", "quote", "sentence", "text", "segment"),
    "theme_ids": ("theme_ids", "theme_id", "themes", "theme", "code", "codes"),
}
# What may stand instead of the source, or say it more exactly.
_SEGMENT, _CASE = ("segment_id",), ("case", "case_id", "participant")
_CODER = ("coder", "coded_by")
# Where an export says that the words stand: in the text that was given away, or in the original.
_PLACE, _HOME = ("begin", "stop"), ("start", "end")
_FORMULA = tuple("'" + sign for sign in "=+-@\t\r")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table; theme ids are joined by ;.

    place, home: where an export said that the words stand, in the text it gave away and in the original.
    """

    line: int
    coder: str
    source: str
    words: str
    theme_ids: str
    place: tuple[int, int] | None = None
    home: tuple[int, int] | None = None


def read_codings(path: str | Path, *, coder: str | None = None) -> list[Row]:
    """The rows of a coder's table.

    Columns: source (or file, document, case, segment_id), sentence (or text, words, quote), theme_ids (or
    themes, code), and coder unless `coder` is given. Of a workbook's sheets the first with such columns is
    read. Raises FeedbackError naming the column that is missing.
    """
    path = Path(path)
    if path.suffix.lower() not in TABLES:
        raise FeedbackError(
            f"{path.name} is no table of codings", hint="save it as .csv, .tsv or .xlsx, or export a .qdpx"
        )
    rows, _ = table_rows(bytes_of(path), path.name, is_codings_header)
    if not rows:
        raise FeedbackError(f"{path.name} is empty")
    header = _names(rows[0])
    sources = [_place_of(header, known) for known in (_SEGMENT, _COLUMNS["source"], _CASE)]
    if not any(at is not None for at in sources):
        _column(header, _COLUMNS["source"], path.name)
    words, themes = (_column(header, _COLUMNS[name], path.name) for name in ("words", "theme_ids"))
    by = None if coder else _column(header, _CODER, path.name)
    found = []
    for line, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            cells = [cell.strip() for cell in [*row, *[""] * len(header)]]
            who = coder or cells[by or 0]
            source = next((cells[at] for at in sources if at is not None and cells[at]), "")
            places = [_span(header, cells, names) for names in (_PLACE, _HOME)]
            found.append(Row(line, who, source, _plain(cells[words]), cells[themes], *places))
    return found


def is_codings_header(header: Sequence[str]) -> bool:
    """Whether a table's columns are those of a coder: source, words and themes."""
    names = set(_names(header))
    return all(names & set(known) for known in _COLUMNS.values())


def _plain(words: str) -> str:
    """The words without the apostrophe that keeps a spreadsheet from taking them for a formula."""
    return words[1:] if words.startswith(_FORMULA) else words


def _span(header: list[str], cells: list[str], names: tuple[str, str]) -> tuple[int, int] | None:
    """Two positions, if the table has them in whole numbers."""
    values = [cells[header.index(name)].removesuffix(".0") if name in header else "" for name in names]
    return (int(values[0]), int(values[1])) if all(value.isdecimal() for value in values) else None


def _names(header: Sequence[str]) -> list[str]:
    return [cell.strip().lower().replace(" ", "_") for cell in header]


def _place_of(header: list[str], known: tuple[str, ...]) -> int | None:
    return next((header.index(word) for word in known if word in header), None)


def _column(header: list[str], known: tuple[str, ...], name: str) -> int:
    at = _place_of(header, known)
    if at is not None:
        return at
    raise FeedbackError(
        f"{name} has no column '{known[0]}'",
        hint=f"call it {' or '.join(known[:3])}; its columns are: {', '.join(header)}",
    )

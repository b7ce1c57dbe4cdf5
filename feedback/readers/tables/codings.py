"""A coder's table (csv, tsv, xlsx): which words of which document got which themes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from feedback.errors import FeedbackError
from feedback.readers.files import bytes_of
from feedback.readers.tables.sheet import TABLES, table_rows

_COLUMNS = {
    "source": ("source", "file", "file_name", "document", "document_id"),
    "words": ("sentence", "text", "words", "quote", "segment"),
    "theme_ids": ("theme_ids", "themes", "theme", "theme_id", "code", "codes"),
}
_CODER = ("coder", "coded_by")


def read_codings(path: str | Path, *, coder: str | None = None) -> list[tuple[int, str, str, str, str]]:
    """The rows (line, coder, source, words, theme ids joined by ;) of a coder's table.

    Columns: source (or file, document_id), sentence (or text, quote), theme_ids (or themes, code), and coder
    unless `coder` is given. Raises FeedbackError naming the column that is missing.
    """
    path = Path(path)
    if path.suffix.lower() not in TABLES:
        raise FeedbackError(f"{path.name} is no table of codings", hint="save it as .csv, .tsv or .xlsx")
    rows, _ = table_rows(bytes_of(path), path.name)
    if not rows:
        raise FeedbackError(f"{path.name} is empty")
    header = _names(rows[0])
    at = {name: _column(header, known, path.name) for name, known in _COLUMNS.items()}
    by = None if coder else _column(header, _CODER, path.name)
    found = []
    for line, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            cells = [cell.strip() for cell in [*row, *[""] * len(header)]]
            who = coder or cells[by or 0]
            found.append((line, who, cells[at["source"]], cells[at["words"]], cells[at["theme_ids"]]))
    return found


def is_codings_header(header: Sequence[str]) -> bool:
    """Whether a table's columns are those of a coder: source, words and themes."""
    names = set(_names(header))
    return all(names & set(known) for known in _COLUMNS.values())


def _names(header: Sequence[str]) -> list[str]:
    return [cell.strip().lower().replace(" ", "_") for cell in header]


def _column(header: list[str], known: tuple[str, ...], name: str) -> int:
    for word in known:
        if word in header:
            return header.index(word)
    raise FeedbackError(
        f"{name} has no column '{known[0]}'",
        hint=f"call it {' or '.join(known[:3])}; its columns are: {', '.join(header)}",
    )

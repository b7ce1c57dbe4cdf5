"""CSV and TSV -> rows of strings: the delimiter is tried out, "NA" and "None" stay what somebody wrote."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from feedback.errors import FeedbackError
from feedback.model import Dropped
from feedback.readers.encodings import decode, decode_in_pieces
from feedback.readers.shapes import Options, Reading, left_out
from feedback.readers.tables.survey import table_reading

MOST_COLUMNS = 16_384
# Of a workbook; a delimited file may be a survey of millions.
MOST_CELLS = 4_000_000
_MOST_CELLS, _MOST_ROWS = 24_000_000, 3_000_000
_SHORT, _MOST_SHARED = 32, 10_000
Row = tuple[str, ...]
_DELIMITERS = ",;\t|"
_MAX_CELL = 10_000_000
_SAMPLE_ROWS = 200
_MOST_TITLES = 10
# From this share of rows of one width on, a delimiter is one; above the other, prose is not mistaken for it.
_STEADY, _VERY_STEADY = 0.6, 0.9
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?[,;\t|]*\n", re.IGNORECASE)
_WHOLE_QUOTED = re.compile(r'\s*".*"\s*')
_HEAD_BYTES, _TABBED = 65_536, 3
_HEADING = re.compile(
    r"\?$|^(?:(?:\w+ )?(?:id|number|code|ref)|speaker|respondent|participant)$", re.IGNORECASE
)
_NO_HEADING = re.compile(r"|[\[(]?[\d:.,]+[\])]?|.*:", re.DOTALL)
_QUOTED_LINE = re.compile(r'"((?:[^"]|"")*)"[ \t]*(?:\n|$)')


def read_delimited(data: bytes, file_name: str, options: Options) -> Reading:
    """A table in CSV or TSV as a reading: a survey's open answers, comments one a line, or a transcript."""
    rows, dropped = delimited_rows(data, file_name)
    reading = table_reading(rows, file_name, options)
    reading.dropped.extend(dropped)
    return reading


def read_comments(data: bytes, file_name: str, options: Options) -> Reading:
    """A plain text file that holds one comment a line as a survey; with empty lines between, one a block."""
    text, dropped = decode(data, file_name)
    blocks = re.split(r"\n[ \t]*\n", text.strip("\n"))
    if any("\n" in block.strip() for block in blocks) and len(blocks) > 2:
        rows = [[block.strip()] for block in blocks]
    else:
        rows = [[line] for line in text.split("\n")]
    reading = table_reading(rows, file_name, options)
    reading.dropped.extend(dropped)
    return reading


def is_tabbed(data: bytes, file_name: str) -> bool:
    """Whether a text file is a table with tabs (Excel's "Unicode text"): a header, and rows of its width."""
    try:
        text, _ = decode(data[:_HEAD_BYTES], file_name)
    except FeedbackError:
        return False
    rows = [line.split("\t") for line in text.split("\n") if line.strip()][:_SAMPLE_ROWS]
    width = len(rows[0]) if rows else 0
    if width < _TABBED or len(rows) < _TABBED or not _names_columns(rows[0]):
        return False
    same = sum(len(row) == width for row in rows[:-1]) >= _STEADY * (len(rows) - 1)
    return same and any(_HEADING.search(" ".join(cell.split())) for cell in rows[0])


def _names_columns(cells: list[str]) -> bool:
    """Whether a row names columns: all differ, none is empty, a time or a speaker's label with its colon."""
    heads = [cell.strip() for cell in cells]
    return len(set(heads)) == len(heads) and not any(_NO_HEADING.fullmatch(head) for head in heads)


def delimited_rows(data: bytes, file_name: str) -> tuple[list[tuple[str, ...]], list[Dropped]]:
    """All rows of a delimited file, empty ones too; quoted cells may hold line ends.

    Of comma, semicolon, tab and bar the one is taken that gives most rows the same number of columns; a
    first line `sep=;` says it. Where none does, each line is one cell.

    Errors: FeedbackError for more columns (16,384) or cells (24 million) than any spreadsheet of answers has.
    """
    pieces, dropped = decode_in_pieces(data, file_name)
    csv.field_size_limit(_MAX_CELL)
    try:
        if told := _SEPARATOR_LINE.match(next(iter(pieces))):
            whole = "".join(pieces)[told.end() :]
            rows = list(_parse([whole], told[1], file_name))
            return [(), *rows], [*dropped, left_out("the line that names the separator")]
        delimiter = _delimiter(pieces, file_name)
        if delimiter is None:
            return _one_column("".join(pieces), file_name), dropped
        rows = list(_parse(pieces, delimiter, file_name))
    except csv.Error as error:
        raise FeedbackError(
            f"{file_name} cannot be read as a table: {error}", hint="open it in Excel and save it as .xlsx"
        ) from error
    return rows, dropped + _unclosed(rows, pieces, delimiter)


def _parse(pieces: Iterable[str], delimiter: str, file_name: str, limit: int | None = None) -> Iterator[Row]:
    cells = 0
    # Choices of a list stand in every row; each is held once.
    shared: dict[str, str] = {}
    reader = csv.reader(_lines(pieces, delimiter, file_name), delimiter=delimiter)
    for number, row in enumerate(reader, start=1):
        cells += len(row)
        if len(row) > MOST_COLUMNS:
            raise _too_wide(file_name)
        if cells > _MOST_CELLS or number > _MOST_ROWS:
            raise FeedbackError(
                f"{file_name} has more than {_MOST_CELLS:,} cells or {_MOST_ROWS:,} rows",
                hint="split it into smaller files",
            )
        yield tuple(_once(cell, shared) for cell in row)
        if number == limit:
            return


def _once(cell: str, shared: dict[str, str]) -> str:
    """The same cell, a short one as it was first read."""
    if len(cell) > _SHORT:
        return cell
    return shared.get(cell, cell) if len(shared) >= _MOST_SHARED else shared.setdefault(cell, cell)


def _lines(pieces: Iterable[str], delimiter: str, file_name: str) -> Iterator[str]:
    """The lines one by one, as a copy of a large file would take four times its size."""
    for text in pieces:
        start = 0
        while start < len(text):
            end = text.find("\n", start) + 1 or len(text)
            if end - start > MOST_COLUMNS and text.count(delimiter, start, end) > 4 * MOST_COLUMNS:
                raise _too_wide(file_name)
            yield text[start:end]
            start = end


def _too_wide(file_name: str) -> FeedbackError:
    return FeedbackError(
        f"{file_name} has a row of more than {MOST_COLUMNS:,} columns",
        hint="check that it is a table of answers, one row a respondent",
    )


def _delimiter(pieces: Iterable[str], file_name: str) -> str | None:
    # A quoted answer may run over many lines, so the sample is cut in rows, not in characters.
    fits = {delimiter: _fit(pieces, delimiter, file_name) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda delimiter: fits[delimiter])
    return best if fits[best] > (0.0, 0) else None


def _fit(pieces: Iterable[str], delimiter: str, file_name: str) -> tuple[float, int]:
    """How well a delimiter fits: the share of rows as wide as most, then the width; nothing if one column."""
    rows = [row for row in _parse(pieces, delimiter, file_name, _SAMPLE_ROWS) if any(map(str.strip, row))]
    titles = next((at for at, row in enumerate(rows[:_MOST_TITLES]) if len(row) > 1), 0)
    rows = rows[titles:]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0.0, 0)
    headed = _is_header(rows[0])
    width = max(widths, key=lambda wide: (widths[wide], wide == len(rows[0]), wide))
    same = widths[width] / len(rows)
    if (titles or not headed) and same < (_VERY_STEADY if titles else _STEADY):
        return (0.0, 0)
    if delimiter == "," and not headed and _is_prose(rows):
        return (0.0, 0)
    return (round(same, 1), width)


def _is_header(row: Row) -> bool:
    """Whether a first row names columns: two or more, none begun by the space that follows a comma."""
    return len(row) > 1 and not any(cell.startswith(" ") and len(cell.split()) > _HEAD_WORDS for cell in row)


def _is_prose(rows: Sequence[Row]) -> bool:
    """Whether the commas are those of sentences: nearly all with a space behind."""
    pieces = [piece for row in rows for piece in row[1:] if piece]
    return sum(piece.startswith(" ") for piece in pieces) > _SPACED * len(pieces)


_HEAD_WORDS = 2
_SPACED = 0.8


def _one_column(text: str, file_name: str) -> list[Row]:
    """Each line as a cell; where all were put in quotes as a whole, what stands in the quotes is a table."""
    if text.count("\n") > _MOST_ROWS:
        raise FeedbackError(
            f"{file_name} has more than {_MOST_ROWS:,} rows", hint="split it into smaller files"
        )
    cells = list(_single_cells(text))
    if all(map(_WHOLE_QUOTED.fullmatch, filter(str.strip, text.split("\n")))):
        inner = "\n".join(cells)
        if delimiter := _delimiter([inner], file_name):
            return list(_parse([inner], delimiter, file_name))
    return [(cell,) for cell in cells]


def _single_cells(text: str) -> Iterator[str]:
    """Each line as a cell; one in quotation marks may hold line ends, and others keep theirs."""
    at = 0
    while at < len(text):
        if quoted := _QUOTED_LINE.match(text, at):
            yield quoted[1].replace('""', '"')
            at = quoted.end()
        else:
            end = text.find("\n", at) + 1 or len(text)
            yield text[at:end].rstrip("\n")
            at = end


def _unclosed(rows: Sequence[Row], pieces: Iterable[str], delimiter: str) -> list[Dropped]:
    """A note where a quotation mark is opened and never closed, so that many rows stand in one cell."""
    cell = rows[-1][-1] if rows and rows[-1] else ""
    if cell.count("\n") <= 2 or cell.count(delimiter) <= 2:
        return []
    *_, ended = (one for one in pieces if one.strip())
    if not ended.rstrip().endswith('"'):
        row = len(rows)
        return [left_out(f"row {row}: a quotation mark is never closed; all after it is read as one cell")]
    return []

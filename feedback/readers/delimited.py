"""CSV and TSV -> rows of strings: the delimiter is tried out, "NA" and "None" stay what somebody wrote."""

from __future__ import annotations

import csv
import io
from collections import Counter

from feedback.errors import FeedbackError
from feedback.model import Dropped
from feedback.readers.encodings import decode
from feedback.readers.shapes import Options, Reading
from feedback.readers.survey import survey_from

_DELIMITERS = ",;\t|"
_MAX_CELL = 10_000_000
_SAMPLE_ROWS = 200


def read_delimited(data: bytes, file_name: str, options: Options) -> Reading:
    """A survey in CSV or TSV as a reading: one turn for each open answer."""
    rows, dropped = delimited_rows(data, file_name)
    reading = survey_from(rows, file_name, options)
    reading.dropped.extend(dropped)
    return reading


def delimited_rows(data: bytes, file_name: str) -> tuple[list[list[str]], list[Dropped]]:
    """All rows of a delimited file, empty ones too; quoted cells may hold line ends.

    Of comma, semicolon, tab and bar the one is taken that gives most rows the same number of columns.
    """
    text, dropped = decode(data, file_name)
    csv.field_size_limit(_MAX_CELL)
    try:
        delimiter = _delimiter(text)
        return _parse(text, delimiter), dropped
    except csv.Error as error:
        raise FeedbackError(
            f"{file_name} cannot be read as a table: {error}", hint="open it in Excel and save it as .xlsx"
        ) from error


def _parse(text: str, delimiter: str, limit: int | None = None) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row for _, row in zip(range(limit or 100_000_000), reader, strict=False)]


def _delimiter(text: str) -> str:
    # A quoted answer may run over many lines, so the sample is cut in rows, not in characters.
    return max(_DELIMITERS, key=lambda delimiter: _fit(_parse(text, delimiter, _SAMPLE_ROWS)))


def _fit(rows: list[list[str]]) -> tuple[float, int]:
    """How well a delimiter fits: the share of rows as wide as most, then the width; nothing if one column."""
    widths = Counter(len(row) for row in rows if row)
    width = len(rows[0]) if rows else 0
    if width < 2:
        return (0.0, 0)
    same = widths[width] / widths.total()
    return (round(same, 1), width)

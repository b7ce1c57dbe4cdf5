"""Plain text -> lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedback.readers.encodings import decode
from feedback.readers.markup.grid import table_lines
from feedback.readers.shapes import Line, Options, Reading
from feedback.readers.talk.margins import without_line_numbers
from feedback.readers.talk.turns import turns_from_lines
from feedback.readers.texts.captions import are_captions, captions_reading

_SAME_WIDTH = 0.8  # of the rows have all columns, in a table saved with tabs


def read_txt(data: bytes, file_name: str, options: Options) -> Reading:
    """A plain-text transcript or testimony; its text is the whole file with LF line ends."""
    text, dropped = decode(data, file_name)
    if are_captions(text):
        return captions_reading(text, dropped, file_name, options)
    rows, numbers = without_line_numbers(text.split("\n"))
    starts = paragraph_starts(rows)
    lines = list(_tabbed(rows)) or [Line(row, paragraph=s) for row, s in zip(rows, starts, strict=True)]
    reading = turns_from_lines(lines, interviewers=options.interviewers, participants=options.participants)
    reading.dropped.extend([*dropped, *numbers])
    return reading


def _tabbed(rows: Sequence[str]) -> Iterator[Line]:
    """The lines of a transcript that was saved as a table with tabs (time, speaker, words), else none."""
    cells = [row.split("\t") for row in rows if row.strip()]
    width = max(map(len, cells), default=0)
    if width >= 3 and sum(len(row) == width for row in cells) >= _SAME_WIDTH * len(cells):
        yield from table_lines([[[Line(cell)] for cell in row] for row in cells])


def paragraph_starts(rows: list[str]) -> list[bool]:
    """For each row whether a paragraph begins there: after a blank row, or every row where none is blank.

    Rows that are broken at a fixed width without a blank row between stay one paragraph.
    """
    full = [row.strip() for row in rows if row.strip()]
    if any(not row.strip() for row in _inner(rows)):
        return [index == 0 or not rows[index - 1].strip() for index in range(len(rows))]
    ended = sum(row[-1] in ".?!…\"”')" for row in full)
    each = ended >= 0.8 * len(full)
    return [index == 0 or each for index in range(len(rows))]


def _inner(rows: list[str]) -> list[str]:
    full = [index for index, row in enumerate(rows) if row.strip()]
    return rows[full[0] : full[-1]] if full else []

"""Plain text and Markdown -> lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from feedback.readers.captions import are_captions, captions_reading
from feedback.readers.encodings import decode
from feedback.readers.grid import table_lines
from feedback.readers.margins import without_line_numbers
from feedback.readers.shapes import Line, Options, Reading
from feedback.readers.turns import turns_from_lines

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})\s*")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*")
_TABLE_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:https?:|mailto:|#|/|\.)[^()\s]*\)")
_BOLD_START = re.compile(r"\s*(?:[-*+]\s+)?(\*\*|__)(?=\S)(.{1,200}?)(?<=\S)\1")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{1,500}?)(?<=[^\s*_])\1(?![\w*_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_FENCE = "---"
_SAME_WIDTH = 0.8  # of the rows have all columns, in a table saved with tabs
_SHORT = 200  # characters; longer rows are no rules or headings


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


def read_md(data: bytes, file_name: str, options: Options) -> Reading:
    """A Markdown transcript or testimony; its text has no marks of emphasis, headings or links."""
    text, dropped = decode(data, file_name)
    text = _without_comments(text)
    rows = text.split("\n")
    front = _front_matter(rows)
    starts = paragraph_starts(rows)
    tables = {i for i, row in enumerate(rows) if _TABLE_ROW.fullmatch(row)}
    tables = {i for i in tables if i - 1 not in tables}
    lines: list[Line] = []
    for index, row in enumerate(rows):
        if index < front:
            lines.append(Line(row, dropped="front matter"))
        elif _TABLE_ROW.fullmatch(row):
            lines.extend(_table_from(rows, index) if index in tables else [])
        else:
            lines.append(_markdown(row, starts[index]))
    title = next((line.text.strip() for line in lines if line.heading), "")
    reading = turns_from_lines(lines, interviewers=options.interviewers, participants=options.participants)
    reading.dropped.extend(dropped)
    return Reading(reading.text, reading.turns, reading.dropped, title=title, reason=reading.reason)


def _table_from(rows: Sequence[str], first: int) -> list[Line]:
    """The lines of the table that begins at a row; it ends with the first row that is none."""
    table = list(takewhile(_TABLE_ROW.fullmatch, rows[first:]))
    cells = [row.strip().strip("|").split("|") for row in table if not _TABLE_RULE.fullmatch(row)]
    return list(table_lines([[[_markdown(cell.strip(), True)] for cell in row] for row in cells]))


def _without_comments(text: str) -> str:
    """Text without `<!-- ... -->`; an open one without an end stays as it is."""
    parts, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[position:start])
        position = end + 3
    return "".join([*parts, text[position:]])


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


def _front_matter(rows: list[str]) -> int:
    """How many rows the block between two `---` at the top takes, 0 if there is none."""
    if rows[0].strip() != _FENCE:
        return 0
    closing = next((index for index in range(1, min(len(rows), 60)) if rows[index].strip() == _FENCE), 0)
    return closing + 1 if closing else 0


def _markdown(row: str, paragraph: bool) -> Line:
    if len(row) <= _SHORT and _RULE.fullmatch(row):
        return Line("", paragraph=paragraph)
    heading = _HEADING.fullmatch(row) if len(row) <= _SHORT else None
    core = heading[2] if heading else re.sub(r"^(?:\s{0,3}>\s?)+", "", row)
    bold = _BOLD_START.match(core)
    text = _without_marks(core)
    lead = len(_without_marks(bold[0])) if bold else 0
    return Line(text, paragraph=paragraph, bold=min(lead, len(text)), heading=bool(heading))


def _without_marks(text: str) -> str:
    text = _LINK.sub(r"\1", text)
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", text)

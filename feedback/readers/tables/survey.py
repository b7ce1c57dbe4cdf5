"""The rows of a table -> a reading: a survey (wide, long, or comments one a line) or a transcript."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from feedback.errors import FeedbackError
from feedback.readers.shapes import Options, Reading
from feedback.readers.tables.answers import Answers
from feedback.readers.tables.columns import choose_columns, hint_columns, listed
from feedback.readers.tables.header import Table, table_from
from feedback.readers.tables.heads import name_of
from feedback.readers.tables.long_table import long_columns, long_reading, turned
from feedback.readers.tables.open_text import is_clearly_open
from feedback.readers.tables.speech_table import speech_reading

_ASKED = re.compile(
    r"(?:any |other |further |your |additional |all )*(?:comments?|feedback|responses?|answers?|texts?|views?"
    r"|notes?|verbatims?|suggestions?|remarks?)|.*\?",
    re.IGNORECASE,
)
_HEAD_WORDS = 3
_SAID_WORDS = 4


def table_reading(rows: Sequence[Sequence[str]], file_name: str, options: Options) -> Reading:
    """The reading of a table: a transcript where its columns are speaker and words, else a survey.

    The text holds the answers, with an empty line between them, and after them what was left out. Columns
    that hold no open answers are attributes; those that point at a person or at the sitting are private.

    Errors: FeedbackError when a named column is missing, or there is nothing under the header.
    """
    if options.kind != "survey" and not options.text_columns:
        speech = speech_reading(rows, forced=options.kind is not None)
        if speech:
            return speech
    if columns_used(rows) == 1:
        return _comments(rows, file_name, options)
    table = table_from(turned(rows), file_name)
    options = _remembered(table, options)
    if long := long_columns(table, options):
        reading = long_reading(table, long, file_name, options)
    else:
        reading = _wide(table, file_name, options)
    return replace(reading, header=header_mark(table))


def has_open_text(rows: Sequence[Sequence[str]], file_name: str) -> bool:
    """Whether any column of a table clearly holds open answers."""
    try:
        table = table_from(rows, file_name)
    except FeedbackError:
        return False
    return any(is_clearly_open(table.headings(at), table.column(at)) for at in range(len(table.header)))


def header_mark(table: Table) -> str:
    """Eight letters and digits that stand for the column names of a table."""
    names = "\n".join(name.casefold() for name in table.named)
    return hashlib.sha256(names.encode()).hexdigest()[:8]


def _remembered(table: Table, options: Options) -> Options:
    """The options with what was saved for a table with the same column names, where nothing is asked for."""
    known = options.same_header.get(header_mark(table))
    if known is None or options.text_columns:
        return options
    case = options.case_column or known.case or None
    told = "as feedback.yaml says for the same columns"
    return replace(options, text_columns=known.text, case_column=case, told=told)


def _wide(table: Table, file_name: str, options: Options) -> Reading:
    """One row a respondent."""
    columns = choose_columns(table, file_name, options)
    answers, labels = Answers(), table.labels()
    for number, row in zip(table.numbers, table.rows, strict=True):
        respondent = (row[columns.case].strip() if columns.case is not None else "") or f"row {number}"
        for at in columns.text:
            answers.add(respondent, table.question(at), row[at])
        answers.describe(
            respondent,
            {labels[at]: row[at] for at in columns.attributes},
            {table.header[at]: row[at] for at in columns.private},
        )
    if columns.text and not answers.turns:
        raise FeedbackError(
            f"{file_name}: no answers in {listed(table, columns.text)}", hint=hint_columns(table, "text")
        )
    if not columns.text and not columns.attributes:
        raise FeedbackError(
            f"{file_name}: no column looks like free text",
            hint=hint_columns(table, "name the columns to read with --text"),
        )
    return answers.reading(table.left, columns.reason)


def columns_used(rows: Sequence[Sequence[str]]) -> int:
    """How many columns hold anything."""
    return len({at for row in rows for at, cell in enumerate(row) if cell.strip()})


def _comments(rows: Sequence[Sequence[str]], file_name: str, options: Options) -> Reading:
    """One comment a row, with or without a heading above them."""
    said = [
        (number, next(cell for cell in row if cell.strip()))
        for number, row in enumerate(rows, start=1)
        if any(map(str.strip, row))
    ]
    wanted = {name_of(name).casefold() for name in options.text_columns}
    first = name_of(said[0][1]) if said else ""
    below = [cell for _, cell in said[1:]]
    headed = first.casefold() in wanted or (bool(below) and _is_heading(first, below))
    if wanted and not (headed and first.casefold() in wanted):
        raise FeedbackError(
            f"{file_name} has no column {options.text_columns[0]!r}",
            hint="it has a single column, which is read as it is; leave out --text",
        )
    if headed:
        said = said[1:]
    if not any(len(cell.split()) >= _SAID_WORDS for _, cell in said):
        raise FeedbackError(
            f"{file_name} has a single column, and nobody said anything in it",
            hint="check that it is the right file",
        )
    answers = Answers()
    for number, cell in said:
        answers.add(f"row {number}", first if headed else None, cell)
        answers.describe(f"row {number}", {})
    how = f"under the heading {first!r}" if headed else "without a heading"
    return answers.reading((), f"one comment a row, {how}; respondent: the number of the row")


def _is_heading(first: str, others: Sequence[str]) -> bool:
    """Whether the first row of a single column heads it: a question, or a few words where others say more."""
    if _ASKED.fullmatch(first):
        return not any(name_of(cell).endswith("?") for cell in others[:_HEAD_WORDS])
    words = sorted(len(cell.split()) for cell in others)
    usual = words[len(words) // 2]
    return len(first.split()) <= _HEAD_WORDS and usual > 2 * _HEAD_WORDS and first[-1:] not in ".!,"

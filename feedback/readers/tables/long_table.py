"""Surveys in which each answer has a row of its own: respondent, question, answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.errors import FeedbackError
from feedback.readers.shapes import Options, Reading
from feedback.readers.tables.answers import Answers
from feedback.readers.tables.choices import are_choices
from feedback.readers.tables.columns import find_column, hint_columns
from feedback.readers.tables.header import Table
from feedback.readers.tables.open_text import is_open
from feedback.readers.tables.personal import is_of_sitting, is_personal, plain_heading

_QUESTION = re.compile(
    r"(?:survey )?question(?: (?:text|title|label|name|wording))?|item|prompt|field(?: label)?|variable|q"
)
_ANSWER = re.compile(
    r"(?:free |answer |response )?text|(?:answer |response )?value|answer|(?:open )?response|reply|verbatim"
    r"|comment|a"
)
_CASE_WORDS = (
    "participant", "respondent", "case", "response id", "id", "record", "person", "subject", "submission",
    "pid", "interviewee", "number", "code", "ref",
)  # fmt: skip


_NUMBERED = re.compile(r"[ _#.-]*\d+$")
_TURNED = 3


@dataclass(frozen=True, slots=True)
class Long:
    """The columns of a long table."""

    case: int
    question: int
    answer: int


def long_columns(table: Table, options: Options) -> Long | None:
    """Where respondent, question and answer stand, or None where a row is no single answer.

    Questions come back in many rows, and so do respondents.
    """
    plain = [plain_heading(name) for name in table.header]
    question = next((at for at, name in enumerate(plain) if _QUESTION.fullmatch(name)), None)
    answer = next((at for at, name in enumerate(plain) if _ANSWER.fullmatch(name) and at != question), None)
    if question is None or answer is None:
        return None
    case = _case_of(table, plain, {question, answer}, options)
    asked = table.column(question)
    if case is None or len(set(asked)) == len(asked) or len(set(table.column(case))) == len(table.rows):
        return None
    return Long(case, question, answer)


def _case_of(table: Table, plain: Sequence[str], taken: set[int], options: Options) -> int | None:
    if options.case_column:
        return find_column(table, "the table", options.case_column, "case")
    for word in _CASE_WORDS:
        for at, name in enumerate(plain):
            if at not in taken and word in name and len(set(table.column(at))) < len(table.rows):
                return at
    return None


def turned(rows: Sequence[Sequence[str]]) -> Sequence[Sequence[str]]:
    """Rows as they are, or a table whose questions run down and whose respondents run across, turned.

    Such a table has questions in its first column and numbered heads (`Leaver 1`, `Leaver 2`) over the
    others.
    """
    full = [row for row in rows if any(map(str.strip, row))]
    head = [" ".join(cell.split()) for cell in full[0]] if full else []
    stems = {_NUMBERED.sub("", name).casefold() for name in head[1:] if name}
    numbered = all(_NUMBERED.search(name) for name in head[1:] if name)
    corner = plain_heading(head[0]) if head else ""
    asked = [row[0].strip() for row in full[1:] if row and row[0].strip()]
    if (
        len(head) < _TURNED
        or len(stems) != 1
        or not numbered
        or not (_QUESTION.fullmatch(corner) or not corner)
    ):
        return rows
    if stems <= {"q", "question", "v", "item"} or len(set(asked)) < len(asked) or len(asked) < len(full) - 1:
        return rows
    full = [[*row, *[""] * (len(head) - len(row))] for row in [["respondent", *full[0][1:]], *full[1:]]]
    return list(zip(*full, strict=False))


def long_reading(table: Table, long: Long, file_name: str, options: Options) -> Reading:
    """Each open answer as a turn with its question; what is asked in choices is an attribute."""
    cells: dict[str, list[str]] = {}
    for row in table.rows:
        if row[long.answer].strip():
            cells.setdefault(_asked(row, long), []).append(row[long.answer])
    open_ones = _open_questions(cells, table, long, file_name, options)
    others = [at for at in range(len(table.header)) if at not in (long.case, long.question, long.answer)]
    private = [
        at
        for at in others
        if is_personal(table.headings(at), table.column(at)) or is_of_sitting(table.headings(at))
    ]
    answers = Answers()
    last = ""
    for number, row in zip(table.numbers, table.rows, strict=True):
        last = row[long.case].strip() or last or f"row {number}"
        asked, said = _asked(row, long), row[long.answer]
        values = {table.header[at]: row[at] for at in others if at not in private}
        hidden = {table.header[at]: row[at] for at in private}
        if asked in open_ones:
            answers.add(last, asked, said)
        elif is_personal([asked], cells.get(asked, [])):
            hidden[asked] = said
        else:
            values[asked] = said
        answers.describe(last, values, hidden)
    names = ", ".join(repr(table.header[at]) for at in (long.case, long.question, long.answer))
    return answers.reading(table.left, f"one answer a row: respondent, question and answer are {names}")


def _asked(row: Sequence[str], long: Long) -> str:
    return " ".join(row[long.question].split())


def _open_questions(
    cells: dict[str, list[str]], table: Table, long: Long, file_name: str, options: Options
) -> set[str]:
    wanted = {" ".join(name.split()).casefold() for name in options.text_columns}
    if wanted and wanted <= {name.casefold() for name in cells}:
        return {name for name in cells if name.casefold() in wanted}
    if wanted:
        for name in options.text_columns:
            if find_column(table, file_name, name, "text") == long.answer:
                return set(cells)
        raise FeedbackError(
            f"{file_name} has one answer a row; {options.text_columns[0]!r} is not its column of answers",
            hint=hint_columns(table, "leave out --text, or name questions"),
        )
    found = {
        name
        for name, said in cells.items()
        if is_open([name], said) and not are_choices(said) and not is_personal([name], said)
    }
    return found or set(cells)

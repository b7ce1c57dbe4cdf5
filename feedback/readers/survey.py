"""Rows of a survey -> answers: which columns are open text, which names the respondent, what is left."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.errors import FeedbackError
from feedback.model import Dropped, Turn
from feedback.readers.open_text import is_clearly_open, is_open
from feedback.readers.shapes import Options, Reading, left_out

_CASE = re.compile(
    r"(?:respondent|participant|case|person|record|response|subject|user)?[ _-]*(?:id|no|number|code|key)"
    r"|respondent|participant|case|case_id|pid|uid",
    re.IGNORECASE,
)
# Columns that point at a person or a machine and say nothing about the programme.
_PERSONAL = re.compile(
    r"ip ?address|recipient ?(?:e-?mail|first ?name|last ?name)|e-?mail(?: address)?"
    r"|location ?(?:latitude|longitude)|external ?(?:data ?)?reference",
    re.IGNORECASE,
)
_IMPORT = re.compile(r'\{"ImportId":')
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Table:
    """A header with unique names, the questions it stands for, and the rows under it, all of its width.

    `numbers` are the rows' numbers in the file, the first being 1.
    """

    header: tuple[str, ...]
    questions: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    def column(self, index: int) -> list[str]:
        """The cells of a column that are not empty."""
        return [row[index] for row in self.rows if row[index].strip()]

    def headings(self, index: int) -> tuple[str, str]:
        """A column's name and the question it stands for."""
        return self.header[index], self.questions[index]


def survey_from(rows: Sequence[Sequence[str]], file_name: str, options: Options) -> Reading:
    """Every cell of an open-text column as a turn, with its question and respondent.

    The text holds the answers only, with an empty line between them. Other columns go to `attributes`.

    Errors: FeedbackError when a named column is missing, or no column looks like free text.
    """
    table, dropped = table_from(rows, file_name)
    open_text, how = _text_columns(table, file_name, options.text_columns)
    case, case_how = _case_column(table, file_name, options.case_column, open_text)
    kept, personal = _attribute_columns(table, {*open_text, case})
    answers = _Answers()
    for number, row in zip(table.numbers, table.rows, strict=True):
        respondent = (row[case].strip() if case is not None else "") or f"row {number}"
        answers.add(respondent, [(table.questions[i], row[i]) for i in open_text])
        answers.describe(respondent, {table.header[i]: row[i].strip() for i in kept})
    if not answers.turns:
        raise FeedbackError(
            f"{file_name}: no answers in {_listed(table, open_text)}", hint=_hint_columns(table, "text")
        )
    return Reading(
        "".join(answers.parts),
        answers.turns,
        dropped + personal,
        reason=f"{how}; {case_how}" + (f"; attributes: {_listed(table, kept)}" if kept else ""),
        survey=True,
        attributes=answers.attributes,
    )


class _Answers:
    """Puts answers one after the other and remembers where they are and whose."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.turns: list[Turn] = []
        self.attributes: dict[str, dict[str, str]] = {}
        self._position = 0

    def add(self, respondent: str, answers: Sequence[tuple[str, str]]) -> None:
        for question, cell in answers:
            words = cell.strip()
            if words:
                self._put("\n\n" if self.parts else "")
                start = self._position
                self._put(words)
                self.turns.append(Turn(start, self._position, question=question, respondent=respondent))

    def describe(self, respondent: str, values: dict[str, str]) -> None:
        """Keeps a respondent's other columns; in a second row of the same respondent new values are added."""
        known = self.attributes.setdefault(respondent, {})
        for name, value in values.items():
            if not known.get(name):
                known[name] = value

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self._position += len(text)


def table_from(rows: Sequence[Sequence[str]], file_name: str) -> tuple[Table, list[Dropped]]:
    """Header and rows; Qualtrics' second and third header rows and its test rows are dropped."""
    full = [(number, row) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    if len(full) < 2:
        raise FeedbackError(
            f"{file_name} has no rows under its header", hint="check that it is the right file"
        )
    header = _unique([_name(cell) for cell in full[0][1]])
    body, questions, dropped = full[1:], list(header), []
    if len(body) > 1 and any(_IMPORT.match(cell.strip()) for cell in body[1][1]):
        questions = [
            _name(cell) or name for cell, name in zip(_fit(body[0][1], len(header)), header, strict=True)
        ]
        body = body[2:]
        dropped = [left_out("Qualtrics header row")] * 2
    width = len(header)
    long = sum(any(cell.strip() for cell in row[width:]) for _, row in body)
    dropped += [left_out(f"cells to the right of the last column name ({long} rows)")] if long else []
    fitted = [(number, _fit(row, width)) for number, row in body]
    kept = [(number, row) for number, row in fitted if not _preview(header, row)]
    dropped += [left_out("survey preview, a test")] * (len(fitted) - len(kept))
    numbers = tuple(number for number, _ in kept)
    return Table(tuple(header), tuple(questions), tuple(row for _, row in kept), numbers), dropped


def has_open_text(rows: Sequence[Sequence[str]], file_name: str) -> bool:
    """Whether any column of a table clearly holds open answers."""
    try:
        table, _ = table_from(rows, file_name)
    except FeedbackError:
        return False
    return any(
        is_clearly_open(table.headings(index), table.column(index)) for index in range(len(table.header))
    )


def _fit(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row[:width], *[""] * (width - len(row)))


def _preview(header: Sequence[str], row: Sequence[str]) -> bool:
    return any(
        name in {"Status", "DistributionChannel"} and cell.strip().lower() in {"survey preview", "preview"}
        for name, cell in zip(header, row, strict=True)
    )


def _name(cell: str) -> str:
    return " ".join(cell.split())


def _unique(names: Sequence[str]) -> list[str]:
    """Column names with "column 3" for an empty one and "Comment (2)" for a second of the same name."""
    found: list[str] = []
    for index, name in enumerate(names, start=1):
        wanted = name or f"column {index}"
        number = 2
        fresh = wanted
        while fresh in found:
            fresh = f"{wanted} ({number})"
            number += 1
        found.append(fresh)
    return found


def _text_columns(table: Table, file_name: str, wanted: Sequence[str]) -> tuple[list[int], str]:
    if wanted:
        columns = [_find(table, file_name, name, "text") for name in wanted]
        return list(dict.fromkeys(columns)), f"open text: {_listed(table, columns)} (you named it)"
    columns = [
        index for index in range(len(table.header)) if is_open(table.headings(index), table.column(index))
    ]
    if not columns:
        raise FeedbackError(
            f"{file_name}: no column looks like free text",
            hint=_hint_columns(table, "name the columns to read"),
        )
    return columns, f"open text: {_listed(table, columns)} (answers in different words)"


def _case_column(
    table: Table, file_name: str, wanted: str | None, open_text: Sequence[int]
) -> tuple[int | None, str]:
    if wanted:
        return _find(table, file_name, wanted, "case"), f"respondent: {wanted!r} (you named it)"
    for index, name in enumerate(table.header):
        cells = table.column(index)
        alike = _CASE.fullmatch(name) and len(set(cells)) == len(cells) == len(table.rows)
        if alike and index not in open_text:
            return index, f"respondent: {name!r} (a different value in every row)"
    return None, "respondent: the number of the row, as rows have no id of their own"


def _attribute_columns(table: Table, taken: set[int | None]) -> tuple[list[int], list[Dropped]]:
    others = [index for index in range(len(table.header)) if index not in taken]
    personal = [index for index in others if _PERSONAL.fullmatch(table.header[index])]
    notes = [left_out(f"column {table.header[index]!r} points at a person: not kept") for index in personal]
    return [index for index in others if index not in personal], notes


def _find(table: Table, file_name: str, name: str, what: str) -> int:
    """The column of this name, without regard to case and spaces; by its question text too."""
    wanted = _name(name).casefold()
    for names in (table.header, table.questions):
        for index, known in enumerate(names):
            if known.casefold() == wanted:
                return index
    near = difflib.get_close_matches(wanted, [known.casefold() for known in table.header], 1, 0.6)
    guess = next((known for known in table.header if near and known.casefold() == near[0]), None)
    hint = f"did you mean {guess!r}? " if guess else ""
    raise FeedbackError(
        f"{file_name} has no column {name!r}", hint=hint + _hint_columns(table, f"the {what} column")
    )


def _hint_columns(table: Table, what: str) -> str:
    shown = ", ".join(repr(name if len(name) <= 60 else name[:57] + "...") for name in table.header[:40])
    more = len(table.header) - 40
    tail = f" and {more} more" if more > 0 else ""
    return f"{what}; the columns are: {shown}{tail}"


def _listed(table: Table, columns: Sequence[int]) -> str:
    shown = ", ".join(repr(table.header[index]) for index in columns[:_SHOWN])
    return shown + (f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else "")

"""Word files without speakers as units: what is fixed by the layout of a form, and what asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from feedback.readers.forms.asked import Unit, asks
from feedback.readers.forms.filled import BLANK, MOST_VALUE_WORDS, is_field_name
from feedback.readers.forms.lines import units_in
from feedback.readers.forms.ticks import boxes_in
from feedback.readers.markup.grid import columns_of, flat
from feedback.readers.word.blocks import Block, Table
from feedback.readers.word.tables import grid, lines_in
from feedback.readers.word.text import Paragraph

_HEAD_QUESTION = re.compile(
    r"(?:exit |interview )?(?:questions?|topic|item|prompt|area|theme|statement)s?", re.I
)
_HEAD_ANSWER = re.compile(
    r"(?:your |leaver'?s? |employee'?s? |participant'?s? |staff )?(?:answer|response|reply|comment"
    r"|feedback|note)s?"
    r"|.*\b(?:answer|response|comments?)\b.*",
    re.IGNORECASE,
)
_HEAD_RATING = re.compile(r"(?:rating|score|rank|scale|1 ?[-–] ?5|1 ?[-–] ?10).*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a form's table has its questions, answers and ratings; whether its first row is a `header`."""

    question: int
    answers: tuple[int, ...]
    rating: int | None = None
    header: bool = False


def units_of(blocks: Sequence[Block]) -> Iterator[Unit]:
    """The lines of paragraphs, and the rows of those tables that are a form's."""
    asked: list[Unit] = []  # what may be the question of the next box
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                yield from asked
                asked = list(_lines(block))
            continue
        if asked and asks(asked[-1].text) and not asked[-1].fixed and _is_answer_box(block):
            asked[-1] = replace(asked[-1], fixed="question")
            yield from asked
            yield from (unit for line in block.rows[0][0].text.split("\n") for unit in _answer(line))
        else:
            yield from asked
            yield from _table(block)
        asked = []
    yield from asked


def _is_answer_box(table: Table) -> bool:
    """Whether a table is one cell, to write an answer into, without a question of its own."""
    if [len(row) for row in table.rows] != [1] or table.rows[0][0].nested:
        return False
    return not any(asks(line) and not line.endswith(".") for line in table.rows[0][0].text.split("\n"))


def _table(table: Table) -> Iterator[Unit]:
    if columns := _form_columns(table):
        yield from _rows(table, columns)
        yield Unit("", fixed="end")
        return
    for row in table.rows:
        for cell in row:
            yield from units_of(cell.blocks)


def _lines(paragraph: Paragraph) -> Iterator[Unit]:
    for line in lines_in(paragraph):
        if paragraph.dropped:
            yield Unit(line.text, fixed="aside", reason=paragraph.dropped)
        else:
            yield from units_in(line.text, line.bold, paragraph.marks)


def _form_columns(table: Table) -> _Columns | None:
    """The columns of a table with questions or fields at the left; None for other tables."""
    rows = grid(table)
    width = max(map(len, rows), default=0)
    if width < 2 or any(cell.nested for row in table.rows for cell in row):
        return None
    named = _named_columns(rows[0])
    if named:
        return named
    if columns_of(rows) is not None:
        return None
    first = 1 if width > 2 and all(re.fullmatch(r"\W*\d{0,2}\W*", row[0]) for row in rows) else 0
    heads = [row[first] for row in rows if first < len(row) and row[first].strip()]
    telling = sum(is_field_name(head) or asks(head) or flat(head).endswith(":") for head in heads)
    answered = any(cell.strip() for row in rows for cell in row[first + 1 :])
    if _of_boxes(rows):
        return _Columns(first, tuple(range(first + 1, width)), header=True)
    if heads and telling >= 0.5 * len(heads) and answered:
        return _Columns(first, tuple(range(first + 1, width)))
    return None


def _of_boxes(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the boxes below it: Agree | Neutral | Disagree."""
    boxes = [boxes_in(cell) for row in rows[1:] for cell in row[1:] if cell.strip()]
    return not rows[0][0].strip() and bool(boxes) and all(boxes)


def _named_columns(row: Sequence[str]) -> _Columns | None:
    heads = [flat(cell).strip(" :") for cell in row]
    questions = [i for i, head in enumerate(heads) if _HEAD_QUESTION.fullmatch(head)]
    answers = [i for i, head in enumerate(heads) if _HEAD_ANSWER.fullmatch(head) and i not in questions]
    if len(questions) != 1 or not answers or answers[0] < questions[0]:
        return None
    rating = next((i for i, head in enumerate(heads) if _HEAD_RATING.fullmatch(head)), None)
    return _Columns(questions[0], tuple(answers), rating, header=True)


def _rows(table: Table, columns: _Columns) -> Iterator[Unit]:
    rows = grid(table)
    if columns.header:
        yield Unit("\t".join(map(flat, rows[0])), fixed="aside", reason="table header")
    for row in rows[columns.header :]:
        cells = [*row, *[""] * (max(columns.answers) + 1 - len(row))]
        pairs = list(zip(cells[columns.question :: 2], cells[columns.question + 1 :: 2], strict=False))
        if not columns.header and all(_is_field(*pair) for pair in pairs if "".join(pair).strip()):
            yield from (
                Unit(f"{flat(key)}\t{flat(value)}", fixed="field") for key, value in pairs if key.strip()
            )
        else:
            yield from _asked(cells, columns, rows[0])


def _is_field(key: str, value: str) -> bool:
    return is_field_name(key) and len(value.split()) <= MOST_VALUE_WORDS and not boxes_in(value)


def _asked(cells: Sequence[str], columns: _Columns, heads: Sequence[str]) -> Iterator[Unit]:
    """One row: its number, its question, and the answers to it."""
    number = " ".join(flat(cell) for cell in cells[: columns.question] if cell.strip())
    question = flat(cells[columns.question])
    if number:
        yield Unit(number, fixed="aside", reason="number of a question")
    yield Unit(question, fixed="question")
    if columns.rating is not None and cells[columns.rating].strip():
        yield Unit(f"{question.rstrip(' :')}\t{flat(cells[columns.rating])}", fixed="rating")
    for index in columns.answers:
        cell = cells[index]
        if _only_box(cell):
            boxed = boxes_in(cell.strip() + " x")
            yield Unit(flat(heads[index]), fixed="ticked" if boxed and boxed.ticked else "untold")
        else:
            for line in cell.split("\n"):
                yield from _answer(line)


def _only_box(cell: str) -> bool:
    return bool(cell.strip()) and boxes_in(cell) is not None and not re.search(r"\w\w", cell)


def _answer(line: str) -> Iterator[Unit]:
    boxes = boxes_in(line)
    if boxes is None:
        blank = BLANK.fullmatch(line)
        yield Unit(line, fixed="aside" if blank else "answer", reason="blank line of a form")
        return
    if boxes.before:
        yield Unit(boxes.before, fixed="answer")
    yield from (Unit(option, fixed="ticked") for option in boxes.ticked)
    yield from (Unit(option, fixed="empty box") for option in boxes.empty)

"""Rows of a table -> its header, the questions that stand there, and the rows under it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.errors import FeedbackError
from feedback.readers.tables.choices import joined_choices
from feedback.readers.tables.heads import Heads, heads_of, lower_heads, name_of

Row = tuple[str, ...]
Numbered = tuple[int, Row]

_TOTAL = re.compile(r"(?:grand )?totals?|sum|average|mean|count|n|overall|base", re.IGNORECASE)
_NUMERIC = re.compile(r"[-+£$€]?[\d.,]+ ?%?")
_TESTS = {"survey preview", "preview", "survey test", "test", "spam"}
_TEST_NUMBERS = {"1", "2", "8", "9", "12", "17", "32", "33", "40", "41"}
_NOTE_WORDS = 3


@dataclass(frozen=True, slots=True)
class Left:
    """Cells that are no answer, and why; their words end up at the end of the text."""

    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """A header with unique names, the questions it stands for, and the rows under it, all of its width.

    `numbers` are the rows' numbers in the file, the first being 1. `choices` are the columns that hold ticked
    boxes, put together. `maker` is the survey tool, where its header gives it away; `named` are the names as
    they stand in the file, with those of columns that nobody filled.
    """

    header: tuple[str, ...]
    questions: tuple[str, ...]
    rows: tuple[Row, ...]
    numbers: tuple[int, ...]
    choices: frozenset[int] = frozenset()
    left: tuple[Left, ...] = ()
    maker: str = ""
    named: tuple[str, ...] = ()

    def column(self, index: int) -> list[str]:
        """The cells of a column that are not empty."""
        return [row[index] for row in self.rows if row[index].strip()]

    def headings(self, index: int) -> tuple[str, str]:
        """A column's name and the question it stands for."""
        return self.header[index], self.questions[index]

    def labels(self) -> list[str]:
        """What each column is called as an attribute: its question, or its name where that is long."""
        count = Counter(self.questions)
        both = zip(self.header, self.questions, strict=True)
        return [asked if len(asked) <= _LABEL and count[asked] == 1 else name for name, asked in both]

    def question(self, index: int) -> str | None:
        """What a column asks; None where it has no name in the file."""
        return None if re.fullmatch(r"column \d+", self.header[index]) else self.questions[index]


_LABEL = 80
# Where so many rows are longer than the header, these are columns without a name.
_FEW_LONG = 0.5


def table_from(rows: Sequence[Sequence[str]], file_name: str) -> Table:
    """The table in the rows of a file: titles above it, tests, totals and notes under it are left out.

    Errors: FeedbackError when there is no row under the header.
    """
    full = [(number, tuple(row)) for number, row in enumerate(rows, start=1) if any(map(str.strip, row))]
    if len(full) < 2:
        raise _no_rows(file_name)
    heads = heads_of(full)
    left = [Left("title above the header", _words(row)) for _, row in full[: heads.first]]
    left += [Left(heads.why, _words(row)) for row in heads.unused]
    body = full[heads.after :]
    if not body:
        raise _no_rows(file_name)
    named = heads.names
    heads, fitted, more = _fitted(body, heads)
    kept, out = _answers_only(fitted, heads)
    used = [at for at in range(len(heads.names)) if any(row[at].strip() for _, row in kept)]
    empty = set(range(len(heads.names))) - set(used)
    unused = [heads.names[at] for at in sorted(empty) if not heads.made_up(at)]
    if unused:
        out.append(Left("columns without an answer", "\t".join(unused)))
    table = _narrowed(heads, kept, used)
    return Table(
        table.header, table.questions, table.rows, table.numbers, table.choices,
        tuple(left + more + out), heads.maker, named,
    )  # fmt: skip


def _narrowed(heads: Heads, kept: Sequence[Numbered], used: Sequence[int]) -> Table:
    """The columns that hold something, ticked boxes of one question as one."""
    whole = len(used) == len(heads.names)
    rows = [row if whole else tuple(row[at] for at in used) for _, row in kept]
    joined = joined_choices(lower_heads(heads, used), rows)
    return Table(
        tuple(joined.names),
        tuple(joined.questions),
        tuple(joined.rows),
        tuple(number for number, _ in kept),
        frozenset(joined.choices),
    )


def _no_rows(file_name: str) -> FeedbackError:
    return FeedbackError(f"{file_name} has no rows under its header", hint="check that it is the right file")


def _words(row: Sequence[str]) -> str:
    return "\t".join(cell.strip() for cell in row if cell.strip())


def _extent(row: Sequence[str]) -> int:
    return max((at for at, cell in enumerate(row, start=1) if cell.strip()), default=0)


def _fitted(body: Sequence[Numbered], heads: Heads) -> tuple[Heads, list[Numbered], list[Left]]:
    """Rows as wide as the header; columns without a name get one, commas without quotes are mended."""
    width = len(heads.names)
    long = [number for number, row in body if _extent(row) > width]
    left = []
    if long and len(long) <= _FEW_LONG * len(body):
        body = [(number, _mended(row, width)) for number, row in body]
        shown = ", ".join(map(str, long[:5])) + (", ..." if len(long) > 5 else "")
        left.append(Left(f"more cells than the header has names, put together again (row {shown})", ""))
    width = max(width, *(_extent(row) for _, row in body))
    fitted = [(number, row if len(row) == width else _filled(row, width)) for number, row in body]
    return heads.widened(width), fitted, left


def _filled(row: Row, width: int) -> Row:
    return (*row[:width], *[""] * (width - len(row)))


def _mended(row: Row, width: int) -> Row:
    """A row whose commas were not put in quotes: what begins with a space belongs to the cell before it."""
    if _extent(row) <= width:
        return row
    cells: list[str] = []
    for cell in row[: _extent(row)]:
        if cells and cell.startswith(" "):
            cells[-1] += "," + cell
        else:
            cells.append(cell)
    if len(cells) == width:
        return tuple(cells)
    return (*row[: width - 1], ",".join(row[width - 1 : _extent(row)]))


def _answers_only(rows: Sequence[Numbered], heads: Heads) -> tuple[list[Numbered], list[Left]]:
    kept: list[Numbered] = []
    left: list[Left] = []
    names = [name_of(name).casefold() for name in heads.names]
    for number, row in rows:
        if _is_test(row, heads):
            left.append(Left("survey preview, a test", _words(row)))
        elif name_of(row[0]).casefold() == names[0] and [name_of(cell).casefold() for cell in row] == names:
            left.append(Left("the header once more", _words(row)))
        else:
            kept.append((number, row))
    while len(kept) > 1 and (why := _is_foot(kept[-1][1], kept[:-1])):
        left.append(Left(why, _words(kept.pop()[1])))
    return kept, left


def _is_test(row: Row, heads: Heads) -> bool:
    if heads.maker != "Qualtrics":
        return False
    for name, cell in zip(heads.names, row, strict=True):
        said = cell.strip().casefold()
        if name in {"Status", "DistributionChannel"} and said in _TESTS:
            return True
        if name == "Status" and said in _TEST_NUMBERS:
            return True
    return False


def _is_foot(row: Row, above: Sequence[Numbered]) -> str:
    """Why the last row is no respondent's: a total, or a note under the table; "" where it is one's."""
    filled = [cell.strip() for cell in row if cell.strip()]
    rest = filled[1:]
    words = filled[0].rstrip(":").split()
    total = words and _TOTAL.fullmatch(words[0]) and len(words) <= _NOTE_WORDS
    if total and all(map(_NUMERIC.fullmatch, rest)):
        return "totals row" if rest or len(row) > 1 else ""
    first = next(at for at, cell in enumerate(row) if cell.strip())
    if len(filled) > 1 or first or len(words) < _NOTE_WORDS:
        return ""
    several = all(sum(map(bool, map(str.strip, other))) > 1 for _, other in above)
    if several and all(len(other[0].split()) < _NOTE_WORDS for _, other in above):
        return "note under the table"
    return ""

"""The header of a table: where it is, how many rows it takes, and what each column asks."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback.readers.tables.personal import is_of_sitting

_IMPORT = re.compile(r'\{\s*"ImportId"\s*:')
_ONE_ANSWER = {"response", "open-ended response", "open ended response"}
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_INVISIBLE = re.compile("[\ufeff\u200b\u00ad]")
_OLD_NAME = re.compile(r"V\d+")
_QUESTION_CODE = re.compile(r"[QV]?\d{1,3}(?:[._]?[a-z0-9]{1,2})?", re.IGNORECASE)
_SENTENCE, _LONGEST_ID = 5, 12
_LOOK = 25
# A header names most of the columns that rows fill.
_MOST = 0.7
_TWO = 2


@dataclass(frozen=True, slots=True)
class Heads:
    """The names and questions of a table's columns; rows up to `after` belong to the header or above it.

    `groups` has for a column of a question with several the question's name, `parts` the column's own part.
    `unused` are header rows whose words are nobody's answer and no question, `why` says what they are.
    """

    first: int
    after: int
    names: tuple[str, ...]
    questions: tuple[str, ...]
    groups: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    unused: tuple[tuple[str, ...], ...] = ()
    why: str = "header row"
    maker: str = ""

    def widened(self, width: int) -> Heads:
        """The same with names for the columns that rows have beyond the last name."""
        more = range(len(self.names) + 1, width + 1)
        names = unique([*self.names, *(f"column {at}" for at in more)])
        extra = names[len(self.names) :]
        blank = [""] * len(extra)
        return replace(
            self, names=tuple(names), questions=(*self.questions, *extra),
            groups=(*self.groups, *blank), parts=(*self.parts, *blank),
        )  # fmt: skip

    def made_up(self, at: int) -> bool:
        """Whether a column has no name in the file."""
        return bool(re.fullmatch(r"column \d+", self.names[at]))


def lower_heads(heads: Heads, used: Sequence[int]) -> Heads:
    """The heads of some of the columns."""
    names, questions, groups, parts = (
        tuple(row[at] for at in used) for row in (heads.names, heads.questions, heads.groups, heads.parts)
    )
    return replace(heads, names=names, questions=questions, groups=groups, parts=parts)


def name_of(cell: str) -> str:
    """A heading on one line, without the spaces that nobody sees."""
    cell = _INVISIBLE.sub("", cell)
    return " ".join(
        html.unescape(_TAG.sub(" ", cell)).split() if "<" in cell or "&" in cell else cell.split()
    )


def unique(names: Sequence[str]) -> list[str]:
    """Column names with "column 3" for an empty one and "Comment (2)" for a second of the same name."""
    found: dict[str, None] = {}
    for index, name in enumerate(names, start=1):
        wanted = fresh = name or f"column {index}"
        number = 2
        while fresh in found:
            fresh = f"{wanted} ({number})"
            number += 1
        found[fresh] = None
    return list(found)


def heads_of(rows: Sequence[tuple[int, Sequence[str]]]) -> Heads:
    """The header of numbered rows: one row or none, Qualtrics' two or three, two that belong together."""
    plain = [row for _, row in rows]
    look = plain[:_LOOK]
    for at, row in enumerate(look):
        if at and any(_IMPORT.match(cell.strip()) for cell in row):
            return _qualtrics(plain, max(at - 2, 0), at)
    first = _first_full(look)
    for at, (row, below) in enumerate(itertools.pairwise(look[: first + 2])):
        if _names_ids(row, below):
            return _qualtrics(plain, at, None)
        if _codes_above(row, below, plain[at + 2 : at + 2 + _LOOK]):
            return replace(
                _one_row(plain, at + 1), first=at, unused=(tuple(row),), why="numbers of questions"
            )
        if _in_two_rows(row, below, plain[at + 2 : at + 2 + _LOOK]):
            return _in_two(plain, at)
    return _one_row(plain, first)


def _one_row(plain: Sequence[Sequence[str]], at: int) -> Heads:
    if _is_answer(plain[at]):
        return _without(plain, at)
    names = unique([name_of(cell) for cell in _cut(plain[at])])
    names = _told_apart(names, plain[at], plain[at - 1] if at else ())
    blank = ("",) * len(names)
    return Heads(at, at + 1, tuple(names), tuple(names), blank, blank, maker=_maker(names))


def _is_answer(row: Sequence[str]) -> bool:
    """Whether a first row is no header but somebody's: a number and a whole sentence."""
    cells = [cell.strip() for cell in row]
    sentence = any(len(cell.split()) > _SENTENCE and cell[-1] in ".!" for cell in cells)
    return sentence and any(cell.isdigit() for cell in cells)


def _without(plain: Sequence[Sequence[str]], at: int) -> Heads:
    """A table without a header: columns by their numbers, the one that differs in every row is the id."""
    width = max(len(_cut(row)) for row in plain[at:])
    columns = [
        [row[column].strip() if column < len(row) else "" for row in plain[at:]] for column in range(width)
    ]
    ids = next(
        (n for n, cells in enumerate(columns) if len(set(cells)) == len(cells) and _short(cells)), None
    )
    names = tuple("id" if column == ids else f"column {column + 1}" for column in range(width))
    blank = ("",) * width
    return Heads(at, at, names, names, blank, blank)


def _short(cells: Sequence[str]) -> bool:
    return all(len(cell) <= _LONGEST_ID and " " not in cell for cell in cells)


def _codes_above(row: Sequence[str], below: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether the first of two rows numbers the questions (Q1, Q2) that the second asks."""
    codes = [at for at, cell in enumerate(row) if _QUESTION_CODE.fullmatch(cell.strip())]
    asked = [at for at in codes if at < len(below) and below[at].strip().endswith("?")]
    later = [at for at in codes for one in body if at < len(one) and one[at].strip().endswith("?")]
    few = len(codes) >= 2 and len(codes) >= _filled(row) - 1
    return few and bool(body) and 2 * len(asked) >= len(codes) and len(later) < len(asked) * len(body) / 2


def _cut(row: Sequence[str]) -> Sequence[str]:
    """A row without the empty cells at its end."""
    end = max((at for at, cell in enumerate(row, start=1) if cell.strip()), default=0)
    return row[:end]


def _filled(row: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _first_full(rows: Sequence[Sequence[str]]) -> int:
    # One row longer than the others may be broken: the second longest says how many columns there are.
    need = _MOST * sorted(map(_filled, rows))[-2 if len(rows) > 1 else -1]
    return next(at for at, row in enumerate(rows) if _filled(row) >= need)


def _told_apart(names: Sequence[str], row: Sequence[str], above: Sequence[str]) -> list[str]:
    """Repeated names with what stands in the band above them: `Manager: Why?` and `Pay: Why?`."""
    if _filled(above) < 2:
        return list(names)
    bands, band = [], ""
    for at in range(len(names)):
        band = name_of(above[at]) if at < len(above) and above[at].strip() else band
        bands.append(band)
    plain = [name_of(cell) for cell in row]
    return unique(
        [
            f"{bands[at]}: {plain[at]}" if bands[at] and plain[at] and plain.count(plain[at]) > 1 else name
            for at, name in enumerate(names)
        ]
    )


def _names_ids(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row of Qualtrics' short names stands above one of questions, the third row being gone."""
    pairs = [(name_of(a).casefold(), name_of(b).casefold()) for a, b in zip(row, below, strict=False)]
    known = {"responseid", "response id"}
    return any(b in known and (a == "responseid" or re.fullmatch(r"v\d+", a)) for a, b in pairs)


def _qualtrics(rows: Sequence[Sequence[str]], first: int, ids: int | None) -> Heads:
    """Short names, questions, and below them, unless somebody took it out, the row of import ids."""
    row, asked = rows[first], rows[first + 1] if ids != first + 1 else rows[first]
    cells = [*asked, *[""] * len(row)]
    plain = [name_of(cell) for cell in _cut(row)]
    # The older export calls its own columns V1, V2, ...: what stands under these says more.
    old = [name_of(cells[at]) if _OLD_NAME.fullmatch(name) else "" for at, name in enumerate(plain)]
    names = unique([better or name for better, name in zip(old, plain, strict=True)])
    questions = [name_of(cells[at]) or name for at, name in enumerate(names)]
    unused = [tuple(row)] if asked is not row else []
    if ids is not None:
        unused.append(tuple(rows[ids]))
    after = (ids if ids is not None else first + 1) + 1
    groups, parts = _by_dash(questions)
    return Heads(
        first, after, tuple(names), tuple(questions), groups, parts, tuple(unused),
        "Qualtrics header row", "Qualtrics",
    )  # fmt: skip


def _by_dash(questions: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """`Which mattered? - Selected Choice - Pay` as its question and its choice."""
    cut = [question.rpartition(" - ") for question in questions]
    groups = tuple(question.removesuffix(" - Selected Choice").strip() for question, _, _ in cut)
    return groups, tuple(part.strip() if question else "" for question, _, part in cut)


def _in_two_rows(row: Sequence[str], below: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether the second row divides questions of the first: `Response` under it, or parts under a gap."""
    if not body or _filled(row) < 2:
        return False
    if any(name_of(cell).casefold() in _ONE_ANSWER for cell in below):
        return True
    top, bottom = ([bool(cell.strip()) for cell in cells] for cells in (row, below))
    pairs = list(zip(top, bottom, strict=False))
    # A cell that is merged over both rows stands in both.
    merged = {at for at, (a, b) in enumerate(zip(row, below, strict=False)) if a.strip() and a == b}
    parts = [at for at, (a, b) in enumerate(pairs) if at and b and not a and any(top[:at])]
    alone = [at for at, (a, b) in enumerate(pairs) if a and (not b or at in merged)]
    under = all(any(at < len(one) and one[at].strip() for at in alone) for one in body)
    return bool(parts) and bool(alone) and under


def _in_two(rows: Sequence[Sequence[str]], first: int) -> Heads:
    top, bottom = ([name_of(cell) for cell in row] for row in rows[first : first + 2])
    width = max(len(_cut(top)), len(_cut(bottom)))
    top, bottom = ([*row, *[""] * width][:width] for row in (top, bottom))
    maker = "SurveyMonkey" if any(cell.casefold() in _ONE_ANSWER for cell in bottom) else ""
    names, groups, parts, above = [], [], [], ""
    for at in range(width):
        above = top[at] or (above if bottom[at] else "")
        part = "" if bottom[at].casefold() in _ONE_ANSWER or bottom[at] == above else bottom[at]
        lone = not maker and bottom.count(part) == 1
        names.append(part if part and (lone or not above) else f"{above}: {part}" if part else above)
        groups.append(above if part else "")
        parts.append(part)
    fresh = unique(names)
    maker = maker or _maker(fresh)
    return Heads(
        first, first + 2, tuple(fresh), tuple(fresh), tuple(groups), tuple(parts), maker=maker
    )  # fmt: skip


def _maker(names: Sequence[str]) -> str:
    plain = {name.casefold() for name in names}
    if {"respondent id", "collector id"} <= plain:
        return "SurveyMonkey"
    if {"responseid", "recordeddate"} <= plain:
        return "Qualtrics"
    if "record_id" in plain and any(name.endswith("_complete") for name in plain):
        return "REDCap"
    by_machine = sum(is_of_sitting([name]) or "ip address" in name.casefold() for name in names)
    return "a survey tool" if by_machine >= _TWO else ""

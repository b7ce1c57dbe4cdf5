"""What each column of a survey is: open answers, the respondent, private, or an attribute."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.errors import FeedbackError
from feedback.readers.shapes import Options
from feedback.readers.tables.choices import are_choices
from feedback.readers.tables.header import Table
from feedback.readers.tables.heads import name_of
from feedback.readers.tables.open_text import is_open
from feedback.readers.tables.personal import is_of_sitting, is_personal, plain_heading

# How a respondent's id is called, the likeliest to be the study's own first.
_CASE = (
    re.compile(r"(?:participant|case|interviewee)(?: (?:id|no|number|code|key|ref|reference))?|pid"),
    re.compile(r"respondent(?: (?:id|no|number|code|key|ref|reference))?"),
    re.compile(
        r"(?:response|record|unique response|submission|subject|survey|person|entry|unique|reference|user)? ?"
        r"(?:id|no|nr|num|number|code|key|ref|uid|uuid|guid)|urn|reference|token"
    ),
    re.compile(
        r".*(?:participant|case|respondent|response|record) (?:id|no|number|code)|resp ?id|serial(?: .*)?"
    ),
    re.compile(r"\w+ (?:id|ref|code|number|no|nr)"),
)
_OF_PERSON = re.compile(r"(?:participant|respondent|case|interviewee) (?:id|no|number|code|ref)|pid")
_MOST_ROWS_EACH = 20
_SPOILT = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_MOSTLY_FILLED, _MOSTLY_DIFFERENT = 0.7, 0.8
_SHOWN, _HINTED, _WIDE = 40, 40, 60
_ALL_DIFFERENT = "a different value in every row"
_ROW = "respondent: the number of the row, as rows have no id of their own"


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by what they are, and how that was told."""

    text: tuple[int, ...]
    case: int | None
    private: tuple[int, ...]
    attributes: tuple[int, ...]
    reason: str


def choose_columns(table: Table, file_name: str, options: Options) -> Columns:
    """What each column is: by the names the user gave, else by headings and cells.

    Errors: FeedbackError for a name that no column has.
    """
    why = options.told
    width = range(len(table.header))
    private = [
        at
        for at in width
        if is_personal(table.headings(at), table.column(at))
        or is_of_sitting(table.headings(at), maker=table.maker)
    ]
    wanted_case = (
        find_column(table, file_name, options.case_column, "case", why) if options.case_column else None
    )
    if wanted_case is not None:
        _refuse_spoilt(table, file_name, wanted_case)
    taken = {*private, *table.choices, wanted_case}
    text, how = _text_columns(table, file_name, options.text_columns, taken, why)
    case, case_how = (wanted_case, f"respondent: {options.case_column!r} ({why})")
    if case is None:
        case, case_how = _case_column(table, {*text, *private})
    chosen, hidden = {*text, case}, set(private)
    attributes = [at for at in width if at not in chosen and at not in hidden]
    kept_private = [at for at in private if at not in chosen]
    reason = f"{how}; {case_how}"
    reason += f"; attributes: {listed(table, attributes)}" if attributes else ""
    reason += f"; kept private: {listed(table, kept_private)}" if kept_private else ""
    return Columns(tuple(text), case, tuple(kept_private), tuple(attributes), reason)


def _text_columns(
    table: Table, file_name: str, wanted: Sequence[str], taken: set[int | None], why: str
) -> tuple[list[int], str]:
    if wanted:
        blank = _blank(table, wanted)
        filled = [name for name in wanted if name not in blank]
        empty = f"nobody wrote anything in {', '.join(map(repr, blank))}"
        if not filled:
            raise FeedbackError(f"{file_name}: {empty}", hint=hint_columns(table, "the text column"))
        columns = list(dict.fromkeys(find_column(table, file_name, name, "text", why) for name in filled))
        return columns, f"open text: {listed(table, columns)} ({why})" + (f"; {empty}" if blank else "")
    columns = [at for at in range(len(table.header)) if at not in taken and holds_answers(table, at)]
    if not columns:
        return [], "no column looks like free text: all are kept to compare people by"
    return columns, f"open text: {listed(table, columns)} (answers in different words)"


def _blank(table: Table, wanted: Sequence[str]) -> list[str]:
    """The wanted columns that stand in the file and that nobody filled."""
    here = {name.casefold() for name in (*table.header, *table.questions)}
    gone = {name_of(name).casefold() for name in table.named} - here
    return [name for name in wanted if name_of(name).casefold() in gone]


def holds_answers(table: Table, at: int) -> bool:
    """Whether a column holds open answers and not choices of a list."""
    cells = table.column(at)
    return is_open(table.headings(at), cells) and not are_choices(cells)


def _case_column(table: Table, taken: set[int]) -> tuple[int | None, str]:
    """The column that names the respondents: by its heading, one that differs in every row before others."""
    called = _called_ids(table, taken)
    spoilt = [at for at in called if _spoilt_id(table, at)]
    ways = {at: _how_different(table.column(at), len(table.rows)) for at in called if at not in spoilt}
    for wanted in (_ALL_DIFFERENT, ""):
        for at, how in ways.items():
            if how and (not wanted or how == wanted):
                return at, f"respondent: {table.header[at]!r} ({how})"
    for at in called:
        own = plain_heading(table.header[at])
        if at not in spoilt and _OF_PERSON.fullmatch(own) and _come_back(table.column(at), len(table.rows)):
            return at, f"respondent: {table.header[at]!r} (several rows each)"
    if spoilt:
        name, cell = table.header[spoilt[0]], _spoilt_id(table, spoilt[0])
        return None, f"{_ROW}; the ids in {name!r} were spoilt by a spreadsheet ({cell})"
    return None, _ROW


def _come_back(cells: Sequence[str], rows: int) -> bool:
    """Whether ids name people who have a few rows each."""
    people = len({cell.strip() for cell in cells})
    return people > 1 and len(cells) == rows and _MOST_ROWS_EACH * people >= rows


def _called_ids(table: Table, taken: set[int]) -> list[int]:
    """The columns whose headings say that they hold ids, the likeliest first."""
    plain = {
        at: [plain_heading(one.replace("#", "number")) for one in table.headings(at)]
        for at in range(len(table.header))
        if at not in taken
    }
    found = [at for sign in _CASE for at, names in plain.items() if any(map(sign.fullmatch, names))]
    return list(dict.fromkeys(found))


def _spoilt_id(table: Table, at: int) -> str:
    """The first id of a column that a spreadsheet has rounded ("6.34E+17"), or nothing."""
    cells = (cell.strip() for cell in table.column(at))
    return next((cell for cell in cells if _SPOILT.fullmatch(cell)), "")


def _refuse_spoilt(table: Table, file_name: str, at: int) -> None:
    """Rounded ids are those of several people: their answers and consents would be put together."""
    cells = [cell.strip() for cell in table.column(at)]
    rounded = _spoilt_id(table, at)
    if rounded and cells.count(rounded) > 1:
        raise FeedbackError(
            f"{file_name}: the ids in {table.header[at]!r} were spoilt by a spreadsheet: {rounded} stands in "
            f"{cells.count(rounded)} rows",
            hint="save the survey anew with ids as text, or name no column of ids: then each row is a person",
        )


def _how_different(cells: Sequence[str], rows: int) -> str:
    """How a column's values tell rows apart, "" when they do not."""
    counts = Counter(cell.strip() for cell in cells)
    if len(counts) == len(cells) == rows:
        return _ALL_DIFFERENT
    few_twice = len(counts) >= min(_MOSTLY_DIFFERENT * len(cells), len(cells) - 1)
    if len(counts) < 2 or len(cells) < _MOSTLY_FILLED * rows or not few_twice:
        return ""
    twice = sorted(value for value, count in counts.items() if count > 1)
    notes = [f"{', '.join(map(repr, twice[:5]))} more than once, read as one person"] if twice else []
    blank = rows - len(cells)
    notes += [f"{blank} {'row' if blank == 1 else 'rows'} without one, numbered"] if blank else []
    return "; ".join(notes)


def find_column(table: Table, file_name: str, name: str, what: str, told: str = "") -> int:
    """The column of this name, without regard to case and spaces; by its question too, then by its number.

    Errors: FeedbackError with the nearest names and all there are.
    """
    wanted = name_of(name).casefold()
    for names in (table.header, table.questions):
        for at, known in enumerate(names):
            if known.casefold() == wanted:
                return at
    raise FeedbackError(
        f"{file_name} has no column {name!r}" + (" (it is named in feedback.yaml)" if "yaml" in told else ""),
        hint=_nearest(wanted, [*table.header, *table.questions]) + hint_columns(table, f"the {what} column"),
    )


def _nearest(wanted: str, names: Sequence[str]) -> str:
    """`did you mean ...? ` with the names most like this one, or those that begin with it or hold it."""
    known = {name.casefold(): name for name in reversed(names)}
    near = difflib.get_close_matches(wanted, known, 2, 0.6)
    if not near and len(wanted) > 1:
        near = [name for name in known if re.search(rf"\b{re.escape(wanted)}\b", name)]
    return f"did you mean {' or '.join(repr(known[name]) for name in near[:2])}? " if near else ""


def hint_columns(table: Table, what: str) -> str:
    """`what; the columns are: ...`, long names cut and at most 40."""
    shown = ", ".join(repr(_cut(name)) for name in table.header[:_HINTED])
    more = len(table.header) - _HINTED
    return f"{what}; the columns are: {shown}" + (f" and {more} more" if more > 0 else "")


def listed(table: Table, columns: Sequence[int]) -> str:
    """Columns by their names, at most 40 of them."""
    shown = ", ".join(repr(table.header[at]) for at in columns[:_SHOWN])
    return shown + (f" and {len(columns) - _SHOWN} more" if len(columns) > _SHOWN else "")


def _cut(name: str) -> str:
    return name if len(name) <= _WIDE else name[: _WIDE - 3] + "..."

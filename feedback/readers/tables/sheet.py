"""Workbooks (.xlsx, .xls, .ods) -> rows of strings, by calamine."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.model import Dropped
from feedback.readers.content import NAMES
from feedback.readers.encodings import tidy
from feedback.readers.files import check_size
from feedback.readers.formats import format_of
from feedback.readers.safe import Package
from feedback.readers.shapes import Options, Reading, left_out
from feedback.readers.tables.delimited import MOST_CELLS, MOST_COLUMNS, delimited_rows, read_delimited
from feedback.readers.tables.old_workbook import sheets_of_xls
from feedback.readers.tables.sheet_marks import check_counts, check_reach, check_reach_of_xls, marks_of
from feedback.readers.tables.survey import columns_used, table_reading

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm", ".xls", ".ods")
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP_OR_OLE = (b"PK\x03\x04", _OLE)
_FORMATS = frozenset({"csv", "tsv", "txt", "xlsx", "xls", "ods"})
_EXACT = 1e15


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet's rows; `shown` is False for one that is hidden in the program that made it."""

    name: str
    shown: bool
    rows: list[list[str]]
    notes: list[Dropped] = field(default_factory=list)


def read_workbook(data: bytes, file_name: str, options: Options) -> Reading:
    """A workbook's first sheet that is a survey with open answers, or a transcript, as a reading.

    Where no sheet has open answers the first with two or more rows is read. The others are reported, and so
    are hidden rows (they are read) and formulas without a value.
    """
    if not data.startswith(_ZIP_OR_OLE):
        return read_delimited(data, file_name, options)
    sheets = _full_sheets(data, file_name)
    refused: FeedbackError | None = None
    found: list[tuple[bool, bool, bool, int, Reading]] = []
    for at, sheet in enumerate(sheets):
        try:
            reading = table_reading(sheet.rows, file_name, options)
        except FeedbackError as error:
            refused = refused or error
        else:
            # A table with answers and ids before a list of questions or notes on a cover sheet.
            single = columns_used(sheet.rows) == 1
            numbered = any((turn.respondent or "").startswith("row ") for turn in reading.turns)
            found.append((not reading.turns, single, numbered, at, reading))
    if not found:
        raise refused or no_words(file_name)
    *_, at, reading = min(found, key=lambda one: one[:4])
    reading.dropped.extend(_others(sheets, at) + sheets[at].notes)
    return reading


Wanted = Callable[[Sequence[str]], bool]


def table_rows(
    data: bytes, file_name: str, wanted: Wanted | None = None
) -> tuple[Sequence[Sequence[str]], list[Dropped]]:
    """The rows of a workbook or of a delimited file, by what its bytes are; the other sheets are reported.

    wanted: says of a header whether its sheet is the one; without such a sheet the first with rows is taken.
    Errors: FeedbackError for what is empty, too large or no table.
    """
    check_size(data, file_name)
    format_, _ = format_of(data, file_name)
    if format_ not in _FORMATS:
        raise FeedbackError(
            f"{file_name} is {NAMES.get(format_, 'a .' + format_ + ' file')}, not a table",
            hint="save the table as .csv or .xlsx, with a header row",
        )
    workbook = data.startswith(_ZIP_OR_OLE)
    return sheet_rows(data, file_name, wanted) if workbook else delimited_rows(data, file_name)


def no_words(file_name: str) -> FeedbackError:
    """The refusal of a workbook in which nothing stands."""
    return FeedbackError(f"{file_name} has no words in it", hint="check that it is the right file")


def sheet_rows(
    data: bytes, file_name: str, wanted: Wanted | None = None
) -> tuple[list[list[str]], list[Dropped]]:
    """All rows, as strings, of the first sheet that is wanted, else that holds two rows or more.

    The other sheets are reported.
    """
    sheets = _full_sheets(data, file_name)
    full = [index for index, sheet in enumerate(sheets) if len(sheet.rows) > 1]
    at = next((index for index in full if wanted and wanted(sheets[index].rows[0])), (full or [0])[0])
    return sheets[at].rows, _others(sheets, at) + sheets[at].notes


def _full_sheets(data: bytes, file_name: str) -> list[_Sheet]:
    """The sheets that hold words, those that are shown first."""
    if data.startswith(_OLE):
        check_reach_of_xls(data, file_name)
        sheets = _old_sheets(data, file_name)
    else:
        package = _package(data, file_name)
        check_counts(package, file_name)
        check_reach(package, file_name)
        sheets = _sheets(data, file_name, marks_of(package))
    sheets = [sheet for sheet in sheets if any(map(any, sheet.rows))]
    if not sheets:
        raise no_words(file_name)
    return sorted(sheets, key=lambda sheet: not sheet.shown)


def _package(data: bytes, file_name: str) -> Package:
    package = Package(data, file_name)
    if "word/document.xml" in package.names or not {"xl/workbook.xml", "content.xml"} & package.names:
        raise FeedbackError(
            f"{file_name} is not an Excel workbook", hint="save it as .xlsx in the program that made it"
        )
    package.check_all()
    return package


def _others(sheets: Sequence[_Sheet], chosen: int) -> list[Dropped]:
    notes = []
    for at, sheet in enumerate(sheets):
        if at != chosen:
            rows = sum(any(row) for row in sheet.rows)
            letters = sum(len(cell) for row in sheet.rows for cell in row)
            hidden = "" if sheet.shown else "hidden "
            size = f"{rows} row{'s' * (rows != 1)}, {letters} character{'s' * (letters != 1)}"
            notes.append(left_out(f"{hidden}sheet {sheet.name!r} not read ({size})"))
    return notes


def _old_sheets(data: bytes, file_name: str) -> list[_Sheet]:
    sheets = []
    for name, shown, cells, merged in sheets_of_xls(data, file_name, most_cells=MOST_CELLS):
        rows = [[_text(cell) for cell in row] for row in cells]
        for first, last in merged:
            _fill_down(rows, first, last)
        sheets.append(_Sheet(name, shown, rows))
    return sheets


def _sheets(data: bytes, file_name: str, notes: dict[str, list[Dropped]]) -> list[_Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        return [
            _Sheet(
                one.name,
                one.visible == SheetVisibleEnum.Visible,
                _rows(book, one.name, file_name),
                notes.get(one.name, []),
            )
            for one in book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError, FeedbackError):
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        raise FeedbackError(
            f"{file_name} is damaged, incomplete, or has a password",
            hint="open it in Excel and save it again as .xlsx without a password",
        ) from error


def _rows(book: CalamineWorkbook, name: str, file_name: str) -> list[list[str]]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_width > MOST_COLUMNS or sheet.total_height * sheet.total_width > MOST_CELLS:
        raise FeedbackError(
            f"{file_name}: the sheet {name!r} reaches over {sheet.total_height:,} rows and "
            f"{sheet.total_width:,} columns",
            hint="delete what stands far out, or copy the answers into a sheet of their own",
        )
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for first, last in sheet.merged_cell_ranges or ():
        _fill_down(rows, first, last)
    return rows


def _fill_down(rows: list[list[str]], first: tuple[int, int], last: tuple[int, int]) -> None:
    """A cell merged over several rows holds for each of them."""
    (top, column), (bottom, _) = first, last
    for at in range(top + 1, min(bottom + 1, len(rows))):
        if column < len(rows[at]) and not rows[at][column]:
            rows[at][column] = rows[top][column]


def _text(cell: object) -> str:
    """A cell as a person would type it: whole numbers without a point, dates as 2023-05-01."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < _EXACT else _number(cell)
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat() if cell.time() == datetime.time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return tidy(str(cell))[0]


def _number(cell: float) -> str:
    """A number as a spreadsheet shows it: all digits of long ones, no 0.30000000000000004."""
    return f"{cell:.0f}" if cell.is_integer() else f"{cell:.15g}"

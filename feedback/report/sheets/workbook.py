"""A study as an Excel workbook. XlsxWriter writes it; nothing in it is a formula or a link."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError
from feedback.report.handover import Handover
from feedback.report.sheets import TAG_COLUMNS, Sheet, sheets_of
from feedback.report.wording import PSEUDONYMISED, printable

if TYPE_CHECKING:
    import pandas as pd

MADE = datetime(2000, 1, 1)  # no clock: the same study gives the same bytes
FOR_WHOM = (
    "Most rows are single people and their words: for the research team. 'may_be_quoted' says what each "
    "person agreed to; nothing marked 'no' may be passed on as a quote."
)
_CUT = " [cut]"
SUMMARY = ": summary"  # ends the name of a column that people write in
MOST_ROWS, MOST_CELLS = 1_048_575, 10_000_000
LONGEST = 32_767  # characters in a cell of Excel
_SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDE, _MIDDLE, _NARROW = 60, 24, 12
_LONG = {
    "words", "sentence", "text", "why", "means", "include", "exclude", "phrases", "examples",
    "counter_examples", "holds",
}  # fmt: skip


def write_xlsx(given: Handover) -> bytes:
    """The study as .xlsx: what `sheets_of` gives, behind a sheet that says what it is.

    Every text is written as text, whatever it starts with; a cell longer than Excel takes is cut, with a
    mark. The same study gives the same bytes. FeedbackError for more rows or cells than spreadsheets open.
    """
    _check_size(given)
    return workbook_bytes(given.title, sheets_of(given))


def _check_size(given: Handover) -> None:
    """Refuses what XlsxWriter would leave out without a word, and what no spreadsheet opens."""
    people, tags = given.table("segments")["case_id"].nunique(), len(given.table("tags"))
    cells = 2 * people * len(given.codebook) + tags * len(TAG_COLUMNS)
    if max(people, tags) > MOST_ROWS or cells > MOST_CELLS:
        raise FeedbackError(
            f"{people:,} people and {tags:,} tags are too many for a workbook, which would have {cells:,} "
            f"cells; spreadsheets open {MOST_CELLS:,} at most, {MOST_ROWS:,} in a column",
            hint="write the tags as .csv, or one coder's with --coder NAME; a report has the figures",
        )


def workbook_bytes(title: str, sheets: list[Sheet], *, for_whom: str = FOR_WHOM) -> bytes:
    """Sheets as the bytes of a workbook, behind one called "About" that says what each is and for whom."""
    from xlsxwriter import Workbook

    sink = io.BytesIO()
    book = Workbook(sink, _SAFE)
    book.set_properties({"title": printable(title), "created": MADE, "comments": PSEUDONYMISED})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    about = book.add_worksheet("About")
    about.set_column(0, 0, _MIDDLE, plain)
    about.set_column(1, 1, 100, plain)
    lines = [
        ("Study", title),
        ("Note", PSEUDONYMISED),
        ("For whom", for_whom),
        *((sheet.name, sheet.about) for sheet in sheets),
    ]
    for at, (name, text) in enumerate(lines):
        about.write_string(at, 0, name, bold)
        about.write_string(at, 1, _cell(text), plain)
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet.rows, bold, plain)
    book.close()
    return sink.getvalue()


def _write_sheet(page: Any, rows: pd.DataFrame, bold: Any, plain: Any) -> None:
    page.freeze_panes(1, 1)
    for at, column in enumerate(map(str, rows)):
        page.write_string(0, at, _cell(column), bold)
        values = list(rows.iloc[:, at])
        page.set_column(at, at, _width(column, values), plain)
        for row, value in enumerate(values, 1):
            _write_value(page, row, at, value, plain)
    if len(rows):
        page.autofilter(0, 0, len(rows), len(rows.columns) - 1)


def _write_value(page: Any, row: int, column: int, value: Any, plain: Any) -> None:
    import pandas as pd

    if isinstance(value, str):
        page.write_string(row, column, _cell(value), plain)
    elif pd.isna(value):
        page.write_blank(row, column, None, plain)
    else:
        number = float(value)
        page.write_number(row, column, int(number) if number.is_integer() else round(number, 4), plain)


def _width(column: str, values: list[Any]) -> int:
    if column in _LONG or column.endswith(SUMMARY):
        return _WIDE
    longest = max((len(value) for value in values if isinstance(value, str)), default=0)
    return _MIDDLE if longest > _NARROW or len(column) > _NARROW else _NARROW


def _cell(text: str) -> str:
    text = printable(text)
    return text if len(text) <= LONGEST else text[: LONGEST - len(_CUT)] + _CUT

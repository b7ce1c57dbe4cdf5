"""Excel workbooks -> rows of strings, by calamine."""

from __future__ import annotations

import datetime
import io

from feedback.errors import FeedbackError
from feedback.model import Dropped
from feedback.readers.encodings import tidy
from feedback.readers.safe import Package
from feedback.readers.shapes import Options, Reading, left_out
from feedback.readers.survey import survey_from


def read_xlsx(data: bytes, file_name: str, options: Options) -> Reading:
    """A survey in an Excel workbook as a reading: one turn for each open answer of its first full sheet."""
    rows, dropped = sheet_rows(data, file_name)
    reading = survey_from(rows, file_name, options)
    reading.dropped.extend(dropped)
    return reading


def sheet_rows(data: bytes, file_name: str) -> tuple[list[list[str]], list[Dropped]]:
    """All rows of the first sheet that holds two or more, as strings; the other sheets are reported."""
    package = Package(data, file_name)
    if "xl/workbook.xml" not in package.names:
        known = "it is a Word document: name it .docx" if "word/document.xml" in package.names else None
        raise FeedbackError(
            f"{file_name} is not an Excel workbook",
            hint=known or "save it as .xlsx in the program that made it",
        )
    package.check_all()
    sheets = [(name, rows) for name, rows in _sheets(data, file_name) if any(any(row) for row in rows)]
    if not sheets:
        raise FeedbackError(f"{file_name} has no words in it", hint="check that it is the right file")
    chosen = next((index for index, (_, rows) in enumerate(sheets) if len(rows) > 1), 0)
    others = [left_out(f"sheet {name!r} not read") for i, (name, _) in enumerate(sheets) if i != chosen]
    return sheets[chosen][1], others


def _sheets(data: bytes, file_name: str) -> list[tuple[str, list[list[str]]]]:
    from python_calamine import load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        return [
            (
                name,
                [
                    [_text(cell) for cell in row]
                    for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                ],
            )
            for name in book.sheet_names
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust library is no Exception
        raise FeedbackError(
            f"{file_name} is damaged or incomplete", hint="open it in Excel and save it again"
        ) from error


def _text(cell: object) -> str:
    """A cell as a person would type it: whole numbers without a point, dates as 2023-05-01."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    if isinstance(cell, datetime.date | datetime.datetime | datetime.time):
        return cell.isoformat()
    return tidy(str(cell))[0]

"""Old Excel workbooks (.xls), read in a process of their own.

The library follows the chains of blocks that such a file consists of wherever they lead; in a broken or
hostile file that ends in a full memory, which no error can be made of. The child may die; nobody else does.
"""

from __future__ import annotations

import json
import subprocess
import sys

from feedback.errors import FeedbackError

_SECONDS = 20
_MEMORY = 480 * 1024 * 1024
# What is no text, number or truth is a date or time, written as a spreadsheet shows it.
_CHILD = """
import io, json, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

def plain(cell):
    if isinstance(cell, (str, bool, int, float)):
        return cell
    text = str(cell)
    return text.removesuffix(" 00:00:00").partition(".")[0]

book = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
sheets = []
for one in book.sheets_metadata:
    if one.typ != SheetTypeEnum.WorkSheet:
        continue
    sheet = book.get_sheet_by_name(one.name)
    if sheet.total_height * sheet.total_width > {cells}:
        sheets.append([one.name, True, sheet.total_height, sheet.total_width, [], []])
        continue
    rows = [[plain(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    shown = one.visible == SheetVisibleEnum.Visible
    sheets.append([one.name, shown, 0, 0, rows, list(sheet.merged_cell_ranges or ())])
json.dump(sheets, sys.stdout)
"""
Cell = str | bool | int | float
Span = tuple[tuple[int, int], tuple[int, int]]


def sheets_of_xls(
    data: bytes, file_name: str, *, most_cells: int
) -> list[tuple[str, bool, list[list[Cell]], list[Span]]]:
    """The sheets of an old workbook: name, whether it is shown, cells, and the spans of merged cells.

    Errors: FeedbackError for what cannot be read in 20 seconds and half a gigabyte, or is too large.
    """
    code = _CHILD.format(memory=_MEMORY, cells=most_cells)
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", code], input=data, capture_output=True, timeout=_SECONDS, check=True
        )
        sheets = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise FeedbackError(
            f"{file_name} is damaged, incomplete, or has a password",
            hint="open it in Excel and save it as .xlsx without a password",
        ) from error
    for name, _, height, width, _, _ in sheets:
        if height:
            raise FeedbackError(
                f"{file_name}: the sheet {name!r} reaches over {height:,} rows and {width:,} columns",
                hint="delete what stands far out, or copy the answers into a sheet of their own",
            )
    return [
        (name, shown, rows, [(tuple(first), tuple(last)) for first, last in merged])
        for name, shown, _, _, rows, merged in sheets
    ]

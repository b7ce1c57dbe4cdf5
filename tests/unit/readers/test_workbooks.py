from __future__ import annotations

import datetime
import io
import struct

import openpyxl
import pytest
from making import reading, xlsx, zipped
from survey_makers import LEFT, answers
from test_survey_makers import told

from feedback.errors import FeedbackError
from feedback.model import Document, Dropped

WHY = "Why did you leave?"
ROWS = [["Ref", "Role", WHY], *[[f"N{n}", "SW", text] for n, text in enumerate(LEFT)]]


def workbook(sheets: dict[str, list[list[object]]], **hidden: str) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = hidden.get(name, "visible")
    return book


def read(book: openpyxl.Workbook) -> tuple[Document, list[Dropped]]:
    out = io.BytesIO()
    book.save(out)
    return reading(out.getvalue(), "a.xlsx")


def test_the_sheet_with_the_answers_is_read_wherever_it_is_and_the_others_are_told() -> None:
    cover: list[list[object]] = [["Exit survey 2026"], ["Ask the team what the columns mean"]]
    document, dropped = read(
        workbook({"About": cover, "Codes": [["a", "b"], ["1", "yes"]], "Data": [*ROWS]}, Codes="hidden")
    )
    assert told(document) == answers(["N0", "N1", "N2"], WHY)
    assert [one.reason.split(" (")[0] for one in dropped] == [
        "hidden sheet 'Codes' not read",
        "sheet 'About' not read",
    ]


def test_hidden_rows_are_read_and_formulas_without_a_value_are_told() -> None:
    book = workbook({"S": [*ROWS]})
    book["S"].row_dimensions[3].hidden = True
    book["S"]["B2"] = "=1+1"
    document, dropped = read(book)
    assert len(document.turns) == 3
    assert [one.reason for one in dropped] == [
        "1 hidden rows, which were read too",
        "formulas without a value (1): open the file in Excel and save it",
    ]


def test_heads_merged_over_two_rows_and_ids_merged_over_several_hold_for_all_of_them() -> None:
    book = workbook({"S": [["Ref", "About you", "", WHY], ["", "Role", "Hours", ""]]})
    for n, text in enumerate(LEFT):
        book["S"].append([f"N{n}", "SW", str(30 + n), text])
    for cells in ("A1:A2", "B1:C1", "D1:D2"):
        book["S"].merge_cells(cells)
    document, _ = read(book)
    assert told(document) == answers(["N0", "N1", "N2"], WHY)
    assert document.attributes["N1"] == {"Role": "SW", "Hours": "31"}
    book = workbook({"S": [["Participant ID", "Question", "Answer"]]})
    for n, text in enumerate(LEFT):
        book["S"].append([f"N{n}", WHY, text])
        book["S"].append(["", "What would have helped?", f"A mentor who had the time for me, in year {n}"])
        book["S"].merge_cells(start_row=2 * n + 2, end_row=2 * n + 3, start_column=1, end_column=1)
    document, _ = read(book)
    assert [turn.respondent for turn in document.turns] == ["N0", "N0", "N1", "N1", "N2", "N2"]


def test_long_numbers_dates_and_times_read_as_a_spreadsheet_shows_them() -> None:
    day = datetime.datetime(2026, 9, 1, 10, 11, 5)
    book = workbook({"S": [["ID", "N", "When", "Why"], [12345678901234567, 0.1 + 0.2, day, LEFT[0]]]})
    document, _ = read(book)
    (who,) = document.attributes
    assert who.startswith("123456789012345") and "e" not in who.lower()
    assert document.attributes[who] == {"N": "0.3", "When": "2026-09-01 10:11:05"}


def ods(rows: list[list[str]], repeated: str = "") -> bytes:
    def cell(text: str) -> str:
        kind = 'office:value-type="string"'
        return f"<table:table-cell {repeated} {kind}><text:p>{text}</text:p></table:table-cell>"

    space = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<?xml version="1.0"?><office:document-content {space}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": "<m/>"})


def test_a_spreadsheet_of_libreoffice_is_read_too() -> None:
    document, _ = reading(ods(ROWS), "a.ods")
    assert told(document) == answers(["N0", "N1", "N2"], WHY)


def far() -> bytes:
    book = workbook({"S": [*ROWS]})
    book["S"]["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def old_and_far() -> bytes:
    record = b"\x00\x02\x0e\x00" + struct.pack("<IIHH", 0, 65_536, 0, 256) + b"\x00\x00"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + record + b"\0" * 999


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (far(), "a.xlsx", "reaches over 1,048,576 rows"),
        (old_and_far(), "a.xls", "reaches over 65,536 rows"),
        (ods(ROWS, 'table:number-columns-repeated="99999999"'), "a.ods", "99,999,999 columns"),
        (b"a," * 1_000_000, "a.csv", "more than 16,384 columns"),
        (b"\n" * 3_100_000 + b"a", "a.csv", "more than 3,000,000 rows"),
        (b'id,why\n1,"' + b"x" * 10_000_001 + b'"', "a.csv", "cannot be read as a table"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0" * 999,
            "a.xls",
            "damaged",
        ),
    ],
    ids=["far cell", "far cell in xls", "repeated cells", "columns", "rows", "long cell", "no xls"],
)
def test_what_no_table_of_answers_is_like_is_refused_before_it_takes_memory(
    data: bytes, name: str, said: str
) -> None:
    with pytest.raises(FeedbackError, match=said) as caught:
        reading(data, name)
    assert name in caught.value.message and caught.value.hint


def test_every_word_of_a_sheet_is_somewhere() -> None:
    rows: list[list[object]] = [
        ["Title of it all", "", "", ""],
        ["Ref", "Email", "Role", WHY],
        ["N0", "a@example.org", "SW", LEFT[0]],
        ["N0", "b@example.org", "TM", LEFT[1]],
        ["N2", "", "SW", LEFT[2]],
        ["Total", "", "3", ""],
    ]
    document, dropped = reading(xlsx({"S": rows}), "a.xlsx")  # type: ignore[dict-item]
    kept = {
        cell
        for cells in (*document.attributes.values(), *document.private.values())
        for cell in cells.values()
    }
    left = "\t".join(document.text[one.start : one.end] for one in dropped if one.start is not None)
    said = {document.words(turn) for turn in document.turns}
    for row in [rows[0], *rows[2:]]:
        for cell in filter(None, map(str, row)):
            assert cell in kept | said | set(document.attributes) or cell in left.split("\t"), cell

# ruff: noqa: E501, PLW0108
"""Surveys and forms as Qualtrics, SurveyMonkey, Microsoft, Google and Jisc write them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

import xlsxwriter
from docx import Document as Word
from nasty_cases import Case
from nasty_open import SPACES

WHY = "Why did you leave?"
HELP = "What would have helped?"
SAID = (
    "The caseload, mostly. Twenty-six children and no cover when somebody went off sick.",
    "It was £400 a month on parking – nobody's paid that back, and I asked three times.",
    "NA",
    "My manager changed four times in a year.\n\nThe fifth never said hello to any of us.",
    'They call it "agile working", which means that there is no desk for you.',
    "None",
)
HELPED = (
    "A smaller caseload and someone to talk to on a Friday afternoon.",
    "",
    "Paying the mileage on time would have been a start, to be honest.",
    "One manager, for longer than a season.",
    "",
    "Not much; we were moving to Fife anyway because of my husband's job.",
)
IDS = ("007", "0012", "1.0", "1e5", "TRUE", "2025-01-02")


def table(rows: Sequence[Sequence[str]], delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """Rows as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


def both(ids: Sequence[str], first: str = WHY, second: str = HELP) -> tuple[tuple[str, str, str], ...]:
    """The answers expected, row by row."""
    pairs = zip(ids, SAID, HELPED, strict=True)
    return tuple((i, q, text) for i, a, b in pairs for q, text in ((first, a), (second, b)) if text)


def simple(*heads: str, ids: Sequence[str] = IDS) -> list[list[str]]:
    """id, two answers, region; under these heads."""
    rows = [[i, a, b, "North"] for i, a, b in zip(ids, SAID, HELPED, strict=True)]
    return [list(heads), *rows]


QUALTRICS_HEAD = [
    "StartDate",
    "Status",
    "IPAddress",
    "Progress",
    "ResponseId",
    "RecipientEmail",
    "Q1",
    "Q2",
    "Q2_TEXT",
]
QUALTRICS_TEXT = ["Start Date", "Response Type", "IP Address", "Progress", "Response ID", "Recipient Email", "Region", WHY, HELP]  # fmt: skip
R_IDS = tuple(f"R_1aB{n}cD" for n in range(6))


def qualtrics() -> list[list[str]]:
    """Three heads, a preview that is a test, then answers."""
    ids = [json.dumps({"ImportId": name}) for name in ("startDate", "status", "ipAddress", "progress", "_recordId", "recipientEmail", "QID1", "QID2_TEXT", "QID3_TEXT")]  # fmt: skip
    rows = [QUALTRICS_HEAD, QUALTRICS_TEXT, ids]
    rows.append(
        [
            "2025-03-01 09:00:00",
            "Survey Preview",
            "",
            "100",
            "R_preview",
            "",
            "North",
            "this is only a test of the form",
            "test",
        ]
    )
    for n, r in enumerate(R_IDS):
        rows.append(
            [
                f"2025-03-0{n + 2} 10:00:00",
                "IP Address",
                f"81.2.69.{n}",
                "100",
                r,
                "",
                "North",
                SAID[n],
                HELPED[n],
            ]
        )
    return rows


def surveymonkey() -> list[list[str]]:
    """Two heads."""
    heads = [
        "Respondent ID",
        "Collector ID",
        "Start Date",
        "IP Address",
        "Email Address",
        "Which team?",
        WHY,
        HELP,
    ]
    under = ["", "", "", "", "", "Response", "Open-Ended Response", "Open-Ended Response"]
    rows = [
        [f"11820045000{n}", "4123", "03/01/2025 08:00:00 AM", f"10.0.0.{n}", "", "North", SAID[n], HELPED[n]]
        for n in range(6)
    ]
    return [heads, under, *rows]


def workbook(
    rows: Sequence[Sequence[object]], *, sheets: tuple[str, ...] = ("Form1",), skip: int = 0
) -> bytes:
    """The rows in an Excel file; `skip` empty rows before them, further sheets without anything."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    )
    first, *_ = [book.add_worksheet(name) for name in sheets]
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value not in ("", None):
                first.write(r + skip, c, value)
    book.close()
    return out.getvalue()


def ms_forms() -> bytes:
    """Microsoft Forms: no-break spaces and line ends in the heads, choices that end in ;."""
    heads = [
        "ID",
        "Start time",
        "Completion time",
        "Email",
        "Name",
        "Which team?\u00a0",
        "Why did you\u00a0leave?\n",
        HELP,
    ]
    rows = [
        [n + 1, 45000.5, 45000.6, "anonymous", None, "North;South;", SAID[n], HELPED[n]] for n in range(6)
    ]
    return workbook([heads, *rows])


def rich_text() -> bytes:
    """Cells with bold parts inside of them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    sheet.write_row(0, 0, ["Respondent", WHY])
    for n, words in enumerate(SAID):
        sheet.write_string(n + 1, 0, f"L{n}")
        if len(words) > 10:
            sheet.write_rich_string(n + 1, 1, words[:3], bold, words[3:9], words[9:])
        else:
            sheet.write_string(n + 1, 1, words)
    book.close()
    return out.getvalue()


def ods(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows in a LibreOffice spreadsheet; empty cells are written as LibreOffice does, in one element."""
    out = io.BytesIO()
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    empty = '<table:table-cell table:number-columns-repeated="16380"/>'
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = (
        "".join(
            cell.format(escape(words).replace("\n", "</text:p><text:p>")) if words else "<table:table-cell/>"
            for words in row
        )
        for row in rows
    )
    body = "".join(f"<table:table-row>{line}{empty}</table:table-row>" for line in lines)
    content = f'<office:document-content {SPACES}><office:body><office:spreadsheet><table:table table:name="Sheet1">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", kind)
        manifest = f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
        file.writestr("META-INF/manifest.xml", manifest)
        file.writestr("content.xml", content)
    return out.getvalue()


def google() -> list[list[str]]:
    """No ids, and the same head twice."""
    rows = [[f"2025/03/0{n + 1} 9:10:22 am GMT", "North", SAID[n], HELPED[n]] for n in range(6)]
    return [["Timestamp", "Which team?", "Please explain", "Please explain"], *rows]


def form(*, tabular: bool = False) -> bytes:
    """An exit form in Word: bold questions with the answers under them, or a table."""
    document = Word()
    document.add_heading("Leaver's questionnaire", 0)
    pairs = (
        ("Why did you leave?", SAID[0]),
        ("What would have helped?", HELPED[0]),
        ("Any other comments?", SAID[4]),
    )
    rows = document.add_table(0, 2) if tabular else None
    for question, answer in pairs:
        if rows is not None:
            cells = rows.add_row().cells
            cells[0].text, cells[1].text = question, answer
            continue
        document.add_paragraph().add_run(question).bold = True
        document.add_paragraph(answer)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


FORM = ((None, WHY, SAID[0]), (None, HELP, HELPED[0]), (None, "Any other comments?", SAID[4]))
LONG_FORM = [["participant_id", "question", "answer"], *([i, q, text] for i, q, text in both(R_IDS))]
RAGGED = "id,Why did you leave?\r\nL1,\"The hours, and the way that nobody ever said thank you\"\r\n\r\nL2\r\nL3,No cover for anybody who was ill all winter,,,\r\n"  # fmt: skip
LEADING = tuple(f"00{n}41" for n in range(6))


def text(
    rows: Sequence[Sequence[str]], encoding: str = "utf-8-sig", delimiter: str = ",", before: str = ""
) -> bytes:
    """The rows encoded."""
    return (before + table(rows, delimiter)).encode(encoding)


CASES = [
    Case("qualtrics.csv", lambda: text(qualtrics()), answers=both(R_IDS)),
    Case("qualtrics.tsv", lambda: text(qualtrics(), "utf-16", "\t"), answers=both(R_IDS)),
    Case("qualtrics-utf16-without-bom.tsv", lambda: text(qualtrics(), "utf-16-le", "\t"), answers=both(R_IDS)),
    Case("surveymonkey.csv", lambda: text(surveymonkey(), "utf-8"), answers=both([f"11820045000{n}" for n in range(6)])),
    Case("surveymonkey.xlsx", lambda: workbook(surveymonkey()), answers=both([f"11820045000{n}" for n in range(6)])),
    Case("ms-forms.xlsx", ms_forms, answers=both([str(n + 1) for n in range(6)])),
    Case("google-forms.csv", lambda: text(google(), "utf-8"), answers=tuple((None, None, words) for a, b in zip(SAID, HELPED, strict=True) for words in (a, b) if words)),
    Case("jisc.csv", lambda: text(simple("Unique Response Number", WHY, HELP, "Region", ids=LEADING), "cp1252"), answers=both(LEADING)),
    Case("ids-stay-text.csv", lambda: text(simple("Respondent ID", WHY, HELP, "Region")), answers=both(IDS)),
    Case("ids-stay-text.xlsx", lambda: workbook(simple("Respondent ID", WHY, HELP, "Region")), answers=both(IDS)),
    Case("semicolons.csv", lambda: text(simple("id", WHY, HELP, "Region"), delimiter=";"), answers=both(IDS)),
    Case("sep-line.csv", lambda: text(simple("id", WHY, HELP, "Region"), "cp1252", ";", before="sep=;\r\n"), answers=both(IDS)),
    Case("pipes.csv", lambda: text(simple("id", WHY, HELP, "Region"), delimiter="|"), answers=both(IDS)),
    Case("long-layout.csv", lambda: text(LONG_FORM), answers=both(R_IDS)),
    Case("ragged.csv", lambda: RAGGED.encode(), answers=(("L1", WHY, "The hours, and the way that nobody ever said thank you"), ("L3", WHY, "No cover for anybody who was ill all winter"))),
    Case("further-sheets.xlsx", lambda: workbook(simple("id", WHY, HELP, "Region", ids=LEADING), sheets=("Answers", "Sheet2", "Notes")), answers=both(LEADING)),
    Case("empty-rows-first.xlsx", lambda: workbook(simple("id", WHY, HELP, "Region", ids=LEADING), skip=3), answers=both(LEADING)),
    Case("rich-text.xlsx", rich_text, answers=tuple((f"L{n}", WHY, words) for n, words in enumerate(SAID))),
    Case("survey.ods", lambda: ods(simple("id", WHY, HELP, "Region", ids=LEADING)), answers=both(LEADING)),
    Case("exit-form.docx", form, answers=FORM),
    Case("exit-form-table.docx", lambda: form(tabular=True), answers=FORM),
    Case("comment-a-line.txt", lambda: "\n".join(w for w in SAID if "\n" not in w).encode(), answers=tuple((None, None, w) for w in SAID if "\n" not in w), kind="survey"),
]  # fmt: skip

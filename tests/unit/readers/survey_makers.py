"""Exports of survey tools as they come, small, with what should be read from them."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Sequence

from making import xlsx

LEFT = (
    "The caseload was far too high for one person to hold safely.",
    "My manager left and nobody came in her place for a year.",
    "I loved the families, but I could not go on working every weekend.",
)
WISH = ("A mentor who had the time to meet me.", "", "Hybrid working, and enough desks for us all.")


def table(rows: Sequence[Sequence[object]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """A delimited file as spreadsheets write it."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def qualtrics(*, legacy: bool = False, ids: bool = True) -> list[list[str]]:
    """Rows of a Qualtrics export: three header rows, the second a preview; the older one has two."""
    names = ["StartDate", "Status", "IPAddress", "Progress", "ResponseId", "RecipientEmail", "Q1", "Q2", "Q3"]
    asked = ["Start Date", "Response Type", "IP Address", "Progress", "Response ID", "Recipient Email",
             "What is your role?", "Why did you leave?", "What would have helped?"]  # fmt: skip
    if legacy:
        names[:6] = [f"V{number}" for number in range(1, 7)]
        asked[:6] = ["StartDate", "Status", "IPAddress", "Progress", "ResponseID", "EmailAddress"]
    rows = [names, asked] + [['{"ImportId":"QID1"}'] * 9] * (ids and not legacy)
    for number, (left, wish) in enumerate(zip(LEFT, WISH, strict=True), start=1):
        mail = f"p{number}@example.org"
        rows.append(
            ["2026-10-01", "IP Address", "81.2.69.14", "100", f"R_{number}aX", mail, "SW", left, wish]
        )
        if number == 1 and not legacy:
            preview = [
                "2026-10-01",
                "Survey Preview",
                "1.1.1.1",
                "100",
                "R_9",
                "",
                "SW",
                "test test test test",
                "",
            ]
            rows.append(preview)
    return rows


def answers(ids: Sequence[str], left: str, wish: str | None = None) -> list[tuple[str, str, str]]:
    """The turns that should be read: respondent, question, words."""
    found = []
    for who, one, other in zip(ids, LEFT, WISH, strict=True):
        found.append((who, left, one))
        if wish and other:
            found.append((who, wish, other))
    return found


def surveymonkey() -> list[list[object]]:
    """Rows of a SurveyMonkey export: two header rows, ticked boxes in columns of their own."""
    top = ["Respondent ID", "Collector ID", "Start Date", "IP Address", "What affected you?", "", "",
           "Why did you leave?"]  # fmt: skip
    below = ["", "", "", "", "Workload", "Pay", "Other (please specify)", "Open-Ended Response"]
    boxes = [["Workload", "", ""], ["Workload", "Pay", "the drive of two hours each way"], ["", "", ""]]
    return [
        list(top),
        list(below),
        *[[11800 + n, 44, "10/01/2026", "9.9.9.9", *boxes[n], LEFT[n]] for n in range(3)],
    ]


def forms() -> bytes:
    """A workbook of Microsoft Forms: hard spaces and line ends in headings, choices with `;` behind them."""
    when = datetime.datetime(2026, 9, 1, 10, 11, 5)
    head = [
        "ID",
        "Start time",
        "Email",
        "What is your\nrole\u00a0?",
        "What\u00a0applied?",
        "Why did you leave?",
    ]
    rows = [[n + 1, when.isoformat(), "anonymous", "SW", "Pay;Workload;", LEFT[n]] for n in range(3)]
    return xlsx({"Form1": [head, *rows]})

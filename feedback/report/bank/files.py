"""The quote bank as a workbook and as a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback.report.bank import Bank
from feedback.report.bank.words import CONTEXT, RULES, by_heading, fairness_lines, how_many, told
from feedback.report.sheets import Sheet
from feedback.report.sheets.workbook import workbook_bytes
from feedback.report.word.page import Page
from feedback.report.wording import PSEUDONYMISED

if TYPE_CHECKING:
    import pandas as pd


def bank_xlsx(bank: Bank) -> bytes:
    """The bank as .xlsx: one row a quote, and who is quoted; the same bank gives the same bytes."""
    import pandas as pd

    columns = [
        "quote_id", "about", "kind", "text", "attribution", "valence", "may_be_used", "until", "left_out",
        "before", "after", "why",
    ]  # fmt: skip
    rows = pd.DataFrame(
        [[getattr(one, name) for name in columns] for one in bank.quotes], columns=columns, dtype=object
    )
    sheets = [
        Sheet("Quotes", f"{how_many(bank)} {CONTEXT} {RULES}", rows),
        Sheet("Who is quoted", "People, not quotes; small groups are hidden.", _fairness_rows(bank)),
    ]
    return workbook_bytes(bank.title or "Quotes", sheets)


def bank_docx(bank: Bank) -> bytes:
    """The bank as .docx, with headings, quotes and attributions in styles of their own."""
    page = Page(bank.title or "Quotes")
    page.text(bank.title or "Quotes", "Title")
    page.text(how_many(bank), "Subtitle")
    page.text(f"{PSEUDONYMISED} {RULES}", "Note")
    for about, quotes in by_heading(bank):
        page.heading(about)
        for quote in quotes:
            page.text(quote.text, "Quote", keep=True)
            page.text(quote.attribution, "Attribution", keep=True)
            page.text(told(quote), "Note")
    if bank.fairness:
        page.heading("Who is quoted")
        page.text("People, not quotes; small groups are hidden.", "Note")
    for table in bank.fairness:
        page.caption(f"People heard and quoted, by {table.attribute}")
        page.table(["", "Heard", "Quoted"], [list(row) for row in fairness_lines(table)])
    return page.to_bytes()


def _fairness_rows(bank: Bank) -> pd.DataFrame:
    import pandas as pd

    rows = [(table.attribute, *line) for table in bank.fairness for line in fairness_lines(table)]
    return pd.DataFrame(rows, columns=["attribute", "value", "heard", "quoted"], dtype=object)

"""A study as an Excel workbook: who says what, in whose words, and what each column holds."""

import io
import zipfile
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from feedback.codebook import Codebook
from feedback.errors import FeedbackError
from feedback.report.handover import Handover, handover
from feedback.report.sheets import NOT_READ, NOTHING_SAID, sheets_of
from feedback.report.sheets.workbook import LONGEST, MOST_ROWS, write_xlsx
from feedback.tables import conform

BOOK = Codebook.from_dict({"pay": "money", "team": "colleagues"})
SAID = {"A": "=1+1 and the pay was low.", "B": "My sister says pay is bad.", "C": "Nothing else."}


def study(*, consents=("publication", "analysis", "internal", "analysis")) -> Handover:
    """A speaks of pay, B of somebody else's pay, C of nothing; D was never heard; all invented."""
    cases = conform(
        "cases", [{"case_id": c, "consent": given} for c, given in zip("ABCD", consents, strict=True)]
    )
    segments = conform(
        "segments",
        [
            {"segment_id": f"d001:{at}", "document_id": "d001", "case_id": case, "turn": at, "start": at * 50,
             "end": at * 50 + len(text), "speaker": case, "role": "participant", "text": text}
            for at, (case, text) in enumerate(SAID.items())
        ],
    )  # fmt: skip
    tags = conform(
        "tags",
        [
            {"segment_id": f"d001:{at}", "document_id": "d001", "theme_id": "pay", "start": at * 50,
             "end": at * 50 + 8, "score": 0.9, "coder": "rules", "assertion": assertion}
            for at, assertion in ((0, "own"), (1, "other"))
        ],
    )  # fmt: skip
    documents = conform("documents", [{"document_id": "d001", "kind": "interview"}])
    tables = {"cases": cases, "segments": segments, "tags": tags, "documents": documents}
    return handover(tables, BOOK, title="A study")


def sheet(name: str, given: Handover | None = None) -> pd.DataFrame:
    (found,) = [one.rows for one in sheets_of(given or study()) if one.name == name]
    return found


def test_a_person_is_one_of_those_who_say_so_of_themselves_or_not_or_was_not_read():
    rows = sheet("People by theme").set_index("case_id")["pay"]
    assert [rows["A"], rows["B"], rows["C"]] == [1, 0, 0]
    assert pd.isna(rows["D"])


def test_the_framework_has_the_words_and_tells_silence_from_not_read():
    rows = sheet("Framework").set_index("case_id")
    assert rows.at["A", "pay"] == SAID["A"]
    assert rows.at["C", "pay"] == NOTHING_SAID
    assert rows.at["D", "team"] == NOT_READ


def test_every_tag_says_whether_its_words_may_be_quoted():
    tags = sheet("Tags")
    assert dict(zip(tags["case_id"], tags["may_be_quoted"], strict=True)) == {
        "A": "in publications",
        "B": "no",
    }
    assert list(tags["counts"]) == ["yes", "yes"]


def test_who_did_not_consent_to_analysis_is_in_no_sheet():
    rows = sheet("People by theme", study(consents=("publication", "analysis", "internal", "none")))
    assert "D" not in set(rows["case_id"])


def test_every_column_is_explained():
    sheets = sheets_of(study())
    named = {(row.sheet, column) for row in sheets[-1].rows.itertuples() for column in row.column.split(", ")}
    assert {(one.name, str(column)) for one in sheets[:-1] for column in one.rows} == named


def test_nothing_in_the_workbook_is_a_formula_or_a_link():
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(study())))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert any(cell.value == SAID["A"] for cell in cells)
    with zipfile.ZipFile(io.BytesIO(write_xlsx(study()))) as package:
        assert not [name for name in package.namelist() if name.endswith("sheet4.xml.rels")]


def test_the_same_study_gives_the_same_bytes():
    assert write_xlsx(study()) == write_xlsx(study())


def test_a_cell_longer_than_excel_takes_is_cut_with_a_mark(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(SAID, "A", "pay " * LONGEST)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(study())))
    cell = book["Framework"]["B2"].value
    assert len(cell) == LONGEST and cell.endswith("[cut]")


def test_a_study_that_no_spreadsheet_opens_is_refused_and_nothing_is_cut_off():
    given = study()
    tags = given.table("tags").loc[[0] * (MOST_ROWS + 1)]
    with pytest.raises(FeedbackError, match="3 people and 1,048,576 tags are too many for a workbook"):
        write_xlsx(replace(given, tables={**given.tables, "tags": tags}))

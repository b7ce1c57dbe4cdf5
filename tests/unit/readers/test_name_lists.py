from __future__ import annotations

from pathlib import Path

import pytest

from feedback.errors import FeedbackError
from feedback.readers import read_names


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_list_of_names_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "names.txt"
    path.write_bytes("# staff\r\nZoë Müller\r\n\r\n  Siân   Rhys \r\nJo\r\nMay\r\n".encode(encoding))
    assert read_names(path) == ["Zoë Müller", "Siân Rhys", "Jo", "May"]


def test_a_list_without_names_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "names.txt"
    for text in ("", "\n \n", "# nobody yet\n", "\ufeff\n"):
        path.write_text(text, encoding="utf-8")
        assert read_names(path) == []


@pytest.mark.parametrize("entry", ["I", "a", "the", "The", "of", "we", "J.", "-"])
def test_an_entry_that_would_mask_half_the_text_is_refused_by_its_line(tmp_path: Path, entry: str) -> None:
    path = tmp_path / "names.txt"
    path.write_text(f"Ann Lee\n\n{entry}\n", encoding="utf-8")
    with pytest.raises(FeedbackError, match=r"names\.txt line 3: ") as caught:
        read_names(path)
    assert caught.value.hint


def test_a_missing_list_of_names_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="there is no file"):
        read_names(tmp_path / "names.txt")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("staff.csv", "name,team\nPriya Shah,North\nAnn Lee,South\n"),
        ("staff.txt", "Full name;Team\nPriya Shah;North\nAnn Lee;South\n"),
        ("staff.tsv", "Team\tName\nNorth\tPriya Shah\nSouth\tAnn Lee\n"),
        ("staff.csv", "First name,Surname,Role\nPriya,Shah,worker\nAnn,Lee,manager\n"),
        ("staff.txt", "Names:\nPriya Shah\nAnn Lee\n"),
        ("staff.txt", "1. Priya Shah\n2. Ann Lee\n"),
        ("staff.txt", "- Priya Shah\n• Ann Lee\n"),
    ],
)
def test_headings_other_columns_and_list_marks_are_no_names(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert read_names(tmp_path / name) == ["Priya Shah", "Ann Lee"]


def test_names_come_from_a_workbook_too(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "staff.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate([("Known as", "Team"), ("Priya Shah", "North"), ("Ann Lee", "South")]):
            sheet.write_row(number, 0, row)
    assert read_names(tmp_path / "staff.xlsx") == ["Priya Shah", "Ann Lee"]


def test_surname_first_with_a_comma_is_one_name(tmp_path: Path) -> None:
    (tmp_path / "staff.txt").write_text("Shah, Priya\nLee, Ann\n", encoding="utf-8")
    assert read_names(tmp_path / "staff.txt") == ["Shah, Priya", "Lee, Ann"]


def test_columns_of_which_none_is_said_to_hold_names_are_refused(tmp_path: Path) -> None:
    (tmp_path / "staff.csv").write_text("Priya Shah,North\nAnn Lee,South\n", encoding="utf-8")
    with pytest.raises(FeedbackError, match="none is headed 'name'"):
        read_names(tmp_path / "staff.csv")


def test_a_file_that_is_no_text_is_no_list_of_names(tmp_path: Path) -> None:
    (tmp_path / "staff.docx").write_bytes(b"PK\x03\x04 and more")
    with pytest.raises(FeedbackError, match="no list of names"):
        read_names(tmp_path / "staff.docx")

from __future__ import annotations

from pathlib import Path

import pytest
from making import docx, paragraph, xlsx

from feedback.errors import FeedbackError
from feedback.readers import read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_text("I: Why?\nP: Pay.\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("I left in May.\n", encoding="utf-8")
    (tmp_path / "sub" / "c.docx").write_bytes(docx(paragraph("P: Hours.")))
    (tmp_path / ".hidden.txt").write_text("no", encoding="utf-8")
    (tmp_path / "~$c.docx").write_text("lock", encoding="utf-8")
    return tmp_path


def test_a_folder_is_read_in_the_order_of_its_file_names(folder: Path) -> None:
    documents, dropped = read(folder)
    assert [(d.document_id, d.file_name) for d in documents] == [
        ("d001", "a.txt"),
        ("d002", "b.txt"),
        ("d003", "c.docx"),
    ]
    assert {drop.document_id for drop in dropped} <= {"d001", "d002", "d003"}


def test_the_order_in_which_files_are_named_does_not_matter(folder: Path) -> None:
    one = read([folder / "a.txt", folder / "b.txt"], first_id=7)
    two = read([folder / "b.txt", folder / "a.txt"], first_id=7)
    assert one == two
    assert [d.document_id for d in one[0]] == ["d007", "d008"]


def test_bad_files_do_not_lose_the_good_ones(folder: Path) -> None:
    (folder / "aa.docx").write_bytes(b"not a zip")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    documents, dropped = read([folder, folder / "missing.txt"])
    assert len(documents) == 3
    told = [drop.reason for drop in dropped if drop.document_id is None]
    assert len(told) == 3
    assert any("aa.docx is damaged" in reason for reason in told)
    assert any("picture.png: .png files are not read" in reason for reason in told)
    assert any("missing.txt" in reason for reason in told)


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    documents, dropped = read([folder / "a.txt", folder / "a.txt"])
    assert len(documents) == 1
    assert [drop.reason for drop in dropped] == ["a.txt: named twice, read once"]


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FeedbackError, match="no files in"):
        read(tmp_path)
    with pytest.raises(FeedbackError, match="there is no file"):
        read(tmp_path / "a.txt")
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    (tmp_path / "b.png").write_text("x", encoding="utf-8")
    with pytest.raises(FeedbackError, match="none of 2 files could be read") as caught:
        read(tmp_path)
    assert "a.txt is empty" in caught.value.message and "b.png" in caught.value.message


def test_the_kind_can_be_given(folder: Path) -> None:
    documents, _ = read(folder / "a.txt", kind="interview")
    assert documents[0].kind == "interview"


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("README.md", "# Interviews\n\nThese are the interviews of 2023.\n", "about the folder"),
        ("readme.txt", "These are the interviews of 2023.\n", "about the folder"),
        ("Read me first.txt", "These are the interviews of 2023.\n", "about the folder"),
        ("LICENSE", "All rights reserved.\n", "about the folder"),
        ("licence.txt", "All rights reserved.\n", "about the folder"),
        ("people.csv", "case_id,consent,leaver\nP1,none,yes\n", "add it with --cases"),
        ("people.csv", "Ref;Left the LA?;Region\nP1;yes;North\n", "add it with --cases"),
        (
            "people.csv",
            "ID,Transcript,Notes\nP1,a.txt,She spoke for an hour about the pay\n",
            "add it with --cases",
        ),
        ("people.csv", "case_id,leaver,Comments\nP1,yes,moved to York\n", "add it with --cases"),
        (
            "coded.csv",
            "source,sentence,theme_ids,coder\na.txt,I left in May because of the pay.,pay,Jo\n",
            "feedback import",
        ),
    ],
)
def test_what_is_no_material_in_a_folder_is_left_out_and_told(
    folder: Path, name: str, text: str, why: str
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    documents, dropped = read(folder)
    assert [document.file_name for document in documents] == ["a.txt", "b.txt", "c.docx"]
    told = [drop.reason for drop in dropped if drop.document_id is None]
    assert len(told) == 1 and told[0].startswith(f"{name}: ") and why in told[0]


def test_tables_of_a_workbook_that_are_no_material_are_left_out_too(folder: Path) -> None:
    (folder / "people.xlsx").write_bytes(xlsx({"S": [["Participant", "Consent given"], ["P1", "yes"]]}))
    _, dropped = read(folder)
    assert [drop.reason for drop in dropped if drop.document_id is None] == [
        "people.xlsx: looks like a participants table: add it with --cases"
    ]


def test_what_is_named_itself_is_read_whatever_it_is_called(folder: Path) -> None:
    path = folder / "README.md"
    path.write_text("I left in May.\n", encoding="utf-8")
    assert [document.file_name for document in read(path)[0]] == ["README.md"]
    assert len(read([folder, path])[0]) == 4
    coded = folder / "coded.csv"
    coded.write_text("source,sentence,theme_ids\na.txt,I left in May because of pay.,pay\n", encoding="utf-8")
    assert read(coded)[0][0].kind == "survey"


def test_a_survey_with_consent_and_leavers_in_a_folder_is_read(folder: Path) -> None:
    text = "respondent,leaver,consent,Why did you leave?\n1,yes,none,The caseload was far too high for me.\n"
    (folder / "survey.csv").write_text(text, encoding="utf-8")
    documents, dropped = read(folder)
    assert documents[-1].kind == "survey" and all(drop.document_id for drop in dropped)


def test_a_column_that_is_asked_for_makes_a_table_a_survey(folder: Path) -> None:
    (folder / "people.csv").write_text("ID,leaver,Note\nP1,yes,Pay.\nP2,no,Hours.\n", encoding="utf-8")
    documents, _ = read(folder, text_columns=["note"])
    assert [document.kind for document in documents if document.file_name == "people.csv"] == ["survey"]


def test_a_folder_without_material_is_an_error_that_says_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Interviews\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text("case_id,leaver\nP1,yes\n", encoding="utf-8")
    with pytest.raises(FeedbackError, match="nothing to read") as caught:
        read(tmp_path)
    assert "README.md" in caught.value.message and "--cases" in caught.value.message


@pytest.mark.parametrize("name", ["notice period.txt", "licence to practise.txt", "readmeister.txt"])
def test_a_name_that_only_begins_like_a_readme_is_read(folder: Path, name: str) -> None:
    (folder / name).write_text("I left in May.\n", encoding="utf-8")
    assert name in [document.file_name for document in read(folder)[0]]

from __future__ import annotations

from pathlib import Path

import pytest
from making import docx, paragraph

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

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from making import docx, paragraph, pdf, reading, said, xlsx, zipped
from making_more import eml, odt, p, rtf

from feedback.errors import FeedbackError
from feedback.readers import read

PAY = [("P", "Pay.")]
WORD = docx(paragraph("P: Pay."))
PAGE = b"<!DOCTYPE html><html><body><p>P: Pay.</p></body></html>"
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v P>Pay.</v>\n"


@pytest.mark.parametrize(
    ("data", "name", "as_what"),
    [
        (WORD, "a.txt", "docx"),
        (WORD, "a.pdf", "docx"),
        (WORD, "a.doc", "docx"),
        (WORD, "interview", "docx"),
        (pdf([["P: Pay."]]), "a.docx", "pdf"),
        (PAGE, "a.doc", "html"),
        (PAGE, "a.txt", "html"),
        (PAGE.decode().encode("utf-16"), "a.doc", "html"),
        (rtf("P: Pay."), "a.doc", "rtf"),
        (rtf("P: Pay."), "a.txt", "rtf"),
        (odt(p("P: Pay.")), "a.docx", "odt"),
        (CAPTIONS, "a.txt", "vtt"),
        (eml("P: Pay.", MIME_Version="1.0").replace(b"From:", b"Received: x\nFrom:", 1), "a.txt", "eml"),
        (b"P: Pay.\n", "a.doc", "txt"),
        (b"P: Pay.\n", "a.rtf", "txt"),
    ],
)  # fmt: skip
def test_a_file_is_read_as_what_it_is_and_says_so(data: bytes, name: str, as_what: str) -> None:
    document, _ = reading(data, name)
    assert [(speaker, words.strip()) for speaker, words in said(document)] == PAY
    assert document.format == as_what
    assert "which it is by its content" in document.role_reason


@pytest.mark.parametrize(
    "name", ["a.docx", "a.DOCX", "a.docm", "a.dotx"]
)  # fmt: skip
def test_a_file_that_is_what_its_name_says_needs_no_note(name: str) -> None:
    assert "content" not in reading(WORD, name)[0].role_reason


def test_a_workbook_named_csv_is_a_survey() -> None:
    rows = [["id", "Why did you leave?"], ["1", "The caseload was far too high for me."]]
    document, _ = reading(xlsx({"S": rows}), "a.csv")
    assert document.kind == "survey" and document.format == "xlsx"


def ole(part: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + part.encode("utf-16-le") + b"\0" * 500


@pytest.mark.parametrize(
    ("data", "name", "words", "hint"),
    [
        (ole("WordDocument"), "a.docx", "an old Word file", "save it as .docx"),
        (ole("EncryptedPackage"), "a.docx", "with a password", "without a password"),
        (ole("__substg1.0_1000"), "a.eml", "an Outlook message", "Outlook"),
        (zipped({"a.txt": "P: Pay."}), "a.txt", "a zip archive", "unpack it"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "a.pptx", "a PowerPoint file", ".pdf"),
        (b"\x89PNG\r\n\x1a\n....", "a.pdf", "a picture", "OCR"),
        (b"\xff\xd8\xff\xe0....", "scan.jpg", "a picture", "OCR"),
        (b"ID3\x03....", "a.mp3", "a sound recording", "transcribe"),
        (b"\0\0\0\x20ftypM4A ....", "a.m4a", "a sound or film recording", "transcribe"),
        (b"RIFF....WAVEfmt ", "a.txt", "a sound recording", "transcribe"),
        (b"7z\xbc\xaf\x27\x1c....", "a.docx", "a 7-Zip archive", "unpack"),
        (b"<?xml version='1.0'?><w:wordDocument xmlns:w='x'/>", "a.doc", "one XML file", ".docx"),
        (b"<html><table><tr><td>id</table>", "a.xls", "a web page", "save it as .xlsx"),
        (b"\0\1\2\3" * 50, "a.doc", ".doc files are not read", "save it as .docx"),
        (b"P: Pay.", "a.xyz", ".xyz files are not read", ".docx"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_called_by_its_name_with_a_remedy(
    data: bytes, name: str, words: str, hint: str
) -> None:
    with pytest.raises(FeedbackError, match=words) as caught:
        reading(data, name)
    assert name in caught.value.message and hint in (caught.value.hint or "")


def test_a_recording_in_a_folder_is_not_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("P: Pay.\n", encoding="utf-8")
    with (tmp_path / "talk.m4a").open("wb") as stream:
        stream.write(b"\0\0\0\x20ftypM4A ")
        stream.truncate(5_000_000_000)
    documents, dropped = read(tmp_path)
    assert len(documents) == 1
    assert [drop.reason for drop in dropped if drop.document_id is None] == [
        "talk.m4a is a sound or film recording"
    ]


def test_a_zip_that_holds_a_link_is_not_opened() -> None:
    link = zipfile.ZipInfo("word/document.xml")
    link.external_attr = 0o120777 << 16
    with pytest.raises(FeedbackError, match="not safe"):
        reading(zipped({link: "/etc/passwd"}), "a.docx")  # type: ignore[dict-item]

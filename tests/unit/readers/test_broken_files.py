# ruff: noqa: E501
"""Whatever is in a file, it is read and every character accounted for, or refused by its name with a remedy."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from making import accounted, docx, paragraph, run, table, xlsx, zipped

from feedback.errors import FeedbackError
from feedback.readers import read_bytes

FEW = settings(max_examples=60, derandomize=True, suppress_health_check=list(HealthCheck))
PIECES = st.sampled_from(
    [
        "I: ", "P1: ", "[Ann] 10:14:07\n", "Ann  0:03 \n", "WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\n", "<v Ann>", "</v>", "NOTE x\n",
        "SPEAKER_00\n", "[00:00:01] - ", "12 ", "Two things: ", "# ", "**I:** ", "> ", "- ", "---\n", "| a | b |\n", "\n", "\n\n", "\r", "\t", " ",
        ",", ";", '"', '""', "id,Why did you leave?\n", "sep=;\n", "NA", "=1+1", "{\\rtf1 ", "\\'92", "\\u8217?", "\\par ", "{\\v ", "}", "<p>",
        "</p>", "<br>", "<table><tr><td>", "&amp;", "&#0;", "<script>", "\x00", "\ufeff", "\u202e", "\u2028", "\x85", "é", "e\u0301", "🎉", "£", "â€™", "word. ", "Why?",
    ]
)  # fmt: skip
TEXT = st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join)
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
ENDINGS = [
    "txt",
    "md",
    "vtt",
    "srt",
    "csv",
    "tsv",
    "rtf",
    "html",
    "eml",
    "json",
    "docx",
    "odt",
    "xlsx",
    "pdf",
]


def law(data: bytes, ending: str) -> None:
    """Read with every character accounted for, or refused in words that help."""
    try:
        document, dropped = read_bytes(data, f"file.{ending}", document_id="d001")
    except FeedbackError as error:
        assert "file." in str(error)
        assert error.hint
        return
    accounted(document, dropped)
    document.text.encode()


@pytest.mark.parametrize("ending", ENDINGS)
@FEW
@given(text=TEXT, encoding=ENCODINGS)
def test_any_text_is_read_or_refused(ending: str, text: str, encoding: str) -> None:
    law(text.encode(encoding, "replace"), ending)


@pytest.mark.parametrize("ending", ENDINGS)
@FEW
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(ending: str, data: bytes) -> None:
    law(data, ending)


WORDS = st.sampled_from(
    ["I: Why?", "P1: The hours.", "Ann", "So: what", " ", "", "1.", "0:03", "Why did you go?", "&<>", "🎉"]
)
RUNS = st.builds(run, WORDS, bold=st.booleans(), hidden=st.booleans())
ODD = st.sampled_from(
    ["<w:r><w:br/></w:r>", "<w:r><w:tab/></w:r>", "<w:ins/>", "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", "<w:r><w:fldChar/></w:r>",
     '<w:r><w:fldChar w:fldCharType="end"/></w:r>', '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "<w:r><w:sym/></w:r>", "<w:sdt/>",
     "<w:sdt><w:sdtContent/></w:sdt>", "<w:tbl/>", "<w:p/>", "<!-- x -->", "<?x y?>", "loose words", "<w:moveFrom/>", "<w:pPr><w:numPr/></w:pPr>"]
)  # fmt: skip
BLOCKS = st.one_of(
    st.lists(RUNS | ODD, max_size=4).map(lambda runs: f"<w:p>{''.join(runs)}</w:p>"),
    st.lists(st.lists(WORDS.filter(lambda words: "&" not in words), max_size=3), max_size=3).map(table),
    WORDS.filter(lambda words: "&" not in words).map(lambda words: paragraph(words, style="Heading1")),
    ODD,
)


@FEW
@given(body=st.lists(BLOCKS, max_size=12))
def test_any_word_document_is_read_or_refused(body: list[str]) -> None:
    law(docx(*body), "docx")


CELLS = st.one_of(
    WORDS,
    st.text(max_size=30),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
)
ROWS = st.lists(st.lists(CELLS, max_size=5), max_size=12)


@FEW
@given(rows=ROWS)
def test_any_workbook_is_read_or_refused(rows: list[list[object]]) -> None:
    law(xlsx({"Sheet1": [[cell if cell is not None else "" for cell in row] for row in rows]}), "xlsx")


@FEW
@given(rows=ROWS, delimiter=st.sampled_from(",;\t|"))
def test_any_table_is_read_or_refused(rows: list[list[object]], delimiter: str) -> None:
    law("\n".join(delimiter.join(map(str, row)) for row in rows).encode("utf-8", "replace"), "csv")


@pytest.mark.parametrize("heading", ["9" * 60, "1a" * 40, "Q" + "1.2" * 40, "a." * 50, "(" * 90, "x " * 99])
def test_no_heading_of_a_column_takes_for_ever(heading: str) -> None:
    law(f"{heading},Why did you leave?\nL1,The hours and the pay.\n".encode(), "csv")


def test_a_broken_subject_of_a_mail_is_read_as_it_stands() -> None:
    law(b"Subject: =?utf-8?b?a?=\nMIME-Version: 1.0\n\nI left because of the hours.\n", "eml")


def test_a_long_line_of_spoiled_letters_is_repaired_soon() -> None:
    words = "I wonâ€™t â€œsayâ€\x9d Ã© twice. " * 4000
    document, dropped = read_bytes(words.encode(), "file.txt", document_id="d001")
    assert document.text.count("won’t") == 4000
    assert any("mojibake" in drop.reason for drop in dropped)


@settings(FEW, max_examples=150)
@given(text=TEXT.filter(lambda text: "-->" not in text and "rtf1" not in text))
def test_all_that_a_text_file_holds_is_in_the_text_or_told(text: str) -> None:
    try:
        document, dropped = read_bytes(text.encode("utf-8", "replace"), "file.txt", document_id="d001")
    except FeedbackError:
        return
    if document.kind != "survey" and all(drop.start is not None for drop in dropped):
        assert "".join(document.text.split()) == "".join(text.encode("utf-8", "replace").decode().split())


def test_spoiled_letters_without_any_space_are_repaired_soon() -> None:
    law(b"I: Why?\nP1: Odd.\n" + "â€™Ã©".encode() * 60_000, "txt")


@pytest.mark.parametrize("time", ["3¹00", "٣٤", "1.2.3", "."])
def test_a_time_that_is_no_number_is_no_time(time: str) -> None:
    law(
        f"start\tend\ttext\n0\t900\tWhy did you go?\n{time}\t1900\tThe hours.\n2000\t{time}\tI see.\n".encode(),
        "tsv",
    )


def test_a_workbook_that_claims_more_words_than_it_holds_is_refused() -> None:
    good = xlsx({"Sheet1": [["id", "Why did you leave?"], ["L1", "The hours, and that nobody asked."]]})
    with zipfile.ZipFile(io.BytesIO(good)) as file:
        members = {name: file.read(name) for name in file.namelist()}
    strings = members["xl/sharedStrings.xml"]
    members["xl/sharedStrings.xml"] = re.sub(rb'uniqueCount="\d+"', b'uniqueCount="99999999999"', strings)
    with pytest.raises(FeedbackError, match=r"file\.xlsx is damaged"):
        read_bytes(zipped(members), "file.xlsx", document_id="d001")


def test_a_spreadsheet_with_an_open_table_is_refused() -> None:
    spaces = " ".join(
        f'xmlns:{s}="urn:oasis:names:tc:opendocument:xmlns:{s}:1.0"' for s in ("office", "table", "text")
    )
    row = (
        "<table:table-row><table:table-cell><text:p>The hours.</text:p></table:table-cell></table:table-row>"
    )
    body = f'<office:body><office:spreadsheet><table:table table:name="A">{row}</office:spreadsheet></office:body>'
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    data = zipped({"mimetype": kind, "META-INF/manifest.xml": "<manifest/>", "content.xml": content})
    with pytest.raises(FeedbackError, match=r"file\.ods is damaged"):
        read_bytes(data, "file.ods", document_id="d001")


@pytest.mark.parametrize("place", ["streamA6", "zzzzzz2", "A99999999999999999999", "XFD1048576"])
def test_a_cell_that_claims_a_place_far_out_is_refused(place: str) -> None:
    good = xlsx({"Sheet1": [["id", "Why did you leave?"], ["L1", "The hours, and that nobody asked."]]})
    with zipfile.ZipFile(io.BytesIO(good)) as file:
        members: dict[str, str | bytes] = {name: file.read(name) for name in file.namelist()}
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    members["xl/worksheets/sheet1.xml"] = sheet.replace('r="A2"', f"r='{place}'")
    with pytest.raises(FeedbackError, match=r"file\.xlsx.* reaches over"):
        read_bytes(zipped(members), "file.xlsx", document_id="d001")

from __future__ import annotations

import pytest
from making import W, docx, paragraph, reading, run, said, table, zipped

from feedback.errors import FeedbackError

TWO = [("Interviewer", "Why did you leave?"), ("Ann Lee", "The caseload.")]


def test_a_bold_label_split_over_runs_is_one_label() -> None:
    body = [
        paragraph(run("Inter", bold=True), run("viewer:", bold=True), run(" Why did you leave?")),
        paragraph(run("Ann Lee", bold=True), run(" The caseload.")),
        paragraph("And the hours."),
        paragraph(run("Ann Lee", bold=True), run(" Yes.")),
    ]
    assert said(reading(docx(*body), "a.docx")[0]) == [
        TWO[0],
        ("Ann Lee", "The caseload.\nAnd the hours."),
        ("Ann Lee", "Yes."),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["Interviewer", "Why did you leave?"], ["Ann Lee", "The caseload."], ["Ann Lee", "Yes."]],
        [
            ["Time", "Speaker", "Text"],
            ["0:01", "Interviewer", "Why did you leave?"],
            ["0:04", "Ann Lee", "The caseload."],
            ["0:09", "Ann Lee", "Yes."],
        ],
        [
            ["Speaker", "Time", "Text"],
            ["Interviewer:", "[0:01]", "Why did you leave?"],
            ["Ann Lee:", "[0:04]", "The caseload."],
            ["Ann Lee:", "[0:09]", "Yes."],
        ],
    ],
)
def test_a_table_is_a_transcript(rows: list[list[str]]) -> None:
    document, dropped = reading(docx(paragraph("Interview 3"), table(rows)), "a.docx")
    assert said(document) == [*TWO, ("Ann Lee", "Yes.")]
    assert "before the first speaker" in {drop.reason for drop in dropped}
    if len(rows) == 4:
        assert [turn.begin_s for turn in document.turns] == [1.0, 4.0, 9.0]


def test_paragraphs_of_a_cell_stay_in_its_turn() -> None:
    rows = [["I", "Why?"], ["P", "Pay.\nAnd nights."], ["I", "Oh."], ["P", "Yes."]]
    assert said(reading(docx(table(rows)), "a.docx")[0])[1] == ("P", "Pay.\nAnd nights.")


def test_a_teams_transcript_in_word_is_read() -> None:
    def turn(name: str, time: str, words: str) -> str:
        line_end = "<w:r><w:br/></w:r>"
        return f"<w:p>{line_end}{run(name, bold=True)}{run('   ' + time)}{line_end}{run(words)}</w:p>"

    body = [
        paragraph("Ruth started transcription"),
        turn("Ruth Mallory", "0:03", "Why did you leave?"),
        turn("Ann Lee", "0:07", "The caseload."),
        turn("Ruth Mallory", "1:02:03", "Was that all?"),
        paragraph("Ruth stopped transcription"),
    ]
    document, dropped = reading(docx(*body), "a.docx")
    assert said(document) == [
        ("Ruth Mallory", "Why did you leave?"),
        ("Ann Lee", "The caseload."),
        ("Ruth Mallory", "Was that all?"),
    ]
    assert document.turns[2].begin_s == 3723.0
    assert [drop.reason for drop in dropped].count("file note") == 2


def test_insertions_are_read_and_deletions_and_hidden_text_are_counted() -> None:
    body = paragraph(
        run("P: I left "),
        f"<w:ins>{run('in May ')}</w:ins>",
        "<w:del><w:r><w:delText>in June </w:delText></w:r></w:del>",
        f"<w:sdt><w:sdtContent>{run('for ')}</w:sdtContent></w:sdt>",
        f"<w:hyperlink>{run('pay')}</w:hyperlink>",
        run("secret", hidden=True),
        "<w:r><w:t>, well</w:t><w:noBreakHyphen/><w:t>paid.</w:t></w:r>",
    )
    document, dropped = reading(docx(body), "a.docx")
    assert said(document) == [("P", "I left in May for pay, well-paid.")]
    assert {"tracked deletion (1)", "hidden text (1)"} <= {drop.reason for drop in dropped}


def test_headers_footers_and_notes_are_dropped_with_their_reason() -> None:
    parts = {
        "header1": paragraph("Leavers study"),
        "footer1": paragraph("Page 1"),
        "footnotes": paragraph("See p. 2"),
        "comments": paragraph("Check this"),
    }
    document, dropped = reading(docx(paragraph("P: Pay."), **parts), "a.docx")
    found = {drop.reason: document.text[drop.start : drop.end] for drop in dropped}
    assert found["header"] == "Leavers study" and found["footer"] == "Page 1"
    assert found["footnote"] == "See p. 2" and found["comment"] == "Check this"
    assert said(document) == [("P", "Pay.")]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('In a box.')}</w:txbxContent>"
    body = paragraph(
        run("P: Pay."),
        f"<w:r><w:AlternateContent><w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback></w:AlternateContent></w:r>",
    )
    assert reading(docx(body), "a.docx")[0].text == "P: Pay.\nIn a box."


def test_a_heading_of_a_testimony_is_no_speech() -> None:
    document, dropped = reading(docx(paragraph("My story", style="Heading1"), paragraph("I left.")), "a.docx")
    assert said(document) == [(None, "I left.")]
    assert [drop.reason for drop in dropped] == ["heading"]


def test_what_python_docx_writes_is_read() -> None:
    import io

    import docx as writer

    book = writer.Document()
    for label, words in TWO:
        book.add_paragraph().add_run(f"{label}: {words}")
    book.add_paragraph("Ann Lee: Yes.")
    book.core_properties.title = "Interview 3"
    packed = io.BytesIO()
    book.save(packed)
    document, _ = reading(packed.getvalue(), "a.docx")
    assert said(document) == [*TWO, ("Ann Lee", "Yes.")]
    assert document.title == "Interview 3"


BOMB = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document {W}><w:body>&a;</w:body></w:document>'
DEEP = f"<w:document {W}><w:body>" + "<w:sdt>" * 300 + "</w:sdt>" * 300 + "</w:body></w:document>"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04 and then nothing", "damaged"),
        (docx(paragraph("P: Pay. " * 200))[:150], "damaged"),
        (b"just words", "damaged"),
        (zipped({"a.txt": "x"}), "not a Word document"),
        (zipped({"ppt/presentation.xml": "<x/>"}), "not a Word document"),
        (zipped({"word/document.xml": "<w:document>"}), "damaged"),
        (zipped({"word/document.xml": BOMB}), "not safe"),
        (zipped({"word/document.xml": BOMB.encode("utf-16")}), "not safe"),
        (zipped({"word/document.xml": DEEP}), "not safe|damaged"),
        (zipped({"word/document.xml": "<x/>", "../../evil": "x"}), "not safe"),
        (zipped({"word/document.xml": b"<x>" + b" " * 300_000_000 + b"</x>"}), "not safe"),
        (zipped({f"n{n}": "" for n in range(5001)}), "not safe"),
        (docx(paragraph("")), "no words"),
    ],
)
def test_a_bad_or_dangerous_word_file_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(FeedbackError, match=words) as caught:
        reading(data, "a.docx")
    assert "a.docx" in caught.value.message and caught.value.hint


def test_a_flipped_byte_never_gives_a_traceback() -> None:
    whole = docx(paragraph("I: Why?"), paragraph("P: Pay."))
    for position in range(0, len(whole), 3):
        broken = whole[:position] + bytes([whole[position] ^ 0x55]) + whole[position + 1 :]
        try:
            reading(broken, "a.docx")
        except FeedbackError:
            continue

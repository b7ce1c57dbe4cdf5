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


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    words = f"<w:r><w:instrText> {instruction} </w:instrText></w:r>"
    return mark.format("begin") + words + mark.format("separate") + run(result) + mark.format("end")


def test_a_fields_instruction_never_shows_and_its_result_does() -> None:
    body = [paragraph(run("P: I left in "), field("DATE \\@ MMMM", "May"), run("."))]
    document, dropped = reading(docx(*body), "a.docx")
    assert said(document) == [("P", "I left in May.")]
    assert not [drop for drop in dropped if "field" in drop.reason]


def test_a_table_of_contents_is_left_out_and_told() -> None:
    contents = "<w:p>" + field('TOC \\o "1-3"', "Leaving 1") + "</w:p>"
    document, dropped = reading(docx(contents, paragraph("P: Pay.")), "a.docx")
    assert document.text.strip() == "P: Pay."
    assert "table of contents (1)" in {drop.reason for drop in dropped}


STYLES = f"""<w:styles {W}><w:style w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="Notes"><w:basedOn w:val="Base"/></w:style>
<w:style w:styleId="Who"><w:name w:val="Who"/><w:rPr><w:b/></w:rPr></w:style></w:styles>"""


def with_parts(body: str, **parts: str) -> bytes:
    xml = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped({"word/document.xml": xml, **{f"word/{name}.xml": part for name, part in parts.items()}})


def test_text_hidden_by_a_style_is_hidden_and_bold_by_a_style_is_bold() -> None:
    def label(name: str) -> str:
        return f'<w:r><w:rPr><w:rStyle w:val="Who"/></w:rPr><w:t xml:space="preserve">{name} </w:t></w:r>'

    turns = [("Ruth", "Why?"), ("Ann", "Pay."), ("Ruth", "And now?"), ("Ann", "I rest.")]
    body = "".join(paragraph(label(name), run(words)) for name, words in turns)
    document, dropped = reading(
        with_parts(paragraph("Secret.", style="Notes") + body, styles=STYLES), "a.docx"
    )
    assert said(document) == turns and "Secret" not in document.text
    assert "hidden text (1)" in {drop.reason for drop in dropped}


@pytest.mark.parametrize(
    ("level", "shown", "counted"),
    [("%1.", [("P", "Pay.")], True), ("Q%1:", [("Q1", "P: Pay.")], False)],
)
def test_bare_automatic_numbers_are_counted_and_labels_made_by_a_list_are_read(
    level: str, shown: list[tuple[str, str]], counted: bool
) -> None:
    numbering = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">
    <w:numFmt w:val="decimal"/><w:lvlText w:val="{level}"/></w:lvl></w:abstractNum>
    <w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""
    item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>'
    document, dropped = reading(with_parts(item + run("P: Pay.") + "</w:p>", numbering=numbering), "a.docx")
    assert document.text == ("P: Pay." if counted else "Q1: P: Pay.")
    assert ("automatic number, not in the text (1)" in {drop.reason for drop in dropped}) == counted
    assert said(document) == shown


def test_moved_text_is_read_once_where_it_went() -> None:
    body = [
        paragraph(f"<w:moveFrom>{run('P: Pay.')}</w:moveFrom>"),
        paragraph("I: Why?"),
        paragraph(f"<w:moveTo>{run('P: Pay.')}</w:moveTo>"),
    ]
    document, dropped = reading(docx(*body), "a.docx")
    assert said(document) == [("I", "Why?"), ("P", "Pay.")]
    assert "text moved elsewhere (1)" in {drop.reason for drop in dropped}


def test_a_deleted_paragraph_end_joins_two_paragraphs() -> None:
    cut = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + run("P: I left ") + "</w:p>"
    assert said(reading(docx(cut, paragraph("in May.")), "a.docx")[0]) == [("P", "I left in May.")]


def test_an_embedded_document_is_told_as_not_read() -> None:
    _, dropped = reading(docx(paragraph("P: Pay."), '<w:altChunk r:id="x" xmlns:r="urn:r"/>'), "a.docx")
    assert any("altChunk" in drop.reason for drop in dropped)


def test_marks_between_letters_are_read_as_they_look() -> None:
    wing = '<w:r><w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:font="Wingdings" w:char="F021"/></w:r>'
    body = paragraph(
        run("P: co\xadope"), "<w:r><w:softHyphen/><w:t>rate</w:t><w:tab/><w:t>now</w:t></w:r>", wing
    )
    document, dropped = reading(docx(body), "a.docx")
    assert said(document) == [("P", "cooperate\tnow☺")]
    assert "symbol of a picture font (1)" in {drop.reason for drop in dropped}


def test_a_transcript_within_a_layout_table_is_found() -> None:
    inner = table([["I", "Why?"], ["P", "Pay."], ["I", "Oh."], ["P", "Yes."]])
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('Interview 3')}{inner}</w:tc></w:tr></w:tbl>"
    assert [who for who, _ in said(reading(docx(outer), "a.docx")[0])] == ["I", "P", "I", "P"]


def test_deleted_rows_are_not_read() -> None:
    cells = f"<w:tc>{paragraph('P')}</w:tc><w:tc>{paragraph('Never.')}</w:tc>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cells}</w:tr>"
    kept = "".join(
        f"<w:tr><w:tc>{paragraph(who)}</w:tc><w:tc>{paragraph(words)}</w:tc></w:tr>"
        for who, words in [("I", "Why?"), ("P", "Pay."), ("I", "Oh."), ("P", "Yes.")]
    )
    document, dropped = reading(docx(f"<w:tbl>{kept}{gone}</w:tbl>"), "a.docx")
    assert "Never" not in document.text and "tracked deletion (1)" in {drop.reason for drop in dropped}

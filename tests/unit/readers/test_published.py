"""Finished documents: every passage that claims to be somebody's words is taken out, with who said it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import W, docx, paragraph, pdf, run, zipped

from feedback.errors import FeedbackError
from feedback.readers.published import quoted_in_bytes

A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'


def found(data, name="report.txt"):
    data = data.encode() if isinstance(data, str) else data
    return [(one.text, one.attribution) for one in quoted_in_bytes(data, name).passages]


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("She said “I was never asked” (P07).", [("I was never asked", "P07")]),
        ('It was "too much, really" - P03, a social worker', [("too much, really", "P03, a social worker")]),
        ("«C’est la vie» she said.", [("C’est la vie", "")]),
        ("„Das war zu viel“, sagte sie.", [("Das war zu viel", "")]),
        ("They felt ‘the workers’ rights weren’t there’.", [("the workers’ rights weren’t there", "")]),
        ("It’s the workers’ choice, and that’s that.", []),
        ("Don't say it's the '90s; she's 'burnt out'.", [("burnt out", "")]),
        ("'rules' finds them, 'meaning' reads them", [("rules", ""), ("meaning", "")]),
        ("“He said ‘no’ and left,” she told us.", [("He said ‘no’ and left,", "")]),
        ('“He said "no" and left.” — P01', [('He said "no" and left.', "P01")]),
        ("“It was [...] hard” [P04]", [("It was [...] hard", "P04")]),
        ('A board of 5\' 10" by 3" was all.', []),
        ("“One.” and “two,” they said", [("One.", ""), ("two,", "")]),
    ],
)
def test_quotation_marks_of_every_kind(text, passages):
    assert found(text) == passages


def test_a_quote_over_two_paragraphs_is_one_and_keeps_its_line():
    text = "“It began in May.\n\n“It ended in June.”\n\n— P04, team manager\n"
    assert found(text) == [("It began in May.\nIt ended in June.", "P04, team manager")]
    closed_late = "Intro “it began in May\n\nand ended in June” (P04)\n"
    assert found(closed_late) == [("it began in May\nand ended in June", "P04")]


def test_a_mark_that_is_never_closed_ends_with_its_paragraph():
    (one,) = quoted_in_bytes("She said “it was too much.\n\nThe next paragraph.\n".encode(), "a.txt").passages
    assert (one.text, one.open) == ("it was too much.", True)


def test_markdown_block_quotes_without_their_marks():
    text = "# Report\n\n> I was *tired* of it,\n> all of it.\n> — P01\n\n"
    text += 'Text.\n\n```\n"code here is not a quote"\n```\n'
    assert found(text, "a.md") == [("I was tired of it, all of it.", "P01")]


def test_a_web_page_has_block_quotes_and_inline_ones():
    page = (
        "<h2>Caseload</h2><blockquote><p>One paragraph of it.</p><p>And another one.</p></blockquote>"
        "<p>— P02</p>"
        "<figure><blockquote>I left.</blockquote><figcaption>a social worker</figcaption></figure>"
        "<p>She said <q>it was enough for me</q> (P03)</p><script>'not a quote at all'</script>"
        "<p><del>“deleted words in here”</del></p>"
    )
    assert found(page, "a.html") == [
        ("One paragraph of it.", "P02"),
        ("And another one.", "P02"),
        ("I left.", "a social worker"),
        ("it was enough for me", "P03"),
    ]
    assert quoted_in_bytes(page.encode(), "a.html").passages[0].where == "under “Caseload”"


STYLES = (
    '<w:style w:styleId="Zitat1"><w:name w:val="Intense Quote"/></w:style>'
    '<w:style w:styleId="Mine"><w:name w:val="Voices"/><w:basedOn w:val="Zitat1"/></w:style>'
)


def test_word_styles_are_known_by_name_and_by_what_they_are_based_on():
    data = docx(
        paragraph("Findings", style="Heading1"),
        paragraph("It was all too much for me.", style="Zitat1"),
        paragraph("a social worker", style="Attribution"),
        paragraph("I never looked back once.", style="Mine"),
        paragraph("— P09"),
        paragraph("They were “quite alone with it” (P03)."),
        styles=STYLES,
    )
    assert found(data, "report.docx") == [
        ("It was all too much for me.", "a social worker"),
        ("I never looked back once.", "P09"),
        ("quite alone with it", "P03"),
    ]


def test_tracked_changes_are_read_as_accepted_and_told():
    deleted = "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
    data = docx(
        paragraph(run("“I did "), deleted, "<w:ins>" + run("really ") + "</w:ins>", run("want that”"))
    )
    published = quoted_in_bytes(data, "report.docx")
    assert [one.text for one in published.passages] == ["I did really want that"]
    assert "1 insertions kept, 1 deletions left out" in published.notes[0]


def test_quotes_in_tables_text_boxes_and_footnotes_are_found_once():
    inside = paragraph("“in a box it stands”")
    box = f"<w:p><w:r><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r></w:p>"
    cell = f"<w:tbl><w:tr><w:tc>{paragraph('“in a cell it stands”')}</w:tc></w:tr></w:tbl>"
    note = f"<w:footnote>{paragraph('“in a note it stands”')}</w:footnote>"
    texts = [text for text, _ in found(docx(box, cell, footnotes=note), "a.docx")]
    assert texts == ["in a box it stands", "in a cell it stands", "in a note it stands"]


def slide(*paragraphs):
    inner = "".join(f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<p:sld xmlns:p='p' {A}><a:txBody>{inner}</a:txBody></p:sld>"


def test_slides_are_read_in_the_order_of_the_show_with_their_notes():
    data = zipped(
        {
            "ppt/presentation.xml": f"<p:p xmlns:p='p' {R}><p:sldId r:id='r2'/><p:sldId r:id='r1'/></p:p>",
            "ppt/_rels/presentation.xml.rels": f"<Relationships {RELS}>"
            "<Relationship Id='r1' Type='t/slide' Target='slides/slide1.xml'/>"
            "<Relationship Id='r2' Type='t/slide' Target='slides/slide2.xml'/></Relationships>",
            "ppt/slides/slide1.xml": slide("“the first one they made”", "— P01"),
            "ppt/slides/slide2.xml": slide("“the one that is shown first”"),
            "ppt/slides/_rels/slide1.xml.rels": f"<Relationships {RELS}>"
            "<Relationship Id='n' Type='t/notesSlide' Target='../notesSlides/notesSlide1.xml'/>"
            "</Relationships>",
            "ppt/notesSlides/notesSlide1.xml": slide("“what the speaker has in the notes”"),
        }
    )
    published = quoted_in_bytes(data, "deck.pptx")
    assert [(one.where, one.text, one.attribution) for one in published.passages] == [
        ("slide 1", "the one that is shown first", ""),
        ("slide 2", "the first one they made", "P01"),
        ("slide 2, notes", "what the speaker has in the notes", ""),
    ]


def test_a_pdf_shows_quotes_over_its_lines():
    data = pdf([['They said: "it was a lot', 'to carry, for one person" (P02).']])
    assert found(data, "report.pdf") == [("it was a lot\nto carry, for one person", "P02")]


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"", "a.docx", "empty"),
        (b"PK\x03\x04 not a zip", "a.docx", "damaged"),
        (b"words", "a.docx", "no .docx file"),
        (b"words", "a.odt", "not looked for in .odt"),
        (b"words", "report", "no suffix"),
        (zipped({"xl/workbook.xml": "<a/>"}), "a.xlsx", "neither"),
        (
            zipped({"word/document.xml": f"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document {W}/>"}),
            "a.docx",
            "not safe",
        ),
        (zipped({"ppt/presentation.xml": "<a/>"}), "a.pptx", "no slides"),
        (b"%PDF-1.7 nothing", "a.pdf", "damaged"),
    ],
)
def test_what_cannot_be_read_is_named(data, name, why):
    with pytest.raises(FeedbackError) as error:
        quoted_in_bytes(data, name)
    assert why in error.value.message
    assert error.value.hint


@given(st.text(st.sampled_from("ab .“”‘’\"'«»\n—-()[]…>"), max_size=80))
def test_any_mixture_of_marks_is_read(text):
    for name in ("a.txt", "a.md"):
        for one in quoted_in_bytes(f"x {text}".encode(), name).passages:
            assert one.text.strip()

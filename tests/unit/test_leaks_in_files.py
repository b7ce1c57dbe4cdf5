"""A name planted anywhere in a finished file is found, and its place is said without it."""

from __future__ import annotations

import io
import json
import zipfile

import pandas as pd
import pytest
from docx import Document as Word
from hypothesis import given
from hypothesis import strategies as st

from feedback.checks.leaks import in_company, scan
from feedback.edits.leaks import Watch
from feedback.errors import FeedbackError

KEY = pd.DataFrame(
    [
        ("person", "Priya Shah", "[Person 3]", None),
        ("person", "Grace", "[Person 4]", None),
        ("person", "Will", "[Person 5]", None),
        ("place", "Reading", "[Place 1]", None),
        ("phone", "07700 900 123", "[Phone]", None),
        ("date", "3 March 2019", "[spring 2019]", None),
        ("age", "thirty-four", "[in their thirties]", None),
    ],
    columns=["label", "surface", "pseudonym", "case_id"],
)


@pytest.fixture(scope="module")
def watch():
    return Watch(
        KEY, ["Ashmere Council"], keep=["Grace"], files=["Okonkwo interview.docx", "survey 2024.csv"]
    )


def places(data, suffix, watch):
    found = scan(data, suffix, watch)
    assert all("Priya" not in one.said() and "Shah" not in one.said() for one in found)
    return [(one.where, one.pseudonym) for one in found]


def page(**parts):
    said = {"title": "T", "meta": "", "body": "", "attribute": "", "comment": "", "script": "", **parts}
    return (
        "<!doctype html><html><head><title>{title}</title><meta name='author' content='{meta}'>"
        "<script>var words = '{script}';</script></head><body>\n<p>One <em>two</em></p>\n<p>{body}</p>"
        "<img alt='{attribute}'><!-- {comment} --></body></html>"
    ).format(**said).encode()  # fmt: skip


@pytest.mark.parametrize("part", ["title", "meta", "body", "attribute", "comment", "script"])
def test_a_name_in_any_part_of_a_page_is_found(watch, part):
    assert scan(page(), ".html", watch) == []
    ((where, pseudonym),) = places(page(**{part: "with Priya Shah"}), ".html", watch)
    assert where.startswith("line ")
    assert pseudonym == "[Person 3]"


def test_a_name_that_marks_divide_is_found(watch):
    assert places(page(body="Pri<b>ya</b> <i>Sh</i>ah said"), ".html", watch)


def word(place, text):
    document = Word()
    document.add_paragraph("Nothing here.")
    if place == "paragraph 2":
        run = document.add_paragraph("with ").add_run(text[:4])
        run.bold = True
        document.paragraphs[-1].add_run(text[4:])
    elif place == "a table":
        document.add_table(1, 1).cell(0, 0).text = text
    elif place == "the header":
        document.sections[0].header.paragraphs[0].text = text
    elif place == "the properties":
        document.core_properties.author = text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


@pytest.mark.parametrize(
    "place, said",
    [
        ("paragraph 2", "paragraph 2"),
        ("a table", "paragraph 2"),
        ("the header", "word/header1.xml, paragraph 1"),
        ("the properties", "the file's properties, line 2, creator"),
    ],
)
def test_a_name_in_any_part_of_a_word_document_is_found(watch, place, said):
    assert scan(word("nowhere", ""), ".docx", watch) == []
    assert places(word(place, "Priya Shah"), ".docx", watch) == [(said, "[Person 3]")]


def workbook(place, text):
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("One")
        sheet.write(0, 0, "Nothing here")
        other = book.add_worksheet(text if place == "the name of sheet 2" else "Two")
        if place == "sheet 2, cell C7":
            other.write_string(6, 2, text)
        elif place == "sheet 2, cell B2, its formula":
            other.write_formula(1, 1, f'="{text}"', value=0)
        elif place == "a comment":
            other.write_comment("A1", text, {"author": ""})
        elif place == "the file's properties":
            book.set_properties({"subject": text})
    return data.getvalue()


@pytest.mark.parametrize(
    "place", ["sheet 2, cell C7", "sheet 2, cell B2, its formula", "the name of sheet 2"]
)
def test_a_name_in_a_workbook_is_found_with_its_cell(watch, place):
    assert scan(workbook("nowhere", ""), ".xlsx", watch) == []
    assert (place, "[Person 3]") in places(workbook(place, "Priya Shah"), ".xlsx", watch)


@pytest.mark.parametrize("place", ["a comment", "the file's properties"])
def test_a_name_beside_a_workbooks_cells_is_found(watch, place):
    assert places(workbook(place, "Priya Shah"), ".xlsx", watch)


def project(member="sources/a.txt", text="", name=""):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        made.writestr(
            "project.qde",
            f'<Project xmlns="urn:QDA-XML:project:1.0" name="Study"><Sources><TextSource name="{name}" '
            'guid="5a3f0770-0900-1234-9123-077009001234"/></Sources></Project>',
        )
        made.writestr(member, text or "Nothing here.\n")
    return data.getvalue()


def test_a_name_in_a_project_file_is_found_in_texts_attributes_and_names_of_parts(watch):
    assert scan(project(), ".qdpx", watch) == []
    assert places(project(text="One\nTwo Priya Shah\n"), ".qdpx", watch) == [("part 2, line 2", "[Person 3]")]
    assert places(project(name="Priya Shah"), ".qdpx", watch) == [
        ("the project, line 1, attribute name", "[Person 3]")
    ]
    assert places(project(member="sources/Priya Shah.txt"), ".qdpx", watch) == [
        ("the name of part 2", "[Person 3]")
    ]


def test_a_name_in_data_is_found_with_row_column_or_path(watch):
    assert places(b"id,text\n1,Nothing\n2,with Priya Shah\n", ".csv", watch) == [
        ("row 3, column 2", "[Person 3]")
    ]
    data = json.dumps({"quotes": [{"text": "x"}, {"text": "Ms Shah"}], "n": 1}).encode()
    assert places(data, ".json", watch) == [("quotes[1].text", "")]
    assert places(b"# One\n\nPriya, again\n", ".md", watch)[0][0] == "line 3"


def pdf(text):
    """The smallest PDF with a line of text and a title."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Title({text})>>",
    ]  # fmt: skip
    body, at = "%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        at.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in at)
    tail = f"xref\n0 7\n0000000000 65535 f \n{table}trailer\n<</Size 7/Root 1 0 R/Info 6 0 R>>\n"
    tail += f"startxref\n{len(body)}\n%%EOF"
    return (body + tail).encode()


def test_a_name_on_a_page_or_in_the_title_of_a_pdf_is_found(watch):
    assert scan(pdf("Nothing"), ".pdf", watch) == []
    assert [where for where, _ in places(pdf("with Priya Shah"), ".pdf", watch)] == [
        "the property Title",
        "page 1",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "with PRIYA SHAH", "with priya shah", "P. Shah said", "Shah, Priya", "Priya's", "Ms Shah",
        "ashmere council", "call 07700900123", "on +44 7700 900 123", "on 3 March 2019",
        "Okonkwo interview.docx",
        "k.smith@example.org", "NHS number 943 476 5919", "SW1A 1AA",
    ],
)  # fmt: skip
def test_every_form_of_a_name_and_number_is_found(watch, text):
    assert scan(f"It was {text}, they say.".encode(), ".txt", watch)


@pytest.mark.parametrize(
    "text",
    [
        "It will take grace and reading.", "Reading and recording", "Will it be read?", "Grace said so",
        "She was thirty-four", "survey 2024.csv", "in March 2019", "[Person 3] went to [Place 1]",
        "sha256-0770090012307700900123077009001230770090=", "5a3f0770-0900-1234-9123-077009001234",
        "d001:1530-3012", "version 1.24.2", "57 of 120, 48%", "priyanka and disgraceful",
    ],
)  # fmt: skip
def test_words_that_only_look_alike_are_let_go(watch, text):
    assert scan(text.encode(), ".txt", watch) == []


def test_a_damaged_file_is_never_taken_for_clean(watch):
    with pytest.raises(FeedbackError):
        scan(workbook("nowhere", "")[:2000], ".xlsx", watch)


SENTENCE = "We read form 3.07700 900124 aloud, and 07700 900125 as well."
CUT = "07700 900124 aloud"  # by itself it reads as a telephone number, in its sentence as part of a decimal


def table_of_tags(words, *, segment="d001:0-60"):
    return f'segment_id,words\r\n{segment},"{words}"\r\n'.encode()


def sheet_of_tags(words):
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Tags")
        for at, cells in enumerate((("words", "segment_id"), (words, "d001:0-60"))):
            sheet.write_row(at, 0, cells)
    return data.getvalue()


def said(ids):
    return {one: SENTENCE for one in ids if one == "d001:0-60"}


def test_words_cut_from_a_sentence_are_judged_in_it(watch):
    assert places(table_of_tags(CUT), ".csv", watch) == [("row 2, column 2", "[Phone]")]
    assert scan(table_of_tags(CUT), ".csv", watch, said) == []
    assert scan(sheet_of_tags(CUT), ".xlsx", watch, said) == []


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("07700 900125 as well.", "in its sentence it is a number too"),
        (CUT + ", and 07700 900125", "one of the two is"),
        ("07700 900126 aloud", "the sentence does not have these words"),
        ("to 07700 900124 aloud", "nor these"),
    ],
)
def test_words_that_are_a_number_in_their_sentence_or_are_not_of_it_are_refused(watch, words, why):
    assert scan(table_of_tags(words), ".csv", watch, said), why
    assert scan(sheet_of_tags(words), ".xlsx", watch, said), why


def test_what_the_key_has_is_refused_in_any_company(watch):
    sentence = {"d001:0-60": "It was 3.07700 900 123 of them, with Priya Shah."}
    for words in ("07700 900 123 of them", "07700900123", "with Priya Shah."):
        assert scan(table_of_tags(words), ".csv", watch, lambda _: sentence), words


def test_words_beside_no_segment_or_one_that_is_gone_are_judged_by_themselves(watch):
    for segment in ("", "d001", "d001:70-90"):
        assert scan(table_of_tags(CUT, segment=segment), ".csv", watch, said)


@given(
    before=st.sampled_from(["", " ", "£", "3.", "call ", "x", "12/"]),
    number=st.sampled_from(["07700 900124", "0161 496 0021", "AB12 CDE", "SW 12345", "M1 1AE"]),
    after=st.sampled_from(["", " ", "%", "9", ", or so", "-4", ".5"]),
    data=st.data(),
)
def test_no_cut_lets_through_what_its_sentence_shows(before, number, after, data):
    """The law: whatever of a sentence's hits a cut still holds, to the letter, is refused with it."""
    watch, whole = Watch(KEY.iloc[:0]), f"They said {before}{number}{after} that day."
    start = data.draw(st.integers(0, len(whole) - 1))
    cut = whole[start : data.draw(st.integers(start + 1, len(whole)))]
    hits = watch.find(whole)
    left = in_company(cut, watch.find(cut), whole, hits)
    own = [one for one in watch.find(cut) if cut.count(one.surface) == whole.count(one.surface) == 1]
    for one in own:
        at = whole.index(one.surface)
        shown = any(hit.start < at + len(one.surface) and at < hit.end for hit in hits)
        assert (one in left) == shown or whole.count(cut) > 1

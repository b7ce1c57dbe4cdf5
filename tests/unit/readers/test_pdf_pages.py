"""What stands on the pages of a PDF beside the words: numbers, columns, notes, watermarks, form fields."""

from __future__ import annotations

from typing import Any

import pytest
from making import reading, said
from making_layouts import down, drawn

from feedback.errors import FeedbackError
from feedback.model import Dropped

TURNS = [
    ("Interviewer", "Why did you leave the\nteam?"),
    ("Ann Lee", "The caseload was too high for my man-\nager and my well-\nbeing."),
    ("Interviewer", "And now?"),
    ("Ann Lee", "I rest."),
]
LINES = [
    "Interviewer: Why did you leave the",
    "team?",
    "Ann Lee: The caseload was too high for my man-",
    "ager and my well-",
    "being.",
    "Interviewer: And now?",
    "Ann Lee: I rest.",
]


def texts(document: Any, dropped: list[Dropped], reason: str) -> list[str]:
    return [document.text[drop.start : drop.end] for drop in dropped if drop.reason == reason]


@pytest.mark.parametrize("every", [1, 5])
@pytest.mark.parametrize("left", [40, 500])
def test_line_numbers_in_the_margin_are_no_words(every: int, left: int) -> None:
    def draw(paper: Any) -> None:
        for _ in range(3):
            for row, line in enumerate(LINES * 3, start=1):
                down(paper, 80, 780 - 30 * row, [line])
                if row % every == 0:
                    down(paper, left, 780 - 30 * row, [str(row)], size=7)
            paper.showPage()

    document, dropped = reading(drawn(draw), "a.pdf")
    assert said(document) == TURNS * 9
    assert len(texts(document, dropped, "line number")) == 3 * (21 // every)


def test_a_numbered_list_keeps_its_numbers() -> None:
    lines = [
        "I left for four reasons:",
        "1 pay",
        "2 hours",
        "3 travel",
        "4 my manager",
        "and that was that, no more.",
    ]
    document, _ = reading(drawn(lambda paper: down(paper, 80, 780, lines) and None), "a.pdf")
    assert "2 hours" in document.text


def test_watermarks_and_footnotes_are_dropped_with_their_reason() -> None:
    turns = [
        ("Interviewer", "Why did you decide that it was time to leave?"),
        ("Ann", "Pay, mostly, and the drive home in the dark."),
        ("Ann", "And the rota, which came out on a Friday night."),
    ]
    lines = [f"{who}: {words}" for who, words in turns]

    def draw(paper: Any) -> None:
        for page, line in enumerate(lines, start=1):
            paper.saveState()
            paper.translate(300, 400)
            paper.rotate(45)
            paper.setFont("Helvetica-Bold", 60)
            paper.drawCentredString(0, 0, "CONFIDENTIAL")
            paper.restoreState()
            down(paper, 60, 760, [line])
            down(paper, 60, 110, [f"{page} See the note on page {page + 7}."], size=7)
            paper.showPage()

    document, dropped = reading(drawn(draw), "a.pdf")
    assert said(document) == turns
    assert texts(document, dropped, "rotated text, a watermark or in the margin") == ["CONFIDENTIAL"] * 3
    assert len(texts(document, dropped, "footnote")) == 3


def test_a_turn_at_the_top_of_every_page_is_no_header() -> None:
    def draw(paper: Any) -> None:
        for word in ("Pay.", "Rota.", "Nights."):
            down(paper, 60, 815, ["Leavers study"], size=8)
            down(paper, 60, 780, ["Interviewer: And then?", f"Ann: {word}"])
            paper.showPage()

    document, dropped = reading(drawn(draw), "a.pdf")
    assert [words for _, words in said(document)] == [
        "And then?",
        "Pay.",
        "And then?",
        "Rota.",
        "And then?",
        "Nights.",
    ]
    assert texts(document, dropped, "page header") == ["Leavers study"] * 3


def test_columns_are_read_one_after_the_other() -> None:
    left = [f"left {n} goes on in this column" for n in range(8)]
    right = [f"right {n} goes on in that column" for n in range(8)]

    def draw(paper: Any) -> None:
        down(paper, 60, 800, ["A heading that runs over both of the columns of this page here"], size=14)
        down(paper, 60, 760, left)
        down(paper, 320, 760, right)

    text = reading(drawn(draw), "a.pdf")[0].text
    assert text.index("left 7") < text.index("right 0") and "A heading" in text[:20]


def test_what_was_filled_into_a_form_is_read() -> None:
    def draw(paper: Any) -> None:
        form = paper.acroForm
        down(paper, 60, 800, ["Name:"])
        form.textfield(name="name", value="Ann Lee", x=160, y=792, width=200, height=18)
        down(paper, 60, 760, ["Why did you decide to leave?"])
        form.textfield(name="q1", value="The caseload.", x=60, y=700, width=400, height=50)
        down(paper, 60, 680, ["What did you like?"])
        form.textfield(name="q2", value="", x=60, y=620, width=400, height=50)
        down(paper, 60, 600, ["Would you come back?"])
        for left, name, on in ((60, "Yes", False), (140, "No", True)):
            form.checkbox(name=name, checked=on, x=left, y=570, size=14)
            down(paper, left + 20, 573, [name])

    document, dropped = reading(drawn(draw), "a.pdf")
    assert [(turn.speaker, turn.question, document.words(turn)) for turn in document.turns] == [
        ("Ann Lee", "Why did you decide to leave?", "The caseload."),
        ("Ann Lee", "Would you come back?", "No"),
    ]
    assert document.kind == "survey"
    assert texts(document, dropped, "question without an answer") == ["What did you like?"]
    assert texts(document, dropped, "box not ticked") == ["Yes"]


def test_labels_in_a_column_of_their_own_are_labels() -> None:
    def draw(paper: Any) -> None:
        top = 780.0
        for who, words in [
            ("Interviewer", "Why?"),
            ("Ann", "Pay.\nAnd nights."),
            ("Interviewer", "Oh."),
            ("Ann", "Yes."),
        ]:
            down(paper, 60, top, [who])
            top = down(paper, 180, top, words.split("\n")) - 4

    assert said(reading(drawn(draw), "a.pdf")[0])[1] == ("Ann", "Pay.\nAnd nights.")


def test_more_than_two_thousand_pages_are_refused() -> None:
    def draw(paper: Any) -> None:
        for _ in range(2001):
            paper.showPage()

    with pytest.raises(FeedbackError, match="2,001 pages"):
        reading(drawn(draw), "a.pdf")


def test_a_book_without_pages_is_refused() -> None:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    with pytest.raises(FeedbackError, match=r"no pages|damaged"):
        reading(body, "a.pdf")

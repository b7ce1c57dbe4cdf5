from __future__ import annotations

import pytest
from making import pdf, reading, said

from feedback.errors import FeedbackError

PAGES = [
    [
        "[00:12] Interviewer:",
        "Why did you leave?",
        "",
        "[00:15] Ann Lee:",
        "The caseload was one thing, and the",
    ],
    [
        "hours were another. My man-",
        "ager left.",
        "",
        "[00:40] Interviewer: And then?",
        "",
        "[00:41] Ann Lee:",
        "Then me.",
    ],
    ["[00:50] Interviewer:", "Thank you."],
]


def test_turns_run_over_pages_and_page_furniture_is_dropped() -> None:
    document, dropped = reading(pdf(PAGES, head="Leavers study", numbers=True), "a.pdf")
    assert said(document) == [
        ("Interviewer", "Why did you leave?"),
        ("Ann Lee", "The caseload was one thing, and the\nhours were another. My man-\nager left."),
        ("Interviewer", "And then?"),
        ("Ann Lee", "Then me."),
        ("Interviewer", "Thank you."),
    ]
    assert [turn.begin_s for turn in document.turns] == [12.0, 15.0, 40.0, 41.0, 50.0]
    reasons = [drop.reason for drop in dropped]
    assert reasons.count("page header") == 3 and reasons.count("page number") == 3


def test_paragraphs_of_a_testimony_are_told_by_the_gap() -> None:
    document, _ = reading(pdf([["I came to the work late,", "at forty.", "", "I left it in May."]]), "a.pdf")
    assert said(document) == [(None, "I came to the work late,\nat forty."), (None, "I left it in May.")]


def test_an_empty_page_among_others_is_told() -> None:
    _, dropped = reading(pdf([["I left in May."], []]), "a.pdf")
    assert [drop.reason for drop in dropped] == ["page 2 has no text: blank, or a picture"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf([[], []]), "pages are pictures"),
        (pdf(PAGES, password="x"), "password"),
        (pdf(PAGES)[:300], "damaged"),
        (b"%PDF-1.7 nothing", "damaged"),
        (b"words only", "damaged"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_why(data: bytes, words: str) -> None:
    with pytest.raises(FeedbackError, match=words) as caught:
        reading(data, "a.pdf")
    assert "a.pdf" in caught.value.message and caught.value.hint


def test_cut_off_files_never_give_a_traceback() -> None:
    whole = pdf(PAGES)
    for size in range(0, len(whole), 97):
        try:
            reading(whole[:size], "a.pdf")
        except FeedbackError:
            continue

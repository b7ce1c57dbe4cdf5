"""PDFs of testimony and transcripts: lines numbered by the court, margins, pages on their side."""

from __future__ import annotations

from typing import Any

from making_layouts import Case, Layout, down, drawn, onto

PDF_TALK: list[Layout] = []
case = onto(PDF_TALK)


@case
def court_style() -> Case:
    pages = [
        [
            "Q.   When did you begin to think of",
            "leaving the service?",
            "A.   In the second winter. I could not",
            "get warm.",
            "Q.   Did you say so?",
            "A.   To whom?",
        ],
        ["Q.   To your manager.", "A.   She was colder than I was."],
    ]

    def draw(paper: Any) -> None:
        number = 1
        for page in pages:
            top = 760
            for line in page:
                paper.setFont("Courier", 10)
                paper.drawRightString(60, top, str(number))
                paper.drawString(90 if line[:2] in {"Q.", "A."} else 120, top, line)
                number, top = number + 1, top - 24
            paper.setFont("Courier", 8)
            paper.drawCentredString(300, 40, f"- {paper.getPageNumber()} -")
            paper.showPage()

    return (
        "pdf: numbered lines over pages, Q. and A.",
        "pdf",
        drawn(draw),
        [
            ("Q", "When did you begin to think of leaving the service?"),
            ("A", "In the second winter. I could not get warm."),
            ("Q", "Did you say so?"),
            ("A", "To whom?"),
            ("Q", "To your manager."),
            ("A", "She was colder than I was."),
        ],
    )


@case
def numbers_in_the_right_margin() -> Case:
    pages = [
        [
            "RM: Where shall we begin?",
            "AL: With the rota, if I may, because",
            "that is where it went wrong.",
            "RM: Please.",
            "AL: It came out on Fridays.",
        ],
        [
            "RM: For the next week?",
            "AL: For the same week-",
            "end, sometimes.",
            "RM: And nobody minded?",
            "AL: All of us did, all of us.",
        ],
    ]

    def draw(paper: Any) -> None:
        for page in pages:
            down(paper, 60, 815, ["Leavers 2025 / interview 9"], "Helvetica", 8)
            paper.drawRightString(540, 815, "3 May 2025")
            top = 770
            for number, line in enumerate(page, start=1):
                down(paper, 60, top, [line])
                down(paper, 545, top, [str(number)], "Helvetica", 7)
                top -= 20
            paper.setFont("Helvetica", 8)
            paper.drawRightString(540, 30, f"Page {paper.getPageNumber()} / 2")
            paper.showPage()

    return (
        "pdf: numbers in the right margin",
        "pdf",
        drawn(draw),
        [
            ("RM", "Where shall we begin?"),
            ("AL", "With the rota, if I may, because that is where it went wrong."),
            ("RM", "Please."),
            ("AL", "It came out on Fridays."),
            ("RM", "For the next week?"),
            ("AL", "For the same week- end, sometimes."),
            ("RM", "And nobody minded?"),
            ("AL", "All of us did, all of us."),
        ],
    )


@case
def a_page_on_its_side() -> Case:
    lines = [
        "Interviewer: Were you heard?",
        "Participant: Now and then, on Tuesdays.",
        "Interviewer: Why Tuesdays?",
        "Participant: She was in on Tuesdays.",
    ]

    def draw(paper: Any) -> None:
        paper.setPageRotation(90)
        paper.translate(595, 0)
        paper.rotate(90)
        down(paper, 60, 500, lines)

    return "pdf: a page on its side", "pdf", drawn(draw), [tuple(line.split(": ", 1)) for line in lines]


@case
def indented_testimony() -> Case:
    first = [
        "    I came to the council in the year of the floods, and",
        "nobody had time to show me where the forms were kept.",
        "It did not matter then.*",
    ]
    second = [
        "    It mattered later. There were four managers in two",
        "years, and every one of them had a form of his own.",
    ]

    def draw(paper: Any) -> None:
        for number, lines in (("iii", first), ("iv", second)):
            top = 770.0
            for line in lines:
                down(paper, 80 if line.startswith(" ") else 60, top, [line.strip()])
                top -= 14
            if number == "iii":
                down(paper, 60, 90, ["* Names have been changed."], size=8)
            paper.setFont("Times-Roman", 9)
            paper.drawCentredString(300, 40, number)
            paper.showPage()

    return (
        "pdf: indented paragraphs, note, roman numbers",
        "pdf",
        drawn(draw),
        [(None, " ".join(line.strip() for line in lines)) for lines in (first, second)],
    )

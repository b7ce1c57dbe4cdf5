"""Layouts of PDFs that the reader was not written for first, each with what it says (see word_layouts)."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from word_layouts import Case

PDF: list[Callable[[], Case]] = []


def case(function: Callable[[], Case]) -> Callable[[], Case]:
    PDF.append(function)
    return function


def drawn(draw: Callable[[Any], None]) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen import canvas

    packed = io.BytesIO()
    paper = canvas.Canvas(packed, pagesize=A4)
    draw(paper)
    paper.save()
    return packed.getvalue()


def down(
    paper: Any,
    left: float,
    top: float,
    lines: list[str],
    font: str = "Times-Roman",
    size: float = 11,
    lead: float = 14,
) -> float:
    paper.setFont(font, size)
    for line in lines:
        paper.drawString(left, top, line)
        top -= lead
    return top


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
def magazine() -> Case:
    asked = [
        ("Tell me how you came to", "this work."),
        ("What did you think", "when the cuts came?"),
        ("Would you go back to", "your old team?"),
    ]
    said = [
        [
            "My mother fostered, so our house",
            "was always full. I thought that",
            "this is what grown people do.",
        ],
        [
            "I thought we would manage. We",
            "did for a year, and then people",
            "began to go, the good ones first.",
        ],
        [
            "Tomorrow, if they were all there",
            "again, and if it were half the",
            "number of families that it was.",
        ],
    ]

    def draw(paper: Any) -> None:
        down(
            paper,
            60,
            800,
            ["The long goodbye: one worker on ten years in child protection"],
            "Helvetica-Bold",
            15,
        )
        top = 760.0
        for at in (0, 1):
            top = down(paper, 60, top, list(asked[at]), "Helvetica-Bold", 10)
            top = down(paper, 60, top, said[at], "Helvetica", 10) - 6
        top = down(paper, 310, 760, list(asked[2]), "Helvetica-Bold", 10)
        top = down(paper, 310, top, said[2], "Helvetica", 10)
        down(
            paper,
            310,
            top - 20,
            [
                "Words: a colleague of hers who",
                "asked not to be named in this",
                "paper, and who has left as well,",
                "to nobody's surprise, last month.",
            ],
            "Helvetica",
            10,
        )

    return (
        "pdf: two columns, questions in bold",
        "pdf",
        drawn(draw),
        [
            ("interviewer", " ".join(asked[0])),
            ("participant", " ".join(said[0])),
            ("interviewer", " ".join(asked[1])),
            ("participant", " ".join(said[1])),
            ("interviewer", " ".join(asked[2])),
            (
                "participant",
                " ".join(said[2])
                + " Words: a colleague of hers who asked not to be named in this paper, and who has left"
                + " as well, to nobody's surprise, last month.",
            ),
        ],
    )


@case
def three_columns_with_wrapped_names() -> Case:
    turns = [
        ("00:02", ["Ruth", "Mallory"], ["When did it begin, this wish", "to be elsewhere?"]),
        (
            "00:09",
            ["Aisha", "Rahman"],
            ["In the spring, when the third", "of us went, and her families", "came to me."],
        ),
        ("00:31", ["Ruth", "Mallory"], ["All of them?", "Really all?"]),
        ("00:35", ["Aisha", "Rahman"], ["All eleven of", "them, yes."]),
    ]

    def draw(paper: Any) -> None:
        top = 780.0
        for time, name, words in turns:
            down(paper, 50, top, [time])
            down(paper, 110, top, name)
            top = down(paper, 220, top, words) - 8

    return (
        "pdf: time, wrapped names, words",
        "pdf",
        drawn(draw),
        [(" ".join(name), " ".join(words)) for _, name, words in turns],
    )


@case
def choices_in_a_pdf_form() -> Case:
    def draw(paper: Any) -> None:
        form = paper.acroForm
        down(paper, 60, 800, ["Leaver feedback"], "Helvetica-Bold", 14)
        down(paper, 60, 770, ["Team"], "Helvetica", 10)
        form.choice(
            name="team", value="North", options=["North", "South"], x=160, y=762, width=120, height=18
        )
        down(paper, 60, 735, ["How did you find your induction?"], "Helvetica", 10)
        for at, (value, chosen) in enumerate([("Good", False), ("Poor", True)]):
            form.radio(name="induction", value=value, selected=chosen, x=60 + 90 * at, y=710, size=14)
            down(paper, 80 + 90 * at, 713, [value], "Helvetica", 10)
        down(
            paper,
            60,
            680,
            ["What would have helped you to stay with us?", "(Please write as much as you like.)"],
            "Helvetica",
            10,
        )
        form.textfield(
            name="stay",
            value="A manager who reads what I write.",
            x=60,
            y=600,
            width=400,
            height=56,
            fieldFlags="multiline",
        )

    return (
        "pdf: radio buttons, a list, a text field",
        "pdf",
        drawn(draw),
        [
            ("How did you find your induction?", "Poor"),
            (
                "What would have helped you to stay with us? (Please write as much as you like.)",
                "A manager who reads what I write.",
            ),
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
def printed_form() -> Case:
    parts = [
        (
            "1. What is the main reason why you are leaving",
            "us at this time?",
            ["I was promised a smaller caseload three", "times, and I stopped believing it."],
        ),
        ("2. What did you like best?", "", ["The families, nearly all of them."]),
        ("3. Would you come back to work for us?", "", ["Ask me in two years."]),
    ]

    def draw(paper: Any) -> None:
        top = down(paper, 60, 800, ["Exit interview questionnaire"], "Helvetica-Bold", 14, 30)
        for question, more, answer in parts:
            top = down(paper, 60, top, [line for line in (question, more) if line], "Helvetica-Bold", 10)
            top = down(paper, 60, top - 4, answer, "Helvetica", 10) - 16

    return (
        "pdf: a printed form",
        "pdf",
        drawn(draw),
        [(" ".join(filter(None, (q[3:], more))), " ".join(a)) for q, more, a in parts],
    )


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

"""PDFs as they are printed: columns of a magazine, names over two lines, forms to fill in."""

from __future__ import annotations

from typing import Any

from making_layouts import Case, Layout, down, drawn, onto

PDF_PAGES: list[Layout] = []
case = onto(PDF_PAGES)


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

"""More layouts of PDFs: questions in bold, headers that change, typed boxes, tables, columns of labels."""

from __future__ import annotations

from typing import Any

from making_layouts import FORM, Layout, adding, down, drawn

PDF_MORE: list[Layout] = []
add = adding(PDF_MORE)


def d1(p: Any) -> None:
    y = 780
    for a, b in FORM:
        p.setFont("Helvetica-Bold", 10)
        p.drawString(60, y, a)
        x = 60 + p.stringWidth(a + " ", "Helvetica-Bold", 10)
        p.setFont("Helvetica", 10)
        p.drawString(x, y, b)
        y -= 20


add("pdf: question in bold, answer behind it", "pdf", drawn(d1), FORM)


def d2(p: Any) -> None:
    for pg in range(4):
        p.setFont("Helvetica", 8)
        if pg % 2:
            p.drawString(60, 815, "Voices of leavers")
        else:
            p.drawRightString(540, 815, "Chapter 3. Ann")
        p.drawCentredString(300, 30, f"{pg + 41}")
        down(
            p,
            60,
            770,
            [f"Ruth: What about year {pg}?", f"Ann: It was year {pg}, that is all I", "can say about that."],
        )
        p.showPage()


add(
    "pdf: headers of odd and even pages",
    "pdf",
    drawn(d2),
    [
        x
        for pg in range(4)
        for x in (
            ("Ruth", f"What about year {pg}?"),
            ("Ann", f"It was year {pg}, that is all I can say about that."),
        )
    ],
)


def d3(p: Any) -> None:
    y = 780
    down(p, 60, y, ["Exit questionnaire"], "Helvetica-Bold", 13)
    y -= 30
    for t in [
        "1. Would you work for us again?",
        "[x] Yes   [ ] No",
        "2. What was your main reason for leaving?",
        "I could not afford the rent on this pay any",
        "longer, it was as simple as that.",
        "3. Is there anything that we should know?",
        "No.",
    ]:
        down(p, 60, y, [t], "Helvetica", 10)
        y -= 16


add(
    "pdf: typed boxes, numbered",
    "pdf",
    drawn(d3),
    [
        ("Would you work for us again?", "Yes"),
        (
            "What was your main reason for leaving?",
            "I could not afford the rent on this pay any longer, it was as simple as that.",
        ),
        ("Is there anything that we should know?", "No."),
    ],
)


def d4(p: Any) -> None:
    y = 780
    for a, b in [
        (
            ["What made you decide", "to leave your post?"],
            ["I had asked for help in the", "spring and in the autumn and", "again at Christmas."],
        ),
        (["What would have made", "you stay?"], ["One visit from somebody who", "had read what I wrote."]),
        (["What should we do", "first?"], ["Hire two people for the", "duty desk."]),
    ]:
        down(p, 60, y, a, "Helvetica", 10, 13)
        y = down(p, 260, y, b, "Helvetica", 10, 13) - 14


add(
    "pdf: a table of question and answer",
    "pdf",
    drawn(d4),
    [
        (
            "What made you decide to leave your post?",
            "I had asked for help in the spring and in the autumn and again at Christmas.",
        ),
        ("What would have made you stay?", "One visit from somebody who had read what I wrote."),
        ("What should we do first?", "Hire two people for the duty desk."),
    ],
)


def d5(p: Any) -> None:
    y = 780
    for i, (a, t) in enumerate(
        [
            ("INT", "Did you sleep in those weeks at all?"),
            ("RES", "Four hours, on good nights, and then I"),
            ("", "lay there and counted families."),
            ("INT", "How many?"),
            ("RES", "Thirty-one by the end of it."),
            ("INT", "And your manager knew?"),
            ("RES", "She gave me the thirty-second."),
        ],
        1,
    ):
        p.setFont("Helvetica", 7)
        p.drawRightString(45, y, str(i))
        p.setFont("Times-Roman", 11)
        if a:
            p.drawString(60, y, a)
        p.drawString(130, y, t)
        y -= 22


add(
    "pdf: line numbers and a column of labels",
    "pdf",
    drawn(d5),
    [
        ("INT", "Did you sleep in those weeks at all?"),
        ("RES", "Four hours, on good nights, and then I lay there and counted families."),
        ("INT", "How many?"),
        ("RES", "Thirty-one by the end of it."),
        ("INT", "And your manager knew?"),
        ("RES", "She gave me the thirty-second."),
    ],
)

"""More layouts of Word files and PDFs, each with what it says (see word_layouts)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from making import docx, paragraph, run, table
from pdf_layouts import down, drawn
from word_layouts import TALK, Case, styled

MORE: list[Callable[[], Case]] = []


def add(name: str, suffix: str, data: bytes, expected: list[tuple[str | None, str]]) -> None:
    def layout() -> Case:
        return name, suffix, data, expected

    layout.__name__ = name
    MORE.append(layout)


def bold(text: str) -> str:
    return paragraph(run(text, bold=True))


add(
    "time under label in cell",
    "docx",
    docx(
        table(
            [
                ["Interviewer\n[00:03]", "Why did you go?"],
                ["Participant 4\n[00:09]", "For my health."],
                ["Interviewer\n[00:15]", "And now?"],
                ["Participant 4\n[00:20]", "Better."],
            ]
        )
    ),
    [
        ("Interviewer", "Why did you go?"),
        ("Participant 4", "For my health."),
        ("Interviewer", "And now?"),
        ("Participant 4", "Better."),
    ],
)
add(
    "caps labels, times at ends",
    "docx",
    docx(
        *[
            paragraph(run(a, bold=True), run(" " + b))
            for a, b in [
                ("RUTH MALLORY:", "Why did you go? (00:03)"),
                ("ANN LEE:", "For my health. (00:09)"),
                ("RUTH MALLORY:", "And now? (00:15)"),
                ("ANN LEE:", "Better. (00:20)"),
            ]
        ]
    ),
    [
        ("RUTH MALLORY", "Why did you go?"),
        ("ANN LEE", "For my health."),
        ("RUTH MALLORY", "And now?"),
        ("ANN LEE", "Better."),
    ],
)
Q = [
    ("Why did you apply to us?", "The training."),
    ("Why are you leaving now?", "My commute."),
    ("What would you tell your successor?", "Take lunch."),
]


def cell(text: str, strong: bool) -> str:
    return f"<w:tr><w:tc>{bold(text) if strong else paragraph(text)}</w:tc></w:tr>"


add(
    "one column, question row then answer row",
    "docx",
    docx("<w:tbl>" + "".join(cell(x, True) + cell(y, False) for x, y in Q) + "</w:tbl>"),
    Q,
)
add(
    "capitals as questions",
    "docx",
    docx(
        paragraph("Leaver: social worker, 4 years"),
        *[x for a, b in Q for x in (paragraph(a.upper()), paragraph(b))],
    ),
    [(a.upper(), b) for a, b in Q],
)
add(
    "prompt and answer on one line",
    "docx",
    docx(
        paragraph("EXIT FORM"),
        paragraph("1. Reason for leaving: better pay elsewhere, and nearer home."),
        paragraph("2. What did you like most? The children, always."),
        paragraph("3. Suggestions for us: answer your phone."),
    ),
    [
        ("Reason for leaving", "better pay elsewhere, and nearer home."),
        ("What did you like most?", "The children, always."),
        ("Suggestions for us", "answer your phone."),
    ],
)
add(
    "head of fields, then free text",
    "docx",
    docx(
        table([["Role", "Social worker", "Team", "East"], ["Start date", "2016", "Leaving date", "2025"]]),
        paragraph("I left because nobody read my notes. It took nine years to see that."),
        paragraph("I would do it again."),
    ),
    [
        (None, "I left because nobody read my notes. It took nine years to see that."),
        (None, "I would do it again."),
    ],
)
add(
    "underlined interviewer",
    "docx",
    docx(*[styled(x, '<w:u w:val="single"/>') if r == "interviewer" else paragraph(x) for r, x in TALK]),
    TALK,
)
pic = '<w:r><w:drawing><wp:inline xmlns:wp="u"><a:graphic xmlns:a="a"/></wp:inline></w:drawing></w:r>'
br = "<w:r><w:br/></w:r>"
add(
    "teams now, with pictures",
    "docx",
    docx(
        bold("Exit interview-20250503_0900-Meeting Recording"),
        paragraph("3 May 2025, 09:00am"),
        paragraph("14m 2s"),
        paragraph("Ruth Mallory started transcription"),
        *[
            paragraph(pic, br, run(n, bold=True), run("   " + t), br, run(x))
            for n, t, x in [
                ("Ruth Mallory", "0:03", "Hello."),
                ("Lee, Ann (Leaver)", "0:05", "Hello."),
                ("Ruth Mallory", "0:09", "Why go?"),
                ("Lee, Ann (Leaver)", "0:12", "Why not?"),
            ]
        ],
        paragraph("Ruth Mallory stopped transcription"),
    ),
    [
        ("Ruth Mallory", "Hello."),
        ("Lee, Ann (Leaver)", "Hello."),
        ("Ruth Mallory", "Why go?"),
        ("Lee, Ann (Leaver)", "Why not?"),
    ],
)
add(
    "mixed: labels and a box of consent",
    "docx",
    docx(
        paragraph("Consent: ☒ Yes ☐ No"),
        paragraph("Interviewer: Ready?"),
        paragraph("Participant: Ready."),
        paragraph("Interviewer: Why did you go?"),
        paragraph("Participant: To breathe."),
    ),
    [
        ("Interviewer", "Ready?"),
        ("Participant", "Ready."),
        ("Interviewer", "Why did you go?"),
        ("Participant", "To breathe."),
    ],
)
add(
    "dash dialogue in bold and plain",
    "docx",
    docx(*[bold("– " + x) if r == "interviewer" else paragraph("– " + x) for r, x in TALK]),
    [(r, "– " + x) for r, x in TALK],
)
add(
    "likert words without boxes",
    "docx",
    docx(
        table(
            [
                ["Question", "Answer"],
                ["How well were you supported by your manager?", "Very poorly"],
                ["Please explain your answer", "He left in my first week."],
            ]
        ),
        table([["Any other comments"], ["Good luck."]]),
    ),
    [
        ("How well were you supported by your manager?", "Very poorly"),
        ("Please explain your answer", "He left in my first week."),
        ("Any other comments", "Good luck."),
    ],
)


def d1(p: Any) -> None:
    y = 780
    for a, b in Q:
        p.setFont("Helvetica-Bold", 10)
        p.drawString(60, y, a)
        x = 60 + p.stringWidth(a + " ", "Helvetica-Bold", 10)
        p.setFont("Helvetica", 10)
        p.drawString(x, y, b)
        y -= 20


add("pdf: question in bold, answer behind it", "pdf", drawn(d1), Q)


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

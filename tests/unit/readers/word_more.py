"""More layouts of Word files: times, capitals, forms, pictures, dashes."""

from __future__ import annotations

from making import docx, paragraph, run, table
from making_layouts import FORM, TALK, Layout, adding, bold, styled

WORD_MORE: list[Layout] = []
add = adding(WORD_MORE)


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


def cell(text: str, strong: bool) -> str:
    return f"<w:tr><w:tc>{bold(text) if strong else paragraph(text)}</w:tc></w:tr>"


add(
    "one column, question row then answer row",
    "docx",
    docx("<w:tbl>" + "".join(cell(x, True) + cell(y, False) for x, y in FORM) + "</w:tbl>"),
    FORM,
)
add(
    "capitals as questions",
    "docx",
    docx(
        paragraph("Leaver: social worker, 4 years"),
        *[x for a, b in FORM for x in (paragraph(a.upper()), paragraph(b))],
    ),
    [(a.upper(), b) for a, b in FORM],
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

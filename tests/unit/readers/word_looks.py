"""Word files in which looks or places tell who speaks: italics, colours, tracked changes, columns."""

from __future__ import annotations

from making import W, docx, paragraph, run, table, zipped
from making_layouts import TALK, Case, Layout, onto, styled

WORD_LOOKS: list[Layout] = []
case = onto(WORD_LOOKS)


@case
def italic_interviewer() -> Case:
    body = [styled(words, "<w:i/>") if who == "interviewer" else paragraph(words) for who, words in TALK]
    return (
        "interviewer in italics",
        "docx",
        docx(paragraph("In conversation with a leaver", style="Heading1"), *body),
        TALK,
    )


@case
def blue_interviewer() -> Case:
    body = [
        styled(words, '<w:color w:val="1F4E79"/>')
        if who == "interviewer"
        else styled(words, '<w:color w:val="000000"/>')
        for who, words in TALK
    ]
    return "interviewer in blue", "docx", docx(*body), TALK


@case
def strong_style_interviewer() -> Case:
    talk = [*TALK, ("interviewer", "[laughs] Of course."), ("participant", "It would!")]
    strong = '<w:style w:styleId="Strong" w:type="character"><w:rPr><w:b/></w:rPr></w:style>'
    styles = f"<w:styles {W}>{strong}</w:styles>"
    body = [
        styled(words, '<w:rStyle w:val="Strong"/>') if who == "interviewer" else paragraph(words)
        for who, words in talk
    ]
    xml = f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>"
    return (
        "interviewer bold by a style",
        "docx",
        zipped({"word/document.xml": xml, "word/styles.xml": styles}),
        talk,
    )


@case
def tracked_transcript() -> Case:
    gone = "<w:del><w:r><w:delText>{}</w:delText></w:r></w:del>"
    cut = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>' + run("Ann: I went ") + "</w:p>"
    body = [
        paragraph(f"<w:ins>{run('Ruth: ')}</w:ins>", run("Why"), gone.format(" on earth"), run(" then?")),
        cut,
        paragraph("to a school."),
        paragraph(f"<w:moveFrom>{run('Ruth: Moved.')}</w:moveFrom>"),
        paragraph("Ruth: And is it better?"),
        paragraph("Ann: It is."),
        paragraph(f"<w:moveTo>{run('Ruth: Moved.')}</w:moveTo>"),
    ]
    return (
        "tracked insertions, deletions, moves",
        "docx",
        docx(*body),
        [
            ("Ruth", "Why then?"),
            ("Ann", "I went to a school."),
            ("Ruth", "And is it better?"),
            ("Ann", "It is."),
            ("Ruth", "Moved."),
        ],
    )


@case
def speakers_as_headings() -> Case:
    body = []
    for who, words in [
        ("Interviewer", "What now?"),
        ("Participant 6", "Teaching."),
        ("Interviewer", "Happy?"),
        ("Participant 6", "Mostly. It is quieter."),
    ]:
        body += [paragraph(who, style="Heading3"), paragraph(words)]
    return (
        "speakers as headings",
        "docx",
        docx(*body),
        [
            ("Interviewer", "What now?"),
            ("Participant 6", "Teaching."),
            ("Interviewer", "Happy?"),
            ("Participant 6", "Mostly. It is quieter."),
        ],
    )


@case
def one_column_for_each_speaker() -> Case:
    rows = [
        ["Interviewer", "Participant"],
        ["Why did you go in the end?", ""],
        ["", "I was tired of being afraid of the phone."],
        ["Afraid of what?", ""],
        ["", "Of the next one."],
    ]
    return (
        "a column for each speaker",
        "docx",
        docx(table(rows)),
        [
            ("Interviewer", "Why did you go in the end?"),
            ("Participant", "I was tired of being afraid of the phone."),
            ("Interviewer", "Afraid of what?"),
            ("Participant", "Of the next one."),
        ],
    )

"""Layouts of Word files that the reader was not written for first, each with what it says.

A case is (name, suffix, bytes, expected); expected are (who, words), where who is the speaker's label, in a
form the question, and in an interview without labels the role.
"""

from __future__ import annotations

import io
from collections.abc import Callable

from making import W, docx, paragraph, run, table, zipped

Case = tuple[str, str, bytes, list[tuple[str | None, str]]]
WORD: list[Callable[[], Case]] = []


def case(function: Callable[[], Case]) -> Callable[[], Case]:
    WORD.append(function)
    return function


def bold(text: str) -> str:
    return paragraph(run(text, bold=True))


def styled(text: str, properties: str) -> str:
    return f'<w:p><w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def saved(book: object) -> bytes:
    packed = io.BytesIO()
    book.save(packed)  # type: ignore[attr-defined]
    return packed.getvalue()


@case
def numbered_list_with_tabs() -> Case:
    import docx as writer

    book = writer.Document()
    for label, words in [
        ("INT", "How long were you there?"),
        ("RES", "Six years."),
        ("INT", "And you left why?"),
        ("RES", "Nights."),
    ]:
        item = book.add_paragraph(style="List Number")
        item.add_run(label).bold = True
        item.add_run(f"\t{words}")
    return (
        "numbered list with tabs",
        "docx",
        saved(book),
        [
            ("INT", "How long were you there?"),
            ("RES", "Six years."),
            ("INT", "And you left why?"),
            ("RES", "Nights."),
        ],
    )


@case
def table_with_line_numbers_and_open_cells() -> Case:
    rows = [
        ["Line", "Who", "Utterance"],
        ["1", "Facilitator", "Who wants to begin?"],
        ["2", "Priya", "I will."],
        ["3", "", "I left in spring."],
        ["4", "Tom", "Me too, in March."],
        ["5", "Priya", "It was the rota."],
        ["6", "Tom", "Always the rota."],
    ]
    return (
        "table with line numbers, open cells",
        "docx",
        docx(table(rows)),
        [
            ("Facilitator", "Who wants to begin?"),
            ("Priya", "I will. I left in spring."),
            ("Tom", "Me too, in March."),
            ("Priya", "It was the rota."),
            ("Tom", "Always the rota."),
        ],
    )


@case
def time_and_speaker_in_one_cell() -> Case:
    rows = [
        ["00:01\nRuth Mallory", "What made you go?"],
        ["00:05\nAnn Lee", "The hours, mostly."],
        ["00:09\nRuth Mallory", "Only those?"],
        ["00:12\nAnn Lee", "And the drive."],
    ]
    return (
        "time above speaker in one cell",
        "docx",
        docx(table(rows)),
        [
            ("Ruth Mallory", "What made you go?"),
            ("Ann Lee", "The hours, mostly."),
            ("Ruth Mallory", "Only those?"),
            ("Ann Lee", "And the drive."),
        ],
    )


@case
def google_docs() -> Case:
    empty = "<w:p/>"
    link = f'<w:hyperlink w:anchor="x">{run("the report")}</w:hyperlink>'
    body = [
        paragraph("Transcript: leavers", style="Title"),
        empty,
        paragraph(run("Ruth: ", bold=True), run("Did you read "), link, run("?")),
        empty,
        paragraph(run("Ann: ", bold=True), run("I did.")),
        empty,
        paragraph(run("Twice, in fact.")),
        empty,
        paragraph(run("Ruth: ", bold=True), run("And?")),
        empty,
        paragraph(run("Ann: ", bold=True), run("It was fair.")),
    ]
    return (
        "google docs, empty paragraphs",
        "docx",
        docx(*body),
        [
            ("Ruth", "Did you read the report?"),
            ("Ann", "I did. Twice, in fact."),
            ("Ruth", "And?"),
            ("Ann", "It was fair."),
        ],
    )


@case
def teams_three_paragraphs() -> Case:
    body = []
    for time, name, words in [
        ("0:0:1.0 --> 0:0:4.0", "Ruth Mallory", "Shall we start?"),
        ("0:0:5.0 --> 0:0:9.0", "Ann Lee", "Please do."),
        ("0:0:10.0 --> 0:0:12.0", "Ruth Mallory", "Why go?"),
        ("0:0:13.0 --> 0:0:19.0", "Ann Lee", "No help."),
    ]:
        body += [paragraph(time), paragraph(name), paragraph(words)]
    return (
        "teams, three paragraphs",
        "docx",
        docx(*body),
        [
            ("Ruth Mallory", "Shall we start?"),
            ("Ann Lee", "Please do."),
            ("Ruth Mallory", "Why go?"),
            ("Ann Lee", "No help."),
        ],
    )


@case
def teams_one_line() -> Case:
    body = [
        paragraph("Exit interview Ann Lee-20250503"),
        paragraph("May 3, 2025, 9:00AM"),
        paragraph("31m 5s"),
    ]
    for name, time, words in [
        ("Ruth Mallory", "0:03", "Shall we start?"),
        ("Ann Lee", "0:05", "Please do."),
        ("Ruth Mallory", "0:09", "Why go?"),
        ("Ann Lee", "0:13", "No help."),
    ]:
        body += [paragraph(run(f"{name}   {time}", bold=True)), paragraph(words)]
    return (
        "teams, name and time on a line",
        "docx",
        docx(*body),
        [
            ("Ruth Mallory", "Shall we start?"),
            ("Ann Lee", "Please do."),
            ("Ruth Mallory", "Why go?"),
            ("Ann Lee", "No help."),
        ],
    )


@case
def otter() -> Case:
    body = [
        paragraph("Leaver 4"),
        paragraph("Sat, May 03, 2025 9:00AM • 12:44"),
        paragraph("SUMMARY KEYWORDS"),
        paragraph("caseload, rota, leave"),
        paragraph("SPEAKERS"),
        paragraph("Ann Lee, Ruth Mallory"),
    ]
    for name, time, words in [
        ("Ruth Mallory", "00:00", "Shall we start?"),
        ("Ann Lee", "00:05", "Please do."),
        ("Ruth Mallory", "00:09", "Why go?"),
        ("Ann Lee", "00:13", "No help."),
    ]:
        body += [paragraph(run(name, bold=True), run(f"  {time}")), paragraph(words)]
    body.append(paragraph("Transcribed by https://otter.ai"))
    return (
        "otter with its head",
        "docx",
        docx(*body),
        [
            ("Ruth Mallory", "Shall we start?"),
            ("Ann Lee", "Please do."),
            ("Ruth Mallory", "Why go?"),
            ("Ann Lee", "No help."),
        ],
    )


@case
def heading_questions() -> Case:
    import docx as writer

    book = writer.Document()
    book.add_heading("Leaver questionnaire", 0)
    for question, answers in [
        ("What did you value most about the job?", ["My colleagues.", "And the families."]),
        ("What made you decide to leave?", ["N/A"]),
        ("What should we change first?", ["The rota, before anything else."]),
    ]:
        book.add_heading(question, 2)
        for answer in answers:
            book.add_paragraph(answer)
    return (
        "questions as headings",
        "docx",
        saved(book),
        [
            ("What did you value most about the job?", "My colleagues. And the families."),
            ("What made you decide to leave?", "N/A"),
            ("What should we change first?", "The rota, before anything else."),
        ],
    )


@case
def table_form_with_numbers_and_bullets() -> Case:
    import docx as writer

    book = writer.Document()
    form = book.add_table(rows=0, cols=3)
    for number, question, answers in [
        ("1", "What were your main reasons for leaving?", ["Pay", "Travel"]),
        ("2", "How would you describe your manager?", ["Kind, but never there."]),
        ("3", "Anything we have not asked?", [""]),
    ]:
        cells = form.add_row().cells
        cells[0].text, cells[1].text = number, question
        cells[2].text = answers[0]
        for more in answers[1:]:
            cells[2].add_paragraph(more, style="List Bullet")
    return (
        "three columns: number, question, answer",
        "docx",
        saved(book),
        [
            ("What were your main reasons for leaving?", "Pay Travel"),
            ("How would you describe your manager?", "Kind, but never there."),
        ],
    )


@case
def controls_around_cells() -> Case:
    def cell(words: str) -> str:
        return f"<w:tc>{paragraph(words)}</w:tc>"

    def control(inner: str, prompt: bool = False) -> str:
        shown = "<w:showingPlcHdr/>" if prompt else ""
        return f"<w:sdt><w:sdtPr>{shown}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    rows = [
        cell("Department") + control(cell("Children in care")),
        cell("Leaving date") + control(cell("03/05/2025")),
        cell("Reason for leaving") + control(cell("Choose an item."), True),
        cell("What could we have done to keep you?") + control(cell("Listened.")),
        cell("Would you recommend us as an employer, and why?") + control(cell("Yes, for the training.")),
    ]
    return (
        "content controls around cells",
        "docx",
        docx("<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"),
        [
            ("What could we have done to keep you?", "Listened."),
            ("Would you recommend us as an employer, and why?", "Yes, for the training."),
        ],
    )


@case
def old_form_fields() -> Case:
    def field(kind: str, data: str, shown: str = "") -> str:
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        result = mark.format("separate") + run(shown) if shown else ""
        return f"{begin}<w:r><w:instrText> {kind} </w:instrText></w:r>{result}{mark.format('end')}"

    box = '<w:checkBox><w:default w:val="{}"/></w:checkBox>'
    body = [
        paragraph(run("Job title: "), field("FORMTEXT", "<w:textInput/>", "Family worker")),
        paragraph("Please tick the reasons that apply to you:"),
        paragraph(field("FORMCHECKBOX", box.format(1)), run(" Workload")),
        paragraph(field("FORMCHECKBOX", box.format(0)), run(" Relocation")),
        paragraph(field("FORMCHECKBOX", box.format(1)), run(" Lack of support")),
        paragraph("Please tell us more:"),
        paragraph(field("FORMTEXT", "<w:textInput/>", "Nobody covered when I was ill.")),
    ]
    return (
        "old form fields and boxes",
        "docx",
        docx(*body),
        [
            ("Please tick the reasons that apply to you", "Workload Lack of support"),
            ("Please tell us more", "Nobody covered when I was ill."),
        ],
    )


@case
def answer_boxes() -> Case:
    body = []
    for question, answer in [
        ("Why are you leaving us?", "To be nearer to my mother."),
        ("What has been hardest?", "Court weeks."),
        ("What will you miss?", "The jokes."),
    ]:
        body += [paragraph(question), table([[answer]])]
    return (
        "each answer in a box of its own",
        "docx",
        docx(*body),
        [
            ("Why are you leaving us?", "To be nearer to my mother."),
            ("What has been hardest?", "Court weeks."),
            ("What will you miss?", "The jokes."),
        ],
    )


TALK = [
    ("interviewer", "Tell me about the day you decided."),
    ("participant", "It rained. I sat in the car for an hour, you know, and I just could not go in."),
    ("interviewer", "What was in your mind?"),
    ("participant", "My little boy. And the file I had not finished."),
    ("interviewer", "Did you tell your manager?"),
    (
        "participant",
        "No. She would have said take a day off, and then the day would have been on my list as well.",
    ),
]


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
def contents_notes_and_parts() -> Case:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    contents = (
        "<w:p>"
        + mark.format("begin")
        + '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
        + mark.format("separate")
        + run("Part 1: Leaving\t1")
        + "</w:p>"
    )
    contents += "<w:p>" + run("Part 2: After\t2") + mark.format("end") + "</w:p>"
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = [
        contents,
        paragraph("Part 1: Leaving", style="Heading1"),
        paragraph("Q: When did you go?"),
        paragraph(run("A: In May"), note, run(".")),
        paragraph("Part 2: After", style="Heading1"),
        paragraph("Q: And after?"),
        paragraph("A: I slept."),
    ]
    return (
        "contents, headings, footnotes",
        "docx",
        docx(*body, footnotes='<w:footnote w:id="2">' + paragraph("May 2024.") + "</w:footnote>"),
        [("Q", "When did you go?"), ("A", "In May."), ("Q", "And after?"), ("A", "I slept.")],
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


@case
def merged_cells() -> Case:
    import docx as writer

    book = writer.Document()
    grid = book.add_table(rows=6, cols=2)
    texts = [
        ("Topic 1: leaving", ""),
        ("Moderator", "Who left first?"),
        ("P1", "I did."),
        ("", "In March."),
        ("Moderator", "And then?"),
        ("P2", "Me, in May."),
    ]
    for row, (left, right) in enumerate(texts):
        grid.cell(row, 0).text, grid.cell(row, 1).text = left, right
    grid.cell(0, 0).merge(grid.cell(0, 1))
    grid.cell(2, 0).merge(grid.cell(3, 0))
    return (
        "merged cells",
        "docx",
        saved(book),
        [
            ("Moderator", "Who left first?"),
            ("P1", "I did. In March."),
            ("Moderator", "And then?"),
            ("P2", "Me, in May."),
        ],
    )


@case
def letter() -> Case:
    paragraphs = [
        "Dear Ms Hall,",
        "I write to tell you why I am going. It is not the money.",
        "Would I do it again? Yes. But not here, and not with forty families.",
        "Yours sincerely,",
        "Ann Lee",
    ]
    return "a letter", "docx", docx(*map(paragraph, paragraphs)), [(None, words) for words in paragraphs]


@case
def essay_with_questions_for_headings() -> Case:
    parts = [
        (
            "How did I get here?",
            "I began in 2016, straight from the course, and I loved every visit, every kitchen table.",
        ),
        (
            "Why did I stay so long?",
            "Because of the team, and because somebody had to know those children's names.",
        ),
        ("What would I say to you now?", "Go slowly, keep your evenings, and write down what you did well."),
    ]
    body = [block for question, words in parts for block in (bold(question), paragraph(words))]
    return (
        "an essay that asks itself",
        "docx",
        docx(*body),
        [(None, words) for words in (text for pair in parts for text in pair)],
    )


@case
def q_and_a_lines() -> Case:
    body = [
        paragraph("Q1. What is your reason for leaving?"),
        paragraph("A1. A better offer."),
        paragraph("Q2. Could we have changed your mind?"),
        paragraph("A2. With a date for the new rota, yes."),
        paragraph("Q3. Anything else?"),
        paragraph("A3. No."),
    ]
    return (
        "Q1 and A1",
        "docx",
        docx(*body),
        [
            ("Q1", "What is your reason for leaving?"),
            ("A1", "A better offer."),
            ("Q2", "Could we have changed your mind?"),
            ("A2", "With a date for the new rota, yes."),
            ("Q3", "Anything else?"),
            ("A3", "No."),
        ],
    )


@case
def ratings_and_comments() -> Case:
    rows = [
        ["Statement", "Rating (1-5)", "Comments"],
        ["I had the support I needed", "2", "Only from peers."],
        ["My workload was fair", "1", "Thirty-one children."],
        ["I was paid fairly", "4", ""],
    ]
    return (
        "ratings with comments",
        "docx",
        docx(table(rows)),
        [
            ("I had the support I needed", "Only from peers."),
            ("My workload was fair", "Thirty-one children."),
        ],
    )


@case
def strict_and_unusual_parts() -> Case:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    body = [
        paragraph(f"<w:smartTag>{run('Ruth')}</w:smartTag>", run(": Well?")),
        paragraph(
            run("Ann: It is "),
            "<w:ruby><w:rt>" + run("kan") + "</w:rt><w:rubyBase>" + run("fine") + "</w:rubyBase></w:ruby>",
            run("."),
        ),
        paragraph("Ruth: Good."),
        paragraph("Ann: Co\xad-op<w:r/>".replace("<w:r/>", "")),
    ]
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"
    link = f'<Relationship Id="r1" Type="{kind}" Target="/word/document2.xml"/>'
    rels = f'<Relationships xmlns="urn:relationships">{link}</Relationships>'
    xml = f"<w:document {strict}><w:body>{''.join(body)}</w:body></w:document>"
    return (
        "strict namespace, document2.xml, ruby",
        "docx",
        zipped({"_rels/.rels": rels, "word/document2.xml": xml}),
        [("Ruth", "Well?"), ("Ann", "It is fine."), ("Ruth", "Good."), ("Ann", "Co-op")],
    )

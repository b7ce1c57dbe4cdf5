"""Word files in which a form or a writer asks the questions: tables, fields, boxes, headings, letters."""

from __future__ import annotations

from making import docx, paragraph, run, table
from making_layouts import Case, Layout, bold, onto, saved

WORD_QUESTIONS: list[Layout] = []
case = onto(WORD_QUESTIONS)


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

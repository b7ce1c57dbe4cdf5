"""Word files that write down who spoke: labels, times and numbers of programs and typists."""

from __future__ import annotations

from making import docx, paragraph, run, table, zipped
from making_layouts import Case, Layout, onto, saved

WORD_TRANSCRIPTS: list[Layout] = []
case = onto(WORD_TRANSCRIPTS)


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

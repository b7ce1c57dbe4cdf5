# ruff: noqa: E501
"""Word files: by python-docx where it can write it, else XML by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from xml.sax.saxutils import escape

from docx import Document as Word
from nasty_cases import TALK, Case, Said, speakers

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OPC = "http://schemas.openxmlformats.org/package/2006"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
IP = speakers("I", "P1")


def run(words: str, style: str = "") -> str:
    """A run of text."""
    return f'<w:r>{f"<w:rPr>{style}</w:rPr>" if style else ""}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def para(*runs: str, style: str = "") -> str:
    """A paragraph."""
    return f"<w:p>{f'<w:pPr>{style}</w:pPr>' if style else ''}{''.join(runs)}</w:p>"


def word(
    body: str, *, parts: dict[str, str] | None = None, ns: str = W, main: str = "word/document.xml"
) -> bytes:
    """A .docx written by hand; `parts` are further parts by name (footnotes.xml, header1.xml ...)."""
    out = io.BytesIO()
    spaces = f'xmlns:w="{ns}" xmlns:r="{REL}" xmlns:mc="{MC}" xmlns:wps="urn:wps" xmlns:v="urn:schemas-microsoft-com:vml"'
    kinds = {name: name.removesuffix(".xml").rstrip("0123456789") for name in parts or {}}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        types = "".join(
            f'<Override PartName="/word/{name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
            for name, kind in kinds.items()
        )
        file.writestr("[Content_Types].xml", f'<Types xmlns="{OPC}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>{types}</Types>')  # fmt: skip
        file.writestr("_rels/.rels", f'<Relationships xmlns="{OPC}/relationships"><Relationship Id="r1" Type="{REL}/officeDocument" Target="{main}"/></Relationships>')  # fmt: skip
        links = "".join(
            f'<Relationship Id="p{n}" Type="{REL}/{kind}" Target="{name}"/>'
            for n, (name, kind) in enumerate(kinds.items())
        )
        folder, leaf = main.rsplit("/", 1)
        file.writestr(
            f"{folder}/_rels/{leaf}.rels",
            f'<Relationships xmlns="{OPC}/relationships">{links}</Relationships>',
        )
        file.writestr(main, f"<w:document {spaces}><w:body>{body}<w:sectPr/></w:body></w:document>")
        for name, content in (parts or {}).items():
            file.writestr(f"word/{name}", content.replace(">", f" {spaces}>", 1))
    return out.getvalue()


def talk(
    change: dict[int, Callable[[str, str], str]] | None = None,
    *,
    label: Callable[[str], str] = lambda who: run(f"{who}: "),
) -> str:
    """The talk, a paragraph a turn; `change[n]` writes turn n's paragraph(s) itself from (label, words)."""
    body = ""
    for number, (who, words) in enumerate(IP):
        assert who
        body += change[number](who, words) if change and number in change else para(label(who), run(words))
    return body


def said(number: int, words: str) -> tuple[Said, ...]:
    """The talk with other words in one turn."""
    return tuple((who, words if n == number else old) for n, (who, old) in enumerate(IP))


def saved(build: Callable[[object], None]) -> bytes:
    """What python-docx writes."""
    document = Word()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table(document, *, heads: bool) -> None:
    """A table, a turn a row, one cell with two paragraphs."""
    rows = document.add_table(0, 3 if heads else 2)
    if heads:
        for cell, words in zip(rows.add_row().cells, ("Time", "Speaker", "Transcript"), strict=True):
            cell.text = words
    for number, (who, words) in enumerate(IP):
        cells = rows.add_row().cells
        if heads:
            cells[0].text = f"0{number}:15"
        cells[-2].text, cells[-1].text = who, words
    rows.rows[-1].cells[-1].add_paragraph("That's it.")


def bold_names(document) -> None:
    """Speaker names in bold on their own line, a head, page furniture."""
    document.sections[0].header.paragraphs[0].text = "CONFIDENTIAL P05"
    document.sections[0].footer.paragraphs[0].text = "Page 1 of 9"
    document.add_heading("Interview 5", 0)
    for who, words in speakers("Interviewer", "Participant"):
        document.add_paragraph().add_run(who).bold = True
        document.add_paragraph(words)


def continued(document) -> None:
    """A turn over several paragraphs, one with a colon in it, and empty ones between."""
    for number, (who, words) in enumerate(IP):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{who}:").bold = True
        paragraph.add_run(f" {words}")
        if number == 3:
            document.add_paragraph("")
            document.add_paragraph("I told them: never again.")


def lists(document) -> None:
    """Automatic numbers and bullets are not in the text."""
    for who, words in IP:
        document.add_paragraph(f"{who}: {words}", style="List Number")


NOTE = '<w:footnotes><w:footnote w:id="2"><w:p><w:r><w:t>Not said: a footnote.</w:t></w:r></w:p></w:footnote></w:footnotes>'
ENDNOTE = NOTE.replace("footnote", "endnote")
COMMENT = '<w:comments><w:comment w:id="0" w:author="RE"><w:p><w:r><w:t>Not said: a comment.</w:t></w:r></w:p></w:comment></w:comments>'
STYLES = '<w:styles><w:style w:type="character" w:styleId="Note"><w:name w:val="Note"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
ADDED, GONE, HIDDEN = "I would not call it that. ", "Sandra was useless. ", "<w:vanish/>"
INS = f'<w:ins w:id="1" w:author="H">{run(ADDED)}</w:ins>'
DEL = f'<w:del w:id="2" w:author="H"><w:r><w:delText>{GONE}</w:delText></w:r></w:del>'
MOVE = f'<w:moveFrom w:id="3">{run(GONE)}</w:moveFrom><w:moveTo w:id="4">{run(ADDED)}</w:moveTo>'
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF _x </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("page 9") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'  # fmt: skip
BOX = '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>'  # fmt: skip
ODD = run("I left") + "<w:r><w:tab/></w:r>" + run("the well") + "<w:r><w:noBreakHyphen/></w:r>" + run("being") + "<w:r><w:br/></w:r>" + run("ser") + "<w:r><w:softHyphen/></w:r>" + run("vice")  # fmt: skip


def whole_block(who: str, words: str) -> str:
    """A paragraph in a content control."""
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{para(run(f'{who}: '), run(words))}</w:sdtContent></w:sdt>"


def in_line(who: str, words: str) -> str:
    """Words in a content control, a smart tag and a link."""
    a, b, c = words[:9], words[9:20], words[20:]
    return para(run(f"{who}: "), f"<w:sdt><w:sdtContent>{run(a)}</w:sdtContent></w:sdt>", f'<w:smartTag w:element="x">{run(b)}</w:smartTag>', f'<w:hyperlink w:anchor="y">{run(c)}</w:hyperlink>')  # fmt: skip


BREAKS = para("<w:r><w:br/></w:r>".join(run(f"{who}: {words}") for who, words in IP))
SPLIT = talk(
    label=lambda who: run(who[:1], "<w:b/>") + run(who[1:], "<w:b/>") + run(":", "<w:b/>") + run(" ")
)
TIMES = "".join(para(run(f"{who} (00:0{n}:00): {words}")) for n, (who, words) in enumerate(IP))
TEAMS = "".join(para("<w:r><w:br/></w:r>", run("Oyelaran, Tunde" if who == "I" else "Marsh, Helen", "<w:b/>"), run(f"   {n}:03"), "<w:r><w:br/></w:r>", run(words)) for n, (who, words) in enumerate(TALK))  # fmt: skip
TEAMS_HEAD = para(run("Exit interview Helen Marsh-20250502_1015-Meeting Recording", "<w:b/>")) + para(run("2 May 2025, 09:15AM")) + para(run("41m 11s")) + para(run("Oyelaran, Tunde", "<w:b/>"), run(" started transcription"))  # fmt: skip
TEAMS_OLD = "".join(para(run(f"00:00:0{n}.000 --> 00:00:0{n}.900"), "<w:r><w:br/></w:r>", run("Ruth" if who == "I" else "Helen"), "<w:r><w:br/></w:r>", run(words)) for n, (who, words) in enumerate(TALK))  # fmt: skip
CASES = [
    Case("teams-now.docx", lambda: word(TEAMS_HEAD + TEAMS), speakers("Oyelaran, Tunde", "Marsh, Helen"), starts=(3, 63, 123, 183, 243, 303)),
    Case("teams-2022.docx", lambda: word(TEAMS_OLD), speakers("Ruth", "Helen"), starts=(0, 1, 2, 3, 4, 5)),
    Case("split-bold-labels.docx", lambda: word(SPLIT), IP),
    Case("label-and-tab.docx", lambda: word(talk(label=lambda who: run(who) + "<w:r><w:tab/></w:r>")), IP),
    Case("times-in-labels.docx", lambda: word(TIMES), IP, starts=(0, 60, 120, 180, 240, 300)),
    Case("turns-by-line-breaks.docx", lambda: word(BREAKS), IP),
    Case("bold-names.docx", lambda: saved(bold_names), speakers("Interviewer", "Participant")),
    Case("continued.docx", lambda: saved(continued), said(3, f"{TALK[3][1]} I told them: never again.")),
    Case("automatic-numbers.docx", lambda: saved(lists), IP),
    Case("table.docx", lambda: saved(lambda d: table(d, heads=False)), said(5, f"{TALK[5][1]} That's it.")),
    Case("table-with-times.docx", lambda: saved(lambda d: table(d, heads=True)), said(5, f"{TALK[5][1]} That's it."), starts=(15, 75, 135, 195, 255, 315)),
    Case("tracked-changes.docx", lambda: word(talk({1: lambda who, words: para(run(f"{who}: "), DEL, INS, run(words))})), said(1, ADDED + TALK[1][1])),
    Case("moved-words.docx", lambda: word(talk({1: lambda who, words: para(run(f"{who}: "), MOVE, run(words))})), said(1, ADDED + TALK[1][1])),
    Case("deleted-paragraph.docx", lambda: word(talk({2: lambda who, words: para(run(f"{who}: {words}")) + para(DEL)})), IP),
    Case("content-controls.docx", lambda: word(talk({1: in_line, 3: whole_block})), IP),
    Case("hidden-words.docx", lambda: word(talk({1: lambda who, words: para(run(f"{who}: {words}"), run(" check the name", HIDDEN))})), IP),
    Case("hidden-by-style.docx", lambda: word(talk({1: lambda who, words: para(run(f"{who}: {words}"), run(" check it", '<w:rStyle w:val="Note"/>'))}), parts={"styles.xml": STYLES}), IP),
    Case("notes-and-comments.docx", lambda: word(talk({3: lambda who, words: para(run(f"{who}: {words}"), '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>')}), parts={"footnotes.xml": NOTE, "endnotes.xml": ENDNOTE, "comments.xml": COMMENT}), IP),
    Case("fields.docx", lambda: word(talk({1: lambda who, words: para(run(f"{who}: {words} See "), FIELD, run("."))})), said(1, f"{TALK[1][1]} See page 9.")),
    Case("odd-characters.docx", lambda: word(talk({1: lambda who, words: para(run(f"{who}: "), ODD)})), said(1, "I left the well-being service")),
    Case("strict-format.docx", lambda: word(talk(), ns=STRICT), IP),
    Case("renamed-main-part.docx", lambda: word(talk(), main="word/document2.xml"), IP),
    Case("text-box.docx", lambda: word(talk({1: lambda who, words: para(run(f"{who}: {words}"), BOX.format(para(run("A box."))))})), said(1, f"{TALK[1][1]} A box.")),
]  # fmt: skip

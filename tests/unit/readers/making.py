"""Small files of every format, made here, and the law that every reader keeps."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from feedback.model import Document, Dropped
from feedback.readers import read_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def reading(data: str | bytes, name: str = "a.txt", **options: object) -> tuple[Document, list[Dropped]]:
    """A document read from text or bytes, checked against the law."""
    raw = data.encode() if isinstance(data, str) else data
    document, dropped = read_bytes(raw, name, document_id="d001", **options)  # type: ignore[arg-type]
    accounted(document, dropped)
    return document, dropped


def said(document: Document) -> list[tuple[str | None, str]]:
    """Who said what."""
    return [(turn.speaker, document.words(turn)) for turn in document.turns]


def accounted(document: Document, dropped: Sequence[Dropped]) -> None:
    """Every character that is not white space lies in exactly one turn or one `Dropped` of stage "read"."""
    spans = [(turn.start, turn.end) for turn in document.turns]
    spans += [(drop.start, drop.end) for drop in dropped if drop.start is not None and drop.end is not None]
    position = 0
    for start, end in sorted(spans):
        assert position <= start < end <= len(document.text), "spans overlap or leave the text"
        assert not document.text[position:start].strip(), f"lost: {document.text[position:start]!r}"
        position = end
    assert not document.text[position:].strip(), f"lost: {document.text[position:]!r}"
    assert all(drop.stage == "read" and drop.document_id == document.document_id for drop in dropped)
    assert all(drop.reason for drop in dropped)
    assert "\r" not in document.text and not document.text.startswith("\ufeff")


def run(text: str, *, bold: bool = False, hidden: bool = False) -> str:
    """A Word run."""
    switches = ("<w:b/>" if bold else "") + ("<w:vanish/>" if hidden else "")
    return f'<w:r><w:rPr>{switches}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    """A Word paragraph of runs, or of plain text."""
    inner = "".join(part if part.startswith("<") else run(part) for part in runs)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{inner}</w:p>"


def table(rows: Sequence[Sequence[str]]) -> str:
    """A Word table; LF in a cell begins a new paragraph."""
    cells = [
        "".join("<w:tc>" + "".join(paragraph(part) for part in cell.split("\n")) + "</w:tc>" for cell in row)
        for row in rows
    ]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(*body: str, **parts: str) -> bytes:
    """A Word file; `parts` are further XML parts such as `header1="..."`."""
    document = f"<w:document {W}><w:body>{''.join(body)}</w:body></w:document>"
    members = {"word/document.xml": document}
    members |= {f"word/{name}.xml": f"<w:part {W}>{xml}</w:part>" for name, xml in parts.items()}
    return zipped(members)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """A zip file of these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as fresh:
        for name, content in members.items():
            fresh.writestr(name, content)
    return packed.getvalue()


def pdf(
    pages: Sequence[Sequence[str]], *, head: str = "", numbers: bool = False, password: str = ""
) -> bytes:
    """A PDF; each page is a list of lines, "" leaves a line out."""
    from fpdf import FPDF

    book = FPDF(format="A4")
    book.set_auto_page_break(False)
    if password:
        book.set_encryption(owner_password=password, user_password=password)
    for number, lines in enumerate(pages, start=1):
        book.add_page()
        book.set_font("Times", "", 11)
        if head:
            book.text(30, 15, head)
        if numbers:
            book.text(100, 287, f"Page {number}")
        for row, line in enumerate(lines):
            if line:
                book.text(30, 40 + 6 * row, line)
    return bytes(book.output())


def xlsx(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    """An Excel workbook."""
    import xlsxwriter

    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for index, row in enumerate(rows):
                sheet.write_row(index, 0, row)
    return packed.getvalue()

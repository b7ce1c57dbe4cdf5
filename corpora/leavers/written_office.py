"""Transcripts as Word and PDF files, without a clock: the same manuscript gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from fpdf import FPDF
from manuscripts import Manuscript, turn_times
from written_text import Labels, clock

WRITTEN = datetime(2023, 6, 1, 9, 0, tzinfo=UTC)
LONG_WORD = re.compile(r"[a-z]{6,}[.,;:?!]*")
HYPHENATED = re.compile(r"([a-z]{2,}-)([a-z]{2,}[.,;:?!]*)")
# No line begins with two letters, nor with a silent end such as the "ged" of "changed".
UNDIVIDED = re.compile(r"[a-z]{1,2}\b|[^aeiou]+e[dsr]?\b")
UNUSED = {"stylesWithEffects", "customXml", "thumbnail"}
# Where a typesetter may divide: between two consonants with a vowel on either side, or before an ending.
DIVISIONS = re.compile(
    r"(?<=[aeiou][bcdfglmnprst])(?=[bcdfglmnpst][aeiou])|(?=(?:ment|tion|sion|ness|ing|able|ence|less)s?\b)"
)


def labelled_word(manuscript: Manuscript, labels: Labels) -> bytes:
    """Write a .docx with a bold label before each turn; further paragraphs of a turn have none."""
    document = new_document(labels.title)
    for each in manuscript.turns:
        first, *others = each.paragraphs
        paragraph, label = document.add_paragraph(), labels.of(manuscript, each.role)
        # Word splits a run wherever somebody once corrected a letter, so one layout does too.
        halves = [label[:2], label[2:]] if labels.layout == "split" else [label]
        for half in halves:
            paragraph.add_run(half).bold = True
        paragraph.add_run(("\t" if labels.layout == "tab" else " ") + first)
        for other in others:
            document.add_paragraph(other)
    return word_bytes(document)


def table_word(manuscript: Manuscript, labels: Labels) -> bytes:
    """Write a .docx that is one table; the layout lists its columns, a `+` before them a heading row."""
    columns = labels.layout.lstrip("+").split(",")
    document = new_document(labels.title)
    table = document.add_table(rows=0, cols=len(columns))
    if labels.layout.startswith("+"):
        for cell, heading in zip(table.add_row().cells, columns, strict=True):
            cell.paragraphs[0].add_run(heading).bold = True
    for each, (begin, _) in zip(manuscript.turns, turn_times(manuscript), strict=True):
        shown = {"Time": clock(begin), "Speaker": labels.of(manuscript, each.role)}
        for cell, heading in zip(table.add_row().cells, columns, strict=True):
            first, *others = [shown[heading]] if heading in shown else each.paragraphs
            cell.paragraphs[0].add_run(first)
            for other in others:
                cell.add_paragraph(other)
    for column, heading in zip(table.columns, columns, strict=True):
        for cell in column.cells:
            cell.width = Cm({"Time": 2.0, "Speaker": 3.0}.get(heading, 11.0))
    return word_bytes(document)


def plain_word(manuscript: Manuscript) -> bytes:
    """Write a testimony as a .docx of plain paragraphs."""
    document = new_document("")
    for each in manuscript.turns:
        for paragraph in each.paragraphs:
            document.add_paragraph(paragraph)
    return word_bytes(document)


def new_document(title: str) -> Any:
    """Start a Word document whose properties say when and by whom it was made, always the same."""
    document = slim(Document())
    about = document.core_properties
    about.author = about.last_modified_by = "The leavers corpus"
    about.created = about.modified = WRITTEN.replace(tzinfo=None)
    about.title = about.comments = ""
    if title:
        document.add_heading(title, level=1)
    return document


def slim(document: Any) -> Any:
    """Take out of python-docx's template what no transcript uses: 0.8 MB of unused styles and a picture."""
    kept = {"Normal", "Heading1", "TableNormal", "DefaultParagraphFont"}
    styles = document.styles.element
    for style in list(styles):
        if style.get(qn("w:styleId"), "") not in kept and not style.tag.endswith("docDefaults"):
            styles.remove(style)
    for relations in (document.part.rels, document.part.package.rels):
        for key in [k for k, r in relations.items() if r.reltype.rpartition("/")[2] in UNUSED]:
            del relations[key]
    return document


def word_bytes(document: Any) -> bytes:
    """Pack a Word document again, sorted and dated alike; stored, since every zlib deflates differently."""
    first = io.BytesIO()
    document.save(first)
    packed = io.BytesIO()
    with zipfile.ZipFile(first) as given, zipfile.ZipFile(packed, "w") as fresh:
        # The content types come first because some readers sniff the beginning of the file.
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, date_time=(2023, 6, 1, 9, 0, 0))
            member.create_system, member.external_attr = 3, 0o600 << 16
            fresh.writestr(member, given.read(name))
    return packed.getvalue()


class Pages(FPDF):
    """A4 pages with a running head and a page number, as a transcription service sends them."""

    head = ""

    def header(self) -> None:
        self.set_font("Times", "I", 9)
        self.text(30, 15, self.head)

    def footer(self) -> None:
        self.set_font("Times", "", 9)
        number = f"Page {self.page_no()}"
        self.text(105 - self.get_string_width(number) / 2, 285, number)


def labelled_pdf(manuscript: Manuscript, labels: Labels) -> bytes:
    """Write a .pdf with real lines; a long word is broken over two of them now and then.

    Only words of small letters are broken, so that a planted name never is. The built-in fonts know
    Western letters alone: a manuscript with others raises UnicodeEncodeError.
    """
    pages = Pages(format="A4")
    pages.set_creation_date(WRITTEN)
    pages.set_producer("The leavers corpus")
    pages.set_compression(False)  # the same bytes whichever zlib Python was built with
    pages.core_fonts_encoding = "cp1252"  # Latin-1 with dashes, which is what the fonts can show
    pages.set_auto_page_break(False)
    pages.head = labels.title
    pages.add_page()
    y = 28.0
    for each in manuscript.turns:
        label = labels.of(manuscript, each.role)
        each.text.encode("cp1252")
        for number, paragraph in enumerate(each.paragraphs):
            y = write_paragraph(pages, label if number == 0 else "", paragraph, y) + 2.5
    return bytes(pages.output())


def write_paragraph(pages: Pages, label: str, paragraph: str, y: float) -> float:
    """Write one paragraph from height y (mm) on, over as many pages as it needs; return the next height."""
    pages.set_font("Times", "B", 11)
    indent = pages.get_string_width(label + " ") if label else 0.0
    pages.set_font("Times", "", 11)
    for number, line in enumerate(wrapped(pages, paragraph, indent)):
        if y > 270:
            pages.add_page()
            y = 28.0
        if number == 0 and label:
            pages.set_font("Times", "B", 11)
            pages.text(30, y, label)
        pages.set_font("Times", "", 11)
        pages.text(30 + (indent if number == 0 else 0), y, line)
        y += 5.6
    return y


def wrapped(pages: Pages, paragraph: str, indent: float) -> list[str]:
    """Break a paragraph into lines of 150 mm, dividing a long word where a part of it still fits."""
    lines: list[str] = []
    line = ""
    for word in paragraph.split():
        room = 150 - (0 if lines else indent)
        if pages.get_string_width(f"{line} {word}".strip()) <= room:
            line = f"{line} {word}".strip()
            continue
        fitting = [cut for cut in divisions(word) if pages.get_string_width(f"{line} {cut[0]}") <= room]
        head, rest = fitting[-1] if fitting else ("", word)
        lines.append(f"{line} {head}".rstrip())
        line = rest
    return [*lines, line]


def divisions(word: str) -> list[tuple[str, str]]:
    """Return (end of line with its hyphen, next line) for a long word, shortest first; nothing for a name."""
    own = HYPHENATED.fullmatch(word)
    if own:
        return [(own[1], own[2])]
    if not LONG_WORD.fullmatch(word):
        return []
    places = [found.start() for found in DIVISIONS.finditer(word) if found.start() >= 3]
    return [(f"{word[:at]}-", word[at:]) for at in places if not UNDIVIDED.match(word, at)]

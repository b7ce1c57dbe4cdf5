"""A Word document as python-docx makes it: styles, paragraphs, captions, tables, and bytes without a date."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from feedback.report.arrange import pieces
from feedback.report.wording import printable

_ACCENT, _INK, _GREY = RGBColor(0x0F, 0x4C, 0x5C), RGBColor(0x1D, 0x22, 0x26), RGBColor(0x59, 0x60, 0x66)
_SERIF, _SANS = "Cambria", "Calibri"
_FULL_BAR = 24
_EARLIEST = (1980, 1, 1, 0, 0, 0)
# Style: font, size in points, colour, bold, points before and after.
_LOOKS: dict[str, tuple[str, float, RGBColor, bool, float, float]] = {
    "Normal": (_SERIF, 11, _INK, False, 0, 7),
    "Title": (_SERIF, 25, _INK, True, 0, 3),
    "Subtitle": (_SANS, 10, _GREY, False, 0, 12),
    "Heading 1": (_SERIF, 18, _INK, True, 26, 8),
    "Heading 2": (_SERIF, 13.5, _ACCENT, True, 18, 4),
    "Heading 3": (_SERIF, 11.5, _INK, True, 12, 3),
    "Caption": (_SANS, 9.5, _INK, True, 12, 5),
    "Quote": (_SERIF, 11, _INK, False, 4, 0),
    "Attribution": (_SANS, 9.5, _GREY, False, 0, 8),
    "Note": (_SANS, 9.5, _GREY, False, 0, 8),
    "Cell": (_SANS, 9.5, _INK, False, 2, 2),
}


class Page:
    """A growing document; text goes in as it is, without the characters that XML cannot hold."""

    def __init__(self, title: str) -> None:
        self._document: Any = Document()
        self._captions = 0
        _set_page(self._document)
        _set_styles(self._document)
        # python-docx goes through all styles again for each paragraph that is given one by name.
        self._styles = {style.name: style.style_id for style in self._document.styles}
        _set_properties(self._document, printable(title))
        _number_pages(self._document)

    def heading(self, words: str, level: int = 1, *, new_page: bool = False) -> None:
        """A heading of level 1 to 3, at the top of a new page if wished."""
        paragraph = self._document.add_heading(printable(words), level)
        paragraph.paragraph_format.page_break_before = new_page or None

    def text(
        self, words: str, style: str = "Normal", *, bold: str = "", bold_then: str = "", keep: bool = False
    ) -> None:
        """A paragraph; `bold` is a bold start, with `bold_then` the words are the bold start of that."""
        if bold_then:
            words, bold = bold_then, words
        paragraph = self._document.add_paragraph()
        if style != "Normal":
            paragraph._p.style = self._styles[style]
        if bold:
            paragraph.add_run(printable(bold)).bold = True
        for piece, is_mask in pieces(words):
            run = paragraph.add_run(piece)
            if is_mask:
                run._r.style = self._styles["Mask"]
        paragraph.paragraph_format.keep_with_next = keep or None

    def caption(self, words: str) -> None:
        """A numbered caption for the table that follows."""
        self._captions += 1
        paragraph = self._document.add_paragraph("Table ", style="Caption")
        _field(paragraph, "SEQ Table \\* ARABIC", str(self._captions))
        paragraph.add_run(f". {printable(words)}")
        paragraph.paragraph_format.keep_with_next = True

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        bars: int | None = None,
        numbers: bool = True,
    ) -> None:
        """A table whose head repeats on every page; a row of one cell is a heading of the rows below it.

        bars: the column of shares (0 to 1) to draw as bars. numbers: whether columns after the first hold
        numbers, set to the right.
        """
        table = self._document.add_table(rows=0, cols=len(head))
        _rules(table)
        self._row(table, head, bars=None, numbers=numbers, bold=True)
        _repeat(table.rows[0])
        for row in rows:
            if len(row) == 1:
                self._heading_row(table, row[0])
            else:
                self._row(table, row, bars=bars, numbers=numbers)
        _widths(table, bars)
        self._document.add_paragraph(style="Cell")

    def _row(
        self, table: Any, cells: Sequence[str], *, bars: int | None, numbers: bool, bold: bool = False
    ) -> None:
        row = table.add_row()
        _whole(row)
        for place, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph._p.style = self._styles["Cell"]
            if place == bars:
                paragraph.add_run("█" * round(_FULL_BAR * float(words))).font.color.rgb = _ACCENT
                paragraph.runs[0].font.size = Pt(7)
                continue
            paragraph.add_run(printable(words)).bold = bold
            if numbers and place and not (bold and words.startswith("Share")):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _heading_row(self, table: Any, words: str) -> None:
        row = table.add_row()
        cell = row.cells[0].merge(row.cells[-1])
        cell.paragraphs[0]._p.style = self._styles["Cell"]
        run = cell.paragraphs[0].add_run(printable(words))
        run.bold, run.font.color.rgb = True, _ACCENT
        cell.paragraphs[0].paragraph_format.keep_with_next = True

    def to_bytes(self) -> bytes:
        """The file, its parts in one order and with one date, since a zip archive must have one."""
        made = io.BytesIO()
        self._document.save(made)
        found = io.BytesIO()
        with zipfile.ZipFile(made) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                info = zipfile.ZipInfo(name, _EARLIEST)
                info.compress_type, info.create_system = zipfile.ZIP_DEFLATED, 3
                new.writestr(info, old.read(name), compresslevel=6)
        return found.getvalue()


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin, section.bottom_margin = Cm(2.4), Cm(2.4)


def _set_styles(document: Any) -> None:
    styles = document.styles
    for name in ("Attribution", "Note", "Cell"):
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    styles.add_style("Mask", WD_STYLE_TYPE.CHARACTER).font.color.rgb = _GREY
    for name, (font, size, colour, bold, before, after) in _LOOKS.items():
        style = styles[name]
        style.font.name, style.font.size, style.font.bold, style.font.italic = font, Pt(size), bold, False
        style.font.color.rgb = colour
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        fonts.set(qn("w:hAnsi"), font)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    styles["Normal"].paragraph_format.line_spacing = 1.22
    styles["Cell"].paragraph_format.line_spacing = 1
    _indent(styles["Quote"], rule=True)
    _indent(styles["Attribution"])
    for border in styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    _british(styles)


def _indent(style: Any, *, rule: bool = False) -> None:
    style.paragraph_format.left_indent = Cm(0.7)
    if rule:
        properties = style.element.get_or_add_pPr()
        borders = OxmlElement("w:pBdr")
        left = OxmlElement("w:left")
        for key, value in (("val", "single"), ("sz", "18"), ("space", "10"), ("color", "0F4C5C")):
            left.set(qn(f"w:{key}"), value)
        borders.append(left)
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
        )


def _british(styles: Any) -> None:
    for lang in styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-GB")


def _set_properties(document: Any, title: str) -> None:
    """A title and nothing else: no author, no date, no program, no picture of another document."""
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        del relations[name]
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = title, "", "", "en-GB"
    for element in list(properties._element):
        if element.tag.endswith(("}created", "}modified", "}lastModifiedBy", "}lastPrinted", "}revision")):
            properties._element.remove(element)


def _number_pages(document: Any) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style = "Note"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(paragraph, "PAGE", "1")


def _field(paragraph: Any, code: str, shown: str) -> None:
    """A field with its result stored as a run of the paragraph, for readers that know no fields."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")._r
        if kind == "code":
            words = OxmlElement("w:instrText")
            words.set(qn("xml:space"), "preserve")
            words.text = f" {code} "
            run.append(words)
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)


def _rules(table: Any) -> None:
    """A thin line under every row and no others."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "C9CED2")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _repeat(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


_PAGE = 15.4  # centimetres between the margins
_FIRST, _OTHER, _MARGIN = (
    28,
    14,
    3,
)  # characters that are kept on one line, and that the space beside them takes


def _widths(table: Any, bars: int | None) -> None:
    """A column of bars 5.2 cm wide, the others by what stands in them; 15.4 cm in all."""
    bar = 5.2 if bars is not None else 0
    needs = [0 if at == bars else _need(column, first=at == 0) for at, column in enumerate(table.columns)]
    each = (_PAGE - bar) / max(sum(needs), 1)
    table.autofit = False
    for place, column in enumerate(table.columns):
        width = Cm(bar if place == bars else each * needs[place])
        column.width = width
        for cell in column.cells:
            if cell._tc.grid_span == 1:
                cell.width = width


def _need(column: Any, *, first: bool) -> int:
    """How many characters a column should have room for: the longest word of its head, and its cells."""
    head, *cells = (cell for cell in column.cells if cell._tc.grid_span == 1)
    word = max((len(one) for one in head.text.split()), default=0)
    most = _FIRST if first else _OTHER
    return _MARGIN + max(word, *(min(len(cell.text), most) for cell in cells), 0)

"""OpenDocument text (.odt): our own walk, as libraries bring deleted text back or join words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.readers.markup.grid import flat, table_lines
from feedback.readers.markup.odt_text import BOXES, HIDDEN, Note, Styles, Text, holds_text, tag_of, text_of
from feedback.readers.markup.runs import lines_of, reading_of
from feedback.readers.safe import Package, parse_xml
from feedback.readers.shapes import Line, Options, Reading

if TYPE_CHECKING:
    from lxml import etree

_BODY, _STYLES, _META, _MANIFEST = "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"
_INSIDE = frozenset({"list", "list-item", "list-header", "section", "numbered-paragraph", "page-sequence"})
_INDEXES = frozenset({"index-body", "index-title"})
_GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_ASIDES = {"header": "header", "footer": "footer"}
_MOST_TABLES = 20  # inside of each other; deeper ones are read line by line


def read_odt(data: bytes, file_name: str, options: Options) -> Reading:
    """A transcript or testimony in OpenDocument (LibreOffice, Google Docs, Word).

    Tables, lists, text boxes and tracked insertions are read; tracked deletions and hidden text are not, and
    are counted; headers, footers, notes and comments stand, dropped, at the end of the text.
    """
    package = Package(data, file_name)
    _check_kind(package, file_name)
    root = parse_xml(package.read(_BODY), file_name)
    shared = parse_xml(package.read(_STYLES), file_name) if _STYLES in package.names else None
    walk = _Walk(Styles.found_in(*(part for part in (shared, root) if part is not None)))
    lines = list(walk.lines(_body(root, file_name)))
    after = list(_page_asides(shared, walk)) if shared is not None else []
    after += [Line(note.text, dropped=note.reason) for note in walk.notes]
    return reading_of(
        lines,
        file_name=file_name,
        options=options,
        after=after,
        lost=walk.lost,
        title=_title(package, file_name),
    )


def _check_kind(package: Package, file_name: str) -> None:
    if _MANIFEST in package.names and b"encryption-data" in package.read(_MANIFEST):
        raise FeedbackError(f"{file_name} has a password", hint="save it without a password")
    if _BODY not in package.names:
        raise FeedbackError(
            f"{file_name} is not an OpenDocument text",
            hint="open it in the program that made it and save it as .docx or .odt",
        )


def _body(root: etree._Element, file_name: str) -> etree._Element:
    """The element that holds the text; a spreadsheet or a presentation has none."""
    for body in root:
        if tag_of(body) == "body":
            for kind in body:
                if tag_of(kind) == "text":
                    return kind
                if tag_of(kind) in {"spreadsheet", "presentation", "drawing"}:
                    raise FeedbackError(
                        f"{file_name} is a {tag_of(kind)}, not a text",
                        hint="save a spreadsheet as .xlsx, and anything else as .odt, .docx or .pdf",
                    )
    raise FeedbackError(f"{file_name} has no words in it", hint="check that it is the right file")


class _Walk:
    """Goes down the document once; keeps the notes it finds and counts what is no text."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.lost: Counter[str] = Counter()
        self.notes: list[Note] = []
        self._tables = 0

    def lines(self, container: etree._Element, dropped: str = "") -> Iterator[Line]:
        for child in container:
            tag = tag_of(child)
            if tag in {"p", "h"}:
                yield from self._paragraph(child, dropped)
            elif tag == "table":
                yield from self._table(child, dropped)
            elif tag == "tracked-changes":
                self._count_deletions(child)
            elif tag in BOXES:
                yield from self.lines(child, dropped)
            elif self.styles.is_hidden(child):
                self.lost[HIDDEN] += holds_text(child)
            elif tag in _INSIDE:
                if tag == "list-item" and self.styles.is_numbered(container):
                    self.lost["automatic number, not in the text"] += holds_text(child)
                yield from self.lines(child, dropped)
            elif tag in _INDEXES or tag.endswith(("-index", "table-of-content", "bibliography")):
                yield from self.lines(child, "table of contents")

    def _paragraph(self, element: etree._Element, dropped: str) -> Iterator[Line]:
        text: Text = text_of(element, self.styles, self.lost)
        yield from lines_of(text.runs, heading=text.heading, dropped=dropped)
        self.notes += text.notes
        for box in text.boxes:
            yield from self.lines(box, dropped)

    def _table(self, table: etree._Element, dropped: str) -> Iterator[Line]:
        self._tables += 1
        rows = [[list(self.lines(cell, dropped)) for cell in _cells(row)] for row in _rows(table)]
        if self._tables <= _MOST_TABLES and not dropped:
            yield from table_lines(rows)
        else:
            yield from (line for row in rows for cell in row for line in cell)
        self._tables -= 1

    def _count_deletions(self, changes: etree._Element) -> None:
        for region in changes.iter():
            if tag_of(region) == "deletion":
                self.lost["tracked deletion"] += holds_text(region)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if tag_of(child) == "table-row":
            yield child
        elif tag_of(child) in _GROUPS:
            yield from _rows(child)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from (cell for cell in row if tag_of(cell) == "table-cell")


def _page_asides(styles: etree._Element, walk: _Walk) -> Iterator[Line]:
    """The lines of headers and footers of all page styles, each kind of text once."""
    seen = set()
    for element in styles.iter():
        reason = _ASIDES.get(tag_of(element).partition("-")[0], "")
        if reason and tag_of(element).partition("-")[2] in {"", "left", "first"}:
            for line in walk.lines(element):
                if line.text.strip() and (reason, line.text) not in seen:
                    seen.add((reason, line.text))
                    yield Line(flat(line.text), dropped=reason)


def _title(package: Package, file_name: str) -> str:
    if _META not in package.names:
        return ""
    try:
        root = parse_xml(package.read(_META), file_name)
    except FeedbackError:
        return ""
    return next((flat(found.text or "") for found in root.iter() if tag_of(found) == "title"), "")

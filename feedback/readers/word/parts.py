"""The parts of a Word file: which one is the body, what stands beside it, and its title."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.readers.markup.grid import flat
from feedback.readers.safe import Package, parse_xml
from feedback.readers.shapes import Line
from feedback.readers.word.blocks import blocks_of
from feedback.readers.word.styles import Styles, read_styles, tag_of, value_of
from feedback.readers.word.tables import lines_of
from feedback.readers.word.text import Context

if TYPE_CHECKING:
    from lxml import etree

_BODY = "word/document.xml"
_ASIDES = (
    (re.compile(r"word/header\d*\.xml"), "header"),
    (re.compile(r"word/footer\d*\.xml"), "footer"),
    (re.compile(r"word/footnotes\.xml"), "footnote"),
    (re.compile(r"word/endnotes\.xml"), "endnote"),
    (re.compile(r"word/comments\.xml"), "comment"),
)


def body_of(package: Package, file_name: str) -> etree._Element:
    """The body element; FeedbackError where the file is no Word document."""
    name = _BODY if _BODY in package.names else _named_body(package, file_name)
    if name not in package.names:
        raise FeedbackError(f"{file_name} is not a Word document", hint=_hint(package))
    root = parse_xml(package.read(name), file_name)
    return next((child for child in root if tag_of(child) == "body"), root)


def _named_body(package: Package, file_name: str) -> str:
    """The part that the package itself calls its document (some programs write word/document2.xml)."""
    if "_rels/.rels" not in package.names:
        return ""
    for link in parse_xml(package.read("_rels/.rels"), file_name):
        if value_of(link, "Type").endswith("/officeDocument"):
            target = posixpath.normpath(value_of(link, "Target").lstrip("/"))
            return target if target.startswith("word/") else ""
    return ""


def _hint(package: Package) -> str:
    if "xl/workbook.xml" in package.names:
        return "it is an Excel workbook: name it .xlsx"
    if "ppt/presentation.xml" in package.names:
        return "it is a PowerPoint file: copy its words into a Word document"
    if any(name.startswith("word/") for name in package.names):
        return "its text is missing: open it in Word, which may repair it, and save it again"
    return "it is a zip file of another kind: open it in the program that made it and save it as .docx"


def styles_of(package: Package, file_name: str) -> Styles:
    """The file's styles and lists; a damaged part counts as missing."""
    roots = [_part(package, f"word/{name}.xml", file_name) for name in ("styles", "numbering")]
    return read_styles(*roots)


def _part(package: Package, name: str, file_name: str) -> etree._Element | None:
    if name not in package.names:
        return None
    try:
        return parse_xml(package.read(name), file_name)
    except FeedbackError:
        return None


def asides_of(package: Package, file_name: str, styles: Styles) -> Iterator[Line]:
    """Headers, footers, notes and comments as dropped lines."""
    for pattern, reason in _ASIDES:
        for name in sorted(name for name in package.names if pattern.fullmatch(name)):
            for line in _aside(parse_xml(package.read(name), file_name), styles):
                if line:
                    yield Line(line, dropped=reason)


def _aside(root: etree._Element, styles: Styles) -> Iterator[str]:
    """Its lines, from the part itself or from each of its notes."""
    notes = [child for child in root if tag_of(child) in {"footnote", "endnote", "comment"}]
    for container in notes or [root]:
        for line in lines_of(blocks_of(container, Context(styles))):
            yield flat(line.text)


def title_of(package: Package, file_name: str) -> str:
    """The title among the file's properties, "" where there is none."""
    root = _part(package, "docProps/core.xml", file_name)
    elements = root.iter() if root is not None else ()
    return next((flat(found.text or "") for found in elements if tag_of(found) == "title"), "")

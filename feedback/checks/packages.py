"""Zip files that programs write (docx, xlsx, pptx, qdpx) -> the text in every part, with its place."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from feedback.checks.shapes import Unit, segment_in
from feedback.readers.safe import Package, parse_xml, stream_xml

if TYPE_CHECKING:
    from lxml import etree

Inner = Callable[[bytes, str], Iterator[Unit]]

_XML = (".xml", ".rels", ".qde", ".qdc", ".vml", ".svg")
# The words of one paragraph, cell or description stand in several elements.
_JOINED = frozenset({"p", "si", "is"})
_BREAKS = frozenset({"br", "tab", "cr"})
# What programs put into every file: fonts, colours, kinds of parts.
_PROGRAM = ("/theme/", "fonttable", "[content_types]", "/styles", "websettings")
# Attributes that hold places, looks and machines' names of things.
_MACHINE = frozenset(
    """val rsidR rsidRDefault rsidP rsidRPr rsidTr paraId textId guid targetGUID creatingUser modifyingUser
    sourceGUID r s t w h x y cx cy id spans ht customHeight color creationDateTime modifiedDateTime
    startPosition endPosition ref sqref Type ContentType PartName uri requires""".split()
)
_SCHEMA = re.compile(r"(?:http://(?:schemas|purl|www\.w3)\.|urn:)")
_PLAIN_NAME = re.compile(
    r"(?:word|xl|ppt|docProps|customXml|_rels|\[Content_Types\]|project\.qde|mimetype)\b"
    r"|(?:sources/)?[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{27}\."
)
_CALLED = {
    "word/document.xml": "",
    "word/comments.xml": "the comments",
    "word/footnotes.xml": "the footnotes",
    "word/endnotes.xml": "the endnotes",
    "docProps/core.xml": "the file's properties",
    "docProps/app.xml": "the file's properties",
    "docProps/custom.xml": "the file's properties",
    "project.qde": "the project",
}


def package_units(data: bytes, inner: Inner) -> Iterator[Unit]:
    """All text of a zip's parts and their names; `inner` reads parts of other kinds, by their suffix.

    Errors: FeedbackError for what is damaged or not safe to open.
    """
    package = Package(data, "the file")
    sheets = _sheets(package)
    shared = _shared_strings(package)
    for number, name in enumerate(sorted(package.names), 1):
        # A part that a person named is not named in a message.
        place = _CALLED.get(name, name if _PLAIN_NAME.match(name) else f"part {number}")
        yield Unit(f"the name of part {number}", posixpath.basename(name), forms=False)
        if name in sheets:
            yield Unit(f"the name of sheet {sheets[name][0]}", sheets[name][1])
            yield from _cells(package.read(name), sheets[name], shared)
        elif not (name.endswith("/") or name == "xl/sharedStrings.xml" or _is_program(name)):
            yield from _part(package.read(name), posixpath.splitext(name)[1].lower(), place, inner)


def _is_program(name: str) -> bool:
    return any(mark in f"/{name.lower()}" for mark in _PROGRAM)


def _part(data: bytes, suffix: str, place: str, inner: Inner) -> Iterator[Unit]:
    found = xml_units(parse_xml(data, "the file")) if suffix in _XML else inner(data, suffix)
    for unit in found:
        yield unit._replace(place=f"{place}, {unit.place}" if place else unit.place)


def xml_units(root: etree._Element) -> Iterator[Unit]:
    """Paragraphs with their words joined, all other text, comments and attributes."""
    number = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            yield Unit(f"line {element.sourceline}, a comment", element.text or "")
            continue
        tag = _local(element.tag)
        yield from _attributes(element)
        if tag in _JOINED:
            number += 1
            yield Unit(f"paragraph {number}", _words(element))
        elif element.text and element.text.strip() and not _in_joined(element):
            yield from _lines(element.text, f"line {element.sourceline}, {tag}")


def _lines(text: str, place: str) -> Iterator[Unit]:
    for line in text.splitlines():
        yield Unit(place, line)


def _attributes(element: etree._Element) -> Iterator[Unit]:
    for name, value in element.attrib.items():
        called = _local(str(name))
        if len(value) > 1 and called not in _MACHINE and not _SCHEMA.match(str(value)):
            yield Unit(f"line {element.sourceline}, attribute {called}", str(value))


def _in_joined(element: etree._Element) -> bool:
    return any(_local(str(one.tag)) in _JOINED for one in element.iterancestors())


def _words(element: etree._Element) -> str:
    """The words of a paragraph as they are read, deleted ones too: they are in the file."""
    return "".join(
        " " if _local(str(one.tag)) in _BREAKS else (one.text or "") + (one.tail or "")
        for one in element.iter()
        if one is not element
    )


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


Sheet = tuple[int, str]


def _sheets(package: Package) -> dict[str, Sheet]:
    """The number and name of each sheet, by its part."""
    book, rels = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, rels} <= package.names:
        return {}
    targets = {
        str(one.get("Id")): posixpath.normpath(posixpath.join("xl", str(one.get("Target", "")).lstrip("/")))
        for one in parse_xml(package.read(rels), "the file")
    }
    found: dict[str, Sheet] = {}
    for element in parse_xml(package.read(book), "the file").iter():
        if _local(str(element.tag)) == "sheet":
            number = len(found) + 1
            ids = [value for name, value in element.attrib.items() if _local(str(name)) == "id"]
            part = targets.get(str(ids[0]), "") if ids else ""
            found[part.replace("xl/xl/", "xl/")] = (number, str(element.get("name", "")))
    return found


def _shared_strings(package: Package) -> list[str]:
    name = "xl/sharedStrings.xml"
    if name not in package.names:
        return []
    return [_words(one) for one in parse_xml(package.read(name), "the file") if _local(str(one.tag)) == "si"]


def _cells(data: bytes, sheet: Sheet, shared: list[str]) -> Iterator[Unit]:
    """Cells with their places, and headers, comments and tips of a sheet. A sheet is told by its number."""
    here = f"sheet {sheet[0]}"
    row: list[Unit] = []
    for element in stream_xml(data, "the file", done=frozenset({"row"})):
        tag = _local(str(element.tag))
        if tag == "c":
            place = f"{here}, cell {element.get('r', '?')}"
            for part in element:
                row += _cell(part, place, str(element.get("t", "")), shared)
        elif tag == "row":
            segment = segment_in(unit.text for unit in row)
            yield from (unit._replace(segment=segment) for unit in row)
            row.clear()
        elif tag in ("v", "f", "t", "r", "is"):
            continue
        else:
            yield from (unit._replace(place=f"{here}, {unit.place}") for unit in _attributes(element))
            if element.text and element.text.strip():
                yield Unit(f"{here}, {tag}", element.text)
    yield from row


def _cell(part: etree._Element, place: str, kind: str, shared: list[str]) -> Iterator[Unit]:
    tag, text = _local(str(part.tag)), part.text or ""
    if tag == "is":
        yield Unit(place, _words(part))
    elif tag == "f":
        yield Unit(f"{place}, its formula", text)
    elif tag == "v" and kind == "s":
        yield Unit(place, shared[int(text)] if text.isdigit() and int(text) < len(shared) else "")
    elif tag == "v":
        yield Unit(place, text, forms=kind == "str")

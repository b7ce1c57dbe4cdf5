"""Presentations -> paragraphs, slide by slide in the order of the show, with their notes and diagrams."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.readers.published.shapes import Paragraph

if TYPE_CHECKING:
    from lxml import etree

    from feedback.readers.safe import Package

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_BESIDE = {"notesSlide": "notes", "diagramData": "diagram"}


def paragraphs_of(data: bytes, file_name: str) -> tuple[list[Paragraph], list[str]]:
    """Text boxes, tables, notes and diagrams of every slide, hidden ones too.

    Errors: FeedbackError for what is no presentation, is damaged or not safe to open.
    """
    from feedback.readers.safe import Package, parse_xml

    package = Package(data, file_name)
    found: list[Paragraph] = []
    hidden = 0
    slides = _slides(package, file_name)
    if not slides:
        raise FeedbackError(f"{file_name} has no slides", hint="open it in PowerPoint and save it again")
    for number, name in enumerate(slides, start=1):
        root = parse_xml(package.read(name), file_name)
        hidden += root.get("show") in ("0", "false")
        found += _paragraphs(root, f"slide {number}", len(found))
        for kind, part in _linked(package, name, file_name):
            if kind in _BESIDE and part in package.names:
                where = f"slide {number}, {_BESIDE[kind]}"
                found += _paragraphs(parse_xml(package.read(part), file_name), where, len(found))
    return found, [f"hidden slides were read too ({hidden})"] if hidden else []


def _slides(package: Package, file_name: str) -> list[str]:
    """The slides' parts in the order of the show; by their numbers where the show does not say."""
    from feedback.readers.safe import parse_xml

    numbered = sorted((name for name in package.names if _SLIDE.fullmatch(name)), key=_number)
    main = "ppt/presentation.xml"
    if main not in package.names:
        return numbered
    parts = {link: part for link, part in _links(package, main, file_name)}
    root = parse_xml(package.read(main), file_name)
    ids = [_reference(element) for element in root.iter() if _tag(element) == "sldId"]
    ordered = [parts[one] for one in ids if parts.get(one) in package.names]
    return [*ordered, *(name for name in numbered if name not in ordered)]


def _number(name: str) -> int:
    found = _SLIDE.fullmatch(name)
    return int(found[1][:6]) if found else 0


def _reference(element: etree._Element) -> str:
    return next((str(value) for key, value in element.attrib.items() if str(key).endswith("}id")), "")


def _links(package: Package, name: str, file_name: str) -> Iterator[tuple[str, str]]:
    for element in _relations(package, name, file_name):
        yield element.get("Id", ""), _target(name, element)


def _linked(package: Package, name: str, file_name: str) -> Iterator[tuple[str, str]]:
    for element in _relations(package, name, file_name):
        yield element.get("Type", "").rsplit("/", 1)[-1], _target(name, element)


def _relations(package: Package, name: str, file_name: str) -> list[etree._Element]:
    from feedback.readers.safe import parse_xml

    folder, base = posixpath.split(name)
    part = f"{folder}/_rels/{base}.rels"
    return list(parse_xml(package.read(part), file_name)) if part in package.names else []


def _target(name: str, element: etree._Element) -> str:
    target = element.get("Target", "")
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))


def _paragraphs(root: etree._Element, where: str, group: int) -> list[Paragraph]:
    found: list[Paragraph] = []
    for element in root.iter():
        if _tag(element) != "p" or any(_tag(outer) == "Fallback" for outer in element.iterancestors()):
            continue
        text = "".join(_pieces(element)).replace("\xa0", " ")
        if text.strip():
            found.append(Paragraph(text, "", where, group + len(found)))
    return found


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter():
        tag = _tag(element)
        if tag == "t":
            yield element.text or ""
        elif tag in ("br", "tab"):
            yield "\n" if tag == "br" else "\t"


def _tag(element: etree._Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""

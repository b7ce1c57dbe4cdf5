"""Word documents -> paragraphs with their styles; tracked changes as if accepted, and told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedback.readers.published.shapes import Look, Paragraph

if TYPE_CHECKING:
    from lxml import etree

_QUOTE = re.compile(
    r"(?:block|intense|pull|long|short|display(?:ed)?|indented|participant|interview|body)?[ _-]?"
    r"(?:quotes?|quotations?|blockquote|citation|zitat|extract)(?:[ _-]?(?:text|block|char))?\d?",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(r"(?:quote[ _-]?)?(?:attribution|source|speaker)(?:[ _-]?line)?\d?", re.IGNORECASE)
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_GONE = {"del", "moveFrom"}
_INSIDE = {"ins", "moveTo", "sdt", "sdtContent", "customXml", "smartTag", "tbl", "tr", "tc", "body",
           "footnote", "endnote", "txbxContent"}  # fmt: skip


@dataclass(slots=True)
class _Walk:
    """What holds on the way through one document."""

    looks: dict[str, Look]
    context: object
    heading: str = ""
    number: int = 0
    inserted: int = 0
    group: int = 0
    found: list[tuple[Paragraph, bool]] = field(default_factory=list)


def paragraphs_of(data: bytes, file_name: str) -> tuple[list[Paragraph], list[str]]:
    """Body, tables, text boxes, footnotes and endnotes; styles named Quote and the like are known.

    Errors: FeedbackError for what is no Word file, is damaged or not safe to open.
    """
    from feedback.readers.safe import Package, parse_xml
    from feedback.readers.word.parts import body_of, styles_of
    from feedback.readers.word.text import Context

    package = Package(data, file_name)
    body = body_of(package, file_name)
    looks = {}
    if "word/styles.xml" in package.names:
        looks = _looks(parse_xml(package.read("word/styles.xml"), file_name))
    context = Context(styles_of(package, file_name))
    walk = _Walk(looks, context)
    _visit(body, walk, "")
    for name in _NOTES:
        if name in package.names:
            _visit(parse_xml(package.read(name), file_name), walk, "a note")
    return _joined(walk.found), _told(walk.inserted, context.lost)


def _looks(styles: etree._Element) -> dict[str, Look]:
    """What the names of a file's styles say, by style id; a style based on a quote style is one."""
    from feedback.readers.word.styles import child_of, tag_of, value_of

    found: dict[str, Look] = {}
    based: dict[str, str] = {}
    for style in styles:
        if tag_of(style) != "style":
            continue
        name, parent = child_of(style, "name"), child_of(style, "basedOn")
        own = value_of(style, "styleId")
        found[own] = _look_of(value_of(name) if name is not None else own)
        based[own] = value_of(parent) if parent is not None else ""
    for own in list(found):
        parent_id = based[own]
        for _ in range(10):
            if found[own] or parent_id not in found:
                break
            found[own], parent_id = found[parent_id], based[parent_id]
    return found


def _look_of(name: str) -> Look:
    if _QUOTE.fullmatch(name.strip()):
        return "quote"
    return "attribution" if _ATTRIBUTION.fullmatch(name.strip()) else ""


def _visit(container: etree._Element, walk: _Walk, aside: str) -> None:
    """Every paragraph in reading order, each once."""
    from feedback.readers.word.styles import tag_of
    from feedback.readers.word.text import holds_text, one_choice

    for child in container:
        tag = tag_of(child)
        if tag == "p":
            _paragraph(child, walk, aside)
        elif tag == "AlternateContent":
            _visit(one_choice(child), walk, aside)
        elif tag in _GONE:
            walk.context.lost["tracked deletion"] += holds_text(child)  # type: ignore[attr-defined]
        elif tag in _INSIDE:
            _visit(child, walk, aside)


def _paragraph(element: etree._Element, walk: _Walk, aside: str) -> None:
    from feedback.readers.word.styles import child_of, tag_of, value_of
    from feedback.readers.word.text import Context, holds_text, paragraph_of

    assert isinstance(walk.context, Context)
    walk.number += 1
    properties = child_of(element, "pPr")
    named = child_of(properties, "pStyle") if properties is not None else None
    style = value_of(named) if named is not None else ""
    look = walk.looks.get(style, _look_of(style))
    paragraph, boxes = paragraph_of(element, walk.context)
    walk.inserted += sum(holds_text(part) for part in element.iter() if tag_of(part) in ("ins", "moveTo"))
    if look != "quote":
        walk.group += 1
    if "heading" in paragraph.marks and paragraph.text.strip():
        walk.heading = " ".join(paragraph.text.split())
    under = f"under “{walk.heading}”" if walk.heading else ""
    where = ", ".join(part for part in (under, aside, f"paragraph {walk.number}") if part)
    if not paragraph.dropped:
        walk.found.append((Paragraph(paragraph.text, look, where, walk.group), paragraph.joined))
    for box in boxes:
        _visit(box, walk, aside or "a text box")


def _joined(found: list[tuple[Paragraph, bool]]) -> list[Paragraph]:
    """Paragraphs whose end was deleted go on in the next."""
    paragraphs: list[Paragraph] = []
    before = False
    for paragraph, joined in found:
        if before and paragraphs:
            last = paragraphs.pop()
            whole = Paragraph(last.text + paragraph.text, paragraph.look, last.where, paragraph.group)
        else:
            whole = paragraph
        paragraphs.append(whole)
        before = joined
    return paragraphs


def _told(inserted: int, lost: dict[str, int]) -> list[str]:
    deleted = lost["tracked deletion"] + lost["text moved elsewhere"]
    notes = []
    if inserted or deleted:
        notes.append(
            f"tracked changes were read as if accepted: {inserted} insertions kept, "
            f"{deleted} deletions left out"
        )
    if lost["hidden text"]:
        notes.append("hidden text was not read")
    return notes

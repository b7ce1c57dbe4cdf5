"""The characters of one Word paragraph, in the order a reader sees them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_HEADING = re.compile(r"(?:title|subtitle|heading\d?|berschrift\d?)", re.IGNORECASE)
_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
_INSIDE = frozenset(
    """ins moveTo hyperlink smartTag sdt sdtContent fldSimple customXml dir bdo r ruby rubyBase oMath
    oMathPara AlternateContent Choice drawing pict inline anchor graphic graphicData wsp txbx shape
    textbox group wgp wpc rect roundrect oval""".split()  # noqa: SIM905
)
_GONE = {"del": "tracked deletion", "moveFrom": "tracked deletion"}
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Its text (breaks as LF), how many characters at its beginning are bold, whether it is a heading."""

    text: str
    bold: int
    heading: bool


@dataclass(slots=True)
class _Piece:
    text: str
    bold: bool = False


def tag_of(element: etree._Element) -> str:
    """The local name of an element; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def paragraphs_in(element: etree._Element, lost: Counter[str]) -> list[Paragraph]:
    """A `w:p` as one paragraph, followed by those of the text boxes anchored in it.

    `lost` counts tracked deletions and hidden runs that hold text.
    """
    boxes: list[etree._Element] = []
    pieces = list(_pieces(element, boxes, lost))
    bold = 0
    for piece in pieces:
        if not piece.bold and piece.text.strip():
            break
        bold += len(piece.text)
    style = _style(element)
    found = [Paragraph("".join(piece.text for piece in pieces), bold, bool(_HEADING.fullmatch(style)))]
    for box in boxes:
        for inner in box.iter():
            if tag_of(inner) == "p":
                found += paragraphs_in(inner, lost)
    return found


def _pieces(element: etree._Element, boxes: list[etree._Element], lost: Counter[str]) -> Iterator[_Piece]:
    for child in element:
        tag = tag_of(child)
        if tag == "txbxContent":
            boxes.append(child)
        elif tag in _GONE:
            lost[_GONE[tag]] += _holds_text(child)
        elif tag == "r":
            yield from _run(child, boxes, lost)
        elif tag in _INSIDE:
            yield from _pieces(child, boxes, lost)


def _run(run: etree._Element, boxes: list[etree._Element], lost: Counter[str]) -> Iterator[_Piece]:
    if _on(run, "vanish"):
        lost["hidden text"] += _holds_text(run)
        return
    bold = _on(run, "b")
    for child in run:
        tag = tag_of(child)
        if tag == "t":
            yield _Piece(child.text or "", bold)
        elif tag in _BREAKS:
            yield _Piece(_BREAKS[tag], bold)
        elif tag in _INSIDE:
            yield from _pieces(child, boxes, lost)
        elif tag == "txbxContent":
            boxes.append(child)


def _holds_text(element: etree._Element) -> int:
    return int(
        any((found.text or "").strip() for found in element.iter() if tag_of(found) in {"t", "delText"})
    )


def _on(run: etree._Element, name: str) -> bool:
    """Whether a run has a switch such as bold set directly (not by a style)."""
    for properties in run:
        if tag_of(properties) != "rPr":
            continue
        for switch in properties:
            if tag_of(switch) == name:
                return not _OFF & {
                    value.lower() for value in switch.attrib.values() if isinstance(value, str)
                }
    return False


def _style(paragraph: etree._Element) -> str:
    for properties in paragraph:
        if tag_of(properties) == "pPr":
            for style in properties:
                if tag_of(style) == "pStyle":
                    return next((str(value) for value in style.attrib.values()), "")
    return ""

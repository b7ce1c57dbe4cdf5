"""What a Word file's styles and lists say about runs and paragraphs: bold, hidden, headings, list labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_HEADING = re.compile(r"(?:title|subtitle|heading ?\d?|berschrift ?\d?|titre ?\d?)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc ?\d|toc ?heading|table of figures|tableoffigures)", re.IGNORECASE)
_OFF = frozenset({"0", "false", "off", "none"})
_SWITCHES = frozenset({"b", "i", "vanish", "color", "u"})
_LONGEST_CHAIN = 20
_DARK = re.compile(r"auto|0{6}|windowText", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Styles:
    """Styles by id, with what they are based on, and the lists' letters by (list, level)."""

    looks: Mapping[str, Mapping[str, bool]] = field(default_factory=dict)
    headings: frozenset[str] = frozenset()
    contents: frozenset[str] = frozenset()
    lists: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def look(self, style: str) -> Mapping[str, bool]:
        """Which switches (b, i, vanish, color, u) a style turns on or off."""
        return self.looks.get(style, {})

    def is_heading(self, style: str) -> bool:
        return style in self.headings or bool(_HEADING.fullmatch(style))

    def is_contents(self, style: str) -> bool:
        return style in self.contents or bool(_CONTENTS.fullmatch(style))


def tag_of(element: etree._Element) -> str:
    """The local name of an element; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def value_of(element: etree._Element, name: str = "val") -> str:
    """An attribute by its local name, "" where it is missing."""
    return next((str(value) for key, value in element.attrib.items() if _local(key) == name), "")


def child_of(element: etree._Element, *path: str) -> etree._Element | None:
    """The first descendant along these local names, or None."""
    found: etree._Element | None = element
    for name in path:
        found = next((child for child in found if tag_of(child) == name), None) if found is not None else None
    return found


def switches_of(properties: etree._Element | None) -> dict[str, bool]:
    """The switches that a `w:rPr` sets."""
    found = {}
    for switch in properties if properties is not None else ():
        name = tag_of(switch)
        if name == "color":
            found[name] = not _DARK.fullmatch(value_of(switch) or "auto")
        elif name in _SWITCHES:
            found[name] = value_of(switch).lower() not in _OFF
    return found


def read_styles(styles: etree._Element | None, numbering: etree._Element | None) -> Styles:
    """The styles of `word/styles.xml` and the list labels of `word/numbering.xml`; both may be missing."""
    own: dict[str, dict[str, bool]] = {}
    based: dict[str, str] = {}
    headings, contents, lists = set(), set(), {}
    for style in _children(styles, "style"):
        name = value_of(style, "styleId")
        own[name] = switches_of(child_of(style, "rPr"))
        parent, title = child_of(style, "basedOn"), child_of(style, "name")
        based[name] = value_of(parent) if parent is not None else ""
        called = value_of(title) if title is not None else ""
        headings |= {name} if _HEADING.fullmatch(called) else set()
        contents |= {name} if _CONTENTS.fullmatch(called) else set()
        number = child_of(style, "pPr", "numPr", "numId")
        if number is not None:
            lists[name] = value_of(number)
    looks = {name: _inherited(name, own, based) for name in own}
    return Styles(looks, frozenset(headings), frozenset(contents), lists, _list_labels(numbering))


def _inherited(name: str, own: Mapping[str, dict[str, bool]], based: Mapping[str, str]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for _ in range(_LONGEST_CHAIN):
        if name not in own:
            break
        found = {**own[name], **found}
        name = based[name]
    return found


def _list_labels(numbering: etree._Element | None) -> dict[tuple[str, str], str]:
    """What lists write in front of their items, by (list, level): "%1.", "Q%1:"; "" for bullets."""
    levels: dict[str, dict[str, str]] = {}
    for abstract in _children(numbering, "abstractNum"):
        levels[value_of(abstract, "abstractNumId")] = {
            value_of(level, "ilvl"): _level_text(level) for level in _children(abstract, "lvl")
        }
    found = {}
    for number in _children(numbering, "num"):
        abstract_id = child_of(number, "abstractNumId")
        texts = levels.get(value_of(abstract_id) if abstract_id is not None else "", {})
        found.update({(value_of(number, "numId"), level): text for level, text in texts.items()})
    return found


def _level_text(level: etree._Element) -> str:
    kind, text = child_of(level, "numFmt"), child_of(level, "lvlText")
    if text is None or (kind is not None and value_of(kind) == "bullet"):
        return ""
    return value_of(text)


def _children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    yield from (child for child in (element if element is not None else ()) if tag_of(child) == name)


def _local(key: str | bytes) -> str:
    return (key if isinstance(key, str) else key.decode()).rsplit("}", 1)[-1]

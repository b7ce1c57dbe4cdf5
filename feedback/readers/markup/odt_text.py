"""The characters of one OpenDocument paragraph, in the order a reader sees them, and their styles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedback.readers.markup.runs import Run

if TYPE_CHECKING:
    from lxml import etree

HIDDEN = "hidden text"
_BREAKS = {"tab": "\t", "line-break": "\n"}
BOXES = frozenset({"frame", "custom-shape", "g", "text-box"})
_SKIPPED = frozenset(
    {"number", "ruby-text", "annotation-end", "script", "object", "object-ole", "title", "desc"}
)
_SPACE = re.compile(r"[ \t\r\n]+")
_HEADING = re.compile(r"(?:sub)?title|heading.*", re.IGNORECASE)
_MOST_SPACES = 40  # of one element, so that a small file stays small
_DEEPEST = 40  # styles that build on each other


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, an endnote or a comment: its words on one line, and which it is."""

    text: str
    reason: str


@dataclass(slots=True)
class Text:
    """One paragraph: its runs, whether it is a heading, its notes, and the boxes anchored in it."""

    runs: list[Run] = field(default_factory=list)
    heading: bool = False
    notes: list[Note] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    spaced: bool = True  # whether a further space would be one too many


@dataclass(frozen=True, slots=True)
class _Style:
    name: str = ""
    parent: str = ""
    bold: bool | None = None
    hidden: bool | None = None


class Styles:
    """What the styles of a document say: bold, hidden, heading; a style inherits from its parent."""

    def __init__(self, styles: dict[tuple[str, str], _Style], numbered: Collection[str]) -> None:
        self._styles, self._numbered = styles, numbered

    @classmethod
    def found_in(cls, *roots: etree._Element) -> Styles:
        """All styles of these parts, later ones over earlier ones of the same name."""
        styles = {}
        numbered = set()
        for root in roots:
            for element in root.iter():
                if tag_of(element) == "list-style" and _has_numbers(element):
                    numbered.add(_of(element, "name"))
                if tag_of(element) == "style":
                    family, name = _of(element, "family"), _of(element, "name")
                    styles[family, name] = _style(element)
        return cls(styles, numbered)

    def bold(self, family: str, name: str) -> bool | None:
        """Whether a style makes bold (True), not bold (False), or does not say (None)."""
        return next((s.bold for s in self._line(family, name) if s.bold is not None), None)

    def is_hidden(self, element: etree._Element) -> bool:
        """Whether a section, paragraph or span is not shown."""
        if _of(element, "display") == "none" or _of(element, "is-hidden") == "true":
            return True
        family = {"p": "paragraph", "h": "paragraph", "span": "text"}.get(tag_of(element), "")
        line = self._line(family, _of(element, "style-name")) if family else ()
        return next((style.hidden for style in line if style.hidden is not None), False) or False

    def is_numbered(self, element: etree._Element) -> bool:
        """Whether a list has numbers (not bullets); an inner list is like its outer one."""
        while tag_of(element) in {"list", "list-item"}:
            if name := _of(element, "style-name"):
                return name in self._numbered
            parent = element.getparent()
            if parent is None:
                break
            element = parent
        return False

    def is_heading(self, element: etree._Element) -> bool:
        """Whether a paragraph is a heading or a title, by its tag or its style."""
        line = self._line("paragraph", _of(element, "style-name"))
        names = (style.name.replace("_20_", " ") for style in line)
        return tag_of(element) == "h" or any(map(_HEADING.fullmatch, names))

    def _line(self, family: str, name: str) -> Iterator[_Style]:
        """The style and those it builds on."""
        for _ in range(_DEEPEST):
            style = self._styles.get((family, name))
            if not style:
                return
            yield style
            name = style.parent


def tag_of(element: etree._Element) -> str:
    """The local name of an element; "" for comments and processing instructions."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def holds_text(element: etree._Element) -> int:
    """1 if there are words in an element, else 0."""
    return int(any(text.strip() for text in element.itertext() if isinstance(text, str)))


def text_of(element: etree._Element, styles: Styles, lost: Counter[str]) -> Text:
    """The text of a `text:p` or `text:h`; `lost` counts hidden stretches that hold words."""
    text = Text(heading=styles.is_heading(element))
    if styles.is_hidden(element):
        lost[HIDDEN] += holds_text(element)
        return text
    bold = styles.bold("paragraph", _of(element, "style-name")) or False
    _Reader(text, styles, lost).take(element, bold)
    return text


class _Reader:
    """Collects one paragraph; white space counts as one space, as in the format."""

    def __init__(self, text: Text, styles: Styles, lost: Counter[str]) -> None:
        self._text, self._styles, self._lost = text, styles, lost

    def take(self, element: etree._Element, bold: bool) -> None:
        self._say(element.text, bold)
        for child in element:
            self._child(child, bold)
            self._say(child.tail, bold)

    def _child(self, child: etree._Element, bold: bool) -> None:
        tag = tag_of(child)
        if tag in _BREAKS:
            self._exact(_BREAKS[tag], bold)
        elif tag == "s":
            self._exact(" " * _count(child), bold)
        elif tag in BOXES:
            self._text.boxes.append(child)
        elif tag == "note":
            self._note(child, "endnote" if _of(child, "note-class") == "endnote" else "footnote")
        elif tag == "annotation":
            self._note(child, "comment")
        elif tag in {"hidden-text", "hidden-paragraph"} or self._styles.is_hidden(child):
            self._lost[HIDDEN] += holds_text(child)
        elif tag and tag not in _SKIPPED:
            own = self._styles.bold("text", _of(child, "style-name")) if tag == "span" else None
            self.take(child, bold if own is None else own)

    def _say(self, words: str | None, bold: bool) -> None:
        if not words:
            return
        words = _SPACE.sub(" ", words)
        if self._text.spaced:
            words = words.removeprefix(" ")
        if words:
            self._text.spaced = words.endswith(" ")
            self._text.runs.append(Run(words, bold))

    def _exact(self, characters: str, bold: bool) -> None:
        self._text.runs.append(Run(characters, bold))
        self._text.spaced = characters == "\n"

    def _note(self, element: etree._Element, reason: str) -> None:
        """The paragraphs of a note, without its number and without who wrote a comment."""
        words = []
        for inner in element.iter():
            if tag_of(inner) in {"p", "h"}:
                found = text_of(inner, self._styles, self._lost)
                words.append("".join(run.text for run in found.runs))
                self._text.notes += found.notes
        self._text.notes.append(Note(" ".join(" ".join(words).split()), reason))


def _has_numbers(style: etree._Element) -> bool:
    return any(tag_of(level) == "list-level-style-number" and _of(level, "num-format") for level in style)


def _count(element: etree._Element) -> int:
    number = _of(element, "c")
    return min(int(number[:4]), _MOST_SPACES) if number.isascii() and number.isdigit() else 1


def _style(element: etree._Element) -> _Style:
    bold = hidden = None
    for properties in element:
        if tag_of(properties) == "text-properties":
            weight, display = _of(properties, "font-weight"), _of(properties, "display")
            bold = weight in {"bold", "600", "700", "800", "900"} if weight else None
            hidden = display == "none" if display else None
    return _Style(_of(element, "name"), _of(element, "parent-style-name"), bold, hidden)


def _of(element: etree._Element, name: str) -> str:
    """An attribute by its local name."""
    for key, value in element.attrib.items():
        if str(key).rsplit("}", 1)[-1] == name:
            return str(value)
    return ""

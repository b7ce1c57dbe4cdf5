"""The characters of one Word paragraph, in the order a reader sees them, and how they look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedback.readers.encodings import tidy
from feedback.readers.word.styles import Styles, child_of, switches_of, tag_of, value_of

if TYPE_CHECKING:
    from lxml import etree

_BREAKS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-", "softHyphen": ""}
_INSIDE = frozenset(
    """ins moveTo hyperlink smartTag sdtContent customXml dir bdo r ruby rubyBase oMath oMathPara Choice
    Fallback drawing pict object inline anchor graphic graphicData wsp txbx shape textbox group wgp wpc grpSp
    rect roundrect oval lnTo shapetype""".split()
)
_GONE = {"del": "tracked deletion", "moveFrom": "text moved elsewhere"}
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX|TOA)\b", re.IGNORECASE)
_MOST_NESTED = 50
_LONGEST_INSTRUCTION = 1_000
TICKED, EMPTY = "☒", "☐"
# Wingdings' letters for boxes and ticks, in its private code points.
_SYMBOLS = {0x52: TICKED, 0xFE: TICKED, 0xFD: TICKED, 0xFC: TICKED, 0xFB: TICKED, 0x78: TICKED,
            0xA8: EMPTY, 0x6F: EMPTY, 0x71: EMPTY, 0x72: EMPTY, 0x4A: "☺", 0x4C: "☹", 0xE0: "→"}  # fmt: skip
_PROMPT = re.compile(
    r"(?:click|tap|press)(?: or (?:click|tap))? (?:here )?to (?:enter|add|type|insert) (?:text|a date"
    r"|your \w+)\.?"
    r"|choose an item\.?|click here and type\.?",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[^\W_]")  # a mark or a bracket has no looks of its own
_MARKS = {"b": "bold", "i": "italic", "color": "colour", "u": "underlined"}


@dataclass(slots=True)
class Context:
    """What holds for a whole part of the file: its styles, the open fields, and what is not read, counted."""

    styles: Styles = field(default_factory=Styles)
    lost: Counter[str] = field(default_factory=Counter)
    fields: list[list[str]] = field(default_factory=list)
    numbers: Counter[tuple[str, str]] = field(default_factory=Counter)
    controls: int = 0

    @property
    def hidden_by_field(self) -> str:
        """Why text is not shown here: it is a field's instruction or a table of contents; "" where it is."""
        for phase, instruction in self.fields:
            if phase == "instruction":
                return "field instruction"
            if _CONTENTS.match(instruction):
                return "table of contents"
        return ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Its text (breaks as LF), how many characters at its beginning are bold, and what it is.

    `marks` say how all of it looks: bold, italic, underlined, colour, heading, numbered. `dropped` is the
    reason why none of it is speech; a paragraph that is `joined` has lost its end to a tracked deletion.
    """

    text: str
    bold: int = 0
    marks: frozenset[str] = frozenset()
    dropped: str = ""
    joined: bool = False

    @property
    def heading(self) -> bool:
        return "heading" in self.marks


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    look: Mapping[str, bool] = field(default_factory=dict)


def paragraph_of(element: etree._Element, context: Context) -> tuple[Paragraph, list[etree._Element]]:
    """A `w:p`, and the text boxes anchored in it (`w:txbxContent`), each once.

    `context.lost` counts what holds text and is not shown: deletions, hidden runs, empty form fields.
    """
    boxes: list[etree._Element] = []
    properties = child_of(element, "pPr")
    named = child_of(properties, "pStyle") if properties is not None else None
    style = value_of(named) if named is not None else ""
    base = context.styles.look(style)
    label, numbered = _number(properties, style, context)
    pieces = [_Piece(label, {"b": True})] if label else []
    pieces += [_Piece(tidy(piece.text)[0], piece.look) for piece in _pieces(element, boxes, context, base)]
    shown = [piece.look for piece in pieces if _SIGN.search(piece.text)]
    marks = {name for switch, name in _MARKS.items() if shown and all(look.get(switch) for look in shown)}
    marks |= {"heading"} if context.styles.is_heading(style) else set()
    marks |= {"numbered"} if numbered else set()
    contents = "table of contents" if context.styles.is_contents(style) else ""
    gone = child_of(properties, "rPr", "del") if properties is not None else None
    text = "".join(piece.text for piece in pieces)
    return Paragraph(text, _lead(pieces), frozenset(marks), contents, gone is not None), boxes


def _lead(pieces: list[_Piece]) -> int:
    bold = 0
    for piece in pieces:
        if not piece.look.get("b") and piece.text.strip():
            break
        bold += len(piece.text)
    return bold


def _number(properties: etree._Element | None, style: str, context: Context) -> tuple[str, bool]:
    """The words that a list writes in front of a paragraph ("Q1: "), and whether it is an item of a list.

    Bare numbers are not written into the text; they are counted.
    """
    told = child_of(properties, "numPr") if properties is not None else None
    number, level = (child_of(told, "numId"), child_of(told, "ilvl")) if told is not None else (None, None)
    list_id = value_of(number) if number is not None else context.styles.lists.get(style, "")
    where = (list_id, value_of(level) if level is not None else "0")
    text = context.styles.labels.get(where, "")
    if not text or list_id == "0":
        return "", False
    context.numbers[where] += 1
    if not re.search(r"[^\W\d_]", re.sub(r"%\d", "", text)):
        context.lost["automatic number, not in the text"] += 1
        return "", True
    return re.sub(r"%\d", str(context.numbers[where]), text) + " ", True


def _pieces(
    element: etree._Element, boxes: list[etree._Element], context: Context, base: Mapping[str, bool]
) -> Iterator[_Piece]:
    for child in element:
        tag = tag_of(child)
        if tag == "txbxContent":
            boxes.append(child)
        elif tag in _GONE:
            context.lost[_GONE[tag]] += holds_text(child)
        elif tag == "r":
            yield from _run(child, boxes, context, base)
        elif tag == "AlternateContent":
            yield from _pieces(one_choice(child), boxes, context, base)
        elif tag == "sdt":
            yield from _control(child, boxes, context, base)
        elif tag == "fldSimple":
            contents = _CONTENTS.match(value_of(child, "instr"))
            context.lost["table of contents"] += bool(contents)
            yield from () if contents else _pieces(child, boxes, context, base)
        elif tag in _INSIDE:
            yield from _pieces(child, boxes, context, base)


def one_choice(alternatives: etree._Element) -> etree._Element:
    """Of `mc:AlternateContent` the first part that holds text, since all of them say the same."""
    full = [child for child in alternatives if holds_text(child)]
    return full[0] if full else next(iter(alternatives), alternatives)


def _control(
    control: etree._Element, boxes: list[etree._Element], context: Context, base: Mapping[str, bool]
) -> Iterator[_Piece]:
    """A content control within a paragraph: a tick box, or what was filled in; prompts are left out."""
    context.controls += 1
    box = child_of(control, "sdtPr", "checkbox")
    if box is not None:
        state = child_of(box, "checked")
        yield _Piece(TICKED if state is not None and _is_on(state) else EMPTY)
    elif is_prompt(control):
        context.lost["empty form field"] += 1
    else:
        yield from _pieces(control, boxes, context, base)


def is_prompt(control: etree._Element) -> bool:
    """Whether a content control still shows its prompt ("Click or tap here to enter text.")."""
    shown = child_of(control, "sdtPr", "showingPlcHdr")
    return shown is not None and _is_on(shown)


def _run(
    run: etree._Element, boxes: list[etree._Element], context: Context, base: Mapping[str, bool]
) -> Iterator[_Piece]:
    properties = child_of(run, "rPr")
    named = child_of(properties, "rStyle") if properties is not None else None
    style = value_of(named) if named is not None else ""
    look = {**base, **context.styles.look(style), **switches_of(properties)}
    if look.get("vanish"):
        context.lost["hidden text"] += holds_text(run)
        return
    for child in run:
        piece = _in_run(child, context, look)
        if piece is None:
            if tag_of(child) == "AlternateContent":
                yield from _pieces(one_choice(child), boxes, context, base)
            elif tag_of(child) in _INSIDE:
                yield from _pieces(child, boxes, context, base)
            elif tag_of(child) == "txbxContent":
                boxes.append(child)
        elif piece.text and _PROMPT.fullmatch(piece.text.strip()):
            context.lost["empty form field"] += 1
        elif piece.text and (why := context.hidden_by_field):
            context.lost[why] += bool(piece.text.strip()) and why != "field instruction"
        elif piece.text:
            yield piece


def _in_run(child: etree._Element, context: Context, look: Mapping[str, bool]) -> _Piece | None:
    """The text of one thing in a run ("" for what shows nothing), None for a container."""
    tag = tag_of(child)
    if tag == "t":
        return _Piece((child.text or "").replace("\xad", ""), look)
    if tag in _BREAKS:
        return _Piece(_BREAKS[tag], look)
    if tag == "sym":
        return _Piece(_symbol(child, context), look)
    if tag == "fldChar":
        return _Piece(_field(child, context), look)
    if tag == "instrText" and context.fields and len(context.fields[-1][1]) < _LONGEST_INSTRUCTION:
        context.fields[-1][1] += child.text or ""
    return None


def _field(mark: etree._Element, context: Context) -> str:
    """Keeps count of open fields; an old-style tick box gives its sign."""
    kind = value_of(mark, "fldCharType")
    if kind == "begin" and len(context.fields) < _MOST_NESTED:
        context.fields.append(["instruction", ""])
        box = child_of(mark, "ffData", "checkBox")
        if box is not None:
            context.controls += 1
            state = child_of(box, "checked")
            state = state if state is not None else child_of(box, "default")
            context.fields[-1][1] = TICKED if state is not None and _is_on(state) else EMPTY
    elif kind == "separate" and context.fields:
        context.fields[-1][0] = "result"
    elif kind == "end" and context.fields:
        _, instruction = context.fields.pop()
        context.controls += "FORMTEXT" in instruction or "FORMDROPDOWN" in instruction
        return instruction[0] if instruction[:1] in {TICKED, EMPTY} else ""
    return ""


def _symbol(element: etree._Element, context: Context) -> str:
    code = value_of(element, "char")
    number = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code) else 0
    if number < 0xF000 and chr(number).isprintable():
        return chr(number)
    if "dings" in value_of(element, "font").lower() and number - 0xF000 in _SYMBOLS:
        return _SYMBOLS[number - 0xF000]
    context.lost["symbol of a picture font"] += 1
    return ""


def _is_on(switch: etree._Element) -> bool:
    return value_of(switch).lower() not in {"0", "false", "off"}


def holds_text(element: etree._Element) -> int:
    """1 where an element holds any text, deleted or not, else 0."""
    return int(
        any((found.text or "").strip() for found in element.iter() if tag_of(found) in {"t", "delText"})
    )

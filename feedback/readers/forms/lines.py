"""One line of a file without speakers as units: fields, boxes to tick, a question and its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedback.readers.forms.asked import NUMBERED, Unit, asks, split_leads
from feedback.readers.forms.filled import field_of
from feedback.readers.forms.ticks import boxes_in

_PAIRS = re.compile(r"\t+| {3,}")
_INLINE = re.compile(r"(?P<asked>[^?:]{4,200}[?:])\s+(?P<answer>[^\s(].*\S)\s*", re.DOTALL)
_THANKS = re.compile(
    r"(?:many )?thank(?:s| you) (?:very much )?for (?:completing|taking|your|filling|sharing).*",
    re.IGNORECASE,
)


def units_in(text: str, bold: int, marks: frozenset[str]) -> Iterator[Unit]:
    """The units of a line; `bold` characters at its beginning are bold, `marks` hold for all of it."""
    fields = _fields(text)
    if fields:
        yield from (Unit(field, fixed="field") for field in fields)
    elif _THANKS.fullmatch(text.strip()):
        yield Unit(text, fixed="aside", reason="file note")
    else:
        yield from _pieces(text, bold, marks)


def _pieces(text: str, bold: int, marks: frozenset[str]) -> Iterator[Unit]:
    for piece, is_bold in split_leads(text, bold):
        own = (marks - {"bold"}) | ({"bold"} if is_bold else set())
        boxes = boxes_in(piece)
        if boxes is None:
            head, answer = _answered(piece)
            yield Unit(head, own)
            if answer:
                yield Unit(answer, own - {"bold"})
            continue
        if boxes.before:
            asked = asks(boxes.before) or boxes.before.endswith(":")
            yield Unit(boxes.before, own, "question" if asked else "")
        yield from (Unit(option, fixed="ticked") for option in boxes.ticked)
        yield from (Unit(option, fixed="empty box") for option in boxes.empty)


def _answered(line: str) -> tuple[str, str]:
    """A numbered question and the answer behind it on the same line: "1. Reason for leaving: pay." """
    number = NUMBERED.match(line)
    found = _INLINE.match(line, number.end()) if number else None
    if not found or asks(found["answer"]) or not asks(found["asked"]):
        return line, ""
    return line[: found.end("asked")], found["answer"]


def _fields(line: str) -> list[str]:
    """The fields on a line, [] unless all of it is fields: `Name: Ann Lee     Date: 3 May`."""
    if field_of(line) and not any(field_of(piece) for piece in _PAIRS.split(line.strip())[1:]):
        return [line]
    pieces = [piece for piece in _PAIRS.split(line.strip()) if piece.strip()]
    return pieces if len(pieces) > 1 and all(field_of(piece) for piece in pieces) else []

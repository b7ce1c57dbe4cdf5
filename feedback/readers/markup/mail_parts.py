"""The parts of an e-mail: which are its words, and what is attached."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from feedback.errors import FeedbackError
from feedback.readers.markup.grid import flat
from feedback.readers.markup.web import decoded

_MUCH_MORE = 4  # times the words of the plain part: then the page is what was written
_LONGEST_HEADER = 2_000
_KINDS = (
    ("pdf", "a PDF"),
    ("word", "a Word document"),
    ("opendocument.text", "an OpenDocument text"),
    ("sheet", "a workbook"),
    ("excel", "a workbook"),
    ("csv", "a table"),
    ("rtf", "an RTF document"),
    ("calendar", "an appointment"),
    ("vcard", "a visiting card"),
    ("zip", "a zip archive"),
    ("rfc822", "an e-mail"),
    ("image/", "a picture"),
    ("audio/", "a sound recording"),
    ("video/", "a film"),
    ("css", "a style sheet"),
    ("text/", "a text"),
)


@dataclass(frozen=True, slots=True)
class Body:
    """One part of the words; `flowed` when its lines are wrapped softly, `joined` without the space there."""

    text: str
    page: bool = False
    flowed: bool = False
    joined: bool = False


@dataclass(slots=True)
class Parts:
    """All parts of a message, attachments counted by what they are."""

    bodies: list[Body] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    attached: Counter[str] = field(default_factory=Counter)

    def words(self) -> int:
        """How many words there are to read, tags of a page not counted."""
        return sum(len(re.sub(r"<[^>]{0,2000}>", " ", body.text).split()) for body in self.bodies)


def parts_of(message: Message, file_name: str) -> Parts:
    """The words of a message, of alternatives the plain ones unless they are only a stand-in."""
    found = Parts()
    _collect(message, found, file_name)
    return found


def header_text(message: Message, name: str) -> str:
    """A header with its encoded words decoded, on one line; "" where it is missing or broken."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")
    raw = raw[:_LONGEST_HEADER]
    try:
        pieces = decode_header(flat(raw))
        words = "".join(_piece(piece, charset or "", name) for piece, charset in pieces)
    except (FeedbackError, MessageError, ValueError, LookupError):
        words = raw
    return flat(re.sub(r"[\ud800-\udfff]", "\ufffd", words))


def _piece(piece: str | bytes, charset: str, name: str) -> str:
    raw = piece.encode("ascii", "surrogateescape") if isinstance(piece, str) else piece
    return decoded(raw, name, "" if charset == "unknown-8bit" else charset)[0] if raw.strip() else " "


def _collect(part: Message, found: Parts, file_name: str) -> None:
    kind = part.get_content_type()
    children = _children(part)
    if kind == "message/rfc822":
        found.messages += children
        found.attached["an e-mail"] += 1
    elif kind == "multipart/alternative":
        _choose([parts_of(child, file_name) for child in children], found)
    elif kind == "multipart/related":
        for index, child in enumerate(children):
            if index:
                found.attached[_what(child)] += 1
            else:
                _collect(child, found, file_name)
    elif children:
        for child in children:
            _collect(child, found, file_name)
    elif kind in {"text/plain", "text/html"} and part.get_content_disposition() != "attachment":
        _add_body(part, found, file_name)
    else:
        found.attached[_what(part)] += 1


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _choose(alternatives: list[Parts], found: Parts) -> None:
    for one in alternatives:
        found.attached += one.attached
        found.messages += one.messages
    full = [one for one in alternatives if one.words()]
    plain = [one for one in full if not any(body.page for body in one.bodies)]
    longest = max((one.words() for one in full), default=0)
    good = [one for one in plain if _MUCH_MORE * one.words() >= longest] or full
    found.bodies += good[0].bodies if good else []


def _add_body(part: Message, found: Parts, file_name: str) -> None:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    if not raw.strip():
        return
    try:
        text, _ = decoded(raw, file_name, part.get_content_charset() or "")
    except FeedbackError:
        found.attached["a part that is no text"] += 1
        return
    flowed = str(part.get_param("format") or "").lower() == "flowed"
    joined = str(part.get_param("delsp") or "").lower() == "yes"
    found.bodies.append(Body(text, part.get_content_type() == "text/html", flowed, joined))


def _what(part: Message) -> str:
    name = str(part.get_filename() or "").lower() if part.get_content_type().endswith("octet-stream") else ""
    kind = (
        f"{part.get_content_type()} {name.rpartition('.')[2].replace('doc', 'word').replace('xls', 'sheet')}"
    )
    return next((what for sign, what in _KINDS if sign in kind), "a file of another kind")

"""E-mails (.eml), by the standard library: the sender's own words, without headers and earlier messages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32

from feedback.errors import FeedbackError
from feedback.readers.markup.mail_parts import Body, Parts, header_text, parts_of
from feedback.readers.markup.quoted import without_others
from feedback.readers.markup.runs import MOST_LINES, reading_of
from feedback.readers.markup.web import page_of
from feedback.readers.shapes import Line, Options, Reading, left_out
from feedback.readers.texts.plain import paragraph_starts

_FORWARD = re.compile(r"\s*\[?(?:fwd?|wg|tr|rv)\s*:", re.IGNORECASE)
_NEXT_MAIL = re.compile(rb"\n\r?\nFrom \S+ .{10,60}\d{4}\r?\n(?=[\w-]{2,40}:)")
_MOST_BYTES = 60 * 1024 * 1024
_MOST_ROWS = 1_500_000  # most of them of attachments
_MOST_PARTS = 10_000
_LONGEST_HEADER = 10_000
_SHOWN = ("From", "To", "Cc", "Subject", "Date")


class _Policy(Compat32):
    """The older policy, as the newer takes minutes for hostile headers; and no header is endless."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def read_eml(data: bytes, file_name: str, options: Options) -> Reading:
    """An e-mail as a testimony, or as an interview where its words have speakers' labels.

    Its subject is the title. Headers (so the sender's name and address) and attachments are not in the text
    and are reported; earlier messages, signatures and disclaimers stand, dropped, at the end. Of a
    forwarded e-mail the words that were passed on are read.

    Errors: FeedbackError when it is too large, nests too deep or has no words.
    """
    too_large = FeedbackError(f"{file_name} is too large", hint="save it without its attachments")
    if len(data) > _MOST_BYTES or data.count(b"\n") > _MOST_ROWS or data.count(b"\n--") > _MOST_PARTS:
        raise too_large
    mails = _NEXT_MAIL.split(data)
    message = _parsed(mails[0], file_name)
    parts = _parts(message, file_name)
    title = header_text(message, "subject")
    lost: Counter[str] = Counter()
    lines = [line for body in parts.bodies for line in _lines(body, file_name, lost)]
    if len(lines) > MOST_LINES:
        raise too_large
    lines = without_others(lines, forwarded=bool(_FORWARD.match(title)))
    # What is not the sender's stands at the end: headers of earlier e-mails would look like the text's own.
    after = [line for line in lines if line.dropped]
    own = [
        replace(line, paragraph=line.paragraph or (n > 0 and bool(lines[n - 1].dropped)))
        for n, line in enumerate(lines)
        if not line.dropped
    ]
    reading = reading_of(own, file_name=file_name, options=options, after=after, lost=lost, title=title)
    reading.dropped.extend(left_out(note) for note in _notes(message, parts, len(mails) - 1))
    return reading


def _parsed(data: bytes, file_name: str) -> Message:
    try:
        return BytesParser(policy=_Policy()).parsebytes(data.lstrip())
    except RecursionError as error:
        raise FeedbackError(
            f"{file_name} is not safe to open: it nests too deep", hint="save its text as .txt"
        ) from error


def _parts(message: Message, file_name: str) -> Parts:
    """The parts of a message; where it has no words of its own, those of the first that is attached to it."""
    parts = parts_of(message, file_name)
    if not parts.words() and parts.messages:
        inner = parts_of(parts.messages[0], file_name)
        return replace(inner, attached=inner.attached + parts.attached - Counter(["an e-mail"]))
    return parts


def _lines(body: Body, file_name: str, lost: Counter[str]) -> list[Line]:
    if body.page:
        page = page_of(body.text, file_name, quotes=True)
        lost.update(page.lost)
        return page.lines
    rows = body.text.split("\n")
    if body.flowed:
        rows = _unfolded(rows, joined=body.joined)
    return [Line(row, paragraph=start) for row, start in zip(rows, paragraph_starts(rows), strict=True)]


def _unfolded(rows: list[str], *, joined: bool) -> list[str]:
    """Rows that a mail program broke to fit a width, put together again (RFC 3676)."""
    found: list[list[str]] = []
    open_depth = -1
    for row in rows:
        depth = len(row) - len(row.lstrip(">"))
        words = row[depth:].removeprefix(" ")
        if depth == open_depth:
            found[-1].append(words)
        else:
            found.append([">" * depth + (" " if depth else "") + words])
        soft = words.endswith(" ") and words != "-- "
        open_depth = depth if soft else -1
        if soft and joined:
            found[-1][-1] = found[-1][-1][:-1]
    return ["".join(pieces) for pieces in found]


def _notes(message: Message, parts: Parts, further: int) -> list[str]:
    """What is not in the text: headers, attachments, and further e-mails of the same file."""
    names = Counter(name.title() for name, _ in message.raw_items())
    shown = [name for name in _SHOWN if names[name]]
    notes = [f"attachment, not read: {what} ({n})" for what, n in sorted(parts.attached.items()) if n > 0]
    if names:
        others = names.total() - sum(names[name] for name in shown)
        and_more = f" and {others} more" if others else ""
        notes.append(
            "e-mail headers, not in the text: " + (", ".join(shown) or "none of the usual") + and_more
        )
    if further:
        notes.append(
            f"further e-mails in the same file, not read ({further}): save each as a file of its own"
        )
    return notes

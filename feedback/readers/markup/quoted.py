"""Which lines of an e-mail are somebody else's: earlier messages, their headers, signatures, disclaimers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback.readers.shapes import Line

_QUOTED = "quoted earlier e-mail"
_QUOTE = re.compile(r"\s{0,3}(?:>|\|\s)")
_WROTE = re.compile(
    r"\W{0,3}(?:On|Le|Am|El|Il|Op)\b.{4,250}\b(?:wrote|writes|a écrit|schrieb|escribió|ha scritto|schreef)"
    r"\s*:\W{0,3}",
    re.DOTALL,
)
_BREAK = re.compile(
    r"\W{0,3}-{2,}\s*(?:original|forwarded) (?:message|appointment|e-?mail)\s*-{2,}.{0,20}"
    r"|\W{0,3}begin forwarded message\s*:\W{0,3}",
    re.IGNORECASE,
)
_HEADER = re.compile(
    r"\W{0,3}(from|sent|date|to|cc|bcc|subject|importance|attachments|reply-to)\W{0,2}:(?:\W|$)",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(?:sent from (?:my|outlook|yahoo|mail|proton|samsung)|get outlook for|sent via).{0,60}", re.IGNORECASE
)
_DISCLAIMER = re.compile(
    r"\W{0,3}(?:disclaimer\b"
    r"|(?:this|the (?:information|contents?) (?:contained )?(?:in|of) this|any) e-?mails? .{0,120}"
    r"(?:confidential|intended|privileged|virus)|(?:caution|external|warning)\b.{0,60}(?:outside|external|originated)"
    r"|please consider the environment)",
    re.IGNORECASE | re.DOTALL,
)
_MOST_FORWARDS = 10
_VERBS = ("wrote", "writes", "écrit", "schrieb", "escribió", "scritto", "schreef")
_LONGEST_SIGNATURE = 12  # lines, where the mark is "--" and not "-- "


@dataclass(frozen=True, slots=True)
class _Earlier:
    """Where an earlier message begins: its header, its first words, and whether it was forwarded."""

    start: int
    words: int
    forwarded: bool


def without_others(lines: Sequence[Line], *, forwarded: bool) -> list[Line]:
    """The lines of an e-mail, those that are not its sender's own words with the reason.

    A message that was passed on (`forwarded`, or nothing stands above it) is what counts, unless more was
    written above it; then the note above is left out.
    """
    texts = [line.text[:400] for line in lines]
    reasons = [""] * len(lines)
    _mark(texts, reasons, 0, len(lines), forwarded)
    return [
        replace(line, dropped=why) if why and not line.dropped else line
        for line, why in zip(lines, reasons, strict=True)
    ]


def _mark(texts: Sequence[str], reasons: list[str], start: int, end: int, forwarded: bool) -> None:
    """Gives the reasons for the lines from `start` to `end`."""
    for _ in range(_MOST_FORWARDS):
        earlier = _earlier(texts, start, end)
        if not earlier or not _is_passed_on(texts, start, end, earlier, forwarded):
            break
        _fill(reasons, start, earlier.start, "note above a forwarded e-mail")
        _fill(reasons, earlier.start, earlier.words, "header of a forwarded e-mail")
        start = earlier.words
        forwarded = False
    if earlier := _earlier(texts, start, end):
        _fill(reasons, earlier.start, end, _QUOTED)
        end = earlier.start
    _mark_quotes(texts, reasons, start, end)
    _mark_signature(texts, reasons, start, end)
    _mark_disclaimers(texts, reasons, start, end)


def _fill(reasons: list[str], start: int, end: int, why: str) -> None:
    reasons[start:end] = [why] * (end - start)


def _earlier(texts: Sequence[str], start: int, end: int) -> _Earlier | None:
    """The first earlier message that no mark in front of its lines gives away."""
    quotes = [index for index in range(start, end) if _QUOTE.match(texts[index])]
    for index in range(start, end):
        forwarded = "forward" in texts[index].lower()
        if _BREAK.fullmatch(texts[index]):
            return _Earlier(index, _after_header(texts, index + 1, end), forwarded)
        if _is_header(texts, index, end):
            return _Earlier(index, _after_header(texts, index, end), False)
        size = _wrote(texts, index, end)
        if size and not (quotes and quotes[-1] >= index + size):
            return _Earlier(index, index + size, False)
    return None


def _is_passed_on(texts: Sequence[str], start: int, end: int, earlier: _Earlier, forwarded: bool) -> bool:
    above = _count(texts[start : earlier.start])
    below = _count(texts[earlier.words : end])
    return below > 0 and (not above or ((forwarded or earlier.forwarded) and below > above))


def _count(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _is_header(texts: Sequence[str], index: int, end: int) -> bool:
    """Whether a header block begins here: From, and two more of its lines close by."""
    first = _HEADER.match(texts[index])
    if not first or first[1].lower() != "from":
        return False
    near = {found[1].lower() for text in texts[index : min(index + 8, end)] if (found := _HEADER.match(text))}
    return len(near & {"sent", "date", "to", "subject"}) >= 2


def _after_header(texts: Sequence[str], index: int, end: int) -> int:
    """The first line after a header block; addresses may run over several lines."""
    while index < end and not texts[index].strip():
        index += 1
    last = ""
    while index < end:
        found = _HEADER.match(texts[index])
        goes_on = last in {"to", "cc", "bcc"} and "@" in texts[index]
        if not found and not goes_on:
            break
        last = found[1].lower() if found else last
        index += 1
    return index


def _wrote(texts: Sequence[str], index: int, end: int) -> int:
    """How many lines `On Monday, Ann Lee <...> wrote:` takes, 0 if there is none."""
    if texts[index].lstrip("> \t*_")[:2] not in {"On", "Le", "Am", "El", "Il", "Op"}:
        return 0
    for size in range(1, min(4, end - index + 1)):
        joined = " ".join(text.strip() for text in texts[index : index + size])
        if any(verb in joined for verb in _VERBS) and _WROTE.fullmatch(joined):
            return size
    return 0


def _mark_quotes(texts: Sequence[str], reasons: list[str], start: int, end: int) -> None:
    for index in range(start, end):
        if _QUOTE.match(texts[index]):
            reasons[index] = _QUOTED
        elif size := _wrote(texts, index, end):
            _fill(reasons, index, index + size, _QUOTED)


def _mark_signature(texts: Sequence[str], reasons: list[str], start: int, end: int) -> None:
    last = [index for index in range(start, end) if texts[index].strip()][-_LONGEST_SIGNATURE - 1 :]
    for index in range(start, end):
        text = texts[index].replace("\xa0", " ")
        if text == "-- " or (text.strip() == "--" and index >= last[0]):
            _fill(reasons, index, end, "signature")
            return
        if _SENT_FROM.fullmatch(text.strip()):
            reasons[index] = "signature"


def _mark_disclaimers(texts: Sequence[str], reasons: list[str], start: int, end: int) -> None:
    """Each of their paragraphs, to its end."""
    index = start
    while index < end:
        text = " ".join(texts[index : min(index + 3, end)]) if texts[index].strip() else ""
        if text and not reasons[index] and _DISCLAIMER.match(text):
            while index < end and texts[index].strip():
                reasons[index] = reasons[index] or "disclaimer"
                index += 1
        index += 1

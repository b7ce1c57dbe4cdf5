"""Finds what stands between quotation marks: curly, straight, single, double, angled, nested, unclosed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOSERS = {"“": "”", "„": "“”", "«": "»", '"': '"', "‘": "’", "'": "'", "»": "«", "‚": "‘’"}
_BEFORE = re.compile(r"[\s(\[{—–\-/:,;“\"‘'«„]")
# An apostrophe at a word's start, not a quotation mark: 'em, ’cause, ’90s.
_CUT = re.compile(
    r"['’‘](?:\d0s\b|em\b|cause\b|cos\b|til\b|tis\b|twas\b|bout\b|n['’]|round\b|til)", re.IGNORECASE
)
_ENDED = re.compile(r"[.,!?…;:)\]]")
_FOLLOWS = re.compile(r"\s*(?:$|[.,;:!?)\]—–(\n-]|\s[—–-]\s)")
_LONGEST = 5_000  # characters between two marks; a longer quote would be a document
_SIGN = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Marked:
    """text[start:end] stands between two marks; `open` where the second is missing."""

    start: int
    end: int
    open: bool = False

    def outer(self, text: str) -> tuple[int, int]:
        """The place with its marks."""
        return self.start - 1, min(len(text), self.end + (not self.open))


def marked(text: str) -> list[Marked]:
    """The outermost passages between quotation marks, in order; marks within a passage belong to it."""
    found: list[Marked] = []
    at = 0
    while at < len(text):
        if not _opens(text, at):
            at += 1
            continue
        end = _closing(text, at)
        if end is None:
            # A single mark without its fellow is an apostrophe; a double one opens what is never closed.
            if text[at] in "‘'‚»":
                at += 1
                continue
            end = _cut_off(text, at)
            if _SIGN.search(text, at + 1, end):
                found.append(Marked(at + 1, end, open=True))
            at = end
            continue
        if _SIGN.search(text, at + 1, end):
            found.append(Marked(at + 1, end))
        at = end + 1
    return found


def _opens(text: str, at: int) -> bool:
    sign = text[at]
    if sign not in _CLOSERS:
        return False
    after = text[at + 1 : at + 2]
    if not after or after.isspace():
        return False
    before = text[at - 1 : at]
    if sign in "“„«":
        return True
    if before and not _BEFORE.fullmatch(before):
        return False
    if sign == "»":
        return "«" in text[at + 1 :]
    return sign == '"' or not _CUT.match(text, at)


def _closing(text: str, opener: int) -> int | None:
    """Where the passage that opens at `opener` ends: at its own closing mark, nested ones counted."""
    sign = text[opener]
    if sign in "‘'‚":
        return _single(text, opener)
    closers, depth = _CLOSERS[sign], 0
    for at in range(opener + 1, min(len(text), opener + _LONGEST)):
        here = text[at]
        if here in closers and not (sign == '"' and _opens_again(text, at)):
            if not depth:
                return at
            depth -= 1
        elif here == sign and sign in "“«" and _balanced(text, opener, closers):
            depth += 1
        elif here == sign and sign == "“":
            return None
    return None


def _opens_again(text: str, at: int) -> bool:
    """Whether a straight mark in a passage opens rather than closes: a space before, a letter after."""
    return text[at - 1 : at].isspace() and text[at + 1 : at + 2].isalnum()


def _balanced(text: str, start: int, closers: str) -> bool:
    rest = text[start : start + _LONGEST]
    return rest.count(text[start]) <= sum(rest.count(closer) for closer in closers)


def _single(text: str, opener: int) -> int | None:
    """The end of a passage in single marks: apostrophes look like its end, so the surest place is taken."""
    closers = _CLOSERS[text[opener]]
    sign = text[opener]
    last = min(len(text), opener + _LONGEST)
    following = next((at for at in range(opener + 1, last) if text[at] == sign and _opens(text, at)), last)
    ends = [
        at
        for at in range(opener + 1, following)
        if text[at] in closers
        and not text[at + 1 : at + 2].isalnum()
        and not text[at - 1].isspace()
        and not _CUT.match(text, at)
    ]
    sure = [at for at in ends if _ENDED.match(text[at - 1]) or _FOLLOWS.match(text, at + 1)]
    likely = [at for at in ends if text[at - 1] not in "sS"]
    chosen = sure or likely or ends
    return chosen[0] if chosen else None


def _cut_off(text: str, opener: int) -> int:
    """Where a passage without its closing mark ends: before the next opening one, or with the paragraph."""
    following = next(
        (at for at in range(opener + 1, len(text)) if text[at] == text[opener] != '"'), len(text)
    )
    return following

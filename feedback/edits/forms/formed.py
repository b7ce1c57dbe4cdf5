"""What has the form of somebody's number, looked for in many texts at once."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from feedback.edits.forms.patterns import SHOWN, pattern_edits
from feedback.spans import Edit

# Links and initials are hunted as the key has them; their forms alone (@media, BBC) are too common.
_BY_FORM = frozenset(SHOWN) - {"url", "initials", "address"}
# Without one of these no form of a number or address can stand in a text.
_HINT = re.compile(
    r"\d|@|\[at\]|\(at\)|\bdot\b|(?:\b(?:oh|zero|nought|one|two|three|seven|double)\W+){2}", re.I
)
# A figure by itself, as a place or a score in a table: so few are nobody's number without a word beside.
_NO_FORM = re.compile(r"-?(?:\d{1,8}|\d?\.\d{1,6})\Z")
_MACHINE = re.compile(
    r"(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})|\b[0-9a-f]{16,128}\b|sha256-[\w+/=]{40,}"
    r"|\bd\d{3,}:\d+-\d+\b"
)
# What stands in one text says nothing about the next: so far no pattern looks.
_APART, _BLOCK = "\n\n" + " " * 80 + "\n\n", 100_000


def formed(texts: Sequence[str]) -> list[list[Edit]]:
    """For each text what in it has the form of somebody's number; looked for in many at once."""
    found: list[list[Edit]] = [[] for _ in texts]
    plain = ((at, _MACHINE.sub(_blank, text)) for at, text in enumerate(texts) if not _NO_FORM.match(text))
    for block in _blocks((at, text) for at, text in plain if _HINT.search(text)):
        starts = list(accumulate((len(text) + len(_APART) for _, text in block), initial=0))
        for edit in pattern_edits(_APART.join(text for _, text in block)):
            one = bisect_right(starts, edit.start) - 1
            at, text = block[one]
            begin, end = edit.start - starts[one], edit.end - starts[one]
            if edit.label in _BY_FORM and end <= len(text):
                found[at].append(replace(edit, start=begin, end=end))
    return found


def _blocks(texts: Iterable[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    """Texts with their places, as many at a time as are looked through at once."""
    block: list[tuple[int, str]] = []
    size = 0
    for at, text in texts:
        block.append((at, text))
        size += len(text) + len(_APART)
        if size >= _BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])

"""Boxes to tick on forms: which options of a line are ticked, and which are not."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BOX = re.compile(r"[☐□▢◻☒☑✓✔✗✘]|(?<!\w)\[[ xX✓✔]?\](?!\w)|(?<!\w)\((?: |[xX✓✔])\)(?!\w)")
_FULL = re.compile(r"[☒☑✓✔✗✘xX]")


@dataclass(frozen=True, slots=True)
class Boxes:
    """The words in front of the first box, and the options with and without a tick."""

    before: str
    ticked: tuple[str, ...]
    empty: tuple[str, ...]


def boxes_in(line: str) -> Boxes | None:
    """The boxes of a line, None where there are none.

    The words of a box stand behind it, or, where the line ends with a box, in front of it.
    """
    found = list(_BOX.finditer(line))
    if not found:
        return None
    edges = [0, *(at for box in found for at in box.span()), len(line)]
    between = [line[edges[i] : edges[i + 1]].strip(" \t,;/|") for i in range(0, len(edges), 2)]
    before, words = between[0], between[1:]
    if not between[-1]:
        head, mark, option = _last_words(before)
        before, words = (head + mark, [option, *between[1:-1]])
    full = [bool(_FULL.search(box.group())) for box in found]
    options = list(zip(words, full, strict=True))
    ticked = tuple(word for word, on in options if on and word)
    return Boxes(before, ticked, tuple(word for word, on in options if not on and word))


def _last_words(text: str) -> tuple[str, str, str]:
    """A question and the first option behind it: "Would you return? Yes" """
    found = re.match(r"(.*[?:])\s*(\S.*)?$", text, re.DOTALL)
    return (found[1], "", found[2] or "") if found else ("", "", text)

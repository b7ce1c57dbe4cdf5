"""What a finished file is made of when it is looked through: pieces of text, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_SEGMENT = re.compile(r"d\d{3,}:\d+-\d+")


class Unit(NamedTuple):
    """A piece of text of a file. place: in a reader's words, without words of the file itself.

    forms: whether a run of digits in it can be somebody's number. segment: the id of a segment that its row
    names, from which its words may have been cut.
    """

    place: str
    text: str
    forms: bool = True
    segment: str = ""


def segment_in(cells: Iterable[str]) -> str:
    """The first id of a segment among the cells of a row; "" where there is none."""
    return next((cell for cell in cells if cell[:1] == "d" and _SEGMENT.fullmatch(cell)), "")

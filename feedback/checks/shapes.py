"""What a finished file is made of when it is looked through: pieces of text, each with its place."""

from __future__ import annotations

from typing import NamedTuple


class Unit(NamedTuple):
    """A piece of text of a file. place: in a reader's words, without words of the file itself.

    forms: whether a run of digits in it can be somebody's number.
    """

    place: str
    text: str
    forms: bool = True

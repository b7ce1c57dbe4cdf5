"""What the PDF adapters hand on: words, form fields and pages, with their places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word and its box in points from the page's upper left corner; `line` is pdfium's own line.

    `angle` is a multiple of 90 degrees to which it runs: 0 to the right, 90 upwards; `tilted` words run
    otherwise than the page's other words.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    bold: bool = False
    line: int = 0
    angle: int = 0
    tilted: bool = False

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Field:
    """A form field: its kind ("text", "box"), name, value (for a box "on" or ""), and place as of a word."""

    kind: str
    name: str
    value: str
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """A page's words in the order of the file, its form fields, and its size in points."""

    words: tuple[Word, ...]
    fields: tuple[Field, ...]
    width: float
    height: float

"""What a finished document holds that claims to be somebody's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["marks", "block"]
Look = Literal["", "quote", "attribution"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a finished document: its words, what its style says of it, and where it stands.

    Paragraphs of one `group` (a block quote of several, a text box) belong together.
    """

    text: str
    look: Look = ""
    where: str = ""
    group: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that a document says somebody said: between quotation marks, or set as a block quote.

    `attribution` is the line or bracket after them, without its dash; `lead` the words of the sentence
    before them. `open` is true where no closing mark was found.
    """

    text: str
    kind: Kind
    where: str = ""
    attribution: str = ""
    lead: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """A finished document's passages in order, and what a reader of the check should know of the reading."""

    passages: tuple[Passage, ...]
    notes: tuple[str, ...] = ()
    n_paragraphs: int = field(default=0, compare=False)

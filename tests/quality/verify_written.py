"""Quotes as people write them into a document.

A change takes a quote, the pool of all quotes and a chance; it gives the line for the document, or None where
this quote cannot be changed so.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Quote:
    """Rendered words of one person, where they stand, the line they may have, and the original words."""

    text: str
    document_id: str
    turn: int
    case_id: str | None
    line: str
    raw: str
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


Pool = dict[str, list[Quote]]
Change = Callable[[Quote, Pool, random.Random], str | None]
NEGATION = re.compile(r"(?i)\b(?:not|never|no|nobody|nothing|none|without|nor|neither)\b|n['’]t\b|cannot")


def written(text: str, quote: Quote, line: str | None = None) -> str:
    """As a report has it."""
    return f"> {text}\n> — {quote.line if line is None else line}"


def words_of(text: str) -> list[str]:
    return text.split(" ")


def as_it_is(quote: Quote, pool: Pool, chance: random.Random) -> str | None:
    return written(quote.text, quote)

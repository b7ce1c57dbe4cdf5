"""How a piece of evidence is said: whose reason it is, and whether it is complaint or praise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .assertion import assertions_at
from .valence import valences_at

if TYPE_CHECKING:
    from .valence import Embed


def how_said(places: Sequence[tuple[str, int, int]], embed: Embed) -> list[tuple[str, str]]:
    """(assertion, valence) for each piece of evidence (text, start, end); embed: texts -> rows of length 1.

    What is denied or imagined is no complaint: "it wasn't that the pay was bad" takes no side. It may well be
    praise ("no complaints about my manager").
    """
    once = list(dict.fromkeys(places))
    found = {
        place: (whose, _softened(whose, valence))
        for place, whose, valence in zip(once, assertions_at(once), valences_at(once, embed), strict=True)
    }
    return [found[place] for place in places]


def _softened(assertion: str, valence: str) -> str:
    if assertion in ("negated", "hypothetical") and valence in ("negative", "mixed"):
        return "neutral"
    return valence

"""How a piece of evidence is said: whose reason it is, and whether it is complaint or praise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from feedback.tagging.assertion import ASSERTIONS, assertions_at
from feedback.tagging.memory import digest_of, remembered
from feedback.tagging.valence import VALENCES, print_of, valences_at

if TYPE_CHECKING:
    from feedback.tagging.valence import Embed

_WAYS = [(assertion, valence) for assertion in ASSERTIONS for valence in VALENCES]


def how_said(places: Sequence[tuple[str, int, int]], embed: Embed) -> list[tuple[str, str]]:
    """(assertion, valence) for each piece of evidence (text, start, end); embed: texts -> rows of length 1.

    What is denied or imagined is no complaint: "it wasn't that the pay was bad" takes no side. It may well be
    praise ("no complaints about my manager").
    """
    if not places:
        return []
    once, vectors = list(dict.fromkeys(places)), print_of(embed)
    digests = [digest_of("said", vectors, start, end, text) for text, start, end in once]
    found = remembered(digests, lambda missing: _judged([once[at] for at in missing], embed))
    ways = {place: _WAYS[value[0]] for place, value in zip(once, found, strict=True) if value}
    return [ways[place] for place in places]


def _judged(places: Sequence[tuple[str, int, int]], embed: Embed) -> list[bytes]:
    """The place in _WAYS of each, as one byte."""
    return [
        bytes([_WAYS.index((whose, _softened(whose, valence)))])
        for whose, valence in zip(assertions_at(places), valences_at(places, embed), strict=True)
    ]


def _softened(assertion: str, valence: str) -> str:
    if assertion in ("negated", "hypothetical") and valence in ("negative", "mixed"):
        return "neutral"
    return valence

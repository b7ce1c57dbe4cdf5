"""Which region of the UK a named place lies in, for who wants that shown instead of a pseudonym."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from feedback.edits.text.words import keys

_WITHOUT_ARTICLE = ("London", "Yorkshire", "Wales", "Scotland", "Northern Ireland")


def region_of(words: Sequence[str]) -> str:
    """The region that a name's folded words tell, as it reads after "in": "the North West", "Wales".

    The longest place among the words counts; "" where none is known.
    """
    known = _regions()
    for size in range(len(words), 0, -1):
        for first in range(len(words) - size + 1):
            if region := known.get(tuple(words[first : first + size])):
                return region
    return ""


@cache
def _regions() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    text = resources.files("feedback.edits").joinpath("lists", "regions.txt").read_text("utf-8")
    for line in text.splitlines():
        region, _, places = line.partition("#")[0].partition(":")
        name = region.partition(" and the ")[0]
        shown = name if name in _WITHOUT_ARTICLE else f"the {name}"
        found.update({keys(place): shown for place in places.split(",") if place.strip()})
    return found

"""A sentence that gives several reasons, cut into them: "The pay was poor, and I never saw my children"."""

from __future__ import annotations

import re

from .wording import bare

_BETWEEN = re.compile(
    r";\s*(?:(?:and|also|plus|but)\b\s*)*|"
    r",\s+(?:and|plus|but|also|as well as)\s+(?:(?:mainly|also|then)\s+)?|"
    r"\s+(?:as well as|on top of that|and also)\s+|(?<=[.!?])\s+",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3


def claims(text: str) -> list[str]:
    """The reasons in a text, without the words that say they are reasons; one where a part is too short."""
    whole = bare(text)
    parts = [part.strip(" ,;") for part in _BETWEEN.split(whole)]
    if len(parts) < 2 or any(len(part.split()) < _FEWEST_WORDS for part in parts):
        return [whole]
    return [bare(part) for part in parts]

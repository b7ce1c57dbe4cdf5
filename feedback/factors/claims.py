"""A sentence that gives several reasons, cut into them: "The pay was poor, and I never saw my children"."""

from __future__ import annotations

import re

from .naming import content_words
from .wording import bare, without_concession

_BETWEEN = re.compile(
    r";\s*(?:(?:and|also|plus|but)\b\s*)*|"
    r",\s+(?:and|plus|but|also|as well as)\s+(?:(?:mainly|also|then)\s+)?|"
    r"\s+(?:as well as|on top of that|and also)\s+|(?<=[.!?])\s+",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3
# "Pay, workload and the commute": each is a reason where nothing is told of any of them.
_LISTED = re.compile(r"\s*(?:,\s*(?:and|plus|or)\b|[,;/&+]|\band\b|\bplus\b)\s*", re.IGNORECASE)
_MOST_IN_ITEM = 4
# No reasons by themselves: "two buses and a train, every day", "the pay, pure and simple".
_NO_ITEM = re.compile(
    r"^(?:\w+ly|pure|simple|really|just|one|two|three|four|five|six|every|\d+)\b|"
    r"\b(?:day|week|month|year|time|after|before|until|again)s?$",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:i|we|he|she|they|it|you|there|who|which|that|was|were|is|are|be|been|had|has|have|did|do|does|"
    r"didn['’]?t|don['’]?t|not|would|could|can|got|get|went|made|\w+n['’]t|\w+['’](?:d|ve|re|m|ll))\b",
    re.IGNORECASE,
)


def claims(text: str) -> list[str]:
    """The reasons in a text, without the words that say they are reasons; one where a part is too short."""
    whole = bare(without_concession(bare(text)))
    items = _items(whole)
    if items:
        return items
    parts = [part.strip(" ,;") for part in _BETWEEN.split(whole)]
    if len(parts) < 2 or any(len(part.split()) < _FEWEST_WORDS for part in parts):
        return [whole]
    return [bare(part) for part in parts]


def _items(text: str) -> list[str]:
    """The reasons of a mere list; none where the text tells something, or lists one thing."""
    if _TELLS.search(text):
        return []
    items = [item.strip(" .,;:!-") for item in _LISTED.split(text)]
    if len(items) < 2 or not all(map(_may_be_reason, items)):
        return []
    return list(dict.fromkeys(item[:1].upper() + item[1:] for item in items))


def _may_be_reason(item: str) -> bool:
    words = len(item.split())
    return words <= _MOST_IN_ITEM and bool(content_words(item)) and not _NO_ITEM.search(item)

"""Whether a word in small letters that may be a first name or surname is one, by the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from feedback.edits.text import cues
from feedback.edits.text.words import Word, is_first_name, word_set

_STATES = word_set("left looked thought wrote sat")
_NO_NAME_AFTER = word_set("the a an my her his their our no in of with this that")


def small_titled(ws: Sequence[Word], i: int) -> bool:
    """Whether it is a name because of its title: "mr cash"."""
    after = ws[i + 1].key if i + 1 < len(ws) else ""
    sure = i > 0 and ws[i - 1].key in cues.SURE_TITLES and ws[i].start - ws[i - 1].end <= len(". ")
    return sure and ws[i].key not in cues.AFTER_NAME | cues.AFTER_WORD and after != "and"


def spoken_of(ws: Sequence[Word], i: int) -> bool:
    """Whether a first name that is also a word is the name: "told grace", "patience was my boss"."""
    key = ws[i].key
    before = ws[i - 1].key if i else ""
    after = [word.key for word in ws[i + 1 : i + 6]] or [""]
    if not is_first_name(key) or key == "may":
        return False
    if before in ("told", "asked") or (after[0] in cues.SAID - _STATES and key not in cues.NOUNS):
        return before not in _NO_NAME_AFTER
    if after[0] in ("was", "is") and after[1:2] in (["my"], ["our"]):
        return bool(set(after[2:]) & cues.PERSON_NOUNS)
    own = before in cues.NEAR_PEOPLE and key not in cues.VERBS | cues.NOUNS
    return own and after[0] not in cues.AFTER_WORD

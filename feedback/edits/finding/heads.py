"""Names that a word beside them makes: "Ashmere Road", "the Tong team", "the Cox children"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedback.edits.finding.votes import Vote, acronym, plain
from feedback.edits.forms.short_forms import PRESENT
from feedback.edits.text import cues
from feedback.edits.text.words import Word, is_first_name, is_ordinary, is_word, must_stay, words

_ITEMS = re.compile(r"[,;&/]|\band\b")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_LONGEST_NAME = 3
_WHERE = frozenset(("office", "hub", "site", "patch", "locality"))
_AT = frozenset(
    ("at", "from", "to", "joined", "left", "for", "into", "called", "ran", "run", "by", "near", "opposite")
)
_BEFORE_FAMILY = frozenset(("the", "a", "an", "that", "this", "both", "two", "three", "four", "five"))


def beside(text: str, ws: Sequence[Word], first: int, last: int) -> Iterator[Vote]:
    """A name that small letters around it make out: "the Cox children", "the Tong team", "S. Partridge"."""
    name = tuple(word.key for word in ws[first:last])
    if len(name) == 2 and len(name[0]) == 1 and text[ws[first].end : ws[last - 1].start] == ". ":
        if len(name[1]) > 1 and name[1] not in cues.NO_SURNAMES:
            yield Vote(name, "person", "cue", 4.0)
        return
    after = ws[last].key if last < len(ws) and text[ws[last - 1].end : ws[last].start] in (" ", "-") else ""
    own = [key for key in name if key not in cues.GENERIC and not must_stay((key,)) and len(key) > 1]
    if len(own) < len(name) or len(name) > 3 or acronym(ws[first]):
        return
    before = ws[first - 1].key if first else ""
    counted = before in _BEFORE_FAMILY or before.isdigit() or not (is_word(name[-1]) or is_ordinary(name[-1]))
    if counted and after in cues.FAMILY_NOUNS and (after != "pre" or ws[last + 1 : last + 2]):
        yield Vote(name, "person", "cue", 4.0)
    elif after in cues.SMALL_HEADS and not is_first_name(name[0]):
        yield from _before_small_head(name, after, before)


def _before_small_head(name: tuple[str, ...], after: str, before: str) -> Iterator[Vote]:
    """ "the Tipton team" whole, and Tipton by itself; "the Lantern team" only whole."""
    if not is_word(name[-1]):
        if after not in _WHERE:
            yield Vote((*name, after), "organisation", "head", 3.0)
        yield Vote(name, "organisation" if len(name) > 1 else "place", "head", 3.0)
    elif before == "the" and not set(name) & (cues.PROCEDURE | cues.ROLES | cues.PERSON_NOUNS):
        yield Vote((*name, after), "organisation", "words", 2.0)


def people_present(text: str) -> Iterator[Vote]:
    """Everybody in a list of those present: "Attendees: S Bhogal, T O'Riordan, Milena P"."""
    for match in PRESENT.finditer(text):
        for item in _ITEMS.split(_ASIDE.sub(" ", match["who"])):
            here = [word for word in words(item) if word.key not in cues.TITLES]
            name = tuple(word.key for word in here)
            plain_ = all(is_word(key) and not is_first_name(key) for key in name)
            if not 0 < len(here) <= _LONGEST_NAME or plain_ or must_stay(name) or acronym(here[0]):
                continue
            if all(word.capital or word.key in cues.PARTICLES for word in here):
                yield Vote(name, "person", "cue", 4.0)


def of_words(ws: Sequence[Word], first: int, last: int) -> Iterator[Vote]:
    """An organisation called by ordinary words: "at the Orchard", "joined Bright Futures"."""
    name = tuple(word.key for word in ws[first:last])
    before = [word.key for word in ws[max(0, first - 2) : first]]
    the = before[-1:] == ["the"]
    near = before[:-1] if the else before[-1:]
    if not near or near[-1] not in _AT or (len(name) == 1 and not the and near[-1] != "at"):
        return
    own = [key for key in name if key not in cues.GENERIC | cues.ORGANISATION_HEADS | cues.MONTHS]
    own = [key for key in own if not must_stay((key,)) and len(key) > 2]
    if not own or len(own) * 2 < len(name) or any(acronym(word) for word in ws[first:last]):
        return
    if set(name) & (cues.PROCEDURE | cues.ROLES | cues.PERSON_NOUNS | cues.MONTHS):
        return
    yield Vote(name, "organisation", "words", 1.0)


def head(ws: Sequence[Word], first: int, last: int, opening: bool) -> Vote | None:
    """A name made by its head: "Ashmere Road", "Oak Tree Primary School", "University of Ashmere"."""
    end = last
    with_of = any(word.key == "of" for word in ws[first:last])
    while end > first and not with_of and ws[end - 1].key not in cues.ORGANISATION_HEADS | cues.PLACE_HEADS:
        end -= 1
    if end == first:
        return None
    start = first
    while start < end and (must_stay((ws[start].key,)) or ws[start].key in ("the", "at", "in", "our")):
        start += 1
    own = [word for word in ws[start:end] if word.key not in cues.GENERIC | cues.ORGANISATION_HEADS]
    own = [word for word in own if word.key not in cues.PLACE_HEADS or len(own) > 1]
    name = tuple(word.key for word in ws[start:end])
    if not own or len(name) < 2 or must_stay(name) or all(acronym(word) for word in own):
        return None
    if opening and all(plain(word) for word in own) and len(name) == 2 and is_word(name[0]):
        return None
    place = ws[end - 1].key in cues.PLACE_HEADS and not with_of
    if place and is_first_name(name[0]) and len(name) == 2:
        return None
    return Vote(name, "place" if place else "organisation", "head", 4.0)

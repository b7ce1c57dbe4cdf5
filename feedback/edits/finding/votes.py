"""Votes that some words name something: their weighing, and those that lists and the language model cast."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from feedback.edits.finding.names import Name
from feedback.edits.text import cues
from feedback.edits.text.words import (
    Word,
    is_first_name,
    is_ordinary,
    is_word,
    listed,
    must_stay,
    opens,
    words,
)

SURE = 2.0  # votes of such weight settle what a word names
_CUED = frozenset(("cue", "title", "small", "first-name", "place-list"))
# From so many capitals on it can be told by where a word stands that it is no name: English, another.
_SEEN, _OFTEN = 4, 20
_CUED_WORD, _CUED_SHARE, _THING_SHARE = 0.3, 0.12, 0.08
# "at Kestrel" says as much as a cue, "in Kestrel" half: methods stand so too.
_NEAR = {("words", "organisation"): 1, ("capital", "organisation"): 1, ("capital", "place"): 0.5}
_LABELS = ("person", "place", "organisation")
_LONGEST_ACRONYM = 5
GAZETTEERS = ("places", "councils", "abroad", "institutions")
_SMALL_BEFORE = frozenset(("of", "for", "left", "joined", "with", "under"))


class Vote(NamedTuple):
    """That `words` name a `label`, from a `source`, with a weight from 0 (none) to 5 (sure)."""

    words: tuple[str, ...]
    label: str
    source: str
    weight: float


class Tally:
    """Votes added up. Those of several stretches of text, joined in their order, are those of all of it."""

    def __init__(self) -> None:
        self.weights: dict[tuple[str, ...], dict[str, float]] = {}
        self.sources: dict[tuple[str, ...], dict[str, str]] = {}
        self.near: dict[tuple[str, ...], float] = defaultdict(float)
        self.thing: dict[tuple[str, ...], int] = defaultdict(int)
        self.sure: set[tuple[str, ...]] = set()

    def add(self, votes: Iterable[Vote]) -> None:
        """Counts votes."""
        for words_, label, source, weight in votes:
            tally = self.weights.setdefault(words_, {})
            tally[label] = tally.get(label, 0.0) + weight
            self.sources.setdefault(words_, {}).setdefault(label, source)
            if near := 1 if source in _CUED else _NEAR.get((source, label), 0):
                self.near[words_] += near
            if source == "thing":
                self.thing[words_] += 1
            if weight >= SURE:
                self.sure.add(words_)

    def join(self, other: Tally) -> None:
        """Counts the votes of another, which stand after these."""
        for words_, tally in other.weights.items():
            own = self.weights.setdefault(words_, {})
            for label, weight in tally.items():
                own[label] = own.get(label, 0.0) + weight
            known = self.sources.setdefault(words_, {})
            for label, source in other.sources[words_].items():
                known.setdefault(label, source)
        for words_, times in other.near.items():
            self.near[words_] += times
        for words_, n in other.thing.items():
            self.thing[words_] += n
        self.sure |= other.sure


def names_from(
    found: Tally, lower: frozenset[str] = frozenset(), capitals: Mapping[str, int] | None = None
) -> list[Name]:
    """The names that the votes make out; `lower` are words seen without a capital, so hardly names.

    `capitals` says how often each word is written with a capital: a word that is frequent and never stands
    where people or places stand is a method or a product of the study.
    """
    things = {key for name in found.weights for key in _things(name, found.near, found.thing, capitals or {})}
    names = []
    for name in sorted(found.weights):
        tally, sources = found.weights[name], found.sources[name]
        if _words_only(name, lower) and not {"title", "small"} & set(sources.values()):
            continue
        if things and _of_things(name, things):
            continue
        label = max(_LABELS, key=lambda label: (tally.get(label, 0.0), -_LABELS.index(label)))
        score = min(0.95, 0.5 + 0.1 * sum(tally.get(label, 0.0) for label in _LABELS))
        names.append(Name(name, label, sources[label], round(score, 2)))
    return names


def _things(
    name: tuple[str, ...],
    near: Mapping[tuple[str, ...], float],
    thing: Mapping[tuple[str, ...], int],
    capitals: Mapping[str, int],
) -> set[str]:
    """The words of a supposed name that stand often, as things do, and hardly ever where a name is cued."""
    often = capitals.get(name[0], 0)
    if len(name) > 1 or often < _SEEN or is_first_name(name[0]):
        return set()
    if is_word(name[0]):
        return {name[0]} if near.get(name, 0) < often * _CUED_WORD else set()
    like_things = often >= _OFTEN and thing.get(name, 0) >= often * _THING_SHARE and not _known(name[0])
    return {name[0]} if like_things and near.get(name, 0) < often * _CUED_SHARE else set()


def _of_things(name: tuple[str, ...], things: set[str]) -> bool:
    return bool(set(name) & things) and not any(is_first_name(key) for key in name)


def _words_only(name: tuple[str, ...], lower: frozenset[str]) -> bool:
    """Whether a supposed name is made of words that are elsewhere written small: Scrum, Team Leads."""
    if len(name) == 1:
        return name[0] in lower and not _known(name[0])
    plain_ = all((key in lower or is_word(key)) and not _known(key) for key in name)
    return plain_ and any(key in lower for key in name if key not in cues.SMALL_HEADS)


def _known(key: str) -> bool:
    return is_first_name(key) or is_ordinary(key) or (key,) in listed("places", "councils", "abroad")


def acronym(word: Word) -> bool:
    """An acronym, or several of a kind: GP, QAs."""
    plural = len(word.written) > 2 and word.written.endswith("s") and word.written[:-1].isupper()
    return (word.shouted or plural) and len(word.written) <= _LONGEST_ACRONYM


def plain(word: Word) -> bool:
    """A word whose capital makes it no name: in the dictionary or an acronym, and no first name."""
    if is_first_name(word.key) and not must_stay((word.key,)):
        return False
    return acronym(word) or is_word(word.key) or must_stay((word.key,)) or len(word.key) < 2


def listed_places(text: str, ws: Sequence[Word]) -> Iterator[Vote]:
    """Places and institutions of several words, which capitals alone would cut up: Newcastle upon Tyne."""
    starts = _place_starts()
    for i, word in enumerate(ws):
        for size in starts.get(word.key, ()):
            here = ws[i : i + size]
            name = tuple(w.key for w in here)
            if name not in listed(*GAZETTEERS) or must_stay(name) or not _written_as_name(ws, i, here):
                continue
            known = name in listed("institutions")
            yield Vote(name, "organisation" if known else "place", "place-list", 4.0)
            break


def _written_as_name(ws: Sequence[Word], i: int, here: Sequence[Word]) -> bool:
    """Whether a listed name has its capitals, or stands in small letters where a place stands."""
    if here[-1].capital and here[0].capital:
        return True
    small = not any(word.capital for word in here) and not all(is_word(word.key) for word in here)
    return small and i > 0 and ws[i - 1].key in cues.PLACE_BEFORE | _SMALL_BEFORE


@cache
def _place_starts() -> dict[str, list[int]]:
    sizes: dict[str, set[int]] = defaultdict(set)
    for entry in listed(*GAZETTEERS):
        if len(entry) > 1:
            sizes[entry[0]].add(len(entry))
    return {first: sorted(found, reverse=True) for first, found in sizes.items()}


def of_entity(text: str, start: int, end: int, label: str) -> Iterator[Vote]:
    ws = words(text[start:end])
    while ws and (not ws[0].capital or ws[0].key in cues.TITLES | {"the"} or must_stay((ws[0].key,))):
        ws = ws[1:]
    while ws and (not ws[-1].capital or must_stay((ws[-1].key,))):
        ws = ws[:-1]
    name = tuple(word.key for word in ws)
    if not name or must_stay(name) or any(key.isdigit() for key in name):
        return
    if all(acronym(word) for word in ws) or len("".join(name)) < 3 or len(name) > 6:
        return
    unknown = [word for word in ws if not plain(word)]
    if not unknown or (not label and all(is_word(key) or is_ordinary(key) for key in name)):
        return
    if opens(text, start + ws[0].start) and len(name) == 1 and is_ordinary(name[0]):
        return
    if len(name) == 1 and is_first_name(name[0]) and name not in listed("places", "councils", "abroad"):
        label = "person"
    yield Vote(name, label or "person", "model", 2.0 if label else 0.3)

"""Votes that some words name something: their weighing, and those that lists and the language model cast."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from feedback.edits import cues
from feedback.edits.names import Name
from feedback.edits.words import Word, is_first_name, is_ordinary, is_word, listed, must_stay, opens, words

_LABELS = ("person", "place", "organisation")
_LONGEST_ACRONYM = 5
_GAZETTEERS = ("places", "councils", "abroad", "institutions")
_SMALL_BEFORE = frozenset(("of", "for", "left", "joined", "with", "under"))
_SHORT_TITLES = frozenset(("mr", "mrs", "ms", "dr", "cllr"))
_FEW_WORDS = 4
_SMALL_CUES = (
    cues.PERSON_NOUNS | cues.CALLED | frozenset(("and", "with", "like", "told", "asked", "to", "me", "was"))
)
_LABEL = re.compile(r"(?:(?<=\s)|^)(?:[A-Z][\w'’-]*\s?){1,4}:\s|\n")


class Vote(NamedTuple):
    """That `words` name a `label`, from a `source`, with a weight from 0 (none) to 5 (sure)."""

    words: tuple[str, ...]
    label: str
    source: str
    weight: float


def names_from(found: Iterable[Vote], lower: frozenset[str] = frozenset()) -> list[Name]:
    """The names that the votes make out; `lower` are words seen without a capital, so hardly names."""
    weights: dict[tuple[str, ...], dict[str, float]] = defaultdict(lambda: dict.fromkeys(_LABELS, 0.0))
    sources: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for vote in found:
        weights[vote.words][vote.label] += vote.weight
        sources[vote.words].setdefault(vote.label, vote.source)
    names = []
    for name in sorted(weights):
        tally = weights[name]
        if _words_only(name, lower) and not {"title", "small"} & set(sources[name].values()):
            continue
        label = max(_LABELS, key=lambda label: (tally[label], -_LABELS.index(label)))
        score = min(0.95, 0.5 + 0.1 * sum(tally.values()))
        names.append(Name(name, label, sources[name][label], round(score, 2)))
    return names


def _words_only(name: tuple[str, ...], lower: frozenset[str]) -> bool:
    """Whether a supposed name is made of words that are elsewhere written small: Scrum, Team Leads."""
    if len(name) == 1:
        return name[0] in lower and not _known(name[0])
    return all((key in lower or is_word(key)) and not _known(key) for key in name) and any(
        key in lower for key in name
    )


def _known(key: str) -> bool:
    return is_first_name(key) or is_ordinary(key) or (key,) in listed("places", "councils", "abroad")


def acronym(word: Word) -> bool:
    return word.shouted and len(word.written) <= _LONGEST_ACRONYM


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
            if name not in listed(*_GAZETTEERS) or must_stay(name) or not _written_as_name(ws, i, here):
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
    for entry in listed(*_GAZETTEERS):
        if len(entry) > 1:
            sizes[entry[0]].add(len(entry))
    return {first: sorted(found, reverse=True) for first, found in sizes.items()}


def small_places(ws: Sequence[Word]) -> Iterator[Vote]:
    """Towns and councils in small letters, as captions have them: "in warrington", "warrington council"."""
    for i, word in enumerate(ws):
        if word.capital or (word.key,) not in listed("places", "councils") or is_ordinary(word.key):
            continue
        if is_word(word.key) or is_first_name(word.key) or must_stay((word.key,)):
            continue
        before = i > 0 and ws[i - 1].key in cues.PLACE_BEFORE | _SMALL_BEFORE
        if before or (i + 1 < len(ws) and ws[i + 1].key == "council"):
            yield Vote((word.key,), "place", "place-list", 3.0)


def small_titled(text: str, ws: Sequence[Word]) -> Iterator[Vote]:
    """Surnames in small letters after a title: "mrs qureshi"."""
    for before, word in itertools.pairwise(ws):
        titled = before.key in _SHORT_TITLES and text[before.end : word.start] in (" ", ". ")
        if titled and not word.capital and not is_word(word.key) and len(word.key) > 2:
            yield Vote((word.key,), "person", "title", 4.0)


def lower_case_names(text: str, ws: Sequence[Word]) -> Iterator[Vote]:
    """First names, and what follows them, in lines without capitals, where the other signs cannot be seen."""
    labels = [(0, 0), *(match.span() for match in _LABEL.finditer(text)), (len(text), len(text))]
    for (_, begin), (end, _) in itertools.pairwise(labels):
        here = [word for word in ws if begin <= word.start < end]
        capitals = sum(word.capital and word.key != "i" for word in here)
        if len(here) < _FEW_WORDS or capitals * 100 > len(here):
            continue
        for i, word in enumerate(here):
            if is_first_name(word.key) and not (
                is_word(word.key) or is_ordinary(word.key) or _stays(word.key)
            ):
                yield Vote((word.key,), "person", "first-name", 2.0)
                after = [w.key for w in here[i + 1 : i + 3] if _small_surname(w.key)]
                if after and here[i + 1].key == after[0]:
                    yield Vote((word.key, *after), "person", "first-name", 3.0)
            elif i and here[i - 1].key in _SMALL_CUES and _small_surname(word.key) and _unheard(word.key):
                yield Vote((word.key,), "person", "small", 1.0)


def _unheard(key: str) -> bool:
    return len(key) > _FEW_WORDS - 1 and key not in cues.SOUNDS and key.isalpha()


def _stays(key: str) -> bool:
    return must_stay((key,))


def _small_surname(key: str) -> bool:
    return len(key) > 2 and not (is_word(key) or is_first_name(key) or must_stay((key,)))


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

"""Listed names with one typing slip: a letter put in, left out, swapped with the next or replaced."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from feedback.edits.finding.names import Name
from feedback.edits.text.page import Page
from feedback.edits.text.words import is_first_name, is_ordinary, is_word, must_stay

_SHORTEST = 5


class Slips(NamedTuple):
    """The words meant by slips that are surely ones, and by slips that are words or other first names."""

    sure: Mapping[str, str]
    doubtful: Mapping[str, str]
    names: Sequence[Name]


def slips(given: Sequence[Name], seen: Iterable[str]) -> Slips:
    """For each word of the texts that is one slip from a word of a listed name: the word that was meant.

    Only words of five letters and more have slips, as one makes other words of shorter ones. Another first
    name (Winifred for Winnifred) is a name of its own. Found by deleting a letter on both sides (as SymSpell
    does).
    """
    meant = {word for name in given for word in name.words if len(word) >= _SHORTEST and word.isalpha()}
    alone = {name.words[0] for name in given if len(name.words) == 1}
    shorter: dict[str, set[str]] = defaultdict(set)
    for word in sorted(meant):
        for key in (word, *_without_a_letter(word)):
            shorter[key].add(word)
    sure: dict[str, str] = {}
    doubtful: dict[str, str] = {}
    names = []
    for key in sorted(set(seen) - meant) if meant else ():
        near = {word for part in (key, *_without_a_letter(key)) for word in shorter.get(part, ())}
        close = sorted(word for word in near if len(key) > 3 and one_slip(key, word))
        if not close:
            continue
        known = is_first_name(key) or is_word(key) or must_stay((key,))
        (doubtful if known else sure)[key] = close[0]
        if is_first_name(key) and not is_ordinary(key) and alone & set(close):
            names.append(Name((key,), "person", "list", given=True))
    return Slips(sure, doubtful, names)


def mended(page: Page, meant: Slips, beside: Mapping[str, frozenset[str]]) -> Page:
    """The page with the keys that were meant; a doubtful slip counts `beside` another word of its name."""
    sure, doubtful = page.vocabulary & meant.sure.keys(), page.vocabulary & meant.doubtful.keys()
    if not sure and not doubtful:
        return page
    found = list(page.keys)
    for key in sure:
        for at in page.places[key]:
            found[at] = meant.sure[key]
    for at in sorted(at for key in doubtful for at in page.places[key]):
        intended = meant.doubtful[found[at]]
        around = {*found[max(0, at - 2) : at], *found[at + 1 : at + 3]}
        if around & beside.get(intended, frozenset()):
            found[at] = intended
    return page.with_keys(found)


def neighbours(given: Iterable[Name]) -> dict[str, frozenset[str]]:
    """For each word of the listed names of several words: the long words that stand with it."""
    beside: dict[str, set[str]] = defaultdict(set)
    for name in given:
        for word in name.words:
            beside[word] |= {other for other in name.words if other != word and len(other) > 1}
    return {word: frozenset(others) for word, others in beside.items()}


def _without_a_letter(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def one_slip(one: str, other: str) -> bool:
    """Whether one insertion, deletion, replacement or swap of neighbours makes one word of the other."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    i = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[i:] == long[i + 1 :]
    replaced = short[i + 1 :] == long[i + 1 :]
    return replaced or (short[i : i + 2] == long[i : i + 2][::-1] and short[i + 2 :] == long[i + 2 :])

"""Which names are other ways to write somebody's full name: parts of a surname, slips, short names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping

from feedback.edits.finding.slips import one_slip
from feedback.edits.text.words import is_first_name, is_word, long_forms, singles

Key = tuple[str, ...]
_LONG_SURNAME, _LONG_FIRST = 6, 5
# A short name is as long, ends in a consonant, and leaves out as many letters: Sid for Siddharth.
_SHORT, _LEFT_OUT = (3, 4), 2
_PETTED = re.compile(r"([a-z]+)([b-df-hj-np-tv-z])\2(?:y|ie|i)")


def same_people(full: Mapping[Key, Key], given: Collection[Key]) -> dict[Key, Key]:
    """For names, as (first, last), that are another full name written otherwise: that name.

    `full` has the (first, last) of all full names under all their words; `given` are (first, last) of people
    that the user listed, who are always people of their own.
    """
    found = dict(_tails(full, given))
    written = Counter(word for key in set(full.values()) for word in key)
    for pair in _close(set(full.values())):
        alias, kept = sorted(pair, key=lambda key: (key in given, _in_lists(key), _times(key, written), key))
        if alias not in given and _is_slip(alias, kept, given):
            found.setdefault(alias, kept)
    ends = {alias: _end(alias, found) for alias in found}
    return {alias: kept for alias, kept in ends.items() if kept is not None}


def _end(alias: Key, found: Mapping[Key, Key]) -> Key | None:
    """Where a chain of aliases ends; None where it is a ring."""
    seen = {alias}
    while alias in found:
        alias = found[alias]
        if alias in seen:
            return None
        seen.add(alias)
    return alias


def _tails(full: Mapping[Key, Key], given: Collection[Key]) -> Iterator[tuple[Key, Key]]:
    """ "Ms Osei-Bonsu", where there is one Abena Osei-Bonsu."""
    ends: dict[Key, set[Key]] = defaultdict(set)
    for words, key in full.items():
        for i in range(1, len(words) - 1):
            ends[words[i:]].add(key)
    for words, longer in ends.items():
        if words in full and len(longer) == 1 and full[words] not in given:
            yield full[words], next(iter(longer))


def _close(keys: Collection[Key]) -> Iterator[tuple[Key, Key]]:
    """Pairs of full names that share the first or the last name and differ by a slip in the other."""
    shared: dict[tuple[int, str], list[Key]] = defaultdict(list)
    for key in sorted(keys):
        for at in (0, 1):
            shared[at, key[at]].append(key)
    for (at, _), group in shared.items():
        shortest = _LONG_FIRST if at else _LONG_SURNAME
        for i, one in enumerate(group):
            for other in group[i + 1 :]:
                a, b = one[1 - at], other[1 - at]
                if max(len(a), len(b)) >= shortest and one_slip(a, b):
                    yield one, other


def _times(key: Key, written: Counter[str]) -> int:
    """In how many names the words of this one stand: a slip's are in fewer."""
    return sum(written[word] for word in key)


def _in_lists(key: Key) -> int:
    return is_first_name(key[0]) + is_surname(key[1])


def is_surname(key: str) -> bool:
    """Whether this is in the lists of surnames, which hold no English words."""
    return key in singles("surnames", "surnames-extra")


def _is_slip(alias: Key, kept: Key, given: Collection[Key]) -> bool:
    """Whether a difference is a slip and not another name: Davies and Davis, Daniel and Daniela are two."""
    if alias[0] == kept[0]:
        return not (is_surname(alias[1]) and is_surname(kept[1]))
    if alias[0].rstrip("aeiou") == kept[0].rstrip("aeiou"):
        return False
    return kept in given or not (is_first_name(alias[0]) and is_first_name(kept[0]))


def may_be_short(short: str, first: str) -> bool:
    """Whether a first name may be called so: Liz for Elizabeth by the list; Sid and Immy by their form."""
    if first in long_forms().get(short, ()):
        return True
    petted = _PETTED.fullmatch(short)
    cut = len(short) in _SHORT and short[-1] not in "aeiou"
    stem = petted[1] + petted[2] if petted else short if cut else ""
    return bool(stem) and len(first) - len(stem) >= _LEFT_OUT and first.startswith(stem)


def misspelt(word: str, surnames: Collection[str]) -> list[str]:
    """The surnames of which this, alone, is a slip; none where it may be a name or word of its own."""
    if len(word) < _LONG_SURNAME or is_first_name(word) or is_surname(word) or is_word(word):
        return []
    return sorted(other for other in surnames if len(other) >= _LONG_SURNAME and one_slip(word, other))

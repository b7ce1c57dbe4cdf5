"""Who is who: which names of a document mean the same person, place or organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedback.edits.corrections import Corrections
from feedback.edits.names import Mention, Name
from feedback.edits.words import keys, long_forms

Key = tuple[str, ...]


@dataclass(frozen=True)
class People:
    """Who is who: full names by (first, last), and which full names a single word may stand for."""

    whole: frozenset[Key]
    cases: Mapping[Key, str]
    by_word: Mapping[str, tuple[Key, ...]]


def people(names: Iterable[Name]) -> People:
    """The persons among the names, told apart by first and last name."""
    cases: dict[Key, str] = {}
    whole: set[Key] = set()
    for name in names:
        if name.label != "person":
            continue
        key = _person(name.words)
        if len(key) == 2 and len(key[0]) > 1 and len(key[1]) > 1:
            whole.add(key)
        if name.case_id is not None:
            cases.setdefault(key, name.case_id)
    whole -= {key for key in whole if key not in cases and _same_surname(key, whole)}
    by_word: dict[str, set[Key]] = defaultdict(set)
    for key in whole:
        for word in key:
            by_word[word].add(key)
    return People(frozenset(whole), cases, {word: tuple(sorted(by_word[word])) for word in sorted(by_word)})


def _same_surname(key: Key, whole: Collection[Key]) -> list[Key]:
    """Whom a short name with a surname means: Liz Tranmer, where there is one Elizabeth Tranmer."""
    options: list[Key] = [(first, key[1]) for first in sorted(long_forms().get(key[0], ()))]
    longer = [other for other in options if other in whole]
    return longer if len(longer) == 1 else []


def _person(words: Sequence[str]) -> Key:
    return (words[0], words[-1]) if len(words) > 1 else (words[0],)


def identities(
    mentions: Sequence[Mention],
    who: People,
    own: Collection[str] | None = None,
    corrections: Corrections | None = None,
) -> list[Key]:
    """For the mentions of one document whom each means: ("person", first, last), ("place", ...), ...

    A part of a name means the only person whose it can be, first among those whose full name the document
    has, then among all; else it is a person of its own. `own` are the cases whose words the document is:
    part of another participant's name is somebody else of that name, unless the full name stands there too.
    `corrections` go before all of this.
    """
    settled = (corrections or Corrections()).settled
    here = {_whole(mention.words, who) for mention in mentions if mention.label == "person"} - {None}
    found: list[Key] = []
    for mention in mentions:
        if mention.label != "person":
            thing = (mention.label, *mention.words)
            found.append(settled(thing, thing))
            continue
        whole = _whole(mention.words, who)
        options = [whole] if whole else _options(mention.words, who)
        if own is not None:
            options = [
                one for one in options if one in here or who.cases.get(one or (), None) in (None, *own)
            ]
        near = [option for option in options if option in here]
        chosen = near if len(near) == 1 else options
        alone = _person(mention.words)
        person = (chosen[0] if len(chosen) == 1 else alone) or alone
        found.append(settled(("person", *alone), ("person", *person)))
    return found


def _whole(words: Sequence[str], who: People) -> Key | None:
    key = _person(words)
    if key in who.whole:
        return key
    if len(key) == 2 and (key[1], key[0]) in who.whole:
        return (key[1], key[0])
    longer = _same_surname(key, who.whole) if len(key) == 2 else []
    return longer[0] if longer else None


def _options(words: Sequence[str], who: People) -> list[Key | None]:
    first, last = words[0], words[-1]
    if len(words) == 1:
        if (first,) in who.cases:
            return [(first,)]
        named = [key for key in who.by_word.get(first, ()) if key[0] == first]
        return list(named or who.by_word.get(first, ()) or _long(first, who))
    if len(first) == 1:
        return [key for key in who.by_word.get(last, ()) if key[1] == last and key[0][0] == first]
    if len(last) == 1:
        return [key for key in who.by_word.get(first, ()) if key[0] == first and key[1][0] == last]
    return []


def _long(short: str, who: People) -> list[Key]:
    """Those whose first name this may be short for: Liz for Elizabeth Tranmer."""
    return [
        key
        for first in sorted(long_forms().get(short, ()))
        for key in who.by_word.get(first, ())
        if key[0] == first
    ]


def person_of(surface: str) -> Key:
    """The words that tell a person apart, of a name as it is written: Mrs Priya J. Shah is (priya, shah)."""
    return _person(_untitled(keys(surface)))


def _untitled(words: Key) -> Key:
    from feedback.edits.cues import KIN, TITLES

    while len(words) > 1 and words[0] in TITLES | KIN:
        words = words[1:]
    return words

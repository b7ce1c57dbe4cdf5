"""Who is who: which names of a document mean the same person, place or organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from feedback.edits.finding.names import Mention, Name
from feedback.edits.people.corrections import Corrections
from feedback.edits.people.variants import may_be_short, misspelt, same_people
from feedback.edits.text.words import keys

Key = tuple[str, ...]


@dataclass(frozen=True)
class People:
    """Who is who: full names by (first, last), and which full names a single word may stand for.

    `same` has, for another way to write a full name, whose it is.
    """

    whole: frozenset[Key]
    cases: Mapping[Key, str]
    by_word: Mapping[str, tuple[Key, ...]]
    same: Mapping[Key, Key]

    @cached_property
    def surnames(self) -> frozenset[str]:
        """All last names."""
        return frozenset(key[1] for key in self.whole)

    def nearest(self, word: str) -> tuple[Key, ...]:
        """Those whose first name a word may be short for; where there are none, whose surname with a slip."""
        known = self._nearest.get(word)
        if known is None:
            self._nearest[word] = known = tuple(_short_for(word, self) or _slip_of(word, self))
        return known

    @cached_property
    def _nearest(self) -> dict[str, tuple[Key, ...]]:
        """What was asked of `nearest`: the same words stand in many documents."""
        return {}


def people(names: Iterable[Name]) -> People:
    """The persons among the names, told apart by first and last name."""
    cases: dict[Key, str] = {}
    full: dict[Key, Key] = {}
    given: set[Key] = set()
    for name in names:
        if name.label != "person":
            continue
        key = _person(name.words)
        if len(key) == 2 and len(key[0]) > 1 and len(key[1]) > 1:
            full[name.words] = key
            given |= {key} if name.given else set()
        if name.case_id is not None:
            cases.setdefault(key, name.case_id)
    same = same_people(full, given | cases.keys())
    whole = set(full.values()) - same.keys()
    whole -= {key for key in whole if key not in cases and _same_surname(key, whole)}
    by_word: dict[str, set[Key]] = defaultdict(set)
    for key in whole:
        for word in key:
            by_word[word].add(key)
    for alias, key in same.items():
        for word in alias:
            by_word[word].add(key)
    found = {word: tuple(sorted(by_word[word])) for word in sorted(by_word)}
    return People(frozenset(whole), cases, found, same)


def _same_surname(key: Key, whole: Collection[Key]) -> list[Key]:
    """Whom a short name with a surname means: Liz Tranmer, where there is one Elizabeth Tranmer."""
    longer = [other for other in whole if other[1] == key[1] and may_be_short(key[0], other[0])]
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
            options = [one for one in options if one in here or _is_own(who.cases.get(one or ()), own)]
        near = [option for option in options if option in here]
        chosen = near if len(near) == 1 else options
        alone = _person(mention.words)
        person = (chosen[0] if len(chosen) == 1 else alone) or alone
        found.append(settled(("person", *alone), ("person", *person)))
    return found


def _is_own(case: str | None, own: Collection[str]) -> bool:
    """Whether a person of this case, if of any, may be among those whose words a document is."""
    return case is None or case in own


def _whole(words: Sequence[str], who: People) -> Key | None:
    key = _person(words)
    for order in (key, key[::-1]):
        written = who.same.get(order, order)
        if written in who.whole:
            return written
    longer = _same_surname(key, who.whole) if len(key) == 2 else []
    return longer[0] if longer else None


def _options(words: Sequence[str], who: People) -> list[Key | None]:
    first, last = words[0], words[-1]
    if len(words) == 1:
        if (first,) in who.cases:
            return [(first,)]
        known = who.by_word.get(first, ())
        named = [key for key in known if key[0] == first]
        return list(named or known or who.nearest(first))
    if len(first) == 1:
        options = who.by_word.get(last, ())
        return [
            key
            for key in options
            if key[0][0] == first and (key[1] == last or who.same.get((key[0], last)) == key)
        ]
    if len(last) == 1:
        return [key for key in who.by_word.get(first, ()) if key[0] == first and key[1][0] == last]
    return []


def _short_for(short: str, who: People) -> list[Key]:
    """Those whose first name this may be short for: Liz for Elizabeth Tranmer."""
    return sorted(key for key in who.whole if may_be_short(short, key[0]))


def _slip_of(word: str, who: People) -> list[Key]:
    """Those whose surname this may be with a slip: "Mr Dasgputa"."""
    meant = misspelt(word, who.surnames)
    return sorted(key for key in who.whole if key[1] in meant)


def person_of(surface: str) -> Key:
    """The words that tell a person apart, of a name as it is written: Mrs Priya J. Shah is (priya, shah)."""
    return _person(_untitled(keys(surface)))


def _untitled(words: Key) -> Key:
    from feedback.edits.text.cues import KIN, TITLES

    while len(words) > 1 and words[0] in TITLES | KIN:
        words = words[1:]
    return words

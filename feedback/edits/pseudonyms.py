"""One pseudonym per person, place and organisation, the same in all documents and all later runs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedback.edits.names import Mention, Name
from feedback.edits.words import keys, long_forms

if TYPE_CHECKING:
    import pandas as pd

Key = tuple[str, ...]
_TITLES = {"person": "Person", "place": "Place", "organisation": "Organisation", "participant": "Participant"}
_NUMBERED = re.compile(r"\[(Person|Place|Organisation|Participant) (\d+)\]\Z")


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


def identities(mentions: Sequence[Mention], who: People, own: Collection[str] | None = None) -> list[Key]:
    """For the mentions of one document whom each means: ("person", first, last), ("place", ...), ...

    A part of a name means the only person whose it can be, first among those whose full name the document
    has, then among all; else it is a person of its own. `own` are the cases whose words the document is:
    part of another participant's name is somebody else of that name, unless the full name stands there too.
    """
    here = {_whole(mention.words, who) for mention in mentions if mention.label == "person"} - {None}
    found: list[Key] = []
    for mention in mentions:
        if mention.label != "person":
            found.append((mention.label, *mention.words))
            continue
        whole = _whole(mention.words, who)
        options = [whole] if whole else _options(mention.words, who)
        if own is not None:
            options = [
                one for one in options if one in here or who.cases.get(one or (), None) in (None, *own)
            ]
        near = [option for option in options if option in here]
        chosen = near if len(near) == 1 else options
        person = chosen[0] if len(chosen) == 1 else _person(mention.words)
        found.append(("person", *person) if person is not None else ("person",))
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


@dataclass
class Numbers:
    """Hands out pseudonyms: an earlier run's stay, participants go by case id, others by appearance."""

    who: People
    taken: dict[tuple[str, str], int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    earlier: dict[tuple[str, Key], str] = field(default_factory=dict)
    given: dict[Key, str] = field(default_factory=dict)

    def of(self, identity: Key) -> str:
        """The pseudonym of an identity, the next free number when it is new."""
        case = self.who.cases.get(identity[1:]) if identity[0] == "person" else None
        if case is not None:
            return self.participant(case)
        if identity not in self.given:
            self.given[identity] = self._earlier(*identity) or self._next(identity[0])
        return self.given[identity]

    def participant(self, case: str) -> str:
        number = self.taken.get(("participant", case))
        if number is None:
            number = self.taken["participant", case] = self.last.get("Participant", 0) + 1
            self.last["Participant"] = number
        return f"[Participant {number}]"

    def _earlier(self, label: str, *words: str) -> str | None:
        """What the last run called this; a person then known by one name may have got the other since."""
        known = self.earlier.get((label, words))
        if known or label != "person" or len(words) < 2:
            return known
        alone = [word for word in words if len(self.who.by_word.get(word, ())) == 1]
        return next((self.earlier[label, (w,)] for w in alone if (label, (w,)) in self.earlier), None)

    def _next(self, label: str) -> str:
        title = _TITLES[label]
        self.last[title] = self.last.get(title, 0) + 1
        return f"[{title} {self.last[title]}]"


def numbers(who: People, case_ids: Iterable[str] = (), known: pd.DataFrame | None = None) -> Numbers:
    """The numbering for a run over the participants `case_ids`; `known` is the last run's pseudonym table."""
    result = Numbers(who)
    rows = [] if known is None else known.to_dict("records")
    for row in rows:
        match = _NUMBERED.match(str(row["pseudonym"]))
        if match is None:
            continue
        title, number = match[1], int(match[2])
        result.last[title] = max(result.last.get(title, 0), number)
        if title == "Participant" and isinstance(row["case_id"], str):
            result.taken["participant", row["case_id"]] = number
        else:
            words = keys(str(row["surface"]))
            _remember(result, str(row["label"]), words, str(row["pseudonym"]))
    for case in sorted(set(case_ids)):
        result.participant(case)
    return result


def person_of(surface: str) -> Key:
    """The words that tell a person apart, of a name as it is written: Mrs Priya J. Shah is (priya, shah)."""
    return _person(_untitled(keys(surface)))


def _remember(result: Numbers, label: str, words: Key, pseudonym: str) -> None:
    identity = _person(_untitled(words)) if label == "person" else words
    result.earlier.setdefault((label, identity), pseudonym)


def _untitled(words: Key) -> Key:
    from feedback.edits.cues import KIN, TITLES

    while len(words) > 1 and words[0] in TITLES | KIN:
        words = words[1:]
    return words

"""Claims put into groups: usual reasons first, then what the rest has in common; and do the groups hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .background import Measure
from .naming import words_of
from .small import NONE, by_size, group_few, settle
from .stability import Regroup, stability
from .topics import MANY, best_number, group_many, partition
from .usual import Likely, Usual, group_usual, likely, shares_words, without_strays

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, Any]
    Labels = np.ndarray[Any, Any]

# How likely a group's claims must be to give a usual reason, for the group to have its name: talk of another
# subject is put where it fits least badly, and a wrong name is worse than a group's own words.
_NAMES = 0.3
# And how many of them must share a word with the list's sentences for it, where they are not as likely as
# `_SURELY`: planted groups .45 and more, wrong names among answers on another subject up to .35.
_IN_ITS_WORDS, _SURELY = 0.4, 0.5
_IN_RESAMPLES = 2  # people whom a usual reason needs there: a third of all people is missing


@dataclass(frozen=True)
class Claims:
    """What leavers gave as reasons, each with its segment and person, in an order that the words decide."""

    texts: list[str]
    segments: list[str]
    people: list[str]
    vectors: Vectors = field(repr=False)


@dataclass(frozen=True)
class Groups:
    """A group for each claim (0, 1, ... by number of people; NONE); by group its words and its stability.

    `reasons`: the usual reason that a group started from, where it fits well. `started`: the group that each
    usual reason became, by its place in the list, with how `likely` these are.
    """

    claims: Claims
    labels: Labels
    words: dict[int, tuple[str, ...]]
    reasons: dict[int, str]
    held: dict[int, float]
    started: dict[int, int]
    likely: Likely = field(repr=False)

    def texts_of(self, group: int) -> list[str]:
        """The claims in a group."""
        return [text for text, found in zip(self.claims.texts, self.labels, strict=True) if found == group]

    def n_people(self, group: int) -> int:
        """How many people are in a group."""
        people = zip(self.claims.people, self.labels, strict=True)
        return len({who for who, found in people if found == group})


def find_groups(
    claims: Claims, known: Usual, scale: Measure, *, smallest: int = 3, number: int = 0, seed: int = 0
) -> Groups:
    """Groups among the claims, each of `smallest` people, with how often resampling finds them again.

    Usual reasons that enough people give come first; what is none of them is grouped by likeness, few by
    linkage, 60 and more by BERTopic. number: how many to look for, all of them by BERTopic; 0: the data say.
    """
    import numpy as np

    nothing = np.full(len(claims.texts), NONE)
    usual = nothing if number else group_usual(known, claims.vectors, claims.people, smallest=smallest)
    usual = without_strays(usual, claims.vectors, claims.people, alike=scale.alike)
    usual, fit = _fitting(usual, claims, known)
    rest = np.flatnonzero(usual == NONE)
    found, words, number = _alike(claims, rest, known, scale, smallest, number, seed=seed)
    labels, before = by_size(_joined(usual, rest, found), claims.people)
    first = int(usual.max(initial=NONE)) + 1
    reasons = {at: known.labels[old] for at, old in enumerate(before) if old in fit}
    own = words_of(claims.texts, labels.tolist())
    named = {at: words.get(old - first) or own.get(at, ()) for at, old in enumerate(before)}
    again = _again(known, scale, number, usual_first=first > 0)
    held = stability(claims.vectors, claims.people, labels, again, seed=seed)
    started = {old: at for at, old in enumerate(before) if old < first}
    here = likely(known, claims.vectors, sorted(started))
    return Groups(claims, labels, named, reasons, held, started, here)


def _fitting(usual: Labels, claims: Claims, known: Usual) -> tuple[Labels, list[int]]:
    """The labels and the usual reasons (their places) whose name fits; all NONE where few people's do.

    Where what stands under most usual reasons does not say them, the texts are about another subject: what
    seems to fit then does so by accident ("not gonna risk that" under violence), and likeness groups all.
    """
    import numpy as np

    fits, people = known.chances(claims.vectors), np.asarray(claims.people, dtype=object)
    named, number = [], {}
    for reason in sorted(set(usual.tolist()) - {NONE}):
        own = usual == reason
        number[reason] = len(set(people[own].tolist()))
        if _is_it(known.labels[reason], claims, own, float(fits[own, reason].mean())):
            named.append(reason)
    if 2 * sum(number[reason] for reason in named) < sum(number.values()):
        return np.full(len(usual), NONE), []
    return usual, named


def _is_it(reason: str, claims: Claims, own: Labels, likely: float) -> bool:
    """Whether a group has the name of a usual reason, which its claims are so `likely` to give."""
    texts = [text for text, inside in zip(claims.texts, own.tolist(), strict=True) if inside]
    return likely >= _SURELY or (likely >= _NAMES and shares_words(reason, texts) >= _IN_ITS_WORDS)


def _joined(usual: Labels, rest: Labels, found: Labels) -> Labels:
    """Both groupings as one: those of the rest come after all usual reasons."""
    both = usual.copy()
    first = int(usual.max(initial=NONE)) + 1
    both[rest] = [NONE if one == NONE else first + one for one in found.tolist()]
    return both


def _alike(
    claims: Claims, rest: Labels, known: Usual, scale: Measure, smallest: int, number: int, *, seed: int
) -> tuple[Labels, dict[int, tuple[str, ...]], int]:
    """Groups among the rows `rest`; BERTopic's words and how many it was asked for, 0 where not used."""
    vectors, people = claims.vectors[rest], [claims.people[row] for row in rest]
    different, back = _different(vectors)
    some = vectors[different]
    if len(different) < max(MANY * (not number), number):
        first = group_few(some, alike=scale.alike)[back]
        return settle(vectors, first, people, alike=scale.alike, smallest=smallest), {}, 0
    wide = known.beside(some)
    number = number or best_number(wide, seed=seed)
    topics = group_many([claims.texts[row] for row in rest[different]], wide, groups=number, seed=seed)
    first = topics.labels[back]
    labels = settle(vectors, first, people, alike=scale.alike, smallest=smallest)
    return labels, _words_of_topics(labels, first, topics.words), number


def _words_of_topics(
    labels: Labels, first: Labels, words: dict[int, tuple[str, ...]]
) -> dict[int, tuple[str, ...]]:
    import numpy as np

    groups = sorted(set(labels.tolist()) - {NONE})
    # A text that had no topic at first may be in the group now; it says nothing about the group's topic.
    topics = {group: first[(labels == group) & (first != NONE)] for group in groups}
    return {group: words.get(int(np.bincount(of).argmax()), ()) for group, of in topics.items() if len(of)}


def _different(vectors: Vectors) -> tuple[Labels, Labels]:
    """The first row of each different vector, in their order, and the way back from these to all rows.

    What many said in the same words would else pull the groups towards single phrases.
    """
    import numpy as np

    # A zero is the same with either sign.
    rows = [row.tobytes() for row in vectors + 0.0]
    number = {row: at for at, row in enumerate(dict.fromkeys(rows))}
    back = np.array([number[row] for row in rows], dtype=int)
    return np.unique(back, return_index=True)[1], back


def _again(known: Usual, scale: Measure, number: int, *, usual_first: bool) -> Regroup:
    """How resampled claims are grouped: as all of them were, but no group is too small or too loose."""
    import numpy as np

    def regroup(vectors: Vectors, people: Sequence[Any], seed: int) -> Labels:
        usual = np.full(len(vectors), NONE)
        if usual_first:
            usual = group_usual(known, vectors, people, smallest=_IN_RESAMPLES)
        rest = np.flatnonzero(usual == NONE)
        rows, back = _different(vectors[rest])
        some = vectors[rest][rows]
        if number and len(rows) > number:
            first = partition(known.beside(some), number, seed)[back]
        else:
            first = group_few(some, alike=scale.alike)[back]
        who = [people[row] for row in rest.tolist()]
        found = settle(vectors[rest], first, who, alike=scale.alike, smallest=1, tight=False)
        return _joined(usual, rest, found)

    return regroup

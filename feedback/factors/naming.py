"""Names for groups of texts: the words that set a group apart, and the nearest theme of the list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from feedback.masks import BRACKET

from .wording import without_fields

if TYPE_CHECKING:
    import numpy as np

# A word that marks a theme: from how many people, from which part of them, how many times commoner.
_PEOPLE, _PART, _COMMONER = 2, 0.2, 8
_TOKEN = re.compile(r"[^\W\d_][^\W\d_'’-]*[^\W\d_]")
_FILLERS = (
    "um uh er erm hmm mm yeah yes no okay ok oh ah aye well like really actually basically just quite "
    "right sort kind know mean think guess suppose honestly inaudible laughs laughing pause crosstalk "
    "sorry anyway obviously "
)
# What every reason for leaving says, which tells no two apart.
_SAID_BY_ALL = (
    "did do does doing done lot lots bit thing things stuff got get gets getting go goes going went gone "
    "come came coming say "
    "said says knew thought want wanted would could should might may don didn doesn wasn weren isn aren "
    "couldn wouldn shouldn hasn hadn haven can won ll ve re im ive id dont didnt cant left leave "
    "leaving reason reasons job work working worked day days year years time times way people person "
    "much many one two three four five every always never ever even still also back around nobody "
    "somebody anybody anyone someone everyone everything nothing something anything made make makes "
    "making end in because due main "
)


def label(words: Sequence[str], *, near: str | None = None, reason: str | None = None) -> str:
    """A readable label: "Commute, drive, miles", with the theme it is close to, if any.

    reason: the usual reason that the group started from: "Travel to work: drive, miles".
    """
    if reason:
        own = {stem(word) for word in content_words(reason)}
        words = [word for word in words if stem(word) not in own]
    name = ", ".join(words) or reason or "unnamed"
    name = f"{reason}: {name}" if reason and words else name[:1].upper() + name[1:]
    return f"{name} (close to {near})" if near and near != reason else name


def words_of(texts: Sequence[str], labels: Sequence[int], *, most: int = 8) -> dict[int, tuple[str, ...]]:
    """The words that set each group apart, best first, by class-based TF-IDF (Grootendorst 2022)."""
    counts: dict[int, Counter[str]] = {}
    for text, group in zip(texts, labels, strict=True):
        counts.setdefault(int(group), Counter()).update(set(content_words(text)))
    return {group: _set_apart(found, counts.values())[:most] for group, found in sorted(counts.items())}


def _set_apart(one: Counter[str], groups: Collection[Counter[str]]) -> tuple[str, ...]:
    """The words that set one of several groups apart, best first."""
    total: Counter[str] = Counter()
    for found in groups:
        total.update(found)
    average = sum(total.values()) / max(1, len(groups))
    return tuple(word for word, _ in _ranked(one, total, average))


def marking_words(
    texts: Sequence[str], people: Sequence[str], others: Spoken, *, most: int = 6
) -> tuple[str, ...]:
    """The words that set `texts` apart from `others`, by `words_of`; none where there are too few people.

    people: whose each text is. others: how often the words stand in what is said elsewhere. A word must come
    from two people and from a fifth of them, and be many times commoner than in `others`.
    """
    said: dict[str, set[str]] = {}
    for text, who in zip(texts, people, strict=True):
        for word in content_words(text):
            said.setdefault(word, set()).add(who)
    own = Spoken.of(texts)
    least = max(_PEOPLE, _PART * len(set(people)))
    marking = [
        word
        for word in _set_apart(own.counts, [part.counts for part in (own, others) if part.texts])
        if len(said[word]) >= least and own.share(word) >= _COMMONER * others.share(word)
    ]
    return frequent_first(marking, texts, most=most) if marking else ()


@dataclass(frozen=True)
class Spoken:
    """How many of some texts each word stands in, and how many texts there are."""

    counts: Counter[str]
    texts: int

    @classmethod
    def of(cls, texts: Iterable[str]) -> Spoken:
        """Of texts."""
        counts: Counter[str] = Counter()
        number = 0
        for text in texts:
            counts.update(set(content_words(text)))
            number += 1
        return cls(counts, number)

    def without(self, some: Spoken) -> Spoken:
        """The same without `some` of the texts."""
        left = self.counts.copy()
        left.subtract(some.counts)
        return Spoken(left, self.texts - some.texts)

    def share(self, word: str) -> float:
        """The share of the texts that a word stands in."""
        return self.counts[word] / self.texts if self.texts else 0.0


def frequent_first(words: Sequence[str], texts: Sequence[str], *, most: int = 3) -> tuple[str, ...]:
    """The best `most` of `words` (those said in more than one text, if there are), the commonest first.

    Of words with one stem ("drive", "driving") the commonest stands for all.
    """
    said = Counter(word for text in texts for word in set(content_words(text)))
    shared = [word for word in words if said[word] > 1] or [word for word in words if said[word]]
    chosen: dict[str, str] = {}
    for word in sorted(shared[: 2 * most], key=lambda word: (-said[word], shared.index(word))):
        chosen.setdefault(stem(word), word)
    best = sorted(chosen.values(), key=shared.index)[:most]
    return tuple(sorted(best, key=lambda word: (-said[word], shared.index(word))))


def nearest_theme(centre: np.ndarray[Any, Any], themes: Mapping[str, Any], *, least: float) -> str | None:
    """The id of the theme whose vector is nearest to `centre`, when its cosine is at least `least`."""
    scored = sorted(((float(vector @ centre), theme) for theme, vector in themes.items()), reverse=True)
    return scored[0][1] if scored and scored[0][0] >= least else None


def content_words(text: str) -> list[str]:
    """The words of a text that could name it: small letters, without masks such as [Place 2]."""
    never = _never_in_names()
    return [word for word in _words(text) if word not in never]


def says_much(text: str) -> int:
    """How many words of a text are neither function words nor fillers nor masks."""
    empty = _empty_words()
    return len([word for word in _words(text) if word not in empty])


def _words(text: str) -> list[str]:
    text = without_fields(text)
    text = BRACKET.sub(" ", text) if "[" in text else text
    return _TOKEN.findall(text.lower())


@cache
def _empty_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset({*ENGLISH_STOP_WORDS, *_FILLERS.split()})


@cache
def _never_in_names() -> frozenset[str]:
    return _empty_words() | frozenset(_SAID_BY_ALL.split())


def _ranked(found: Counter[str], total: Counter[str], average: float) -> list[tuple[str, float]]:
    import math

    size = sum(found.values()) or 1
    scored = [(word, count / size * math.log(1 + average / total[word])) for word, count in found.items()]
    return sorted(scored, key=lambda item: (-item[1], item[0]))


def stem(word: str) -> str:
    """A word without its ending, so that "drive" and "driving" are one."""
    for ending in ("ings", "ing", "ers", "ies", "ed", "es", "er", "e", "s", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word

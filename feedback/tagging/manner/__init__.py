"""How a statement is made, in features and shipped weights: what `assertion` and `valence` look at.

The words around the evidence, and what kind of words they are (a denial, somebody else, a condition, leaving,
a reason, ...), in runs of up to four, weighed by logistic regressions that were fitted on sentences written
for this purpose (`models/manner`: sentences, how to fit, scores).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from feedback.shipped import shipped
from feedback.tagging.manner.frame import frame
from feedback.tagging.manner.words import KINDS

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

EVIDENCE = "XX"
SHORT = 4  # words of evidence that are looked past: longer evidence is itself the statement
_NEAR = 8
_REMEMBERED = 50_000  # words
_TOKEN = re.compile(r"\w+(?:'\w+)?|[?.,;!-]")
_TAILS = ("'d", "'s", "'ve", "'ll", "'m")
_KINDS_OF: dict[str, tuple[str, ...]] = {}
for _kind, _words in KINDS.items():
    for _word in _words.split():
        _KINDS_OF[_word] = (*_KINDS_OF.get(_word, ()), _kind)


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Logistic regressions over features: for each feature its rarity and what it adds to every class.

    places: the row of each feature in `rarity` (features) and `columns` (features, classes).
    """

    classes: tuple[str, ...]
    intercepts: Array
    places: dict[str, int]
    rarity: Array
    columns: Array

    def logits(self, found: Sequence[Iterable[str]]) -> Array:
        """What each text's features (with repetitions) say: (texts, classes), by log counts, length 1."""
        import numpy as np
        from scipy.sparse import csr_matrix

        counted = [_counts(features, self.places) for features in found]
        starts = np.cumsum([0, *map(len, counted)])
        there = np.fromiter((at for counts in counted for at in counts), dtype=np.int64, count=starts[-1])
        count = np.fromiter((n for counts in counted for n in counts.values()), float, count=starts[-1])
        values = (1 + np.log(count)) * self.rarity[there]
        rows = csr_matrix((values, there, starts), shape=(len(found), len(self.rarity)))
        length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)))
        logits: Array = self.intercepts + rows @ self.columns / np.where(length > 0, length, 1.0)
        return logits


def _counts(features: Iterable[str], places: dict[str, int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for feature in features:
        at = places.get(feature)
        if at is not None:
            counts[at] = counts.get(at, 0) + 1
    return counts


@cache
def weights(name: str) -> Weights:
    """The shipped weights `name` ("assertion", "valence"): a table of features, rarity, weights by class."""
    import numpy as np

    lines = shipped("models", "manner", f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines]
    figures = np.array([row[1:] for row in rows[2:]], dtype=np.float64)
    intercepts = np.array(rows[1][2:], dtype=np.float64)
    places = {row[0]: at for at, row in enumerate(rows[2:])}
    return Weights(tuple(rows[0][2:]), intercepts, places, figures[:, 0], figures[:, 1:])


def kinds_in(text: str) -> frozenset[str]:
    """The kinds of words that stand in the text, as in `manner_words.KINDS`."""
    return frozenset(kind for word in set(tokens(text)) for kind in _kinds(word))


def tokens(text: str) -> list[str]:
    """Words in small letters and signs; "I'd" is i and 'd, "don't" one word."""
    return [part for word in _TOKEN.findall(text.lower().replace("’", "'")) for part in _parts(word)]


@lru_cache(maxsize=_REMEMBERED)
def _parts(word: str) -> tuple[str, ...]:
    tail = next((tail for tail in _TAILS if word.endswith(tail) and word != tail), "")
    return (word[: -len(tail)], tail) if tail else (word,)


def around(text: str, start: int, end: int) -> list[str]:
    """Features of the statement `text` about its part text[start:end] (nothing: about all of it)."""
    evidence = text[start:end]
    framed = frame(text, start, end)
    short = bool(evidence.strip()) and len(evidence.split()) <= SHORT
    if not short:
        words = tokens(text)
        return [*_runs("w", ["^", *words, "$"], 3), *_by_kind(words), *framed]
    left, right = tokens(text[:start]), tokens(text[end:])
    words = [*left, EVIDENCE, *right]
    return [*_runs("w", ["^", *words, "$"], 3), *_by_kind(words), *_beside(left, right), *framed]


def runs_of_words(text: str) -> list[str]:
    """The words of a text alone and in pairs."""
    return list(_runs("w", re.findall(r"[\w']+", text.lower().replace("’", "'")), 2))


def _kinds(word: str) -> tuple[str, ...]:
    return _KINDS_OF.get(word) or (("NEG",) if word.endswith("n't") else ())


@lru_cache(maxsize=_REMEMBERED)
def _named_kind(word: str) -> str:
    """All kinds of a word in one; "" for a word of none."""
    return "/".join(_kinds(word))


def _by_kind(words: Sequence[str]) -> Iterator[str]:
    named = [_named_kind(word) or (word if word in (EVIDENCE, "?", ",", ".", ";") else "") for word in words]
    yield from _runs("k", [name for name in named if name], 4)


def _beside(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    for side, near in (("L", left[: -_NEAR - 1 : -1]), ("R", right[:_NEAR])):
        for word in near:
            yield f"{side}:{word}"
            if _named_kind(word):
                yield f"{side}C:{_named_kind(word)}"
    for reach in (1, 2, 3):
        yield f"l{reach}:{' '.join(left[-reach:]) or '^'}"
        yield f"r{reach}:{' '.join(right[:reach]) or '$'}"


def _runs(name: str, words: Sequence[str], longest: int) -> Iterator[str]:
    runs: Iterable[str] = [f"{name}:{word}" for word in words]
    for length in range(1, longest + 1):
        yield from runs
        runs = [f"{run} {word}" for run, word in zip(runs, words[length:], strict=False)]

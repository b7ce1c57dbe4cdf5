"""How a statement is made, in features and shipped weights: what `assertion` and `valence` look at.

The words around the evidence, and what kind of words they are (a denial, somebody else, a condition, leaving,
a reason, ...), in runs of up to four, weighed by logistic regressions that were fitted on sentences written
for this purpose (`models/manner`: sentences, how to fit, scores).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from feedback.shipped import shipped

from .manner_frame import frame
from .manner_words import KINDS

EVIDENCE = "XX"
SHORT = 4  # words of evidence that are looked past: longer evidence is itself the statement
_NEAR = 8
_TOKEN = re.compile(r"\w+(?:'\w+)?|[?.,;!-]")
_TAILS = ("'d", "'s", "'ve", "'ll", "'m")
_KINDS_OF: dict[str, tuple[str, ...]] = {}
for _kind, _words in KINDS.items():
    for _word in _words.split():
        _KINDS_OF[_word] = (*_KINDS_OF.get(_word, ()), _kind)


@dataclass(frozen=True, slots=True)
class Weights:
    """Logistic regressions over features: for each feature its rarity and what it adds to every class."""

    classes: tuple[str, ...]
    intercepts: tuple[float, ...]
    features: dict[str, tuple[float, tuple[float, ...]]]

    def logits(self, found: Sequence[str]) -> list[float]:
        """What the features (with repetitions) say for each class; counts on a log scale, length 1."""
        counts: dict[str, int] = {}
        for feature in found:
            if feature in self.features:
                counts[feature] = counts.get(feature, 0) + 1
        sums, length = [0.0] * len(self.classes), 0.0
        for feature, count in counts.items():
            rarity, weights = self.features[feature]
            value = (1 + math.log(count)) * rarity
            length += value * value
            for at, weight in enumerate(weights):
                sums[at] += value * weight
        scale = 1 / math.sqrt(length) if length else 0.0
        return [one + total * scale for one, total in zip(self.intercepts, sums, strict=True)]


@cache
def weights(name: str) -> Weights:
    """The shipped weights `name` ("assertion", "valence"): a table of features, rarity, weights by class."""
    lines = shipped("models", "manner", f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    _, _, *classes = lines[0].split("\t")
    _, _, *intercepts = lines[1].split("\t")
    features = {}
    for line in lines[2:]:
        feature, rarity, *values = line.split("\t")
        features[feature] = (float(rarity), tuple(map(float, values)))
    return Weights(tuple(classes), tuple(map(float, intercepts)), features)


def kinds_in(text: str) -> frozenset[str]:
    """The kinds of words that stand in the text, as in `manner_words.KINDS`."""
    return frozenset(kind for word in tokens(text) for kind in _kinds(word))


def tokens(text: str) -> list[str]:
    """Words in small letters and signs; "I'd" is i and 'd, "don't" one word."""
    found: list[str] = []
    for word in _TOKEN.findall(text.lower().replace("’", "'")):
        tail = next((tail for tail in _TAILS if word.endswith(tail) and word != tail), "")
        found += [word[: -len(tail)], tail] if tail else [word]
    return found


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
    return _KINDS_OF.get(word, ("NEG",) if word.endswith("n't") else ())


def _by_kind(words: Sequence[str]) -> Iterator[str]:
    named = [
        "/".join(_kinds(word)) or (word if word in (EVIDENCE, "?", ",", ".", ";") else "_") for word in words
    ]
    yield from _runs("k", [name for name in named if name != "_"], 4)


def _beside(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    for side, near in (("L", left[: -_NEAR - 1 : -1]), ("R", right[:_NEAR])):
        for word in near:
            yield f"{side}:{word}"
            if _kinds(word):
                yield f"{side}C:{'/'.join(_kinds(word))}"
    for reach in (1, 2, 3):
        yield f"l{reach}:{' '.join(left[-reach:]) or '^'}"
        yield f"r{reach}:{' '.join(right[:reach]) or '$'}"


def _runs(name: str, words: Sequence[str], longest: int) -> Iterator[str]:
    for length in range(1, longest + 1):
        for at in range(len(words) - length + 1):
            yield f"{name}:{' '.join(words[at : at + length])}"

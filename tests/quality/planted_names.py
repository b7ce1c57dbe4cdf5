"""Listed names in any case and with one slip, planted in sentences by a seeded generator."""

from __future__ import annotations

import random
import re

from passages_gold import HERE, MARK
from planted_numbers import SEED, Case, planted

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_CARRIERS = (
    "I always went to {} when it got too much.",
    "so um {} said we should just close it",
    "It was {}'s idea, not mine.",
    "we had {} for about a year",
    "Thanks to {}, I stayed.",
    "{} never answered the phone.",
    "then {} and I did the visit",
    "Nobody told {} about the new rota.",
    "the best thing was {}",
    "Was it {}? I think it was.",
    "ask {}, honestly",
    "When they closed {} we all left.",
)


def listed_names() -> tuple[str, ...]:
    """The project's list: people, staff, teams, councils, schools; none stands in a passage."""
    return tuple((HERE / "listed-names.txt").read_text("utf-8").splitlines())


def listed() -> list[Case]:
    """1,000 sentences with a listed name in any case: a third as it is listed, two thirds with one slip.

    A slip is a letter put in, left out, swapped with the next or replaced. Words under five letters are never
    slipped, as one slip makes other words of them, and no slip makes a word of the passages.
    """
    rng, names, ordinary, cases = random.Random(SEED + 1), listed_names(), _ordinary_words(), []
    for i in range(1000):
        name = names[i % len(names)]
        surface = _slipped(rng, name, ordinary) if (i // len(names) + i) % 3 else name
        kind = "as listed" if surface == name else "one slip"
        cases.append(planted(rng.choice(_CARRIERS), _cased(rng, surface), kind))
    return cases


def _cased(rng: random.Random, name: str) -> str:
    return rng.choice([name, name.lower(), name.upper(), name.title(), name.swapcase()])


def _slipped(rng: random.Random, name: str, ordinary: frozenset[str]) -> str:
    words = [m.span() for m in re.finditer(r"[^\W\d_]{5,}", name)]
    while True:
        start, end = rng.choice(words)
        word = name[start:end]
        made = _slip(rng, word)
        if made.casefold() != word.casefold() and made.casefold() not in ordinary:
            return name[:start] + made + name[end:]


def _slip(rng: random.Random, word: str) -> str:
    at, letter = rng.randrange(len(word) - 1), rng.choice(LETTERS)
    return rng.choice([
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        word[:at] + letter + word[at + 1 :],
    ])  # fmt: skip


def _ordinary_words() -> frozenset[str]:
    """Every word of the passages that stands in no mark of a name."""
    files = [HERE / f"{name}.txt" for name in ("tuning", "aside", "apart", "groups")]
    texts = (MARK.sub(lambda m: m[3] if m[1] == "keep" else " ", p.read_text("utf-8")) for p in files)
    return frozenset(word for text in texts for word in re.findall(r"\w+", text.casefold()))

"""Texts that are nearly the same, without comparing all pairs."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from heapq import nsmallest

_WORD = re.compile(r"\w+")
_SHINGLE = 3  # words
_SKETCH = 12  # smallest hashes of a text; texts that share one of them are compared
_CROWD = 50  # a hash that more texts have is a phrase everybody uses, or a form's own words


def nearly_same(
    texts: Sequence[str], *, fewest_words: int = 8, alike: float = 0.8
) -> list[tuple[int, int, float]]:
    """Pairs of rows whose texts share at least `alike` of their runs of three words (Jaccard), sorted.

    Texts shorter than `fewest_words` are left out: short answers are often the same. Only texts that have
    one of their twelve smallest hashes in common are compared; of two texts that share four fifths, fewer
    than one pair in a hundred million is missed.
    Source: Broder (1997), On the resemblance and containment of documents.
    """
    shingles = {row: found for row, text in enumerate(texts) if (found := _shingles(text, fewest_words))}
    by_hash: dict[int, list[int]] = defaultdict(list)
    for row, found in shingles.items():
        for number in nsmallest(_SKETCH, found):
            by_hash[number].append(row)
    pairs = {
        (one, other)
        for rows in by_hash.values()
        for at, one in enumerate(rows[:_CROWD])
        for other in rows[at + 1 : _CROWD]
    }
    scored = ((one, other, _jaccard(shingles[one], shingles[other])) for one, other in sorted(pairs))
    return [pair for pair in scored if pair[2] >= alike]


def _shingles(text: str, fewest_words: int) -> frozenset[int]:
    words = _WORD.findall(text.lower())
    if len(words) < fewest_words:
        return frozenset()
    runs = {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest()) for run in runs)


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other)

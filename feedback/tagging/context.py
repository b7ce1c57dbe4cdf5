"""A sentence in its context: what is said just before and after, and in the same turn.

People rarely name a theme in every sentence of what they say about it ("Eleven at night, that was. And for
what?"), so a sentence's score rises when its neighbours or its turn are near the theme, and falls when
nothing around it is.
Chosen among several forms on the corpus' codings (coder a): tests/quality/tagging-experiments.md.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

# Half the weight is the sentence's own; a quarter each the nearest of three neighbours and of the whole turn.
_OWN, _AROUND, _TURN = 0.5, 0.25, 0.25
# The nearest of several is near by chance: so much is taken off (in logits) where there are several.
_CHANCE = 0.4
_LEAST = 1e-4


def in_context(scores: Array, places: Sequence[Hashable]) -> Array:
    """Scores (n, themes), 0 to 1, of sentences in the order they were said, each seen in its context.

    places: for each sentence what tells its turn from others; sentences of a turn stand together. A sentence
    that is alone in its turn keeps its score.
    """
    import numpy as np

    kept = np.clip(scores, _LEAST, 1 - _LEAST)
    logits = np.log(kept / (1 - kept))
    seen = logits.copy()
    at = 0
    for _, turn in groupby(places):
        size = len(list(turn))
        if size > 1:
            own = logits[at : at + size]
            edge = np.full((1, own.shape[1]), -np.inf)
            around = np.maximum(np.maximum(np.vstack([edge, own[:-1]]), own), np.vstack([own[1:], edge]))
            best = own.max(axis=0, keepdims=True)
            seen[at : at + size] = _OWN * own + _AROUND * around + _TURN * best - _CHANCE
        at += size
    result: Array = 1 / (1 + np.exp(-seen))
    result[scores <= 0] = 0.0
    return result

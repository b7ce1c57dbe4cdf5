"""A sentence in its context: what is said just before and after, and in the same turn.

People rarely name a theme in every sentence of what they say about it ("Eleven at night, that was. And for
what?"), so a sentence's score rises when its neighbours or its turn are near the theme, and falls when
nothing around it is. A reply that names nothing ("Definitely.") takes the themes of its question.
Chosen among several forms on the corpus' codings (coder a): tests/quality/tagging-experiments.md.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from feedback.tagging.replies import replies

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

# What counts for the sentence itself, for the nearest of it and its neighbours, and of the whole turn.
_OWN, _AROUND, _TURN = 0.4, 0.3, 0.3
# The nearest of several is near by chance: so much is taken off (in logits) where there are several.
_CHANCE = 0.75
_LEAST = 1e-4
_SURE = 0.7  # a question passes on the themes that it is surely about


def in_context(scores: Array, places: Sequence[Hashable]) -> Array:
    """Scores (n, themes), 0 to 1, of sentences in the order they were said, each seen in its context.

    places: for each sentence what tells its turn from others; sentences of a turn stand together. A sentence
    that is alone in its turn keeps its score.
    """
    import numpy as np

    kept = np.clip(scores, _LEAST, 1 - _LEAST)
    logits = np.log(kept / (1 - kept))
    seen = logits.copy()
    several, starts, sizes = _turns(places)
    if len(several):
        own, edge = logits[several], np.full((1, logits.shape[1]), -np.inf)
        before, after = np.vstack([edge, own[:-1]]), np.vstack([own[1:], edge])
        before[starts], after[starts + sizes - 1] = -np.inf, -np.inf
        around = np.maximum(np.maximum(before, own), after)
        best = np.repeat(np.maximum.reduceat(own, starts, axis=0), sizes, axis=0)
        seen[several] = _OWN * own + _AROUND * around + _TURN * best - _CHANCE
    result: Array = 1 / (1 + np.exp(-seen))
    result[scores <= 0] = 0.0
    return result


def _turns(places: Sequence[Hashable]) -> tuple[Array, Array, Array]:
    """The rows of sentences that are not alone in their turn; of each turn its start among them, its size."""
    import numpy as np

    sizes = np.array([len(list(turn)) for _, turn in groupby(places)], dtype=np.int64)
    several = np.flatnonzero(np.repeat(sizes > 1, sizes))
    sizes = sizes[sizes > 1]
    return several, np.cumsum(sizes) - sizes, sizes


def with_questions(
    scores: Array, texts: Sequence[str], places: Sequence[Hashable], judged: Callable[[Sequence[str]], Array]
) -> tuple[Array, dict[int, str]]:
    """The scores where bare replies have at least those of their question, and the questions by row.

    judged: questions to scores (n, themes). What is said after the reply keeps its scores: the question's
    theme does not leak into an answer that goes on to something else.
    """
    import numpy as np

    asked = replies(texts, places)
    if not asked:
        return scores, {}
    different = sorted(set(asked.values()))
    found_in = judged(different)
    of = dict(zip(different, np.where(found_in >= _SURE, found_in, 0.0), strict=True))
    found = scores.copy()
    for row, question in asked.items():
        found[row] = np.maximum(found[row], of[question])
    return found, asked

"""Whether a set of texts has groups at all, or only words that meet by chance.

A permutation test: the same words dealt out anew to texts of the same lengths make no sense together, so
whatever likeness is left among those is chance.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from .background import Measure

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Vectors]

_DEALS = 10
_MOST_TEXTS = 200
_FEWEST_WORDS = 4  # single words mean the same wherever they are dealt
_NEAR = 1.5  # times the cosine that unrelated texts reach by chance
_FEW, _RATIO_OF_FEW = 16, 1.2
_RATIO, _DEVIATIONS = 1.6, 3.5


def more_than_chance(texts: Sequence[str], embed: Embed, scale: Measure, *, seed: int = 0) -> bool:
    """Whether the texts are more alike, or alike in fewer ways, than their words dealt out anew.

    Either near pairs are 1.6 times as many as among dealt texts (1.2 times among fewer than 16), or the first
    four principal directions hold more of the variance by 3.5 standard deviations. Texts of a few
    words (median below four) are not tested. Sets of more than 200 texts are tested on 200 of them.
    """
    import numpy as np

    dealer = random.Random(seed)
    texts = list(texts) if len(texts) <= _MOST_TEXTS else dealer.sample(list(texts), _MOST_TEXTS)
    lengths = sorted(len(text.split()) for text in texts)
    if lengths[len(lengths) // 2] < _FEWEST_WORDS:
        return True
    near, held = _likeness(texts, embed, scale)
    dealt = [_likeness(_deal(texts, dealer), embed, scale) for _ in range(_DEALS)]
    near_by_chance = float(np.mean([found[0] for found in dealt]))
    held_by_chance = [found[1] for found in dealt]
    spread = max(float(np.std(held_by_chance)), 1e-3)
    ratio = _RATIO_OF_FEW if len(texts) < _FEW else _RATIO
    return near > ratio * near_by_chance or held > float(np.mean(held_by_chance)) + _DEVIATIONS * spread


def _likeness(texts: list[str], embed: Embed, scale: Measure) -> tuple[float, float]:
    """The share of near pairs, and of the variance that the first four directions hold."""
    import numpy as np

    rows = scale.of(texts, embed)
    pairs = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    strength = np.linalg.svd(rows - rows.mean(axis=0), compute_uv=False) ** 2
    whole = float(strength.sum())
    return float((pairs > _NEAR * scale.alike).mean()), float(strength[:4].sum()) / whole if whole else 0.0


def _deal(texts: list[str], dealer: random.Random) -> list[str]:
    words = [word for text in texts for word in text.split()]
    dealer.shuffle(words)
    dealt, at = [], 0
    for text in texts:
        length = len(text.split())
        dealt.append(" ".join(words[at : at + length]))
        at += length
    return dealt

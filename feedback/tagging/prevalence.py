"""What the texts together say of each: common themes are likelier, and texts that are alike are tagged alike.

A theme list says what themes mean, not how often people speak of them; where one theme in ten has half of all
mentions, nearness alone finds the nine others everywhere. How common each is can be told from the texts
without any labels (expectation maximisation over theme shares: Saerens, Latinne and Decaestecker 2002), and
what the surest texts have in common teaches the rest (one step of self-training, each text judged by the
others). Both count for little where texts are few, and for hardly anything where most texts are near to no
theme, as the single sentences of interviews are: there, shares would be learnt from chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

# Nearness that makes one theme e times likelier than another, and the nearness of a text that has no theme.
_HEAT, _NO_THEME = 0.8, 3.0
# Each theme counts as if so many texts spoke of it before any was read.
_IMAGINED_TEXTS = 10.0
_ROUNDS = 40
# Self-training: the penalty of its ridge regression, and how many texts about themes make it count for half.
_PENALTY, _HALF_AT = 100.0, 1000.0


def with_prevalence(near: Array, vectors: Array) -> Array:
    """Nearness (texts, themes) with what the other texts say of it; `vectors` are the texts', (texts, width).

    The order of the texts plays no part but for the last bits. Fewer than two themes are left as they are.
    """
    if len(near) < 2 or near.shape[1] < 2:
        return near
    commonness, shares = _shares(near)
    spoken = float(shares.sum())
    trust = (spoken / len(near)) ** 2
    lesson = _learnt_from_others(shares, vectors)
    weight = spoken**2 / (spoken**2 + _HALF_AT**2) / max(float(lesson.std()), 1e-9)
    seen: Array = near + trust * (commonness + weight * lesson)
    return seen


def _shares(near: Array) -> tuple[Array, Array]:
    """What commonness adds to each theme's nearness, and how far each text belongs to each theme (0 to 1).

    A text's shares sum to 1 less its share in "no theme", which is as common as it turns out to be.
    """
    import numpy as np

    themes = near.shape[1]
    nothing = np.full((len(near), 1), _NO_THEME)
    heights = np.hstack([near, nothing])
    likely = np.exp((heights - heights.max(axis=1, keepdims=True)) / _HEAT)
    common = np.append(np.full(themes, 0.5 / themes), 0.5)
    imagined = np.append(np.full(themes, _IMAGINED_TEXTS), 0.0)
    for _ in range(_ROUNDS):
        shares = likely * common
        shares /= shares.sum(axis=1, keepdims=True)
        spoken = shares.sum(axis=0) + imagined
        common = spoken / spoken.sum()
    among = common[:themes] / common[:themes].sum()
    return _HEAT * np.log(among * themes), shares[:, :themes]


def _learnt_from_others(shares: Array, vectors: Array) -> Array:
    """What a ridge regression on all other texts' shares says of each text (leaving one out)."""
    import numpy as np

    rows = vectors.astype(np.float64)
    rows = rows - rows.mean(axis=0)
    wanted = shares - shares.mean(axis=0)
    inverse = np.linalg.inv(rows.T @ rows + _PENALTY * np.eye(rows.shape[1]))
    own = np.einsum("ij,jk,ik->i", rows, inverse, rows, optimize=True)[:, None] + 1.0 / len(rows)
    fitted = rows @ (inverse @ (rows.T @ wanted))
    lesson: Array = (fitted - own * wanted) / (1.0 - own)
    return lesson

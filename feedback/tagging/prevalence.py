"""What the texts together say of each: common themes are likelier, and texts that are alike are tagged alike.

A theme list says what themes mean, not how often people speak of them; where one theme in ten has half of all
mentions, nearness alone finds the nine others everywhere. How common each is can be told from the texts
without any labels (expectation maximisation over theme shares: Saerens, Latinne and Decaestecker 2002), and
what the surest texts have in common teaches the rest (one step of self-training, each text judged by the
others). Both count for little where texts are few: a single text is judged by its own words alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

# Nearness that makes one theme e times likelier than another, and the nearness of a text that has no theme.
_HEAT, _NO_THEME = 0.8, 4.0
# Each theme counts as if so many texts spoke of it before any was read.
_IMAGINED_TEXTS = 10.0
_ROUNDS = 25
# Self-training: the penalty of its ridge regression, and the number of texts at which it counts for half.
_PENALTY, _HALF_AT = 100.0, 1000.0


def with_prevalence(near: Array, vectors: Array) -> Array:
    """Nearness (texts, themes) with what the other texts say of it; `vectors` are the texts', (texts, width).

    The order of the texts plays no part but for the last bits. Fewer than two themes are left as they are.
    """
    if len(near) < 2 or near.shape[1] < 2:
        return near
    commonness, shares = _shares(near)
    seen: Array = near + commonness
    lesson = _learnt_from_others(shares, vectors)
    spread = float(lesson.std())
    if spread > 0:
        seen = seen + len(near) ** 2 / (len(near) ** 2 + _HALF_AT**2) * lesson / spread
    return seen


def _shares(near: Array) -> tuple[Array, Array]:
    """What commonness adds to each theme's nearness, and how far each text belongs to each theme (0 to 1)."""
    import numpy as np

    themes = near.shape[1]
    top = near.max(axis=1, keepdims=True)
    likely = np.exp((near - top) / _HEAT)
    nothing = np.exp((_NO_THEME - top) / _HEAT) / themes
    common = np.full(themes, 1.0 / themes)
    for _ in range(_ROUNDS):
        shares = likely * common
        shares /= shares.sum(axis=1, keepdims=True) + nothing
        spoken = shares.sum(axis=0) + _IMAGINED_TEXTS
        common = spoken / spoken.sum()
    return _HEAT * np.log(common * themes), shares


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

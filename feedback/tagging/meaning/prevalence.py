"""What the texts together say of each: common themes are likelier, and texts that are alike are tagged alike.

A theme list says what themes mean, not how often people speak of them; where one theme in ten has half of all
mentions, nearness alone finds the nine others everywhere. How common each is can be told from the texts
without any labels (expectation maximisation over theme shares: Saerens, Latinne and Decaestecker 2002), and
what the surest texts have in common teaches the rest (one step of self-training, each text judged by the
others). Both count for little where texts are few, and for hardly anything where most texts are near to no
theme, as the single sentences of interviews are: there, shares would be learnt from chance.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from feedback.tagging.blocks import ROWS, one_thread, product

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


@dataclass(frozen=True, eq=False)
class Together:
    """What the texts of a study say together: how common each theme is, and what the surest have in common.

    common: of each theme and of none, by which texts are shared out. added: to each theme's nearness. centre,
    usual: the mean vector and the mean shares. inverse, taught: of the ridge regression from vectors to
    shares. weight: of what it says; trust: of all of it.
    """

    common: Array = field(repr=False)
    added: Array = field(repr=False)
    centre: Array = field(repr=False)
    usual: Array = field(repr=False)
    inverse: Array = field(repr=False)
    taught: Array = field(repr=False)
    n: int
    weight: float
    trust: float

    def heard(self, near: Array, vectors: Array, learnt_from: Array | None = None) -> Array:
        """Nearness (texts, themes) with what the other texts say of it; `vectors` are the texts'.

        learnt_from: whether each text is among those that this was learnt from (default: all are); such a
        text is judged by the others alone.
        """
        import numpy as np

        chosen = np.arange(len(near)) if learnt_from is None else np.flatnonzero(learnt_from)
        own = np.zeros(len(near))
        own[chosen] = self._own(vectors, chosen)
        lesson = self._lesson(_shares(near, self.common), vectors, own)
        seen: Array = near + self.trust * (self.added + self.weight * lesson)
        return seen

    def to_bytes(self) -> bytes:
        """All of it, to be read by `from_bytes`."""
        import numpy as np

        memory = io.BytesIO()
        for one in fields(self):
            np.save(memory, np.asarray(getattr(self, one.name)), allow_pickle=False)
        return memory.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Together:
        """What `to_bytes` gave."""
        import numpy as np

        memory = io.BytesIO(data)
        found = [np.load(memory, allow_pickle=False) for _ in fields(cls)]
        return cls(*(one if one.ndim else one.item() for one in found))

    def _own(self, vectors: Array, chosen: Array) -> Array:
        """What each of the chosen texts, from which this was learnt, says of itself in the regression."""
        import numpy as np

        found = np.empty(len(chosen))
        for start in range(0, len(chosen), ROWS):
            here = slice(start, start + ROWS)
            rows = vectors[chosen[here]].astype(np.float64) - self.centre
            found[here] = (product(rows, self.inverse) * rows).sum(axis=1) + 1.0 / self.n
        return found

    def _lesson(self, shares: Array, vectors: Array, own: Array) -> Array:
        """What a ridge regression on all other texts' shares says of each text (leaving one out).

        own: what each text itself says in it; 0 for a text that it was not learnt from.
        """
        import numpy as np

        found = np.empty_like(shares)
        for start in range(0, len(shares), ROWS):
            here = slice(start, start + ROWS)
            rows = vectors[here].astype(np.float64) - self.centre
            wanted, itself = shares[here] - self.usual, own[here, None]
            found[here] = (product(rows, self.taught) - itself * wanted) / (1.0 - itself)
        return found


def heard_together(near: Array, vectors: Array) -> Together | None:
    """What texts with this nearness (texts, themes) and these vectors (texts, width) say together.

    The order of the texts plays no part but for the last bits. None for fewer than two texts or themes.
    """
    import numpy as np

    if len(near) < 2 or near.shape[1] < 2:
        return None
    common, added, shares = _commonness(near)
    spoken = float(shares.sum())
    rows = vectors.astype(np.float64)
    centre, usual = rows.mean(axis=0), shares.mean(axis=0)
    rows -= centre
    with one_thread():
        inverse = np.linalg.inv(rows.T @ rows + _PENALTY * np.eye(rows.shape[1]))
        taught = inverse @ (rows.T @ (shares - usual))
    trust = (spoken / len(near)) ** 2
    found = Together(common, added, centre, usual, inverse, taught, len(near), 1.0, trust)
    lesson = found._lesson(shares, vectors, found._own(vectors, np.arange(len(near))))
    weight = spoken**2 / (spoken**2 + _HALF_AT**2) / max(float(lesson.std()), 1e-9)
    return replace(found, weight=weight)


def _commonness(near: Array) -> tuple[Array, Array, Array]:
    """How common each theme and "no theme" turn out to be, what that adds to nearness, and the shares."""
    import numpy as np

    themes = near.shape[1]
    likely = _likely(near)
    common = np.append(np.full(themes, 0.5 / themes), 0.5)
    imagined = np.append(np.full(themes, _IMAGINED_TEXTS), 0.0)
    for _ in range(_ROUNDS):
        before = common
        shares = _shared_out(likely, before)
        spoken = shares.sum(axis=0) + imagined
        common = spoken / spoken.sum()
    among = common[:themes] / common[:themes].sum()
    return before, _HEAT * np.log(among * themes), shares[:, :themes]


def _shares(near: Array, common: Array) -> Array:
    """How far each text belongs to each theme (0 to 1); they sum to 1 less its share in "no theme"."""
    return _shared_out(_likely(near), common)[:, : near.shape[1]]


def _likely(near: Array) -> Array:
    import numpy as np

    heights = np.hstack([near, np.full((len(near), 1), _NO_THEME)])
    found: Array = np.exp((heights - heights.max(axis=1, keepdims=True)) / _HEAT)
    return found


def _shared_out(likely: Array, common: Array) -> Array:
    shares = likely * common
    shares /= shares.sum(axis=1, keepdims=True)
    return shares

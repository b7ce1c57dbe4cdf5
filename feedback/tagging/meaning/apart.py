"""What tells the themes of a list apart: a direction for each, learnt from the list's own sentences alone.

Nearness says how much a text is like a theme; this says which theme it is rather than another. The theme
list is a small training set: every label, sentence of a definition, phrase and example is a point of its
theme, and a counter-example to all others. Source: ridge regression in its dual form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feedback.tagging.blocks import product

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_PENALTY = 1.0


@dataclass(frozen=True)
class Apart:
    """One direction per theme; `of` gives how far vectors lie along them, in units of ordinary sentences."""

    directions: Array = field(repr=False)
    middle: Array = field(repr=False)
    unit: float

    def of(self, vectors: Array) -> Array:
        """(len(vectors), themes): about 0 for what fits all themes alike, more for what is the theme's."""
        found: Array = product(vectors - self.middle, self.directions) / self.unit
        return found


def tell_apart(points: Sequence[Array], ordinary: Array) -> Apart:
    """What tells groups of vectors apart: `points` holds one array (n, width) per theme, n at least 1.

    Each theme has the same say, however many sentences it has. ordinary: vectors of sentences about anything,
    whose spread is the unit.
    """
    import numpy as np

    rows = np.concatenate(points).astype(np.float64)
    theme = np.repeat(np.arange(len(points)), [len(one) for one in points])
    say = 1.0 / np.bincount(theme)[theme]
    say /= say.mean()
    share = say / say.sum()
    truth = np.eye(len(points))[theme]
    middle = share @ rows
    centred = rows - middle
    kernel = centred @ centred.T + _PENALTY * np.diag(1.0 / say)
    directions = centred.T @ np.linalg.solve(kernel, truth - share @ truth)
    spread = float(((ordinary - middle) @ directions).std())
    return Apart(directions, middle, spread or 1.0)

"""The two learners inside the classifier, both linear, and how they and the theme list are weighed.

Ridge regression on all words, themes apart; and logistic regression in which themes compete for a text, on a
few hundred axes. Each makes mistakes that the other does not; tests/quality/classifier-experiments.md has
what each gives and what else was tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.tagging.blocks import product

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_RIDGE_PENALTY = 1.0
_CHOICE_FREEDOM = 3.0
_FARTHEST = -12.0  # the least log-share that a theme can have of a text
_RAREST = 1e-3
_MOST_EXACT = 6_000  # rows up to which the ridge regression is solved exactly


@dataclass(frozen=True, eq=False)
class Linear:
    """weights: (features, outputs); bias: (outputs,)."""

    weights: Array
    bias: Array

    def of(self, rows: Any) -> Array:
        """What it gives for rows: (rows, outputs)."""
        import numpy as np

        found = product(rows, self.weights) if isinstance(rows, np.ndarray) else rows @ self.weights
        return np.asarray(found) + self.bias


def learn_ridge(wide: Any, truth: Array, alike: Array | None) -> Linear:
    """One output a theme. truth: 0 or 1, (rows, themes); rare themes count as much as common ones.

    alike: `likeness` of the rows, when there are few enough for it.
    """
    import numpy as np

    share = truth.mean(axis=0)
    aims = (truth - share) / np.sqrt(np.maximum(share * (1 - share), _RAREST))
    if alike is None:
        from sklearn.linear_model import Ridge

        fitted = Ridge(_RIDGE_PENALTY, fit_intercept=False, solver="sparse_cg", tol=1e-4).fit(wide, aims)
        weights = fitted.coef_.T
    else:
        # The dual form: as many unknowns as rows, which are far fewer than words.
        weights = wide.T @ np.linalg.solve(alike + _RIDGE_PENALTY * np.eye(len(alike)), aims)
    return Linear(np.asarray(weights, dtype=np.float32), np.zeros(truth.shape[1], dtype=np.float32))


def likeness(wide: Any, dense: int) -> Array | None:
    """The products of all rows with each other; None for so many rows that they would take too long.

    dense: how many of the last columns are full.
    """
    if wide.shape[0] > _MOST_EXACT:
        return None
    sparse, full = wide[:, :-dense], wide[:, -dense:].toarray()
    products: Array = (sparse @ sparse.T).toarray() + full @ full.T
    return products


def learn_choice(narrow: Array, truth: Array) -> Linear:
    """One output a theme, and a last one for texts without any theme, which is a choice like the others.

    A text with several themes counts as a part of a text for each.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    n_themes = truth.shape[1]
    with_nothing = np.column_stack([truth, truth.sum(axis=1) == 0]).astype(float)
    rows, choices = with_nothing.nonzero()
    parts = (1 / with_nothing.sum(axis=1))[rows]
    weights = np.zeros((narrow.shape[1], n_themes + 1), dtype=np.float32)
    bias = np.full(n_themes + 1, _FARTHEST, dtype=np.float32)
    known = np.unique(choices)
    if len(known) == 1:
        bias[known] = 0.0
        return Linear(weights, bias)
    fitted = LogisticRegression(C=_CHOICE_FREEDOM, max_iter=200, tol=1e-3)
    fitted.fit(narrow[rows], choices, sample_weight=parts)
    if len(known) == 2:  # scikit-learn gives one output for two choices
        weights[:, known[1]], bias[known] = fitted.coef_[0], [0.0, fitted.intercept_[0]]
    else:
        weights[:, known], bias[known] = fitted.coef_.T, fitted.intercept_
    return Linear(weights, bias)


def shares(choice: Linear, narrow: Array) -> Array:
    """The logarithm of each theme's share of each text: (rows, themes), at least -12."""
    import numpy as np

    given = choice.of(narrow)
    given = given - given.max(axis=1, keepdims=True)
    logs = given - np.log(np.exp(given).sum(axis=1, keepdims=True))
    kept: Array = np.clip(logs[:, :-1], _FARTHEST, 0.0)
    return kept


@dataclass(frozen=True)
class Blend:
    """How much each of the three voices (ridge, choice, meaning) weighs; the same for all themes."""

    weights: tuple[float, float, float]
    bias: float

    def of(self, voices: tuple[Array, Array, Array]) -> Array:
        """The logit of each theme in each text."""
        parts = [weight * voice for weight, voice in zip(self.weights, voices, strict=True)]
        whole: Array = parts[0] + parts[1] + parts[2] + self.bias
        return whole


def learn_blend(voices: tuple[Array, Array, Array], truth: Array) -> Blend:
    """Weights by logistic regression over all decisions; voices must come from texts not learnt from."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    rows = np.stack(voices, axis=-1).reshape(-1, len(voices))
    scale = rows.std(axis=0) + 1e-9
    fitted = LogisticRegression(max_iter=500).fit(rows / scale, truth.ravel())
    ridge, choice, meaning = (fitted.coef_[0] / scale).tolist()
    return Blend((ridge, choice, meaning), float(fitted.intercept_[0]))

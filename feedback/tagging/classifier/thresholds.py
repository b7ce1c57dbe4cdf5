"""From a theme's logit to a decision: how common it is where it will be used, and where to cut.

People often label what is rare and interesting, so the labelled texts are no fair sample of all. One step of
the method of Saerens, Latinne and Decaestecker (2002), Neural Computation 14, moves the logits to the share
that each theme has among all texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_STEP, _LOWEST, _HIGHEST = 0.1, -8.0, 4.0
_BLUR = 0.4  # F1 is looked at over this much of the logit, since its peak is jagged where labels are few
_GENERAL = 8  # the cut for all themes counts like so many segments of a theme


@dataclass(frozen=True, eq=False)
class Cut:
    """shift, limits: for each theme, added to its logit, and the least logit that is a tag.

    slack: a text without a tag gets its nearest theme when that misses its limit by no more than this.
    """

    shift: Array
    limits: Array
    slack: float

    def above(self, logits: Array) -> Array:
        """Logits less the limits, so that 0 and more is a tag."""
        import numpy as np

        above = logits + self.shift - self.limits
        if not above.shape[1]:
            return above
        # The nearest theme of a text that would have none is lifted to its limit.
        best = above.max(axis=1, keepdims=True)
        lifted = (best < 0) & (best >= -self.slack) & (above == best)
        lifted &= np.cumsum(lifted, axis=1) == 1
        above[lifted] = 0.0
        return above


def learn_cut(logits: Array, truth: Array, everywhere: Array) -> Cut:
    """Where F1 is best for texts as common as `everywhere` has them.

    logits, truth: (labelled texts, themes), logits from texts not learnt from. everywhere: logits of all
    texts, the labelled among them.
    """
    import numpy as np

    n_labelled = len(truth)
    before = (truth.sum(axis=0) + 0.5) / (n_labelled + 1)
    after = np.clip(_expit(everywhere).mean(axis=0), 1e-4, 0.9)
    shift = _logit(after) - _logit(before)
    weights = np.where(truth > 0, after / before, (1 - after) / (1 - before))
    general = _general(everywhere + shift)
    own = np.array(
        [_best(logits[:, at] + shift[at], truth[:, at], weights[:, at]) for at in range(truth.shape[1])]
    )
    support = truth.sum(axis=0)
    limits = (support * own + _GENERAL * general) / (support + _GENERAL)
    return _with_slack(Cut(shift, limits, 0.0), logits, truth, weights)


def _with_slack(cut: Cut, logits: Array, truth: Array, weights: Array) -> Cut:
    """Whether a text without a tag is better given its nearest theme (micro F1 decides)."""
    found = []
    for slack in (0.0, 0.5, 1.0):
        tried = Cut(cut.shift, cut.limits, slack)
        said = tried.above(logits) >= 0
        right = (weights * (said & (truth > 0))).sum()
        found.append((2 * right / max(1e-9, (weights * said).sum() + (weights * truth).sum()), -slack, tried))
    return max(found, key=lambda one: one[:2])[2]


def _general(logits: Array) -> float:
    """The cut at which F1 over all decisions is expected to be best, probabilities taken at their word."""
    import numpy as np

    falling = np.sort(_expit(logits).ravel())[::-1]
    expected = 2 * np.cumsum(falling) / (np.arange(1, len(falling) + 1) + falling.sum())
    # At its best, F1 is twice the cut: Lipton, Elkan and Naryanaswamy (2014), ECML PKDD.
    return float(_logit(np.clip(expected.max() / 2, 0.05, 0.5)))


def _best(logits: Array, truth: Array, weights: Array) -> float:
    """The limit at which a theme's weighted F1, blurred, is highest."""
    import numpy as np

    grid = np.arange(_LOWEST, _HIGHEST, _STEP)
    given = [_mass_from(logits[kind], weights[kind], grid) for kind in (truth > 0, truth == 0)]
    total = weights[truth > 0].sum()
    f1 = 2 * given[0] / np.maximum(given[0] + given[1] + total, 1e-9)
    reach = int(3 * _BLUR / _STEP)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * _STEP / _BLUR) ** 2)
    blurred = np.convolve(np.pad(f1, reach, mode="edge"), kernel / kernel.sum(), "valid")
    return float(grid[blurred.round(9).argmax()])


def _mass_from(logits: Array, weights: Array, grid: Array) -> Array:
    """For each place of the grid the weight of what lies at or above it."""
    import numpy as np

    order = np.argsort(logits, kind="stable")
    below = np.concatenate([[0.0], np.cumsum(weights[order])])
    mass: Array = below[-1] - below[np.searchsorted(logits[order], grid)]
    return mass


def _expit(logits: Array) -> Array:
    from scipy.special import expit

    found: Array = expit(logits)
    return found


def _logit(shares: Array) -> Array:
    from scipy.special import logit

    found: Array = logit(shares)
    return found

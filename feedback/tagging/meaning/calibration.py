"""From nearness to scores: 0 to 1, tagged from 0.5 on, the same for every theme list and without any labels.

The constants were chosen on human-coded comments and interviews: tests/quality/tagging-experiments.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

# A theme must stand out: its nearness, less most of the mean of the text's four nearest themes, is cut where
# F1 is best; there the score is 0.5. The slope is that of a logistic regression on the same texts.
_SLOPE, _RIVALS, _CUT = 1.2, 0.7, 1.5
_N_RIVALS = 4
_FEWEST_THEMES = 8  # with fewer themes, rivals of ordinary nearness are imagined
_ORDINARY_RIVAL = 3.5
# What fits nothing is near to no theme: the least mean nearness of a text's one to four nearest themes,
# before other texts are heard, and what each step below it takes off.
_LEAST, _SILENCE = (3.8, 3.4, 3.1, 2.8), 2.0


def calibrated(seen: Array, near: Array) -> np.ndarray[Any, Any]:
    """Scores (texts, themes) from nearness with what other texts say (`seen`) and without it (`near`)."""
    import numpy as np

    missing = max(0, _FEWEST_THEMES - near.shape[1])
    imagined = np.full((len(seen), min(missing, _N_RIVALS)), _ORDINARY_RIVAL)
    rivals = _nearest(np.hstack([seen, imagined]))
    height = seen - _RIVALS * rivals - _CUT - _unfit(near)
    scores: Array = 1.0 / (1.0 + np.exp(-_SLOPE * height))
    return scores


def _unfit(near: Array) -> Array:
    """What is taken off all themes of a text that comes near to none: (texts, 1), 0 for most."""
    import numpy as np

    least = _LEAST[min(near.shape[1], _N_RIVALS) - 1]
    found: Array = _SILENCE * np.clip(least - _nearest(near), 0, None)
    return found


def _nearest(near: Array) -> Array:
    """The mean of each text's nearest themes, four at most: (texts, 1)."""
    import numpy as np

    found: Array = np.sort(near, axis=1)[:, -_N_RIVALS:].mean(axis=1, keepdims=True)
    return found

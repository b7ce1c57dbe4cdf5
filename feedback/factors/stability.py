"""Whether a group would be found again if other people had been heard.

The groups are made again from resampled people, and each is compared with the most similar of the new
ones (mean best Jaccard; Hennig 2007, "Cluster-wise assessment of cluster stability").
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, Any]
    Labels = np.ndarray[Any, Any]

# vectors, their people and a seed -> labels
Regroup = Callable[["Vectors", Sequence[Any], int], "Labels"]
STABLE = 0.5
_MOST_PEOPLE = 1000  # in a resample: more would say the same, later


def stability(
    vectors: Vectors,
    people: Sequence[Any],
    labels: Labels,
    regroup: Regroup,
    *,
    resamples: int = 20,
    seed: int = 0,
) -> dict[int, float]:
    """The mean best Jaccard, 0 to 1, of each group of `labels` (-1: none) over resampled people.

    Each resample draws as many people as there are (1,000 at most), with replacement, and regroups the texts
    of those drawn, with another seed. Groups of which fewer than two texts were drawn do not count that time.
    Below STABLE a group is not to be shown.
    """
    import numpy as np

    order = list(dict.fromkeys(people))
    place = {person: at for at, person in enumerate(order)}
    whose = np.array([place[person] for person in people], dtype=int)
    rng = np.random.default_rng(seed)
    found: dict[int, list[float]] = {group: [] for group in sorted(set(labels.tolist()) - {-1})}
    for number in range(resamples if found else 0):
        drawn = np.unique(rng.integers(0, len(order), min(len(order), _MOST_PEOPLE)))
        rows = np.flatnonzero(np.isin(whose, drawn))
        again = regroup(vectors[rows], whose[rows].tolist(), seed + number + 1)
        for group, scores in found.items():
            before = labels[rows] == group
            if before.sum() >= 2:
                scores.append(_best_jaccard(before, again))
    return {group: float(np.mean(scores)) if scores else 0.0 for group, scores in found.items()}


def _best_jaccard(before: Labels, again: Labels) -> float:
    groups = set(again.tolist()) - {-1}
    return max(
        (float((before & (again == group)).sum() / (before | (again == group)).sum()) for group in groups),
        default=0.0,
    )

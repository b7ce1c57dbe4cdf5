"""How alike planted and found groups are: B-cubed with overlaps, people counted, adjusted Rand."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np

Sets = Sequence[frozenset[str]]


def bcubed(truth: Sets, found: Sets) -> tuple[float, float, float]:
    """B-cubed precision, recall and F1 where things may be in several groups (Amigo et al. 2009).

    What is in no group is a group by itself.
    """
    truth, found = _alone(truth), _alone(found)
    in_truth, in_found = _shared(truth), _shared(found)
    least = np.minimum(in_truth, in_found)
    precision = _mean(least, in_found)
    recall = _mean(least, in_truth)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _alone(sets: Sets) -> Sets:
    return [one or frozenset({f"alone {at}"}) for at, one in enumerate(sets)]


def _shared(sets: Sets) -> np.ndarray:
    """How many groups each pair of things shares."""
    names = sorted(frozenset[str]().union(*sets))
    place = {name: at for at, name in enumerate(names)}
    inside = np.zeros((len(sets), len(names)), dtype=np.float32)
    for row, one in enumerate(sets):
        inside[row, [place[name] for name in one]] = 1
    return inside @ inside.T


def _mean(least: np.ndarray, whole: np.ndarray) -> float:
    """For each thing the mean over those that share a group with it; then the mean over things."""
    share = np.divide(least, whole, out=np.zeros_like(least), where=whole > 0)
    return float((share.sum(axis=1) / (whole > 0).sum(axis=1)).mean())


def adjusted_rand(truth: Sequence[str], found: Sequence[str]) -> float:
    """The adjusted Rand index of two partitions (Hubert and Arabie 1985)."""
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(list(truth), list(found)))


def people_counted(
    truth: Mapping[str, frozenset[str]], found: Mapping[str, frozenset[str]]
) -> list[tuple[str, int, int, float]]:
    """For each planted factor: name, its people, people of the found factor that fits best, their F1.

    Each found factor stands for one planted factor at most (an assignment that makes the F1 largest in sum).
    """
    from scipy.optimize import linear_sum_assignment

    names, ids = sorted(truth), sorted(found)
    fit = np.array(
        [[2 * len(truth[n] & found[i]) / (len(truth[n]) + len(found[i])) for i in ids] for n in names]
    ).reshape(len(names), len(ids))
    chosen = dict(zip(*linear_sum_assignment(-fit), strict=True))
    rows = []
    for row, name in enumerate(names):
        at = chosen.get(row)
        there = at is not None and fit[row, at] > 0
        rows.append(
            (name, len(truth[name]), len(found[ids[at]]) if there else 0, fit[row, at] if there else 0.0)
        )
    return rows


def interval(values: Sequence[float], *, draws: int = 2000, seed: int = 0) -> tuple[float, float, float]:
    """Mean and a 95 % bootstrap interval over the values."""
    draw = random.Random(seed)
    means = sorted(float(np.mean(draw.choices(values, k=len(values)))) for _ in range(draws))
    return float(np.mean(values)), means[int(0.025 * draws)], means[int(0.975 * draws)]

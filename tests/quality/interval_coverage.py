"""How often the 95 % intervals hold the truth, by simulation: python tests/quality/interval_coverage.py

People differ: each has their own chance to speak of a theme and to be understood (beta distributions). The
truth is what 200,000 such people give.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

import numpy as np

from feedback.agreeing.agreement import _kappas
from feedback.intervals import f1_interval, kappa_interval, share_interval

DRAWS = 600


@dataclass(frozen=True)
class Study:
    """people, their mean number of segments, how common the theme is, and how it is found."""

    people: int
    segments: float
    common: float
    recall: float
    false: float
    likeness: float

    def drawn(self, rng, people=None):
        """right, false, missed, neither: a row a person."""
        people = people or self.people
        if self.segments < 4:
            n = 1 + rng.poisson(self.segments - 1, people)
        else:
            n = rng.integers(1, 2 * int(self.segments), people)
        chances = [
            _beta(mean, like, rng, people)
            for mean, like in (
                (self.common, self.likeness),
                (self.recall, self.likeness),
                (self.false, self.likeness / 4),
            )
        ]
        there = rng.binomial(n, chances[0])
        right, false = rng.binomial(there, chances[1]), rng.binomial(n - there, chances[2])
        return np.column_stack([right, false, there - right, n - there - false])


STUDIES = (
    Study(15, 8, 0.2, 0.7, 0.05, 0.1),
    Study(30, 8, 0.1, 0.7, 0.02, 0.1),
    Study(60, 1, 0.3, 0.6, 0.1, 0),
    Study(100, 1.5, 0.15, 0.7, 0.04, 0.05),
    Study(20, 20, 0.1, 0.6, 0.03, 0.15),
    Study(200, 1, 0.1, 0.7, 0.03, 0),
    Study(40, 10, 0.05, 0.9, 0.005, 0.1),
    Study(500, 1.2, 0.05, 0.7, 0.02, 0.02),
    Study(12, 30, 0.1, 0.8, 0.02, 0.1),
)


def _beta(mean, likeness, rng, size):
    if not likeness:
        return np.full(size, mean)
    strength = (1 - likeness) / likeness
    return rng.beta(mean * strength, (1 - mean) * strength, size)


def intervals(table):
    """What is tested: name -> (low, high)."""
    right, false, missed = (table[:, at] for at in range(3))
    return {
        "precision": share_interval(right, right + false),
        "recall": share_interval(right, right + missed),
        "F1": f1_interval(right, false + missed),
        "kappa": kappa_interval(table, _kappas),
    }


def truths(table):
    right, false, missed, neither = table.sum(axis=0).astype(float)
    return {
        "precision": right / (right + false),
        "recall": right / (right + missed),
        "F1": 2 * right / (2 * right + false + missed),
        "kappa": float(_kappas(right, false, missed, neither)),
    }


def coverage(study, *, draws=DRAWS, seed=0):
    """Name -> (share of intervals that hold the truth, mean width); studies with 8 of the theme or more."""
    rng = np.random.default_rng(seed)
    truth = truths(study.drawn(np.random.default_rng(seed + 1), 200_000))
    held = {name: [] for name in truth}
    for _ in range(draws):
        table = study.drawn(rng)
        if table[:, 0].sum() + table[:, 2].sum() < 8:
            continue
        for name, (low, high) in intervals(table).items():
            if low == low:  # noqa: PLR0124
                held[name].append((low <= truth[name] <= high, high - low))
    return {name: tuple(np.mean(rows, axis=0)) for name, rows in held.items()}


def main():
    out = ["| people x segments, common, recall, false alarms, likeness | precision | recall | F1 | kappa |"]
    out.append("|---|---|---|---|---|")
    for study in STUDIES:
        found = coverage(study)
        cells = " | ".join(f"{100 * share:.1f} % ({width:.2f})" for share, width in found.values())
        named = f"{study.people} x {study.segments:g}, {study.common}, {study.recall}, {study.false}"
        out.append(f"| {named}, {study.likeness} | {cells} |")
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()

"""How many had left by a month: the share of those followed that long, and Kaplan-Meier of everybody."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.intervals import wilson
from feedback.outcomes.cohort import Followed
from feedback.outcomes.survival import Survival, survival

# Later than any month that is known, and before every other.
_AT_ONCE = 1e-6
UNEQUAL, NOT_REACHED = "unequal follow-up", "not reached"


@dataclass(frozen=True, slots=True)
class Share:
    """Of `n` people followed up to a month, `left` had left for certain, and of `unknown` nobody knows.

    `not_followed` people are not counted: they started too late. `why_not`: UNEQUAL or NOT_REACHED, where
    there is no share.
    """

    month: float
    n: int
    left: int
    unknown: int
    not_followed: int
    why_not: str = ""

    @property
    def stayed(self) -> int:
        return self.n - self.left - self.unknown

    @property
    def most(self) -> int:
        """Those who had left if all the unknown had."""
        return self.left + self.unknown

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % limits: the lower one as if all the unknown had stayed, the upper as if all had left.

        Source: Horowitz and Manski (2000), JASA 95, for the range; it holds the truth at least as often.
        """
        return wilson(self.left, self.n)[0], wilson(self.most, self.n)[1]


@dataclass(frozen=True, slots=True)
class Estimate:
    """Kaplan-Meier at a month: `usual` takes the unknown for people like the others.

    `least` and `most` take them for people who all stayed, and who all left at once. `usual` is None where
    somebody left and nobody knows when.
    """

    usual: Survival | None
    least: Survival
    most: Survival


def share_at(people: Sequence[Followed], month: float, *, one_day: bool) -> Share:
    """The share at one month, or why there is none. one_day: one day ended everybody's follow-up.

    Who started too late to be followed up to that month is not counted, whether they left or not: to count
    only the leavers among them would make leaving look commoner.
    """
    short = sum(one.reach is not None and one.reach < month for one in people)
    if not one_day and short:
        return Share(month, 0, 0, 0, short, UNEQUAL)
    counted = [one for one in people if one.reach is None or one.reach >= month]
    if not counted:
        return Share(month, 0, 0, 0, short, NOT_REACHED)
    said = [one.at(month) for one in counted]
    return Share(month, len(counted), said.count("left"), said.count("unknown"), short)


def estimates(people: Sequence[Followed], months: Sequence[float]) -> list[Estimate]:
    """Kaplan-Meier at each month, for people followed for different times."""
    finite = [one.reach for one in people if one.reach is not None]
    ends = [one.left[1] for one in people if one.left is not None and one.left[1] < math.inf]
    horizon = max([*finite, *ends, *months])
    usual = [_pair(one, "usual", horizon) for one in people]
    told = all(time < math.inf for time, _ in usual)
    curves = [
        survival([time for time, _ in pairs], [has for _, has in pairs], months)
        for pairs in (
            *([usual] if told else []),
            [_pair(one, "least", horizon) for one in people],
            [_pair(one, "most", horizon) for one in people],
        )
    ]
    if not told:
        return [Estimate(None, *pair) for pair in zip(*curves, strict=True)]
    return [Estimate(*three) for three in zip(*curves, strict=True)]


def _pair(one: Followed, view: str, horizon: float) -> tuple[float, bool]:
    """Until when a person is followed, and whether they left then, as one of three views has it."""
    end = one.reach if one.reach is not None else horizon
    if one.left is not None:
        if view == "least":
            return (one.left[1], True) if one.left[1] < math.inf else (end, False)
        return one.left[0] if view == "most" else sum(one.left) / 2, True
    if not one.unknown:
        return end, False
    if view == "usual":
        return one.known, False
    return (end, False) if view == "least" else (one.known + _AT_ONCE, True)

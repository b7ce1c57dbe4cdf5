"""scipy's Kaplan-Meier estimate, with Greenwood's interval on the log-log scale."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.intervals import wilson


@dataclass(frozen=True, slots=True)
class Survival:
    """The share who have left by a month as Kaplan-Meier estimates it, with its 95 % interval.

    `at_risk`: how many were followed up to that month and had not left before it. `events`: how many left by
    then.
    """

    month: float
    left: float
    low: float
    high: float
    at_risk: int
    events: int


def survival(times: Sequence[float], left: Sequence[bool], months: Sequence[float]) -> list[Survival]:
    """Who has left by each of `months`, estimated from people followed for different times.

    times: months to leaving, or followed without leaving; left: which of the two. After everybody's
    follow-up the shares are missing. Before anybody has left the interval is Wilson's for those at risk,
    where Greenwood's says nothing; where everybody has left there is none.
    Sources: Kaplan and Meier (1958), JASA 53; Greenwood (1926); the log-log scale: Kalbfleisch and Prentice
    (2002), section 1.4. Computed by scipy.stats.ecdf.
    """
    from scipy.stats import CensoredData, ecdf

    pairs = list(zip(times, left, strict=True))
    gone = [time for time, has in pairs if has]
    curve = ecdf(CensoredData(uncensored=gone, right=[time for time, has in pairs if not has])).sf
    with warnings.catch_warnings():
        # Where nobody or everybody has left, the interval is undefined; both are looked after below.
        warnings.simplefilter("ignore", RuntimeWarning)
        limits = curve.confidence_interval(method="log-log")
    found = []
    for month in months:
        at_risk = sum(time >= month for time, _ in pairs)
        events = sum(time <= month for time in gone)
        stayed = float(curve.evaluate(month))
        low, high = 1 - float(limits.high.evaluate(month)), 1 - float(limits.low.evaluate(month))
        if not events:
            low, high = wilson(0, at_risk)
        beyond = not at_risk and stayed > 0 and month > max(times)
        share = math.nan if beyond else 1 - stayed
        found.append(Survival(month, share, *((math.nan,) * 2 if beyond else (low, high)), at_risk, events))
    return found

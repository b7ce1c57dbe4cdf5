"""Counts and shares of outcomes in words, the same on the screen and in reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

HIDDEN = "hidden"


def range_of(least: int, most: int) -> str:
    """A count, or its lowest and highest: 32 to 64."""
    return str(least) if least == most else f"{least} to {most}"


def share_of(least: float | None, most: float | None) -> str:
    """A share from 0 to 1 in whole percent, or its range; "" where there is none."""
    if least is None or most is None:
        return ""
    low, high = f"{100 * least:.0f}", f"{100 * most:.0f}"
    if high == "0" and most > 0:
        return "under 1"
    return high if low == high else f"{low} to {high}"


def count_of(n: int | None) -> str:
    """A count that may be hidden."""
    return HIDDEN if n is None else str(n)


def of_ranges(service: pd.DataFrame) -> str:
    """What "31 to 170 of 822" means, where a row of such a table is a range; else nothing."""
    ranges = service["n"].notna() & (service["n"] != service["n_most"])
    if not ranges.any():
        return ""
    return "A range: for certain, and with those of whom too little is known (a year alone, or no day)."

"""Counts and shares of outcomes in words, the same on the screen and in reports."""

from __future__ import annotations

HIDDEN = "hidden"


def range_of(least: int, most: int) -> str:
    """A count, or its lowest and highest: 32 to 64."""
    return str(least) if least == most else f"{least} to {most}"


def share_of(least: float | None, most: float | None) -> str:
    """A share from 0 to 1 in whole percent, or its range; "" where there is none."""
    if least is None or most is None:
        return ""
    low, high = f"{100 * least:.0f}", f"{100 * most:.0f}"
    return high if low == high else f"{low} to {high}"


def count_of(n: int | None) -> str:
    """A count that may be hidden."""
    return HIDDEN if n is None else str(n)

"""Where leavers went, and how many to destinations that a named rule calls mission-aligned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.intervals import wilson
from feedback.outcomes.words import fits, is_unknown, plain


@dataclass(frozen=True)
class Destinations:
    """Where `of` leavers went: `rows` of (destination, people, whether mission-aligned), `unknown` not told.

    Destinations of fewer than k people stand together as "other ..."; whether it is None where no rule is
    given. `mission` counts by the `rule` (None: no rule, or too few); low and high are the 95 % limits of its
    share, the unknown all elsewhere or all there, missing where percentages are.
    """

    of: int
    unknown: int
    rows: tuple[tuple[str, int, bool | None], ...]
    rule: tuple[str, ...]
    mission: int | None
    low: float | None = None
    high: float | None = None
    hidden: bool = False


def destinations(
    cells: Mapping[str, str],
    *,
    rule: Sequence[str] = (),
    unknown: Sequence[str] = (),
    k: int = 5,
    percentages_from: int = 20,
) -> Destinations:
    """Where leavers went. cells: each leaver's destination, by case id; an empty one is unknown.

    rule: the destinations that count as mission-aligned, `*` for any letters. No count of fewer than k people
    is shown or can be worked out: small destinations are joined, those of the rule and others apart.
    """
    said = [cell for cell in cells.values() if cell and not is_unknown(cell, further=unknown)]
    of, lost = len(cells), len(cells) - len(said)
    spelt = {plain(cell): cell for cell in sorted(said, reverse=True)}
    counts = Counter(spelt[plain(cell)] for cell in said)
    inside = {name: n for name, n in counts.items() if rule and fits(name, rule)}
    outside = {name: n for name, n in counts.items() if name not in inside}
    totals = (sum(inside.values()), sum(outside.values()))
    if of < k or any(0 < total < k for total in totals):
        return Destinations(of, lost, (), tuple(rule), None, hidden=True)
    rows = [
        *_joined(inside, "other mission-aligned destinations", True, k),
        *_joined(outside, "other destinations", False if rule else None, k),
    ]
    mission = totals[0] if rule else None
    low = high = None
    if mission is not None and of >= percentages_from:
        low, high = wilson(mission, of)[0], wilson(mission + lost, of)[1]
    return Destinations(of, lost, tuple(rows), tuple(rule), mission, low, high)


def _joined(
    counts: Mapping[str, int], others: str, aligned: bool | None, k: int
) -> list[tuple[str, int, bool | None]]:
    """The destinations by size, the small ones as one of at least k people; the total is k or more, or 0."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    large = [item for item in ordered if item[1] >= k]
    small = sum(n for _, n in ordered) - sum(n for _, n in large)
    while 0 < small < k:
        small += large.pop()[1]
    rows: list[tuple[str, int, bool | None]] = [(name, n, aligned) for name, n in large]
    return [*rows, (others, small, aligned)] if small else rows

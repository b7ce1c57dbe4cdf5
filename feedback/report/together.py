"""Which push factors the same leavers speak of: pairs, as far as few people cannot be told from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import exp, lgamma

from feedback.model import FactorCard, Report, Together
from feedback.report.heard import People

_MOST_CARDS = 12
_LEVEL = 0.05
_NOTHING = 1e-17


def pairs_of(
    cards: Sequence[FactorCard], people: Mapping[str, Mapping[str, People]], *, k: int
) -> tuple[Together, ...]:
    """The pairs among the first twelve cards that k leavers or more speak of, in the order of the cards.

    Left out are pairs where fewer than k leavers speak of the one and not of the other, or of neither, as
    these could be told from it. `more`: more often than chance would have it, by Fisher's one-sided test at
    5 % with Holm's correction for all pairs that are shown.
    """
    spoken = {card.factor_id: people.get(card.factor_id, {}).get("spoken", frozenset()) for card in cards}
    found = []
    for one, other in combinations(cards[:_MOST_CARDS], 2):
        first, second = spoken[one.factor_id], spoken[other.factor_id]
        both = len(first & second)
        parts = (both, len(first) - both, len(second) - both, one.of - len(first | second))
        if min(parts) >= k:
            found.append((one, other, both, _by_chance(both, len(first), len(second), one.of)))
    more = _certain([chance for *_, chance in found])
    return tuple(
        Together(one.factor_id, other.factor_id, both, one.of, at in more)
        for at, (one, other, both, _) in enumerate(found)
    )


def shown_pairs(report: Report) -> list[tuple[str, str, Together]]:
    """The pairs of a report with the labels of both, without those whose card is not in it."""
    labels = {card.factor_id: card.label for card in report.factors}
    known = [pair for pair in report.together if {pair.one, pair.other} <= set(labels)]
    return [(labels[pair.one], labels[pair.other], pair) for pair in known]


def _by_chance(both: int, first: int, second: int, of: int) -> float:
    """How probable so many or more are where the two have nothing to do with each other."""
    # Summed up on the side where there is little, beginning with what is most.
    if both * of > first * second:
        return _together(range(both, min(first, second) + 1), first, second, of)
    return 1 - _together(range(both - 1, max(0, first + second - of) - 1, -1), first, second, of)


def _together(numbers: range, first: int, second: int, of: int) -> float:
    """How probable it is that one of these numbers is in both, less and less: hypergeometric distribution."""

    def ways(n: int, k: int) -> float:
        return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

    total = 0.0
    for n in numbers:
        one = exp(ways(first, n) + ways(of - first, second - n) - ways(of, second))
        total += one
        if one <= total * _NOTHING:
            break
    return total


def _certain(chances: Sequence[float]) -> set[int]:
    """Which are below the level by Holm's procedure. Source: Holm (1979), Scand. J. Statistics 6."""
    found: set[int] = set()
    for rank, at in enumerate(sorted(range(len(chances)), key=lambda at: (chances[at], at))):
        if chances[at] * (len(chances) - rank) > _LEVEL:
            break
        found.add(at)
    return found

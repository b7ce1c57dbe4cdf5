"""From reasons and groups to the tables of push factors: members, labels, and counts over people."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.tables import conform

from .carried import Carried, Nearest, as_decided
from .kept import Decision
from .leftover import LeftOver
from .matched import Matched
from .naming import Spoken, label, marking_words
from .notes import told
from .people import Heard

if TYPE_CHECKING:
    import pandas as pd

FEWEST_FOR_SHARE = 20
# Rows of members (segment_id, case_id, factor_id) -> the words that mark what they say.
Marking = Callable[["pd.DataFrame"], tuple[str, ...]]


@dataclass(frozen=True)
class FactorResult:
    """What `find_factors` found.

    factors, members: the tables of those names. stability: factor_id, label, n_cases, stability, shown, for
    every group that was formed from what no theme covers. notes: what a reader must know, in words.
    """

    factors: pd.DataFrame
    members: pd.DataFrame
    stability: pd.DataFrame
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """All reasons, what themes cover of them, what no theme covers (`rest`), and the groups among that."""

    reasons: pd.DataFrame = field(repr=False)
    matched: Matched
    rest: pd.DataFrame = field(repr=False)
    left_over: LeftOver


def own_reasons(reasons: pd.DataFrame) -> pd.DataFrame:
    """The leavers' own reasons among what `find_reasons` gives."""
    return reasons[reasons["kind"].isin(["main", "any"])]


def uncovered(own: pd.DataFrame, matched: Matched) -> pd.DataFrame:
    """The reasons that no theme covers."""
    return own[~own["segment_id"].isin({*matched.members["segment_id"], *matched.story})]


def result_of(
    found: Found,
    who: Heard,
    *,
    codebook: Codebook | None,
    kept: Sequence[Decision],
    nearest: Nearest | None,
    marking: Marking,
) -> FactorResult:
    """The tables, with what people decided (`kept`) in the place of what was found.

    who: with the segment_id and case_id of all that participants said in `spoken`, where anything is kept.
    """
    own, left_over = own_reasons(found.reasons), found.left_over
    carried = as_decided(
        _members(own, found.matched, left_over),
        kept,
        who.spoken,
        reasons=set(own["segment_id"]),
        groups=left_over.labels,
        themes=codebook.ids if codebook else tuple(found.matched.labels),
        nearest=nearest,
    )
    labels, listed = _labels(carried, found, codebook), bool(codebook and codebook.ids)
    notes = told(who, found.reasons, found.rest, found.matched, left_over, listed=listed)
    return FactorResult(
        factors=conform("factors", _factors(carried, labels, left_over, who.leavers, marking)),
        members=conform("members", carried.members.drop(columns="case_id")),
        stability=left_over.stability,
        notes=(*notes, *carried.notes),
    )


def _members(own: pd.DataFrame, matched: Matched, left_over: LeftOver) -> pd.DataFrame:
    """Every reason, with its factors or none, and what others said of the same; sorted."""
    import pandas as pd

    columns = ["segment_id", "case_id", "factor_id", "score"]
    found = [part[columns].astype(object) for part in (matched.members, left_over.members) if len(part)]
    placed = {segment_id for part in found for segment_id in part["segment_id"]}
    none = own.loc[~own["segment_id"].isin(placed), ["segment_id", "case_id"]].astype(object)
    rows = pd.concat([*found, none.assign(factor_id=None, score=None)], ignore_index=True)[columns]
    order = rows.assign(factor_id=rows["factor_id"].fillna("")).sort_values(
        ["segment_id", "factor_id"], kind="stable"
    )
    return rows.loc[order.index].reset_index(drop=True)


def _labels(carried: Carried, found: Found, codebook: Codebook | None) -> dict[str, str]:
    labels = {theme.id: theme.label for theme in codebook} if codebook else {}
    labels |= {**found.matched.labels, **found.left_over.labels}
    first = {name: parts[0] for name, parts in carried.came_from.items() if parts}
    labels |= {name: labels[part] for name, part in first.items() if part in labels}
    return labels | dict(carried.labels)


def _factors(
    carried: Carried,
    labels: Mapping[str, str],
    left_over: LeftOver,
    leavers: Collection[str],
    marking: Marking,
) -> list[dict[str, Any]]:
    """A row for each factor, counted over leavers; empty without any."""
    members = carried.members
    counted = members[members["factor_id"].notna() & members["case_id"].isin(leavers)]
    rows = []
    for factor, rows_of in counted.groupby("factor_id", sort=True, observed=True):
        n_cases, as_found = rows_of["case_id"].nunique(), factor not in carried.decided
        words = left_over.words.get(factor) if as_found else None
        words = marking(rows_of) if words is None else words
        rows.append(
            {
                "factor_id": factor,
                "label": labels.get(factor) or label(words[:3]),
                "words": ", ".join(words),
                "n_segments": rows_of["segment_id"].nunique(),
                "n_cases": n_cases,
                "share": n_cases / len(leavers) if len(leavers) >= FEWEST_FOR_SHARE else None,
                "stability": _stability(carried.came_from.get(factor, (factor,)), left_over),
                "decided": carried.decided.get(factor),
            }
        )
    return rows


def _stability(parts: Sequence[str], left_over: LeftOver) -> float | None:
    """How far a factor's groups held, by the least of them; None for themes and what people split."""
    held = dict(zip(left_over.stability["factor_id"], left_over.stability["stability"], strict=True))
    found = [held[part] for part in parts if part in held]
    return min(found) if found and len(found) == len(parts) else None


class Marks:
    """The words that mark what some segments say among all that is said, which is counted once.

    own: segment ids to the words of those that are looked at; others: of segments of all kinds.
    """

    def __init__(self, own: Callable[[Sequence[str]], Mapping[str, str]], others: Mapping[str, str]) -> None:
        self._own, self._others = own, others

    def __call__(self, rows: pd.DataFrame) -> tuple[str, ...]:
        """The words that mark what is said in `rows` (segment_id, case_id)."""
        inside = dict(zip(rows["segment_id"], rows["case_id"], strict=True))
        own = self._own(list(inside))
        read = [segment_id for segment_id in inside if segment_id in own]
        known = Spoken.of(self._others[one] for one in inside if one in self._others)
        return marking_words(
            [own[one] for one in read], [inside[one] for one in read], self._all.without(known)
        )

    @cached_property
    def _all(self) -> Spoken:
        return Spoken.of(self._others.values())

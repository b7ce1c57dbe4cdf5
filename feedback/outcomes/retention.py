"""Retention by group and month: what may be shown of it, what is refused, and why."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError
from feedback.outcomes.cohort import EVERYBODY, Cohort, Followed
from feedback.outcomes.definitions import LABELS, Refused
from feedback.outcomes.refusals import no_share, not_reached, only_leavers, remarks, too_few
from feedback.outcomes.shares import Estimate, Share, estimates, share_at
from feedback.outcomes.small import hidden_months

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "definition", "group", "months", "n", "not_followed", "left", "unknown", "left_most", "share",
    "share_most", "low", "high", "km", "km_low", "km_high", "km_least", "km_most", "at_risk", "hidden",
)  # fmt: skip


@dataclass(frozen=True)
class Retention:
    """Who had left by one definition: `rows` (columns `COLUMNS`), and what is refused.

    In `rows` left of n people followed up to `months` had left for certain, left_most if all the `unknown`
    had. share, low, high and km... are shares from 0 to 1, missing where n is below the least N for
    percentages. `hidden`: the figures would single out too few people. `leavers_only`: nobody is known to
    have stayed, so there are no shares.
    """

    definition: str
    rows: pd.DataFrame
    refused: tuple[Refused, ...]
    notes: tuple[str, ...]
    left_out: Mapping[str, tuple[str, ...]]
    leavers_only: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.definition]


@dataclass(frozen=True)
class _Cell:
    """A group at a month."""

    group: str
    people: tuple[Followed, ...]
    share: Share
    km: Estimate

    @property
    def events(self) -> int:
        """Those who had left by then for certain, among all that were ever followed."""
        month = self.share.month
        return sum(one.left is not None and one.left[1] <= month for one in self.people)


def retention(
    cohort: Cohort,
    *,
    definition: str,
    at: Sequence[float],
    k: int = 5,
    percentages_from: int = 20,
    also_hidden: Mapping[str, set[int]] | None = None,
) -> Retention:
    """Who had left by each month of `at`, by group: of those followed that long, and by Kaplan-Meier.

    A share is given for people followed up to that month; the unknown
    make it a range. Figures of fewer than k people are hidden, and as many others that none can be worked
    out; so are those that differ by fewer than k leavers from the month before. also_hidden: places in
    the ordered months, by group, that other tables forbid. Errors: FeedbackError for no month or one of 0.
    """
    months = sorted(set(at))
    if not months or months[0] <= 0:
        raise FeedbackError("at which months?", hint="say --at 12,24,36: months since the start, above 0")
    why = only_leavers(cohort)
    if why:
        return Retention(definition, _frame([]), (why,), cohort.notes, cohort.left_out, leavers_only=True)
    groups = cohort.groups()
    if set(groups) == {""}:
        groups = {}
    table = {
        name: _cells(name, people, months, one_day=cohort.until_known)
        for name, people in {**groups, EVERYBODY: cohort.people}.items()
    }
    counts = {name: [(_of_all(cell), _of_share(cell)) for cell in cells] for name, cells in table.items()}
    followed = {
        name: [None if c.share.why_not else c.share.n for c in cells] for name, cells in table.items()
    }
    hidden = hidden_months(counts, k=k, followed=followed)
    for name, places in (also_hidden or {}).items():
        hidden[name] |= places
    rows = [
        _row(definition, cell, hidden=place in hidden[name], k=k, percentages_from=percentages_from)
        for name, cells in table.items()
        for place, cell in enumerate(cells)
    ]
    frame = _frame(_not_one_by_one(rows, {name: len(cells[0].people) for name, cells in table.items()}, k=k))
    whole = [cell.share for cell in table[EVERYBODY]]
    refused = [
        *no_share(cohort.people, whole, k=k),
        *not_reached(groups, months, k=k),
        *too_few(frame, k, percentages_from),
    ]
    notes = [*cohort.notes, *remarks(cohort.people, months[-1], k=k)]
    return Retention(definition, frame, tuple(refused), tuple(notes), cohort.left_out)


def _cells(name: str, people: tuple[Followed, ...], months: Sequence[float], *, one_day: bool) -> list[_Cell]:
    shares = [share_at(people, month, one_day=one_day) for month in months]
    return [
        _Cell(name, people, share, km) for share, km in zip(shares, estimates(people, months), strict=True)
    ]


def _of_share(cell: _Cell) -> tuple[int, int] | None:
    return None if cell.share.why_not else (cell.share.left, cell.share.stayed)


def _of_all(cell: _Cell) -> tuple[int, int]:
    return cell.events, len(cell.people) - cell.events


def _row(definition: str, cell: _Cell, *, hidden: bool, k: int, percentages_from: int) -> dict[str, Any]:
    share, month = cell.share, cell.share.month
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {"definition": definition, "group": cell.group, "months": month, "hidden": hidden}
    few = len(cell.people) < k
    row |= {
        "n": None if few or hidden or share.why_not else share.n,
        "not_followed": None if few or hidden or 0 < share.not_followed < k else share.not_followed,
    }
    if hidden or few:
        return row | {"hidden": True}
    if not share.why_not:
        row |= {"left": share.left, "unknown": share.unknown, "left_most": share.most}
        if share.n >= percentages_from:
            low, high = share.interval()
            row |= {
                "share": share.left / share.n,
                "share_most": share.most / share.n,
                "low": low,
                "high": high,
            }
    if len(cell.people) >= percentages_from:
        row |= _of_km(cell.km, k)
    return {name: _rounded(value) for name, value in row.items()}


def _not_one_by_one(rows: list[dict[str, Any]], sizes: Mapping[str, int], *, k: int) -> list[dict[str, Any]]:
    """The rows without how many were still followed, or no longer, where few were lost since it was said."""
    still, lost = dict(sizes), dict.fromkeys(sizes, 0)
    found = []
    for row in rows:
        name, own = row["group"], dict(row)
        if own["at_risk"] is not None and 0 < still[name] - own["at_risk"] < k:
            own["at_risk"] = None
        if own["not_followed"] is not None and 0 < own["not_followed"] - lost[name] < k:
            own["not_followed"] = None
        still[name] = still[name] if own["at_risk"] is None else own["at_risk"]
        lost[name] = lost[name] if own["not_followed"] is None else own["not_followed"]
        found.append(own)
    return found


def _of_km(km: Estimate, k: int) -> dict[str, Any]:
    # The first and the last view bracket what the unknown can change; both need people to look at.
    if min(km.least.at_risk, (km.usual or km.most).at_risk) < k:
        return {}
    found = {"km_least": km.least.left, "km_most": km.most.left, "at_risk": (km.usual or km.least).at_risk}
    if km.usual is not None:
        found |= {"km": km.usual.left, "km_low": km.usual.low, "km_high": km.usual.high}
    return found


def _rounded(value: Any) -> Any:
    if not isinstance(value, float):
        return value
    return None if math.isnan(value) else round(value, 4)


def too_close(first: Retention, other: Retention, *, k: int) -> Retention:
    """The other retention, without the months at which it differs from the first by fewer than k people.

    Who left by the one definition and not by the other could be worked out from two such figures. All groups
    are hidden at such a month, so that none can be worked out from the rest.
    """
    pairs = first.rows.merge(other.rows, on=["group", "months"], how="inner")
    apart = (pairs["left_x"].astype(float) - pairs["left_y"].astype(float)).abs()
    close = set(pairs.loc[(apart > 0) & (apart < k), "months"])
    if not close:
        return other
    rows = other.rows.copy()
    rows.loc[rows["months"].isin(close), [*COLUMNS[COLUMNS.index("left") : -1]]] = None
    rows.loc[rows["months"].isin(close), "hidden"] = True
    why = Refused(
        f"who {other.label} at {', '.join(f'{month:g}' for month in sorted(close))} months",
        f"fewer than {k} people {first.label} and not this, or the other way round",
        "each definition asked for alone",
    )
    return replace(other, rows=rows, refused=(*other.refused, why))


def _frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(COLUMNS), dtype=object)
    return frame.where(frame.notna(), None)

"""The groups that people are compared by: the values of an attribute, or bands of it where that is asked."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.disclosure.values import NOT_RECORDED, band_of, spoilt
from feedback.errors import FeedbackError, nearest
from feedback.outcomes.days import is_day, when_of
from feedback.report.crosstabs import choose_attributes, groups_by
from feedback.report.heard import Heard, People

if TYPE_CHECKING:
    import pandas as pd

MOST_GROUPS = 20
_FEW = 8  # so many different numbers are groups as they are
QUARTILES, YEARS = "quartiles", "years"
TESTIMONIES = "testimonies only"
APART = (NOT_RECORDED, TESTIMONIES)  # groups that are no value of an attribute, and in no test
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Grouping:
    """An attribute with its groups of people, those without a value last; `notes` says what is odd in it."""

    name: str
    groups: Mapping[str, People]
    notes: tuple[str, ...] = ()

    @property
    def recorded(self) -> list[str]:
        return [name for name in self.groups if name not in APART]


def every_grouping(
    cases: pd.DataFrame, heard: Heard, *, first: Sequence[str], leaver: str
) -> tuple[list[Grouping], tuple[str, ...]]:
    """All that people can be compared by, in an order that no run changes, and what the report looks at.

    first: the attributes of the report, if some are set. After them come who left, then attributes with few
    values before those with many, then quartiles of numbers and years of dates. Up to 20 groups.
    """
    shown = choose_attributes(cases, heard, asked=first, leaver=leaver)
    own = [str(name) for name in cases if name not in ("case_id", "consent", *shown)]
    counted = {name: len(_recorded(groups_by(cases, heard, name))) for name in own}
    later = sorted(own, key=lambda name: (name != leaver, counted[name], name))
    plain = [name for name in later if 2 <= counted[name] <= MOST_GROUPS]
    banded = [
        Grouping(f"{name}:{how}", groups)
        for name in sorted([*shown, *own])
        for how in (QUARTILES, YEARS)
        if len(_recorded(groups := _banded(groups_by(cases, heard, name), how) or {})) > 1
    ]
    named = [Grouping(name, groups_by(cases, heard, name)) for name in (*shown, *plain)]
    return [*named, *banded], shown


def chosen(
    asked: str,
    every: Sequence[Grouping],
    cases: pd.DataFrame,
    heard: Heard,
    *,
    kept_apart: Sequence[str] = (),
) -> Grouping:
    """The grouping that somebody asks for, as "cohort" or "months:quartiles".

    kept_apart: columns of the participants table that are no attributes, for a better hint. Errors:
    FeedbackError for an unknown attribute (with the nearest), one group only, and too many values.
    """
    found = next((one for one in every if one.name == asked), None)
    if found is None:
        raise _refusal(asked, every, cases, heard, kept_apart)
    return Grouping(found.name, found.groups, tuple(_odd(found)))


def _refusal(
    asked: str, every: Sequence[Grouping], cases: pd.DataFrame, heard: Heard, kept_apart: Sequence[str]
) -> FeedbackError:
    name, _, how = asked.partition(":") if asked not in cases else (asked, "", "")
    own = [str(column) for column in cases if column not in ("case_id", "consent")]
    if name in kept_apart and name not in own:
        return FeedbackError(
            f"'{name}' stands in the participants table, but is not used: it singles people out, or has too "
            "many different values",
            hint=f"to use it all the same, put `attributes: [{name}]` under `read:` in feedback.yaml",
        )
    if name not in own:
        there = list(dict.fromkeys([*own, *(one.name for one in every)]))
        return FeedbackError(f"the participants table has no attribute '{name}'", hint=nearest(name, there))
    if how and how not in (QUARTILES, YEARS):
        return FeedbackError(
            f"'{how}' is no way to band '{name}'", hint=f"write {name}:{QUARTILES} or {name}:{YEARS}"
        )
    return _too_few_or_many(name, how, groups_by(cases, heard, name))


def _too_few_or_many(name: str, how: str, groups: Mapping[str, People]) -> FeedbackError:
    values = _recorded(groups)
    if how == QUARTILES:
        why = "are not all numbers" if not _numbers(values) else f"make no four bands ({len(values)} values)"
        return FeedbackError(f"the values of '{name}' {why}", hint=f"compare --by {name} as it is")
    if how == YEARS:
        return FeedbackError(
            f"the values of '{name}' are not dates of two years or more", hint=f"compare --by {name} as it is"
        )
    if len(values) < 2:
        there = f"only '{values[0]}'" if values else "nothing at all"
        return FeedbackError(
            f"'{name}' has {there} for the people heard: there is nothing to compare",
            hint="choose another with --by",
        )
    how = QUARTILES if _numbers(values) else YEARS if all(map(is_day, values)) else ""
    what = {QUARTILES: "numbers", YEARS: "dates"}.get(how, "values")
    wider = f"compare --by {name}:{how}, or " if how else ""
    return FeedbackError(
        f"'{name}' has {len(values)} different {what}: too many groups to compare (at most {MOST_GROUPS})",
        hint=f"{wider}put wider bands into a column of their own",
    )


def _recorded(groups: Mapping[str, People]) -> list[str]:
    return [name for name in groups if name != NOT_RECORDED]


def _numbers(values: Sequence[str]) -> list[float]:
    """The values as numbers; none where one is no number."""
    if not all(_NUMBER.fullmatch(value) for value in values):
        return []
    return sorted(float(value.replace(",", ".")) for value in values)


def _banded(groups: Mapping[str, People], how: str) -> dict[str, People] | None:
    """The groups in quartiles or in years; None where the values are not of that kind, or few."""
    values = _recorded(groups)
    if how == YEARS:
        # A year that stands alone is a group as it is.
        dates = values and all(is_day(value) and not value.isdigit() for value in values)
        bands = {value: str(when.earliest.year) for value in values if (when := _when(value))}
        return _joined(groups, bands) if dates and len(bands) == len(values) else None
    if len(values) <= _FEW or not _numbers(values):
        return None
    edges = _quartiles(groups, values)
    return _joined(groups, {value: _band(float(value.replace(",", ".")), edges) for value in values})


def _when(value: str):  # type: ignore[no-untyped-def]  # the type is that room's own
    return when_of(value, order="day-first") or when_of(value, order="month-first")


def _quartiles(groups: Mapping[str, People], values: Sequence[str]) -> list[int]:
    """Whole numbers that part the people in four, so that no edge is anybody's own decimal."""
    import numpy as np

    told = [float(value.replace(",", ".")) for value in values for _ in groups[value]]
    return sorted({math.floor(edge) for edge in np.quantile(told, [0.25, 0.5, 0.75])})


def _band(number: float, edges: Sequence[int]) -> str:
    for at, edge in enumerate(edges):
        if number <= edge:
            return f"up to {edge}" if at == 0 else f"over {edges[at - 1]} to {edge}"
    return f"over {edges[-1]}"


def _joined(groups: Mapping[str, People], bands: Mapping[str, str]) -> dict[str, People]:
    found: dict[str, set[str]] = {}
    for value in sorted(bands, key=lambda value: _order(value, bands[value])):
        found.setdefault(bands[value], set()).update(groups[value])
    joined = {band: frozenset(people) for band, people in found.items()}
    return {**joined, **({NOT_RECORDED: groups[NOT_RECORDED]} if NOT_RECORDED in groups else {})}


def _order(value: str, band: str) -> tuple[float, str]:
    return (float(value.replace(",", ".")), "") if _NUMBER.fullmatch(value) else (0.0, band)


def _odd(grouping: Grouping) -> list[str]:
    """What a reader of the groups should mend: one word in two spellings, dates in two ways of writing."""
    values = grouping.recorded
    by_plain: dict[str, list[str]] = {}
    for value in values:
        by_plain.setdefault(re.sub(r"[\W_]+", " ", value.casefold()).strip(), []).append(value)
    found = [
        f"{' and '.join(repr(one) for one in same)} are counted as different groups of '{grouping.name}'; if "
        "they are one, mend the participants table"
        for same in by_plain.values()
        if len(same) > 1
    ]
    found += [
        f"{one!r} in '{grouping.name}' seems to be {band_of(one)}, of which a spreadsheet made a day; "
        "mend the participants table"
        for one in spoilt(values)[:1]
    ]
    ways = {bool(re.match(r"\d{4}", value)) for value in values if is_day(value) and not value.isdigit()}
    if len(ways) > 1:
        found.append(
            f"'{grouping.name}' holds dates written in two ways, each counted as it stands; compare "
            f"--by {grouping.name}:{YEARS}, or mend the participants table"
        )
    return found

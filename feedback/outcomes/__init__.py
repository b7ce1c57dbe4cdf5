"""Retention and progression from the participants table: by one definition, with what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.outcomes.across import hidden_across
from feedback.outcomes.cohort import Cohort, cells_of, column_of, those_who_count, without
from feedback.outcomes.definitions import Refused, comparable, leaving_column, one_definition
from feedback.outcomes.destinations import Destinations, destinations
from feedback.outcomes.followed import follow
from feedback.outcomes.progression import Progression, progression
from feedback.outcomes.refusals import contradictions
from feedback.outcomes.retention import Retention, retention, too_close
from feedback.outcomes.service import service_by_band, service_by_month
from feedback.settings.outcomes import DEFINITIONS, Benchmark, Outcomes

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Asked", "ByDefinition", "Found", "outcomes"]
_MOST_GROUPS = 20


@dataclass(frozen=True)
class Asked:
    """What is asked of `outcomes`: definitions of leaving, months, groups, and how small figures may be.

    `consent` is what holds for people about whom none is recorded.
    """

    definitions: tuple[str, ...] = ()
    at: tuple[float, ...] = (12, 24, 36)
    by: str | None = None
    side_by_side: bool = False
    k: int = 5
    percentages_from: int = 20
    consent: str = "analysis"


@dataclass(frozen=True)
class ByDefinition:
    """What is found by one definition. `service` is there where shares cannot be: how long leavers served."""

    retention: Retention
    cohort: Cohort
    destinations: Destinations | None
    service: pd.DataFrame | None
    benchmarks: tuple[tuple[str, Benchmark], ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class Found:
    """The answer of `outcomes`: one entry a definition, and progression to senior roles where asked for."""

    by_definition: tuple[ByDefinition, ...]
    progression: Progression | None


def outcomes(people: pd.DataFrame, asked: Asked, *, columns: Outcomes | None = None) -> Found:
    """Retention, destinations and progression of the people of a participants table.

    people: one row a person, `case_id` and columns of text. columns: which of them say what. Errors:
    FeedbackError where nothing can be computed, with what is missing; `refused` says what in part cannot.
    """
    columns = columns or Outcomes()
    definitions = one_definition(asked.definitions, side_by_side=asked.side_by_side)
    leaving = {one: leaving_column(one, columns) for one in definitions}
    kept, out = those_who_count(people, consent=asked.consent)
    if asked.by:
        _check_groups(kept, asked.by)
    cohorts = {
        one: without(out, follow(kept, leaving=column, by=asked.by, columns=columns))
        for one, column in leaving.items()
    }
    wrong = _contradictions(kept, cohorts, columns)
    found = [_by_definition(kept, cohorts[one], one, asked, columns) for one in definitions]
    found = [replace(one, retention=_told(one.retention, wrong)) for one in found]
    first, *others = found
    found = [first, *(_apart(first, other, asked.k) for other in others)]
    grown = None
    if columns.roles:
        options = {"k": asked.k, "percentages_from": asked.percentages_from}
        grown = progression(kept, first.cohort, columns=columns, **options)
    return Found(tuple(found), grown)


def _contradictions(
    people: pd.DataFrame, cohorts: Mapping[str, Cohort], columns: Outcomes
) -> tuple[str, ...]:
    """What the columns of other definitions say that cannot be; one that cannot be read says nothing."""
    every, unread = dict(cohorts), []
    for one in DEFINITIONS:
        column = str(getattr(columns, one.replace("-", "_")))
        if column and one not in cohorts:
            try:
                every[one] = follow(people, leaving=column, columns=columns)
            except FeedbackError as error:
                unread.append(f"the column of {one} cannot be read ({error.message})")
    return (*contradictions(every), *unread)


def _told(kept: Retention, wrong: tuple[str, ...]) -> Retention:
    return replace(kept, notes=(*kept.notes, *wrong))


def _apart(first: ByDefinition, other: ByDefinition, k: int) -> ByDefinition:
    """The other definition's figures, without those from which few people could be worked out."""
    return replace(other, retention=too_close(first.retention, other.retention, k=k))


def _check_groups(people: pd.DataFrame, by: str) -> None:
    values = set(cells_of(people, column_of(people, by, "by")).values()) - {""}
    if not values:
        raise FeedbackError(f"the column '{by}' is empty for everybody", hint="name another with --by")
    if len(values) > _MOST_GROUPS:
        raise FeedbackError(
            f"'{by}' has {len(values)} different values: too many groups to compare",
            hint=f"at most {_MOST_GROUPS}; put years or bands into a column of their own",
        )


def _by_definition(
    people: pd.DataFrame, cohort: Cohort, definition: str, asked: Asked, columns: Outcomes
) -> ByDefinition:
    also = None
    if asked.by and not cohort.leavers_only and min(asked.at, default=0) > 0:
        also = hidden_across(people, cohort, by=asked.by, columns=columns, at=asked.at, k=asked.k)
    kept = retention(
        cohort,
        definition=definition,
        at=asked.at,
        k=asked.k,
        percentages_from=asked.percentages_from,
        also_hidden=also,
    )
    good, bad = comparable(definition, sorted(set(asked.at)), columns.benchmarks)
    left = {one.case_id: one.group for one in cohort.people if one.left is not None}
    return ByDefinition(
        retention=kept,
        cohort=cohort,
        destinations=_destinations(people, left, asked, columns),
        service=_service(people, cohort, left, asked, columns) if kept.leavers_only else None,
        benchmarks=() if kept.leavers_only else tuple(good),
        refused=(*kept.refused, *bad),
    )


def _destinations(
    people: pd.DataFrame, left: Mapping[str, str], asked: Asked, columns: Outcomes
) -> Destinations | None:
    if not columns.destination or not left:
        return None
    cells = cells_of(people, column_of(people, columns.destination, "destination"))
    return destinations(
        _of(cells, left),
        rule=columns.mission_aligned,
        unknown=columns.unknown,
        k=asked.k,
        percentages_from=asked.percentages_from,
    )


def _service(
    people: pd.DataFrame, cohort: Cohort, left: Mapping[str, str], asked: Asked, columns: Outcomes
) -> pd.DataFrame:
    if not columns.service:
        return service_by_month(cohort, asked.at, k=asked.k)
    bands = cells_of(people, column_of(people, columns.service, "service"))
    groups = left if asked.by else None
    return service_by_band(_of(bands, left), groups, unknown=columns.unknown, k=asked.k)


def _of(cells: Mapping[str, str], those: Sequence[str] | Mapping[str, str]) -> dict[str, str]:
    return {case: cells.get(case, "") for case in those}

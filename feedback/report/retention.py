"""Retention and progression as a part of a report: figures already made safe, in words for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from feedback.model import Outcome, OutcomePoint, Report, SideTable
from feedback.outcomes.beside import OUTCOMES
from feedback.outcomes.cohort import EVERYBODY
from feedback.outcomes.definitions import Refused
from feedback.outcomes.destinations import Destinations
from feedback.outcomes.told import HIDDEN, count_of, of_ranges, range_of, share_of
from feedback.report.wording import listed

if TYPE_CHECKING:
    import pandas as pd

    from feedback.outcomes import ByDefinition, Found
    from feedback.outcomes.progression import Progression

_FIGURES = (
    "months", "n", "left", "left_most", "low", "high", "km", "km_low", "km_high", "km_least", "km_most",
    "at_risk", "hidden",
)  # fmt: skip
NOT_CAUSE = "Leavers were asked why; others say it unasked. This does not show what makes people leave."


def with_outcomes(
    report: Report, found: Found | None, beside: pd.DataFrame | None = None, *, note: str = ""
) -> Report:
    """The report with retention by each definition, and progression, as `outcomes` found them.

    beside: push factors by outcome (`factors_beside`). note: what could not be found, and why.
    """
    if found is None:
        return replace(report, outcomes_note=note)
    outcomes = [_outcome(one) for one in found.by_definition]
    tables = [_progression(found.progression)] if found.progression else []
    if beside is not None:
        tables.append(_beside(beside, outcomes[0].label))
    return replace(
        report,
        outcomes=tuple(outcomes),
        outcomes_tables=tuple(tables),
        outcomes_note=note,
        summary=_told_in_summary(report, outcomes),
    )


@dataclass(frozen=True)
class ToldPoint:
    """A row of the table of a definition, as it is shown; `left` is "not given" where there is no share."""

    group: str
    months: str
    hidden: bool
    left: str
    share: str
    km: str
    still: str

    @property
    def figures(self) -> tuple[str, ...]:
        """What stands behind the group and the months."""
        return (HIDDEN, "–", "–", "–") if self.hidden else (self.left, self.share, self.km, self.still)


def told_points(outcome: Outcome) -> list[ToldPoint]:
    """The figures of a definition in words, without groups of which nothing can be shown."""
    unseen = unseen_groups(outcome)
    return [_told(point) for point in outcome.points if point.group not in unseen]


def unseen_groups(outcome: Outcome) -> list[str]:
    """The groups of which nothing can be shown, in the order of the figures."""
    seen = {point.group for point in outcome.points if _has_figures(point)}
    return list(dict.fromkeys(point.group for point in outcome.points if point.group not in seen))


def _has_figures(point: OutcomePoint) -> bool:
    return not point.hidden and any(one is not None for one in (point.left, point.km, point.km_least))


def has_ranges(outcome: Outcome) -> bool:
    """Whether any figure is a range, since nobody knows what became of some."""
    return any(point.km_least != point.km_most or point.left != point.left_most for point in outcome.points)


def _told(point: OutcomePoint) -> ToldPoint:
    left, share = "not given", "–"
    if point.left is not None and point.left_most is not None and point.n:
        left = f"{range_of(point.left, point.left_most)} of {point.n}"
        if point.low is not None:
            share = f"{share_of(point.left / point.n, point.left_most / point.n)}%"
            share += f", {share_of(point.low, point.high)}"
    km = "–" if point.km is None else f"{share_of(point.km, point.km)}%"
    if point.km is not None:
        km += f", {share_of(point.km_low, point.km_high)}"
    elif point.km_least is not None:
        km = f"{share_of(point.km_least, point.km_most)}%"
    still = "–" if point.at_risk is None else str(point.at_risk)
    return ToldPoint(point.group, f"{point.months:g}", point.hidden, left, share, km, still)


def _outcome(one: ByDefinition) -> Outcome:
    kept = one.retention
    points = [
        OutcomePoint(row["group"], *(row[name] for name in _FIGURES)) for row in kept.rows.to_dict("records")
    ]
    tables = [_service(one.service)] if one.service is not None else []
    if one.destinations:
        tables.append(_destinations(one.destinations))
    notes = [_refused(why) for why in one.refused]
    for name, mark in one.benchmarks:
        of = f" of {mark.of}" if mark.of else ""
        notes.append(f"For comparison, {name}: {mark.left:.0%}{of} {kept.label} at {mark.months} months.")
    found = Outcome(kept.definition, kept.label, tuple(points), tuple(tables), tuple(notes))
    if unseen := unseen_groups(found):
        notes.append(f"Nothing can be shown of {listed(unseen)}.")
    return replace(found, notes=tuple(notes))


def _refused(why: Refused) -> str:
    return f"Not given: {why.what}, because {why.openly or why.why}."


def _told_in_summary(report: Report, outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    """The summary, with what is known of everybody at the last month that has a count or an estimate."""
    said = [words for one in outcomes if (words := _in_short(one))]
    if not said:
        return report.summary
    line = f"Who left: {' '.join(said)}"
    if len(said) > 1:
        line += " These are different figures."
    at = 1 + next((i for i, one in enumerate(report.summary) if one.startswith("Why people left")), 0)
    return (*report.summary[:at], line, *report.summary[at:])


def _in_short(one: Outcome) -> str:
    shown = [point for point in one.points if point.group == EVERYBODY and not point.hidden]
    for point in reversed(shown):
        if point.left is not None and point.left_most is not None:
            people = range_of(point.left, point.left_most)
            return f"{people} of {point.n} people {one.label} within {point.months:g} months."
        if point.km is not None:
            share = share_of(point.km, point.km)
            return (
                f"About {share}% {one.label} within {point.months:g} months (Kaplan-Meier; 95%: "
                f"{share_of(point.km_low, point.km_high)}%)."
            )
    return ""


def _service(service: pd.DataFrame) -> SideTable:
    rows = [
        (
            str(row["group"]),
            str(row["service"]),
            HIDDEN if row["n"] is None else f"{range_of(row['n'], row['n_most'])} of {row['of']}",
        )
        for row in _records(service)
    ]
    notes = ["This is no retention: those who stayed are not in it."]
    notes += [told] if (told := of_ranges(service)) else []
    head = ("Group", "Service", "Leavers")
    return SideTable("How long the leavers had served", head, tuple(rows), tuple(notes))


def _destinations(found: Destinations) -> SideTable:
    caption = f"Where {found.of} leavers went ({found.unknown} not known)"
    head = ("Destination", "People", "Mission-aligned")
    if found.hidden:
        return SideTable(caption, head, (), ("Hidden: too few people.",))
    rows = [
        (name, str(n), "yes" if aligned else "")
        for name, n, aligned in sorted(found.rows, key=lambda row: (-row[1], row[0]))
    ]
    if found.mission is None:
        return SideTable(caption, head, tuple(rows), ("It is not said which are mission-aligned.",))
    most = range_of(found.mission, found.mission + found.unknown)
    limits = f" (95%: {share_of(found.low, found.high)}%)" if found.low is not None else ""
    note = f"Mission-aligned: {most} of {found.of} leavers{limits}. That is: {', '.join(found.rule)}."
    return SideTable(caption, head, tuple(rows), (note,))


def _progression(grown: Progression) -> SideTable:
    head = ("Group", "Months", "In senior roles", "Share", "95%")
    if grown.refused:
        return SideTable("People in senior roles", head, (), tuple(map(_refused, grown.refused)))
    rows = [_grown(row) for row in _records(grown.rows)]
    roles = f"Roles here that are: {listed(grown.senior)}; that are not: {listed(grown.others)}."
    return SideTable(
        "People in senior roles", head, tuple(rows), (f"Senior are: {', '.join(grown.rule)}. {roles}",)
    )


def _grown(row: Mapping[str, Any]) -> tuple[str, ...]:
    first = (str(row["group"]), f"{row['months']:g}")
    if row["hidden"]:
        return (*first, HIDDEN, "", "")
    senior = f"{range_of(row['senior'], row['senior_most'])} of {row['n']}"
    shares = share_of(row["share"], row["share_most"]), share_of(row["low"], row["high"])
    return (*first, senior, *(f"{share}%" if share else "" for share in shares))


def _beside(beside: pd.DataFrame, label: str) -> SideTable:
    every = _records(beside)
    shown = [row for row in every if any(row[name] for name in OUTCOMES)]
    rows = [(str(row["label"]), *(count_of(row[name]) for name in ("n", *OUTCOMES))) for row in shown]
    unseen = [str(row["label"]) for row in every if row not in shown]
    notes = [f"Too few people to be shown: {listed(unseen)}."] if unseen else []
    return SideTable(
        f"Push factors of the same people: who says it, by whether they {label}",
        ("Push factor", "Say it", "Left", "Not left", "Not known"),
        tuple(rows),
        (NOT_CAUSE, *notes),
    )


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]

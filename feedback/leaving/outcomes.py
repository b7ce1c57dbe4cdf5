"""Retention and progression of a project's people, from its participants table and settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.links import SURVEY, filled
from feedback.outcomes import Asked, outcomes
from feedback.outcomes.definitions import LABELS
from feedback.project import Project
from feedback.report.retention import with_outcomes
from feedback.settings.outcomes import DEFINITIONS

if TYPE_CHECKING:
    import pandas as pd

    from feedback.model import Report
    from feedback.outcomes import Found


def participants_of(project: Project) -> pd.DataFrame:
    """The rows of the participants table as given; respondents of surveys where there are no others."""
    people = project.table("private/people")
    if SURVEY[0] in people:
        listed = ~people[SURVEY[0]].map(filled)
        people = people[listed] if listed.any() else people
    return people


def asked_of(project: Project, definitions: tuple[str, ...]) -> Asked:
    """What the project's settings ask of `outcomes`. FeedbackError for months that are no numbers."""
    settings = project.settings
    try:
        months = tuple(float(month) for month in settings.outcomes.at)
    except ValueError:
        raise FeedbackError(
            f"feedback.yaml: 'outcomes.at' should hold months, not {', '.join(settings.outcomes.at)}",
            hint='write at: ["12", "24", "36"]',
        ) from None
    return Asked(
        definitions,
        months,
        settings.outcomes.by or None,
        side_by_side=True,
        k=settings.least_group(),
        percentages_from=settings.report.percentages_from,
        consent=settings.consent,
    )


def beside_of(project: Project, found: Found, *, k: int) -> pd.DataFrame | None:
    """Push factors by outcome; None where none were found, or all of whom the table tells had left."""
    from feedback.outcomes.beside import factors_beside, outcome_of

    factors = project.table("factors")
    if not len(factors) or found.by_definition[0].retention.leavers_only:
        return None
    segments, members = project.table("segments"), project.table("members")
    return factors_beside(factors, members, segments, outcome_of(found.by_definition[0].cohort), k=k)


def outcomes_of(project: Project) -> tuple[Found | None, str]:
    """What the settings' columns tell of retention, by all definitions that have one, and what they do not.

    A definition whose columns cannot be read is left out, and named. None without any.
    """
    columns = project.settings.outcomes
    named = [one for one in DEFINITIONS if getattr(columns, one.replace("-", "_"))]
    if not named:
        return None, ""
    people = participants_of(project)
    good, lost = [], []
    for one in named:
        asked = asked_of(project, (one,))
        try:
            outcomes(people, asked, columns=columns)
            good.append(one)
        except FeedbackError:
            # What the message says of single people is for the screen alone.
            lost.append(f"Who {LABELS[one]} is not shown: the columns for it cannot be read as they are "
                        f"(`feedback outcomes --definition {one}` says why).")  # fmt: skip
    found = outcomes(people, asked_of(project, tuple(good)), columns=columns) if good else None
    return found, " ".join(lost)


def reported(project: Project, report: Report) -> Report:
    """The report with retention and progression, where the settings name columns for it."""
    found, note = outcomes_of(project)
    if found is None:
        return with_outcomes(report, None, note=note)
    k = project.settings.least_group()
    beside = beside_of(project, found, k=k) if report.factors else None
    return with_outcomes(report, found, beside, note=note)

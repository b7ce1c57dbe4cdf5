"""`feedback outcomes`: who left, who stayed, who is senior now, and where leavers went."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note
from feedback.errors import FeedbackError
from feedback.settings.outcomes import DEFINITIONS, Outcomes

if TYPE_CHECKING:
    import pandas as pd

    from feedback.outcomes import Asked, Found
    from feedback.project import Project


@click.command("outcomes")
@click.argument("file", required=False)
@click.option(
    "--definition",
    "definitions",
    multiple=True,
    metavar="NAME",
    help=f"What leaving means: {', '.join(DEFINITIONS)}.",
)
@click.option("--at", default="12,24,36", show_default=True, metavar="MONTHS", help="Months since the start.")
@click.option("--by", metavar="COLUMN", help="A column of groups, as cohort.")
@click.option(
    "--set", "options", multiple=True, metavar="NAME=VALUE", help="A setting of outcomes:, for this time."
)
@click.option("--side-by-side", is_flag=True, help="Several definitions, each under its own label.")
@common
def command(
    file: str | None,
    definitions: tuple[str, ...],
    at: str,
    by: str | None,
    options: tuple[str, ...],
    side_by_side: bool,
    folder: str,
    as_json: bool,
) -> None:
    """Shows retention and progression from the participants table, or from another FILE.

    What leaving means must be said; what is unknown makes a range; who was not followed long enough is not
    counted. `feedback guide outcomes` shows how.
    """
    from feedback.cli.outcomes.shown import as_tables, say_found
    from feedback.outcomes import Asked, outcomes
    from feedback.outcomes.definitions import with_options

    project = _project(folder, needed=file is None)
    settings = project.settings if project else None
    columns = with_options(settings.outcomes if settings else Outcomes(), options)
    asked = Asked(definitions, _months(at), by, side_by_side)
    if settings:
        report = settings.report
        asked = replace(
            asked,
            k=settings.least_group(),
            percentages_from=report.percentages_from,
            consent=settings.consent,
        )
    people = _people(file, project)
    found = outcomes(people, asked, columns=columns)
    beside = _beside(project, found, asked) if project and file is None else None
    if project and beside is not None:
        _tell_unmatched(project, found)
    _tell_left_out(found, asked.k)
    if as_json:
        give_json(as_tables(found, beside))
    else:
        say_found(found, beside, asked)
    _refuse_if_empty(found)


def _months(said: str) -> tuple[float, ...]:
    try:
        return tuple(float(piece) for piece in said.replace(";", ",").split(",") if piece.strip())
    except ValueError:
        raise click.BadParameter(f"'{said}' is no list of months; say 12,24,36", param_hint="--at") from None


def _project(folder: str, *, needed: bool) -> Project | None:
    from pathlib import Path

    from feedback.project import SETTINGS, Project

    if not needed and folder == "." and not (Path(folder) / SETTINGS).is_file():
        return None
    return Project(folder)


def _people(file: str | None, project: Project | None) -> pd.DataFrame:
    """The rows of the participants table; respondents of surveys only where there are no others."""
    from feedback.leaving.outcomes import participants_of
    from feedback.readers.tables.participants import read_participants

    if file is not None:
        return read_participants(file)
    assert project is not None
    return participants_of(project)


def _beside(project: Project, found: Found, asked: Asked) -> pd.DataFrame | None:
    """Push factors by outcome, where the report may show push factors at all."""
    from feedback.leaving.outcomes import beside_of
    from feedback.leaving.publish import report_of

    if not len(project.table("factors")) or not report_of(project).factors:
        return None
    return beside_of(project, found, k=asked.k)


def _tell_unmatched(project: Project, found: Found) -> None:
    """Who was heard and does not stand in the participants table: a slip in an id, most likely."""
    from difflib import get_close_matches

    from feedback.outcomes.beside import not_in_table, outcome_of
    from feedback.outcomes.words import listed_ids

    known = outcome_of(found.by_definition[0].cohort)
    lost = not_in_table(project.table("segments"), known)
    if not lost:
        return
    near = get_close_matches(lost[0], known, 1)
    hint = f" Is {lost[0]} the same as {near[0]}?" if near else ""
    told = count(len(lost), "person", "people")
    note(f"Heard, but not followed in the participants table: {told}, {listed_ids(lost)}.{hint}")


def _tell_left_out(found: Found, k: int) -> None:
    for reason, ids in found.by_definition[0].retention.left_out.items():
        n = f"fewer than {k} people" if len(ids) < k else count(len(ids), "person", "people")
        note(f"Left out, {reason}: {n}.")


def _refuse_if_empty(found: Found) -> None:
    """Exit code 1 where no share could be given at all, after what can be shown was shown."""
    for one in found.by_definition:
        rows = one.retention.rows
        if len(rows) and rows[["left", "km", "km_least"]].notna().any(axis=None):
            return
    refused = found.by_definition[0].refused
    raise FeedbackError(
        f"{refused[0].what} is refused" if refused else "nothing can be shown",
        hint="why, and what there is instead, stands above",
    )

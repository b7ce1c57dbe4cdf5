"""`feedback compare`: themes or push factors by attribute, and the framework matrix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from feedback.cli.options import common
from feedback.cli.output import give_json, note
from feedback.cli.work import advance
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    from feedback.comparing import Comparison
    from feedback.project import Project


@click.command("compare")
@click.option("--by", multiple=True, metavar="ATTRIBUTE", help="A column of groups; several with --by again.")
@click.option("--theme", default="", metavar="ID", help="One theme, or push factor, in full.")
@click.option("--factors", is_flag=True, help="Push factors, among those who left, instead of themes.")
@click.option("--matrix", is_flag=True, help="Instead: people by themes, for summaries by hand (.xlsx).")
@click.option("-o", "--output", metavar="FILE", help="Where it goes: comparison.xlsx, matrix.xlsx.")
@click.option("--replace", is_flag=True, help="Write over a file that somebody has changed since.")
@click.option(
    "-n", "limit", default=12, show_default=True, type=click.IntRange(min=1), help="Lines of a table."
)
@common
def command(
    by: tuple[str, ...],
    theme: str,
    factors: bool,
    matrix: bool,
    output: str | None,
    replace: bool,
    limit: int,
    folder: str,
    as_json: bool,
) -> None:
    """Compares groups of people: who speaks of a theme, or gives a push factor, of how many.

    ATTRIBUTE is a column of the participants table, as cohort, or cohort in bands: months:quartiles for
    numbers, started:years for dates. `feedback guide compare` says how the figures are made.
    """
    from feedback.cli.compare.shown import say_comparison
    from feedback.project import Project

    project = Project(folder)
    if matrix:
        from feedback.cli.compare.matrix import give_matrix

        _check_alone(by, theme, factors)
        give_matrix(project, output, replace=replace, as_json=as_json)
        return
    if output:
        check_workbook(Path(output), "comparison")
    done = advance(project)
    found = comparison_of(project, by=by, theme=theme, factors=factors)
    if output:
        _write(project, found, Path(output), replace=replace)
    if as_json:
        give_json(_as_json(done, found))
        return
    say_comparison(found, limit=limit, ranked=project.settings.approach != "reflexive", in_full=bool(theme))
    for line in found.notes:
        note(f"- {line}")
    if ids := [one.number for line in found.lines for one in line.groups if one.number]:
        note(f"- Every number has an id, as in `feedback why {ids[0]}`; --theme ID shows them.")


def comparison_of(project: Project, **wanted: Any) -> Comparison:
    """The comparison of a project, with the options of its report."""
    from feedback.comparing import compare
    from feedback.leaving.publish import report_of, summary_options
    from feedback.pipeline.trained import tags_that_count

    tables = {**project.tables(), "tags": tags_that_count(project)}
    apart = [str(column) for column in project.table("private/people")]
    known = {"report": report_of(project), **summary_options(project)}
    return compare(tables, kept_apart=apart, **wanted, **known)


def _write(project: Project, found: Comparison, path: Path, *, replace: bool) -> None:
    """Writes a comparison as a workbook, if nothing in it gives anybody away."""
    from feedback.comparing.sheets import FOR_WHOM, comparison_sheets
    from feedback.leaving import leave
    from feedback.report.sheets.workbook import workbook_bytes

    title = project.settings.title or project.path.resolve().name
    data = workbook_bytes(title, comparison_sheets(found), for_whom=FOR_WHOM)
    leave(project, data, path, what="comparison", replace=replace)
    note(f"Written: {path}")


def check_workbook(path: Path, what: str) -> None:
    """FeedbackError for a file that is no .xlsx, or whose folder is not there."""
    if path.suffix.lower() != ".xlsx":
        raise FeedbackError(
            f"a {what} cannot be written as '{path.suffix or path.name}'", hint="end the name in .xlsx"
        )
    if not path.parent.is_dir():
        raise FeedbackError(f"the folder '{path.parent}' does not exist", hint="make it first")


def _check_alone(by: tuple[str, ...], theme: str, factors: bool) -> None:
    given = [name for name, value in (("--by", by), ("--theme", theme), ("--factors", factors)) if value]
    if given:
        raise FeedbackError(
            f"{given[0]} does not go with --matrix", hint="the matrix holds every person and every theme"
        )


def _as_json(done: list[str], found: Comparison) -> dict[str, Any]:
    return {
        "done": done,
        "comparisons": found.n_comparisons,
        "heard": found.heard,
        "heard_numbers": found.heard_numbers,
        "lines": found.tests.to_dict("records"),
        "groups": found.groups.to_dict("records"),
        "notes": list(found.notes),
    }

"""`feedback compare`: themes or push factors by attribute, and the framework matrix."""

from __future__ import annotations

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
@click.option("-o", "--output", metavar="FILE", help="Where the matrix goes, as in matrix.xlsx.")
@click.option("--replace", is_flag=True, help="Write over a matrix that somebody has changed since.")
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
    from feedback.cli.compare_shown import say_comparison
    from feedback.project import Project

    project = Project(folder)
    if matrix:
        from feedback.cli.compare_matrix import give_matrix

        _check_alone(by, theme, factors)
        give_matrix(project, output, replace=replace, as_json=as_json)
        return
    if output:
        raise FeedbackError(
            "-o is for the matrix", hint="say --matrix -o FILE, or --json for the comparison as data"
        )
    done = advance(project)
    found = comparison_of(project, by=by, theme=theme, factors=factors)
    if as_json:
        give_json(_as_json(done, found))
        return
    say_comparison(found, limit=limit, ranked=project.settings.approach != "reflexive", in_full=bool(theme))
    for line in found.notes:
        note(f"- {line}")


def comparison_of(project: Project, **wanted: Any) -> Comparison:
    """The comparison of a project, with the options of its report."""
    from feedback.comparing import compare
    from feedback.leaving.publish import summary_options
    from feedback.pipeline.trained import tags_that_count

    tables = {**project.tables(), "tags": tags_that_count(project)}
    apart = [str(column) for column in project.table("private/people")]
    return compare(tables, kept_apart=apart, **wanted, **summary_options(project))


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
        "lines": found.tests.to_dict("records"),
        "groups": found.groups.to_dict("records"),
        "notes": list(found.notes),
    }

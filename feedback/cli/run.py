"""`feedback run`: does what is stale, in order, and writes the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say
from feedback.cli.work import advance

if TYPE_CHECKING:
    from feedback.project import Project


@click.command("run")
@common
def command(folder: str, as_json: bool) -> None:
    """Does what is stale, in order, and writes reports/report.html."""
    from feedback.cli.factors import say_factors
    from feedback.leaving.publish import STANDARD, refresh_report
    from feedback.project import Project

    project = Project(folder)
    done = advance(project)
    _note_faults(project)
    written = refresh_report(project)
    report = project.path / "reports" / STANDARD
    if as_json:
        give_json({"done": [*done, *(["report"] if written else [])], "report": str(report)})
        return
    if not done and not written:
        say("Nothing to do: everything is up to date.")
    else:
        say_factors(project, quotes=1, limit=6)
    say(f"Report: {report}")


def _note_faults(project: Project) -> None:
    """A word beside the result when the theme list does not pass its own check."""
    from feedback.codebook.check import check

    faults = [finding for finding in check(project.codebook) if finding.level == "error"]
    if faults:
        note(f"The theme list has {count(len(faults), 'fault')}: `feedback themes check` shows them.")

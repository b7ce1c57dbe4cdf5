"""`feedback run`: does what is stale, in order, and writes the report."""

from __future__ import annotations

import click

from feedback.cli.options import common
from feedback.cli.output import give_json, say
from feedback.cli.work import advance


@click.command("run")
@common
def command(folder: str, as_json: bool) -> None:
    """Does what is stale, in order, and writes reports/report.html."""
    from feedback.cli.factors import say_factors
    from feedback.project import Project
    from feedback.publish import STANDARD, refresh_report

    project = Project(folder)
    done = advance(project)
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

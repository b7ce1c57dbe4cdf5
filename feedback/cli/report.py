"""`feedback report -o FILE`: the report as a web page, a Word document or data."""

from __future__ import annotations

from pathlib import Path

import click

from feedback.cli.options import common
from feedback.cli.output import give_json, say
from feedback.cli.work import advance


@click.command("report")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    help="report.html, report.docx or report.json; else reports/report.html.",
)
@common
def command(output: str | None, folder: str, as_json: bool) -> None:
    """Writes the report: push factors, themes by attribute, quotes, method."""
    from feedback.errors import FeedbackError
    from feedback.project import Project
    from feedback.publish import STANDARD, leave_report
    from feedback.registry import names

    project = Project(folder)
    file = Path(output) if output else project.path / "reports" / STANDARD
    if file.suffix.lower() not in names("exporters"):
        raise FeedbackError(
            f"a report cannot be written as '{file.suffix or file.name}'",
            hint="end the name in one of: " + ", ".join(names("exporters")),
        )
    if not file.parent.is_dir():
        raise FeedbackError(f"the folder '{file.parent}' does not exist", hint="make it first")
    done = advance(project)
    leave_report(project, file)
    if as_json:
        give_json({"done": done, "report": str(file)})
    else:
        say(f"Report: {file}")

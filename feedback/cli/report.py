"""`feedback report -o FILE`: the report as a web page, a Word document or data."""

from __future__ import annotations

from collections.abc import Sequence
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
@click.option(
    "--transcripts",
    is_flag=True,
    help="Instead: what those who agreed to be quoted said, with its tags, for reading inside.",
)
@click.option(
    "--method", is_flag=True, help="Instead: the checklists COREQ and SRQR, as far as the project knows."
)
@click.option("--replace", is_flag=True, help="Write over a file that somebody has changed since.")
@common
def command(
    output: str | None, transcripts: bool, method: bool, replace: bool, folder: str, as_json: bool
) -> None:
    """Writes the report: push factors, themes by attribute, quotes, method.

    A report is made to be passed on. Transcripts are not: without -o they are written into private/.
    """
    from feedback.leaving.publish import METHOD, STANDARD, leave_method, leave_report, leave_transcripts
    from feedback.project import Project
    from feedback.registry import names
    from feedback.report.checklist.files import WRITERS

    project = Project(folder)
    if transcripts:
        done = advance(project)
        _tell("transcripts", leave_transcripts(project, output, replace=replace), done, as_json)
        return
    file = Path(output) if output else project.path / "reports" / (METHOD if method else STANDARD)
    _check(file, known=list(WRITERS) if method else names("exporters"))
    done = advance(project)
    write = leave_method if method else leave_report
    _tell("method" if method else "report", write(project, file, replace=replace), done, as_json)


def _check(file: Path, *, known: Sequence[str]) -> None:
    """Says early what would only come to light after the work."""
    from feedback.errors import FeedbackError

    if file.suffix.lower() not in known:
        raise FeedbackError(
            f"a report cannot be written as '{file.suffix or file.name}'",
            hint="end the name in one of: " + ", ".join(known),
        )
    if not file.parent.is_dir():
        raise FeedbackError(f"the folder '{file.parent}' does not exist", hint="make it first")


def _tell(what: str, file: Path, done: list[str], as_json: bool) -> None:
    if as_json:
        give_json({"done": done, what: str(file)})
    else:
        say(f"{what.capitalize()}: {file}")

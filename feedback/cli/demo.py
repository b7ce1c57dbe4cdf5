"""`feedback demo`: the whole way on the corpus that ships."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback.cli.options import json_only
from feedback.cli.output import count, give_json, note, rows_of, say
from feedback.cli.work import advance
from feedback.errors import FeedbackError

TITLE = "Why they left: an invented example"
# What its participants table says of leaving, in the words that a user would write.
OUTCOMES = """
outcomes:                   # retention beside the push factors: `feedback guide outcomes`
  left_first_employer: leaver
  months: months_qualified  # from the start to leaving, or to the last news
  destination: destination
  mission_aligned: ["*charity*", domestic abuse service, family hub, family court guardian, "school *"]
"""

if TYPE_CHECKING:
    from feedback.project import Project


@click.command("demo")
@click.argument("folder", metavar="[DIR]", default="leavers-demo")
@json_only
def command(folder: str, as_json: bool) -> None:
    """Makes a project from the invented corpus that ships, runs everything and prints the push factors."""
    from feedback.cli.factors import say_factors
    from feedback.leaving.publish import STANDARD, refresh_report
    from feedback.project import SETTINGS, Project

    begun = time.monotonic()
    if (Path(folder) / SETTINGS).exists():
        project = Project(folder)
        note(f"'{folder}' is here already: doing what is stale in it.")
    else:
        if Path(folder).is_dir() and any(Path(folder).iterdir()):
            raise FeedbackError(
                f"'{folder}' holds other files", hint="name a folder that is new: feedback demo DIR"
            )
        project = _make(folder)
    done = advance(project)
    refresh_report(project)
    report = project.path / "reports" / STANDARD
    if as_json:
        give_json({"done": done, "factors": rows_of(project.table("factors")), "report": str(report)})
        return
    documents = project.table("documents")
    say(f"{TITLE}. Every person, place and event in it is invented.")
    people = count(len(project.table("cases")), "person", "people")
    say(f"Read {count(len(documents), 'document')} of {people}. Why leavers left:")
    say_factors(project, quotes=1, limit=8)
    say(f"Report: {report}")
    say(f"Next: open it; then `feedback status -p {folder}`, or `feedback new my-study` for your own files.")
    note(f"Done in {time.monotonic() - begun:.0f} s.")


def _make(folder: str) -> Project:
    from feedback.intake import add
    from feedback.keys import SECRET
    from feedback.project import SETTINGS, Project
    from feedback.readers import read
    from feedback.readers.tables.participants import read_participants
    from feedback.shipped import shipped, starter_themes

    project = Project.create(folder, themes=starter_themes(), title=TITLE)
    settings = project.path / SETTINGS
    settings.write_text(settings.read_text(encoding="utf-8") + OUTCOMES, encoding="utf-8")
    # Its people are invented: the same secret everywhere lets everybody see the same demo.
    project.keys.write(SECRET, bytes(32).hex().encode())
    corpus = shipped("corpora", "leavers")
    documents, dropped = read(corpus / "sources")
    add(project, documents, dropped, people=read_participants(corpus / "participants.csv"))
    note(f"Made '{folder}' and read {count(len(documents), 'file')}.")
    return project

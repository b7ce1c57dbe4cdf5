"""`feedback doctor`: whether machine, installation and project are as they should be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say
from feedback.errors import CheckFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedback.doctoring import Finding

_SHOWN = {"fine": "fine", "look": "LOOK", "mend": "MEND"}


@click.command("doctor")
@common
def command(folder: str, as_json: bool) -> None:
    """Looks whether all is well: connections, models, packages, and a project's place and tables.

    Runs a small study in a process in which every try to reach a network is refused and counted. Changes
    nothing. Exit code 3 when something must be mended.
    """
    from feedback.doctoring import of_installation, of_project
    from feedback.project import SETTINGS, Project

    project = Project(folder) if folder != "." or (Path(folder) / SETTINGS).is_file() else None
    note("A small study is run to see whether anything reaches for a network: some twenty seconds.")
    found = [*of_installation(), *(of_project(project) if project else [])]
    _give(found, as_json=as_json)
    if project is None and not as_json:
        note("No project here: name one with -p DIR to have it looked at, too.")
    wrong = sum(one.state == "mend" for one in found)
    if wrong:
        raise CheckFailed(
            f"{count(wrong, 'thing')} to mend", hint="the lines marked MEND say how" if not as_json else None
        )


def _give(found: Sequence[Finding], *, as_json: bool) -> None:
    if as_json:
        rows = [
            {"check": one.check, "state": one.state, "message": one.message, "remedy": one.remedy,
             "facts": one.facts}
            for one in found
        ]  # fmt: skip
        give_json({"findings": rows})
        return
    for one in found:
        say(f"{_SHOWN[one.state]}  {one.check}: {one.message}")
        if one.remedy:
            say(f"      {one.remedy}")

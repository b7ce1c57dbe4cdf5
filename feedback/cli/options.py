"""The options that mean the same everywhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def _quieten(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value:
        context.find_root().meta["quiet"] = True


def _found(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """The folder named, or the nearest one from here upwards that is a project."""
    from feedback.project import SETTINGS

    here = Path.cwd()
    if value != "." or (here / SETTINGS).is_file():
        return value
    above = next((folder for folder in here.parents if (folder / SETTINGS).is_file()), None)
    return value if above is None else os.path.relpath(above, here)


def common(command: Command) -> Command:
    """-p/--project, --json, -q."""
    for option in (
        click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_quieten, help="No notes."),
        click.option("--json", "as_json", is_flag=True, help="The result as one JSON object."),
        click.option(
            "-p",
            "--project",
            "folder",
            default=".",
            callback=_found,
            metavar="DIR",
            help="The project; else the one that this folder is or lies in.",
        ),
    ):
        command = option(command)
    return command


def json_only(command: Command) -> Command:
    """--json, -q: for verbs that need no project."""
    for option in (
        click.option("-q", "--quiet", is_flag=True, expose_value=False, callback=_quieten, help="No notes."),
        click.option("--json", "as_json", is_flag=True, help="The result as one JSON object."),
    ):
        command = option(command)
    return command


def in_project(command: Command) -> Command:
    """-p/--project for a verb that also works without one: the folder, or None."""
    return click.option("-p", "--project", "folder", metavar="DIR", help="As this project's settings say.")(
        command
    )


def reading(command: Command) -> Command:
    """How files are to be read: --text, --case, --interviewer, --kind."""
    for option in (
        click.option(
            "--kind", type=click.Choice(["interview", "testimony", "survey"]), help="What the files are."
        ),
        click.option("--interviewer", "interviewers", multiple=True, metavar="NAME", help="Who asks."),
        click.option("--case", "case_column", metavar="COLUMN", help="A survey's column of respondents."),
        click.option(
            "--text", "text_columns", multiple=True, metavar="COLUMN", help="A survey's column of answers."
        ),
    ):
        command = option(command)
    return command

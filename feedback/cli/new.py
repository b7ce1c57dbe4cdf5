"""`feedback new DIR`: a project folder with a starter theme list."""

from __future__ import annotations

from pathlib import Path

import click

from feedback.cli.options import json_only
from feedback.cli.output import give_json, say


@click.command("new")
@click.argument("folder", metavar="DIR")
@click.option("--themes", metavar="FILE", help="Your theme list instead of the starter list.")
@click.option("--title", default="", help="What the report is called; else the folder's name.")
@json_only
def command(folder: str, themes: str | None, title: str, as_json: bool) -> None:
    """Makes a project folder with a starter theme list."""
    from feedback.project import Project
    from feedback.shipped import starter_themes

    text = _theme_list(themes) if themes else starter_themes()
    project = Project.create(folder, themes=text, title=title)
    if as_json:
        give_json({"project": str(project.path), "themes": len(project.codebook)})
        return
    say(f"Made '{folder}' with {len(project.codebook)} themes.")
    say("Next: edit themes.yaml to make the list your own, then")
    say(f"  feedback add -p {folder} --cases participants.csv interviews/*")
    say(f"  feedback run -p {folder}")


def _theme_list(file: str) -> str:
    from feedback.codebook import Codebook

    Codebook.load(Path(file))
    return Path(file).read_text(encoding="utf-8-sig")

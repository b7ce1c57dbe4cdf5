"""`feedback guide`: the manual."""

from __future__ import annotations

from pathlib import Path

import click

from feedback.cli.options import json_only
from feedback.cli.output import give_json, say
from feedback.errors import FeedbackError


@click.command("guide")
@click.argument("page", required=False)
@json_only
def command(page: str | None, as_json: bool) -> None:
    """Shows the manual, or one page of it."""
    pages = {file.stem: file for file in sorted(_folder().glob("*.md"))}
    name = page or "index"
    if name not in pages:
        raise FeedbackError(f"the guide has no page '{name}'", hint="pages: " + ", ".join(pages))
    text = pages[name].read_text(encoding="utf-8")
    if as_json:
        give_json({"page": name, "pages": list(pages), "text": text})
    else:
        say(text.rstrip())


def _folder() -> Path:
    return Path(__file__).resolve().parent.parent / "guide"

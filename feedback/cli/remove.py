"""`feedback remove DOCUMENT...`: takes documents out of the project."""

from __future__ import annotations

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say


@click.command("remove")
@click.argument("documents", nargs=-1, required=True, metavar="DOCUMENT...")
@common
def command(documents: tuple[str, ...], folder: str, as_json: bool) -> None:
    """Takes documents (ids such as d003, or file names) out of the project; the files themselves stay."""
    from feedback.intake import remove
    from feedback.project import Project

    gone = remove(Project(folder), documents)
    if as_json:
        give_json({"removed": list(gone)})
        return
    say(f"Removed {count(len(gone), 'document')}: {', '.join(gone)}.")
    note("Next: feedback run" + (f" -p {folder}" if folder != "." else ""))

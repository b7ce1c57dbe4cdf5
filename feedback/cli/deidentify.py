"""`feedback deidentify`: tidies, finds and masks."""

from __future__ import annotations

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, rows_of, say, say_table
from feedback.cli.work import advance


@click.command("deidentify")
@click.option("--names", "names_file", metavar="FILE", help="Names to mask as well, one a line; remembered.")
@common
def command(names_file: str | None, folder: str, as_json: bool) -> None:
    """Tidies the text and masks what identifies people; the originals stay as they are."""
    from pathlib import Path

    from feedback.project import Project
    from feedback.stages import read_names

    project = Project(folder)
    if names_file:
        added = project.remember_names(read_names(Path(names_file)))
        note(f"{count(added, 'new name')} to mask.")
    done = advance(project, until="deidentify")
    edits = project.table("edits")
    if as_json:
        give_json({"done": done, "edits": rows_of(edits)})
        return
    masks = edits[edits["kind"] == "mask"]
    say(f"{count(len(masks), 'mask')} in {count(masks['document_id'].nunique(), 'document')}.")
    shown = masks.groupby("label").agg(n=("start", "size"), documents=("document_id", "nunique"))
    shown = shown.sort_values(["n"], ascending=False, kind="stable")
    say_table(
        ["what", "masks", "documents"],
        [[label, row.n, row.documents] for label, row in shown.iterrows()],
        right=(1, 2),
    )
    say("The text is pseudonymised, not anonymous: read it before you share it.")

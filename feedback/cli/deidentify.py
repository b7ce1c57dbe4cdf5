"""`feedback deidentify`: tidies, finds and masks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, rows_of, say, say_table
from feedback.cli.work import advance

if TYPE_CHECKING:
    import pandas as pd

    from feedback.project import Project

COMMONEST, AT_LEAST = 5, 3
_GIVEN = ("list", "participants", "speaker")


@click.command("deidentify")
@click.option("--names", "names_file", metavar="FILE", help="Names to mask as well, one a line; remembered.")
@common
def command(names_file: str | None, folder: str, as_json: bool) -> None:
    """Tidies the text and masks what identifies people; the originals stay as they are."""
    from feedback.project import Project
    from feedback.readers import read_names

    project = Project(folder)
    if names_file:
        added = project.remember_names(read_names(names_file))
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
    _say_commonest(project, masks)
    say("The text is pseudonymised, not anonymous: read it before you share it.")


def _say_commonest(project: Project, masks: pd.DataFrame) -> None:
    """The names that the tool found by itself and masked in most documents: where a false one hides most."""
    found = masks[~masks["source"].isin(_GIVEN) & masks["label"].isin(["person", "place", "organisation"])]
    stand = found.groupby("replacement").agg(n=("start", "size"), documents=("document_id", "nunique"))
    stand = stand.sort_values(["documents", "n"], ascending=False, kind="stable").head(COMMONEST)
    stand = stand[stand["documents"] >= AT_LEAST]
    if not len(stand):
        return
    surfaces = project.table("private/pseudonyms").groupby("pseudonym")["surface"].apply(list)
    say(
        "Found and masked in most documents (what names nobody goes into deidentify: keep: in feedback.yaml):"
    )
    for pseudonym, row in stand.iterrows():
        words = ", ".join(sorted(surfaces.get(pseudonym, []))[:4])
        say(f"  {pseudonym}: {words} ({count(row.n, 'time')} in {count(row.documents, 'document')})")
    say()

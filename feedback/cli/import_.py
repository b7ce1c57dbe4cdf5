"""`feedback import FILE`: people's codings as coders' tags."""

from __future__ import annotations

import re

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say
from feedback.cli.work import advance


@click.command("import")
@click.argument("file", metavar="FILE")
@click.option("--coder", metavar="NAME", help="Who coded, when the file has no column 'coder'.")
@common
def command(file: str, coder: str | None, folder: str, as_json: bool) -> None:
    """Takes in people's codings (csv, xlsx: source, sentence, theme_ids, coder) as tags of those coders."""
    from feedback.codings import Coding, tags_of
    from feedback.project import Project
    from feedback.readers.tables.codings import read_codings

    project = Project(folder)
    advance(project, until="segments")
    codings = [
        Coding(line, _plain_name(who), source, words, tuple(t.strip() for t in ids.split(";") if t.strip()))
        for line, who, source, words, ids in read_codings(file, coder=coder)
    ]
    tags, silent = tags_of(
        codings, project.table("segments"), project.table("private/originals"), project.codebook
    )
    with project.locked():
        for name, table in tags.items():
            project.save(f"tags/{name}", table)
            project.note("import", coder=name, tags=len(table))
    read = {name: int(table["segment_id"].nunique()) for name, table in tags.items()}
    if as_json:
        give_json({"coders": [{"coder": n, "segments": k} for n, k in read.items()], "left_out": silent})
        return
    if silent:
        note(f"Left out, being the interviewer's words or without consent: {count(len(silent), 'line')}.")
    for name, n in read.items():
        given = int(tags[name]["theme_id"].notna().sum())
        say(f"Coder {name}: {count(n, 'segment')} read, {count(given, 'tag')}.")


def _plain_name(coder: str) -> str:
    """A coder's name as a file's name: letters, digits and hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", coder.strip().lower()).strip("-") or "somebody"

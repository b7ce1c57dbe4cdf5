"""`feedback tag`: tags by the theme list's phrases and by meaning."""

from __future__ import annotations

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, rows_of, say, say_table
from feedback.cli.work import advance


@click.command("tag")
@click.option("--theme", help="Show the tags of one theme, with what made the coder say so.")
@click.option("-n", "most", default=20, show_default=True, help="How many tags to show.")
@common
def command(theme: str | None, most: int, folder: str, as_json: bool) -> None:
    """Tags themes by rules and by meaning, with the words that made the coder say so."""
    from feedback.project import Project

    project = Project(folder)
    done = advance(project, until="meaning")
    tags = project.table("tags")
    if theme:
        tags = tags[tags["theme_id"] == project.codebook[theme].id]
    if as_json:
        give_json({"done": done, "tags": rows_of(tags)})
        return
    segments = project.table("segments").set_index("segment_id")
    if theme:
        for row in tags.sort_values(["score", "segment_id"], ascending=[False, True]).head(most).itertuples():
            say(f"{segments.at[row.segment_id, 'case_id']:>6}  {segments.at[row.segment_id, 'text']}")
            say(f"        {row.coder} {row.score:.2f}: {row.rule}; {row.assertion}, {row.valence}")
        return
    people = segments["case_id"]
    rows = []
    for one in project.codebook:
        own = tags[tags["theme_id"] == one.id]
        by = own.groupby("coder")["segment_id"].nunique()
        heard = people.reindex(own["segment_id"]).nunique()
        rows.append([one.label, heard, own["segment_id"].nunique(), by.get("rules", 0), by.get("meaning", 0)])
    rows.sort(key=lambda row: (-row[1], row[0]))
    say_table(["theme", "people", "segments", "by rules", "by meaning"], rows, right=(1, 2, 3, 4))
    said = segments[segments["role"] == "participant"]
    heard = count(said["case_id"].nunique(), "person", "people")
    say(f"{tags['segment_id'].nunique():,} of {count(len(said), 'segment')} of {heard}.")

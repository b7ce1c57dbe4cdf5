"""`feedback tag`: tags by phrases, by meaning and by the trained classifier; `--review` asks a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import give_json, rows_of, say, say_table
from feedback.cli.work import advance

if TYPE_CHECKING:
    import pandas as pd

    from feedback.project import Project


@click.command("tag")
@click.option("--theme", help="Show the tags of one theme, with what made the coder say so.")
@click.option(
    "-n",
    "most",
    default=20,
    show_default=True,
    type=click.IntRange(min=0),
    help="How many tags to show, or segments to review.",
)
@click.option("--review", is_flag=True, help="Decide yourself, segment by segment, what teaches most first.")
@click.option("--coder", default="reviewer", show_default=True, metavar="NAME", help="Who reviews.")
@common
def command(theme: str | None, most: int, review: bool, coder: str, folder: str, as_json: bool) -> None:
    """Tags themes by rules, by meaning and by the trained classifier, with the words that say so."""
    from feedback.project import Project

    project = Project(folder)
    done = advance(project, until="classifier")
    if review:
        from feedback.cli.tag.review import review as ask

        ask(project, coder=coder, theme=theme, most=most)
        return
    tags = project.table("tags")
    if theme:
        tags = tags[tags["theme_id"] == project.codebook[theme].id]
    if as_json:
        give_json({"done": done, "tags": rows_of(tags)})
        return
    if theme:
        segments = project.table("segments").set_index("segment_id")
        for row in tags.sort_values(["score", "segment_id"], ascending=[False, True]).head(most).itertuples():
            say(f"{segments.at[row.segment_id, 'case_id']:>6}  {segments.at[row.segment_id, 'text']}")
            say(f"        {row.coder} {row.score:.2f}: {row.rule}; {row.assertion}, {row.valence}")
        return
    _say_themes(project, tags)


def _say_themes(project: Project, tags: pd.DataFrame) -> None:
    """Each theme with the people that the report counts, and how many segments which coders tagged."""
    from feedback.leaving.heard import themes_heard
    from feedback.tagging.combine import who_agreed

    coders = [name.removeprefix("tags/") for name in project.parts("tags")]
    by = tags.groupby(["theme_id", "coder"])["segment_id"].nunique()
    given = who_agreed(tags.dropna(subset=["theme_id"]))
    agreed = given[given["n"] > 1].groupby("theme_id").size()
    rows = [
        [
            theme.label, theme.n, theme.of,
            *(by.get((theme.theme_id, coder), 0) for coder in coders), agreed.get(theme.theme_id, 0),
        ]
        for theme in themes_heard(project)
    ]  # fmt: skip
    headers = ["theme", "people", "of", *(f"by {coder}" for coder in coders), "agreed"]
    say_table(headers, rows, right=range(1, len(headers)))
    say("People are those of interviews and surveys who speak of it as their own; by coder: segments.")
    say("Agreed: segments to which at least two of the coders gave the theme.")

"""`feedback agree A B`: how far two coders agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, rows_of, say, say_table
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import pandas as pd

    from feedback.project import Project


@click.command("agree")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option(
    "--unit",
    type=click.Choice(["segment", "turn"]),
    default="segment",
    show_default=True,
    help="What one decision is about.",
)
@click.option(
    "-n",
    "most",
    default=5,
    show_default=True,
    type=click.IntRange(min=0),
    help="How many disagreements to show, the costliest first.",
)
@common
def command(one: str, other: str, unit: str, most: int, folder: str, as_json: bool) -> None:
    """Compares two coders theme by theme: percent, Cohen's kappa, Krippendorff's alpha, with intervals."""
    from feedback.agreeing.agreement import agreement
    from feedback.agreeing.decisions import by_turn
    from feedback.agreeing.disagreement import disagreements
    from feedback.coding import MACHINES
    from feedback.project import Project

    project = Project(folder)
    if project.settings.approach == "reflexive":
        raise FeedbackError(
            "the approach of this project is reflexive: agreement figures are not part of it",
            hint="set `approach: codebook` in feedback.yaml if you do want them",
        )
    if one == other:
        raise FeedbackError("a coder cannot be compared with themselves", hint="name two coders")
    tags = {name: _tags_of(project, name) for name in (one, other)}
    segments = project.table("segments")
    for name, own in tags.items():
        if name not in MACHINES:
            # A person has read what they coded and what they left without a theme; a machine reads all.
            segments = segments[segments["segment_id"].isin(own["segment_id"])]
    if not len(segments):
        raise FeedbackError(f"'{one}' and '{other}' have read no segment in common")
    first, second = (own.dropna(subset=["theme_id"]) for own in tags.values())
    if unit == "turn":
        first, second, segments = by_turn(first, segments)[0], *by_turn(second, segments)
    read = sorted(set(segments["document_id"]))
    table = agreement(first, second, segments, read=read)
    split = disagreements(first, second, segments, names=(one, other), read=read)
    if as_json:
        give_json({"agreement": rows_of(table), "disagreements": rows_of(split)})
        return
    _say_table(table, one, other)
    _say_split(split, most)


def _say_table(table: pd.DataFrame, one: str, other: str) -> None:
    rows = [
        [row.theme_id, row.n, row.both, row.only_a, row.only_b, f"{row.percent:.0f} %", _figure(row.kappa),
         f"{_figure(row.low)} to {_figure(row.high)}", _figure(row.alpha), _figure(row.pabak)]
        for row in table.itertuples()
    ]  # fmt: skip
    headers = [
        "theme",
        "n",
        "both",
        f"only {one}",
        f"only {other}",
        "agree",
        "kappa",
        "95 %",
        "alpha",
        "pabak",
    ]
    say_table(headers, rows, right=range(1, 10))
    say("kappa and alpha: 1 is full agreement, 0 what chance would give; few tags make wide intervals.")


def _say_split(split: pd.DataFrame, most: int) -> None:
    """What to talk over first: disagreements that change how many people a theme has."""
    if most and len(split):
        say(f"\nTo talk over first, of {count(len(split), 'disagreement')}:")
    for row in split.head(most).itertuples():
        say(f"  {row.theme_id}, only {row.said_by}: {row.case_id or '-'}  {row.text}")


def _figure(value: float) -> str:
    return "-" if value is None or value != value else f"{value:.2f}"  # noqa: PLR0124


def _tags_of(project: Project, coder: str) -> pd.DataFrame:
    known = [name.removeprefix("tags/") for name in project.parts("tags")]
    if coder not in known:
        raise FeedbackError(
            f"there are no tags of a coder '{coder}'",
            hint="coders here: " + (", ".join(known) or "none yet; `feedback tag` makes some"),
        )
    return project.table(f"tags/{coder}")

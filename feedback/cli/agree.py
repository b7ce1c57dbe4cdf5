"""`feedback agree A B`: how far two coders agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import give_json, rows_of, say, say_table
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import pandas as pd

    from feedback.project import Project


@click.command("agree")
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@common
def command(one: str, other: str, folder: str, as_json: bool) -> None:
    """Compares two coders theme by theme: percent, Cohen's kappa, Krippendorff's alpha, with intervals."""
    from feedback.agreement import agreement
    from feedback.codings import MACHINES
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
    table = agreement(first, second, segments, read=sorted(set(segments["document_id"])))
    if as_json:
        give_json({"agreement": rows_of(table)})
        return
    rows = [
        [row.theme_id, row.n, row.both, row.only_a, row.only_b, f"{row.percent:.0f} %", _figure(row.kappa),
         f"{_figure(row.low)} to {_figure(row.high)}", _figure(row.alpha)]
        for row in table.itertuples()
    ]  # fmt: skip
    headers = ["theme", "n", "both", f"only {one}", f"only {other}", "agree", "kappa", "95 %", "alpha"]
    say_table(headers, rows, right=range(1, 9))
    say("kappa and alpha: 1 is full agreement, 0 what chance would give; few tags make wide intervals.")


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

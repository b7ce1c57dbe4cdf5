"""`feedback status`: what is in the project, and what a run would do, why, and about how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, lasting, say, say_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feedback.pipeline.planned import Planned
    from feedback.project import Project


@click.command("status")
@common
def command(folder: str, as_json: bool) -> None:
    """Shows what is in the project, and what a run would do: why, and about how long it takes."""
    from feedback.pipeline.planned import plan
    from feedback.project import Project

    project = Project(folder)
    planned = plan(project)
    counts = {name: _rows(project, name) for name in ("documents", "cases", "segments", "tags", "quotes")}
    if as_json:
        give_json(
            {
                "counts": counts,
                "stages": [_as_row(one) for one in planned],
                "people_by_consent": _consents(project),
            }
        )
        return
    documents = project.table("documents")
    kinds = ", ".join(f"{n} {kind}" for kind, n in documents["kind"].value_counts().sort_index().items())
    say(f"{count(len(documents), 'document')}" + (f" ({kinds})" if kinds else ""))
    consents = ", ".join(f"{n:,} {level}" for level, n in _consents(project).items())
    say(f"{count(counts['cases'], 'person', 'people')}" + (f", consent: {consents}" if consents else ""))
    _say_plan(planned)


def _say_plan(planned: Sequence[Planned]) -> None:
    rows = [[one.stage, one.does, one.state, "; ".join(one.because)] for one in planned]
    say_table(["stage", "what it does", "state", "why"], rows)
    sure = sum(one.seconds for one in planned if one.stale)
    after = sum(one.seconds for one in planned if not one.stale)
    if any(one.stale for one in planned):
        more = f", and up to {lasting(after)} more for what may follow" if after else ""
        say(f"A run takes about {lasting(sure)}{more}.")
    else:
        say("Nothing to do: everything is up to date.")


def _as_row(one: Planned) -> dict[str, object]:
    return {
        "stage": one.stage, "does": one.does, "stale": one.stale, "state": one.state,
        "because": list(one.because), "seconds": round(one.seconds, 1),
    }  # fmt: skip


def _rows(project: Project, name: str) -> int:
    """How many rows, without reading them."""
    from feedback.parquet import rows_in

    if name != "tags":
        return rows_in(project.file(name))
    # A coder's rows without a theme say "read, nothing said"; they are no tags.
    return sum(rows_in(project.file(part), having="theme_id") for part in project.parts(name))


def _consents(project: Project) -> dict[str, int]:
    from feedback.parquet import counted_in

    return counted_in(project.file("cases"), "consent")

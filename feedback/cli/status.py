"""`feedback status`: what is in the project and what is stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, say, say_table

if TYPE_CHECKING:
    from feedback.project import Project


@click.command("status")
@common
def command(folder: str, as_json: bool) -> None:
    """Shows what is in the project and what a run would do."""
    from feedback.pipeline import STAGES, stale
    from feedback.project import Project

    project = Project(folder)
    documents = project.table("documents")
    waiting = {stage.name for stage in stale(project)} if len(documents) else {s.name for s in STAGES}
    counts = {name: len(project.table(name)) for name in ("documents", "cases", "segments", "tags", "quotes")}
    if as_json:
        rows = [{"stage": s.name, "does": s.does, "stale": s.name in waiting} for s in STAGES]
        give_json({"counts": counts, "stages": rows, "people_by_consent": _consents(project)})
        return
    kinds = ", ".join(f"{n} {kind}" for kind, n in documents["kind"].value_counts().sort_index().items())
    say(f"{count(len(documents), 'document')}" + (f" ({kinds})" if kinds else ""))
    consents = ", ".join(f"{n} {level}" for level, n in _consents(project).items())
    say(f"{count(counts['cases'], 'person', 'people')}" + (f", consent: {consents}" if consents else ""))
    woken = False
    rows_: list[list[str]] = []
    for stage in STAGES:
        state = "to do" if stage.name in waiting else "may follow" if woken else "up to date"
        woken = woken or stage.name in waiting
        rows_.append([stage.name, stage.does, state])
    say_table(["stage", "what it does", "state"], rows_)


def _consents(project: Project) -> dict[str, int]:
    return {str(k): int(v) for k, v in project.table("cases")["consent"].value_counts().sort_index().items()}

"""`feedback run`: does what is stale, in order, and writes the report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say
from feedback.cli.work import advance

if TYPE_CHECKING:
    from feedback.project import Project
    from feedback.scale import Workers


@click.command("run")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Work in N processes (1 unless told); each takes 0.5 to 1 GB.",
)
@click.option("--cluster", metavar="ADDRESS", help="Work on a dask cluster: tls://HOST:PORT, or `local`.")
@click.option(
    "--insecure-cluster",
    "insecure",
    is_flag=True,
    help="Use a cluster without encryption: whoever is in its network can read along.",
)
@common
def command(jobs: int | None, cluster: str | None, insecure: bool, folder: str, as_json: bool) -> None:
    """Does what is stale, in order, and writes reports/report.html."""
    from feedback.cli.factors import say_factors
    from feedback.leaving.publish import STANDARD, refresh_report
    from feedback.project import Project

    project = Project(folder)
    with _workers(project, jobs, cluster, insecure) as workers:
        done = advance(project, workers=workers)
    _note_faults(project)
    written = refresh_report(project)
    report = project.path / "reports" / STANDARD
    if as_json:
        give_json({"done": [*done, *(["report"] if written else [])], "report": str(report)})
        return
    if not done and not written:
        say("Nothing to do: everything is up to date.")
    else:
        say_factors(project, quotes=1, limit=6)
    say(f"Report: {report}")


@contextmanager
def _workers(
    project: Project, jobs: int | None, cluster: str | None, insecure: bool
) -> Iterator[Workers | None]:
    """Who works. A cluster is asked for only when there is something to do."""
    from feedback.embed.minilm import usable_processors
    from feedback.pipeline import stale
    from feedback.scale import workers

    if cluster is None:
        yield workers(jobs or 1)
        return
    if not stale(project):
        yield None
        return
    from feedback.scale.cluster import opened
    from feedback.scale.versions import versions_here

    versions = versions_here(project.settings.embedder, str(project.path))
    with opened(cluster, jobs=jobs or usable_processors(), versions=versions, insecure=insecure) as far:
        yield far


def _note_faults(project: Project) -> None:
    """A word beside the result when the theme list does not pass its own check."""
    from feedback.codebook.check import check

    faults = [finding for finding in check(project.codebook) if finding.level == "error"]
    if faults:
        note(f"The theme list has {count(len(faults), 'fault')}: `feedback themes check` shows them.")

"""`feedback export FILE`: the study for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say
from feedback.cli.work import advance
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    from feedback.project import Project
    from feedback.report.handover import Handover


@click.command("export")
@click.argument("file", metavar="FILE")
@click.option("--coder", "coders", multiple=True, metavar="NAME", help="Only this coder's tags.")
@click.option("--replace", is_flag=True, help="Write over a file that somebody has changed since.")
@common
def command(file: str, coders: tuple[str, ...], replace: bool, folder: str, as_json: bool) -> None:
    """Writes the study for other programs: .xlsx for Excel, .qdpx for NVivo, MAXQDA, ATLAS.ti and QualCoder.

    .qdc is the theme list alone, .csv the tags alone. Texts are the pseudonymised ones, and people without
    consent are not in them. What the format cannot hold is listed.
    """
    from feedback.leaving import check_own
    from feedback.project import Project

    path = Path(file)
    _check(path)
    project = Project(folder)
    if not replace:
        check_own(project, path)
    # A theme list can go before anything was read.
    done = [] if path.suffix.lower() == ".qdc" else advance(project)
    facts, left = _leave(project, path, coders, replace=replace)
    if as_json:
        give_json({"done": done, "file": str(path), **facts, "not_in_it": left})
        return
    say(f"Written: {path} ({', '.join(count(n, _ONE[what], what) for what, n in facts.items())})")
    if left:
        note(f"A {path.suffix.lower()} cannot hold:")
        for line in left:
            note(f"  - {line}")


def _leave(
    project: Project, path: Path, coders: Sequence[str], *, replace: bool
) -> tuple[dict[str, int], list[str]]:
    """Writes the file; how much of what is in it, and lines about what is not."""
    from feedback.leaving import leave
    from feedback.leaving.publish import handover_of
    from feedback.leaving.tags import leave_tags
    from feedback.report.handover import written
    from feedback.report.limits import cannot_hold

    if path.suffix.lower() == ".csv":
        tags = leave_tags(project, path, coders=coders, replace=replace)
        return tags.counts, tags.not_in_it
    given = handover_of(project, coders=coders)
    facts = _facts(given, path.suffix.lower())
    leave(project, written(given, path.suffix), path, what="study", counts=facts, replace=replace)
    return facts, cannot_hold(given, path.suffix)


def _facts(given: Handover, suffix: str) -> dict[str, int]:
    """How much of what is in the file."""
    themes = {"themes": len(given.codebook)}
    if suffix == ".qdc":
        return themes
    counts = {"documents": len(given.documents), "people": len(given.cases), "tags": len(given.tags)}
    return {**counts, **themes}


_ONE = {"documents": "document", "people": "person", "themes": "theme", "tags": "tag"}


def _check(path: Path) -> None:
    from feedback.registry import names

    if path.suffix.lower() in names("exporters"):
        raise FeedbackError(
            f"'{path.name}' would be a report, not an export", hint=f"feedback report -o {path}"
        )
    if path.suffix.lower() not in names("writers"):
        raise FeedbackError(
            f"a study cannot be written as '{path.suffix or path.name}'",
            hint="end the name in one of: " + ", ".join(names("writers")),
        )
    if not path.parent.is_dir():
        raise FeedbackError(f"the folder '{path.parent}' does not exist", hint="make it first")

"""Doing a project's stages while telling how it goes."""

from __future__ import annotations

import time
import warnings
from typing import TYPE_CHECKING

from feedback.cli.output import note, progress

if TYPE_CHECKING:
    from feedback.project import Project
    from feedback.scale import Workers


def advance(project: Project, *, until: str | None = None, workers: Workers | None = None) -> list[str]:
    """Does the stale stages up to `until`, with a bar on a terminal and a line each; gives their names.

    In a folder that may not be written to, what is there is good as long as nothing is stale.
    """
    from feedback.disk import Unwritable
    from feedback.pipeline import stale

    try:
        return _advance(project, until, workers)
    except Unwritable:
        if stale(project):
            raise
    note("This folder may not be written to; it is up to date, and what is there is shown.")
    return []


def _advance(project: Project, until: str | None, workers: Workers | None) -> list[str]:
    from feedback.keys import mend_rights
    from feedback.pipeline import run
    from feedback.scale import HERE

    if mend_rights(project.path / "private"):
        note("Others on this machine could look into private/; its rights are mended: yours alone.")
    done = []
    with progress() as bar, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        begun = time.monotonic()
        stages = run(project, until=until, progress=lambda stage: bar(stage.does), workers=workers or HERE)
        for stage in stages:
            note(f"  {stage.does}: {time.monotonic() - begun:.1f} s")
            begun = time.monotonic()
            done.append(stage.name)
    for one in told:
        if one.category.__module__.startswith("feedback."):
            note(f"Note: {one.message}.")
    return done

"""A project's tags as another theme list would give them, without changing anything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.coding import MACHINES, follow
from feedback.pipeline.stages import Context, no_progress
from feedback.pipeline.tagged import chosen_tags
from feedback.project import Project
from feedback.registry import names
from feedback.tables import conform, empty, to_pandas

if TYPE_CHECKING:
    import pandas as pd

    from feedback.codebook import Codebook


@dataclass(frozen=True)
class _Other(Context):
    """What a stage would see if the project had another theme list."""

    other: Codebook

    @property
    def codebook(self) -> Codebook:
        return self.other


def tags_with(project: Project, codebook: Codebook) -> pd.DataFrame:
    """Table `tags` of all coders as a run with this theme list would make it.

    The machine's coders tag anew; people's tags stay, under their themes' ids in this list. A classifier
    was trained for the list as it is and is left out of the change.
    """
    import pandas as pd

    context = _Other(project, codebook)
    parts = []
    for name in project.parts("tags"):
        coder = name.removeprefix("tags/")
        if coder in names("taggers"):
            parts.append(to_pandas(chosen_tags(coder, context, no_progress)))
        elif coder in MACHINES:
            parts.append(project.table(name))
        else:
            parts.append(follow(project.table(name), codebook).dropna(subset=["theme_id"]))
    parts = [part for part in parts if len(part)]
    return conform("tags", pd.concat(parts, ignore_index=True)) if parts else empty("tags")

"""The tags that count, by rows of table `segments`, so that not all of them are ever in pandas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from feedback.coding import MACHINES
from feedback.pipeline.contents import content_of
from feedback.pipeline.trained import better_themes
from feedback.project import Project
from feedback.tables import decoded, to_arrow, to_pandas

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa


class CountingTags:
    """What `tags_that_count` gives, some segments at a time.

    segments: table `segments`, or some of its rows; tags of others are left out.
    """

    def __init__(self, project: Project, segments: pa.Table) -> None:
        self._better = better_themes(project)
        ids = segments["segment_id"].combine_chunks()
        self._parts = {
            name.removeprefix("tags/"): by_row(tags_of(project, name), ids) for name in project.parts("tags")
        }

    def of(self, rows: Sequence[range]) -> pd.DataFrame:
        """Table `tags` of these rows of the segments: those that count."""
        from feedback.tagging.combine import combine

        parts = {name: to_pandas(of_rows(*part, rows)) for name, part in self._parts.items()}
        return combine(parts, better=self._better).tags

    def content(self, rows: Sequence[range]) -> str:
        """Changes with what `of` gives."""
        parts = [content_of(*slices(*part, rows)) for part in self._parts.values()]
        return repr([sorted(self._better), *zip(self._parts, parts, strict=True)])


def tags_of(project: Project, name: str) -> pa.Table:
    """A coder's tags: a person's under the present ids of their themes."""
    by_machine = name.removeprefix("tags/") in MACHINES
    return project.arrow(name) if by_machine else to_arrow("tags", project.table(name))


def by_row(tags: pa.Table, ids: pa.Array) -> tuple[pa.Table, np.ndarray[Any, Any]]:
    """Rows about segments in the order of the rows of these, and the number of each one's row."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.index_in(tags["segment_id"].combine_chunks().cast(pa.string()), ids)
    rows = np.asarray(found.fill_null(-1))
    order = np.argsort(rows, kind="stable")
    order = order[rows[order] >= 0]
    return tags.take(pa.array(order)), rows[order]


def of_rows(tags: pa.Table, places: np.ndarray[Any, Any], rows: Sequence[range]) -> pa.Table:
    """What is about some rows of segments, as one table; tags, places: as `by_row` gave them."""
    import pyarrow as pa

    parts = [decoded(one) for one in slices(tags, places, rows)] or [decoded(tags.slice(0, 0))]
    return pa.concat_tables(parts)


def slices(tags: pa.Table, places: np.ndarray[Any, Any], rows: Sequence[range]) -> list[pa.Table]:
    """What is about some rows of segments; tags, places: as `by_row` gave them."""
    import numpy as np

    spans = [np.searchsorted(places, (own.start, own.stop)) for own in rows]
    return [tags.slice(a, b - a) for a, b in spans]

"""Who left, of those whose words push factors are found in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.project import Project
from feedback.tables import to_pandas

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Roster:
    """Who left, and who is known at all: case ids."""

    leavers: pa.Array
    known: pa.Array


def roster(project: Project, segments: pa.Table, *, leaver: str, least: int) -> Roster:
    """Who left. Raises FeedbackError where that is not known, or fewer than `least` of them were heard."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from feedback.factors import leavers_of

    cases = project.arrow("cases")
    named = ["case_id", leaver] if leaver in cases.column_names else cases.column_names
    left = pa.array(sorted(leavers_of(to_pandas(cases.select(named)), leaver=leaver)), pa.string())
    heard = pc.sum(pc.is_in(left, pc.unique(segments["case_id"].cast(pa.string())))).as_py() or 0
    if 0 < heard < least:
        raise FeedbackError(
            f"fewer than {least} people who left were heard, so their reasons are not counted"
        )
    return Roster(left, cases["case_id"].combine_chunks())

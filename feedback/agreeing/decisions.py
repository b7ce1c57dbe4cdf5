"""Tags as decisions: for each segment that a coder read, whether each theme is in it or not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

OVERALL = "overall"


@dataclass(frozen=True)
class Decisions:
    """Decisions of two coders about the same segments.

    segment_ids: the segments, by row. cases: the person behind each, as a number from 0 on. one, other: theme
    -> the rows of its segments, sorted.
    """

    themes: tuple[str, ...]
    segment_ids: tuple[str, ...]
    cases: np.ndarray[Any, Any]
    one: dict[str, np.ndarray[Any, Any]]
    other: dict[str, np.ndarray[Any, Any]]

    @property
    def n_people(self) -> int:
        return int(self.cases.max()) + 1 if len(self.cases) else 0

    def by_person(self, theme: str) -> np.ndarray[Any, Any]:
        """For each person, how many segments both gave the theme, only one, only the other, neither."""
        import numpy as np

        yes = np.zeros(len(self.cases), dtype=np.int8)
        yes[self.one[theme]] += 2
        yes[self.other[theme]] += 1
        counts = np.zeros((self.n_people, 4), dtype=np.int64)
        np.add.at(counts, (self.cases, 3 - yes), 1)
        return counts

    def tables(self) -> dict[str, np.ndarray[Any, Any]]:
        """`by_person` of every theme, and in the last place the sum of them, as "overall"."""
        import numpy as np

        tables = {theme: self.by_person(theme) for theme in self.themes}
        nothing = np.zeros((self.n_people, 4), dtype=np.int64)
        return {**tables, OVERALL: sum(tables.values(), nothing)}


def by_turn(tags: pd.DataFrame, segments: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Tags and segments with whole turns as units: what is said in any sentence of a turn is said in it.

    A unit's id is its document and the number of its turn (d001#12).
    """
    keys = segments["document_id"].astype(str) + "#" + segments["turn"].astype(str)
    turn_of = dict(zip(segments["segment_id"], keys, strict=True))
    units = segments.assign(segment_id=keys).drop_duplicates("segment_id")
    kept = tags[tags["segment_id"].isin(turn_of)]
    return kept.assign(segment_id=kept["segment_id"].map(turn_of)), units.reset_index(drop=True)


def decisions(
    one: pd.DataFrame,
    other: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
    read: Collection[str] | None = None,
    readers: tuple[bool, bool] = (True, True),
) -> Decisions:
    """What two coders decided about the participants' segments that both read.

    one, other: tables `tags`; several tags of a theme on a segment are one decision. themes: which; all that
    either used by default. read: ids of the documents that both read. Without it a document of several
    segments counts as read by a coder who tagged something in it (asked only of those that `readers` marks),
    and every document of one segment, such as a survey answer, as read.
    Errors: FeedbackError when there is no segment that both read.
    """
    import numpy as np

    units = _units(segments, [tags for tags, asked in zip((one, other), readers, strict=True) if asked], read)
    row_of = {segment_id: row for row, segment_id in enumerate(units["segment_id"])}
    named = themes if themes is not None else sorted({*one["theme_id"].dropna(), *other["theme_id"].dropna()})
    people = units["case_id"].where(units["case_id"].notna(), units["document_id"]).astype(str)
    _, cases = np.unique(people.to_numpy(dtype=str), return_inverse=True)
    return Decisions(
        tuple(named), tuple(row_of), cases, _rows(one, named, row_of), _rows(other, named, row_of)
    )


def _units(
    segments: pd.DataFrame, coders: Sequence[pd.DataFrame], read: Collection[str] | None
) -> pd.DataFrame:
    own = segments[segments["role"] == "participant"].drop_duplicates("segment_id")
    own = own.sort_values("segment_id", kind="stable")
    if read is not None:
        own = own[own["document_id"].isin(read)]
    else:
        several = own.groupby("document_id", observed=True)["segment_id"].transform("size") > 1
        for tags in coders:
            own = own[~several.loc[own.index] | own["document_id"].isin(set(tags["document_id"]))]
    if own.empty:
        raise FeedbackError(
            "there is nothing that both coders read",
            hint="both must have tagged something in the same interviews",
        )
    return own.reset_index(drop=True)


def _rows(
    tags: pd.DataFrame, themes: Sequence[str], row_of: dict[str, int]
) -> dict[str, np.ndarray[Any, Any]]:
    import numpy as np

    known = tags[tags["segment_id"].isin(row_of.keys())]
    found = {
        str(theme): group["segment_id"].map(row_of)
        for theme, group in known.groupby("theme_id", observed=True)
    }
    return {theme: np.unique(np.asarray(found.get(theme, []), dtype=np.int64)) for theme in themes}

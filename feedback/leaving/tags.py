"""The tags of a project as a .csv, some segments at a time: a large survey is never in memory whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from feedback.arrows import give_back, in_words, order_of
from feedback.coding.composed import Composing
from feedback.leaving import leave_rows
from feedback.parquet import rows_in
from feedback.pipeline.counting import by_row, of_rows, tags_of
from feedback.pipeline.shards import Rows, edits_of
from feedback.pipeline.stretches import Stretch
from feedback.project import Project
from feedback.report.handover import check_coders, check_segments, placed
from feedback.report.limits import table_cannot_hold
from feedback.report.tags_csv import csv_pieces
from feedback.tables import conform, decoded, to_pandas

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_AT_ONCE = 20_000  # segments
_ORDER = ("document_id", "start", "end", "segment_id")


@dataclass(frozen=True)
class Left:
    """How much of what is in the file that left, and lines about what is not."""

    counts: dict[str, int]
    not_in_it: list[str]


def leave_tags(project: Project, file: Path, *, coders: Sequence[str] = (), replace: bool = False) -> Left:
    """Writes the tags of a project, the same bytes as `report.tags_csv.write_csv` of its handover.

    coders: whose; everybody's by default. Errors: FeedbackError as `leaving.leave`, for a coder who has no
    tags, and where there are no segments.
    """
    codebook, tags = project.codebook, PlacedTags(project, coders)
    pieces = csv_pieces(tags.stretches(), codebook)
    leave_rows(project, pieces, file, what="study", counts=lambda: tags.counts, replace=replace)
    made = {name: rows_in(project.file(name)) for name in ("factors", "quotes")}
    gone = sorted(tags.themes - set(codebook.ids))
    return Left(tags.counts, table_cannot_hold(made=made, lost=tags.lost, gone=gone))


class PlacedTags:
    """The tags of a project with their words and places, as `Handover.tags` has them, a stretch at a time.

    Once all stretches were given, `n` of them are known, and the `themes` they stand under.
    """

    def __init__(self, project: Project, coders: Sequence[str] = ()) -> None:
        segments = project.arrow("segments")
        check_segments(len(segments))
        rows = order_of(segments, _ORDER)
        self._project, self._coders = project, coders
        self._segments = segments if rows is None else segments.take(rows)
        self._edits = edits_of(project)
        parts = [_with_theme(tags_of(project, name)) for name in project.parts("tags")]
        if coders:
            known = {one for part in parts for one in in_words(part["coder"]).unique().to_pylist()}
            check_coders(coders, sorted(known - {None}))
            parts = [_by(coders, part) for part in parts]
        self._all = sum(map(len, parts))
        ids = self._segments["segment_id"].combine_chunks()
        self._parts = [by_row(part, ids) for part in parts]
        self.n, self.themes = 0, set[str]()

    @property
    def lost(self) -> int:
        """How many tags belong to no segment any more; at the end."""
        return self._all - self.n

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many documents, people and tags are in it; at the end."""
        import pyarrow.compute as pc

        heard = in_words(self._segments["case_id"]).unique()
        people = pc.is_in(self._project.arrow("cases")["case_id"], heard.drop_null())
        documents = in_words(self._segments["document_id"]).unique()
        return {"documents": len(documents), "people": int(pc.sum(people).as_py() or 0), "tags": self.n}

    def stretches(self) -> Iterator[pd.DataFrame]:
        """The tags in order, with the columns that `placed` adds."""
        composing = Composing(self._kinds(), self._speakers())
        for begin in range(0, len(self._segments), _AT_ONCE):
            rows = range(begin, min(begin + _AT_ONCE, len(self._segments)))
            segments = to_pandas(decoded(self._segments.slice(rows.start, len(rows))))
            tags = self._tags(rows)
            found = placed(tags, composing.run(segments, self._edits_in(segments), set(tags["segment_id"])))
            self.n += len(found)
            self.themes.update(found["theme_id"].unique())
            yield found
        self._let_go()

    def _let_go(self) -> None:
        """Gives back the tables, which are looked at again when it is written down whose words are in it."""
        assert self.counts
        self._segments, self._parts = self._segments.slice(0, 0), []
        self._edits = Rows(self._edits.table.slice(0, 0), by="start")
        give_back()

    def _tags(self, rows: range) -> pd.DataFrame:
        """Table `tags` of some segments, in the order in which `Project.table` has them."""
        import pandas as pd

        parts = [to_pandas(of_rows(*part, [rows])) for part in self._parts]
        parts = [part for part in parts if len(part)]
        return conform("tags", pd.concat(parts, ignore_index=True) if parts else [])

    def _edits_in(self, segments: pd.DataFrame) -> pd.DataFrame:
        """The edits that touch these segments."""
        by_document = segments.groupby("document_id", sort=False)
        reach = by_document.agg(start=("start", "min"), end=("end", "max"))
        return to_pandas(
            self._edits.of([Stretch(str(name), int(a), int(b), 0, 0) for name, a, b in reach.itertuples()])
        )

    def _kinds(self) -> dict[str, str]:
        documents = self._project.table("documents")
        return {
            one: str(kind or "")
            for one, kind in zip(documents["document_id"], documents["kind"], strict=True)
        }

    def _speakers(self) -> Iterator[tuple[str, str | None, str | None]]:
        """Who speaks under which label: of each the first and the last by name, where there are several."""
        import pyarrow.compute as pc

        table = decoded(self._segments.select(["document_id", "speaker", "case_id"]))
        table = table.filter(pc.not_equal(table["case_id"], ""))
        ends = table.group_by(["document_id", "speaker"]).aggregate([("case_id", "min"), ("case_id", "max")])
        for one in ends.to_pylist():
            yield one["document_id"], one["speaker"], one["case_id_min"]
            yield one["document_id"], one["speaker"], one["case_id_max"]


def _with_theme(tags: pa.Table) -> pa.Table:
    return tags.filter(in_words(tags["theme_id"]).is_valid())


def _by(coders: Sequence[str], tags: pa.Table) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    return tags.filter(pc.is_in(in_words(tags["coder"]), pa.array(list(coders), pa.string())))

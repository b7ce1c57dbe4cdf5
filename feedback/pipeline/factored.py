"""Push factors of a large study, shard by shard: never are all segments in pandas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError
from feedback.factors.large import (
    SAID,
    Asked,
    Everybody,
    Further,
    Joining,
    Part,
    Wish,
    find_in_parts,
    join,
    look,
)
from feedback.factors.matched import themes_in
from feedback.factors.questions import Study
from feedback.pipeline.counting import CountingTags
from feedback.pipeline.shards import Rows, Shard, Shards
from feedback.pipeline.stages import Context, Progress
from feedback.pipeline.streamed import Task, by_shard
from feedback.pipeline.tagged import portable
from feedback.project import Project
from feedback.scale import Work
from feedback.tables import to_pandas

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from feedback.factors import FactorResult
    from feedback.factors.joining import Fitted
    from feedback.factors.large import Tables

_FURTHER = ["segment_id", "case_id", "text"]


@dataclass(frozen=True)
class Roster:
    """Who left, and who is known at all: case ids."""

    leavers: frozenset[str]
    known: pa.Array


def read_for_factors(project: Project, pool: str) -> pa.Table:
    """The segments of interviews and surveys: what was written for publicity is read only when asked."""
    import pyarrow as pa
    import pyarrow.compute as pc

    segments, documents = project.arrow("segments"), project.table("documents")
    if pool == "testimonies":
        return segments
    apart = documents.loc[documents["kind"] == "testimony", "document_id"].tolist()
    of = segments["document_id"].cast(pa.string())
    return segments.filter(pc.invert(pc.is_in(of, pa.array(apart, pa.string()))))


def roster(project: Project, segments: pa.Table, *, leaver: str, least: int) -> Roster:
    """Who left. Raises FeedbackError where that is not known, or fewer than `least` of them were heard."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from feedback.factors import leavers_of

    cases = project.arrow("cases")
    named = ["case_id", leaver] if leaver in cases.column_names else cases.column_names
    left = leavers_of(to_pandas(cases.select(named)), leaver=leaver)
    heard = pc.unique(segments["case_id"].cast(pa.string())).to_pylist()
    if 0 < len(left.intersection(heard)) < least:
        raise FeedbackError(
            f"fewer than {least} people who left were heard, so their reasons are not counted"
        )
    return Roster(left, cases["case_id"].combine_chunks())


def is_large(segments: pa.Table) -> bool:
    """Whether there are more segments than are looked at as a whole."""
    return len(segments) > SAID


def factors_in_shards(
    context: Context, segments: pa.Table, roster: Roster, progress: Progress, *, wish: Wish
) -> FactorResult:
    """The push factors of `segments`: those of interviews and surveys, with the columns of that table."""
    study = _Study(context, segments, roster)
    twice = _Twice(progress)
    looked = study.each("factors", look, study.asked(), study.part, twice.first)

    def joined(fitted: Fitted | None, own: Sequence[str], same: Sequence[str]) -> Tables:
        import pyarrow as pa

        embedder = portable(context, context.embedder)
        flags = [_among(study.ids, some) for some in (own, same)]
        load = partial(study.further, *map(pa.array, flags))
        return study.each("factors joined", join, Joining(fitted, embedder), load, twice.second)

    return find_in_parts(
        study.asked(), study.everybody(), wish, context.embedder.encode, looked=looked, joined=joined
    )


class _Study:
    """All that was said, as Arrow, with whose it is and whether they left."""

    def __init__(self, context: Context, segments: pa.Table, roster: Roster) -> None:
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        self._context, self._roster = context, roster
        own, document = (segments[name].cast(pa.string()) for name in ("case_id", "document_id"))
        # Where the case is not known, its document stands for it.
        whose = pc.if_else(pc.equal(pc.fill_null(own, ""), ""), document, own)
        self.said = np.asarray(pc.not_equal(segments["role"].cast(pa.string()), "interviewer"))
        self.left = _among(whose, sorted(roster.leavers))
        self.whose, self.ids = whose.combine_chunks(), segments["segment_id"].combine_chunks()
        self.rows = Rows(segments, by="start")
        self._tags = CountingTags(context.project, segments)

    def asked(self) -> Asked:
        """What holds for all of it."""
        import pyarrow.compute as pc

        chosen, codebook = self._context.settings.factors, self._context.codebook
        questions = sorted(str(one) for one in pc.unique(self.rows.table["question"]).to_pylist() if one)
        study = Study(tuple(questions), not bool(self.said.all()))
        return Asked(tuple(themes_in(codebook, chosen.group)), study, tuple(chosen.main_reason))

    def everybody(self) -> Everybody:
        """Who left and was heard, and the words of segments."""
        import pyarrow as pa
        import pyarrow.compute as pc

        mask = pa.array(self.said)
        heard = pc.unique(self.whose.filter(mask))
        unknown = len(heard) - pc.sum(pc.is_in(heard, self._roster.known)).as_py()
        left = frozenset(pc.unique(self.whose.filter(pa.array(self.said & self.left))).to_pylist())
        ids = pa.table({"segment_id": self.ids.filter(mask), "case_id": self.whose.filter(mask)})
        return Everybody(left, len(self._roster.leavers), unknown, ids, self._texts_of)

    def _texts_of(self, ids: Sequence[str]) -> dict[str, str]:
        import pyarrow as pa
        import pyarrow.compute as pc

        rows = pc.index_in(pa.array(ids, pa.string()), self.ids)
        texts = self.rows.table["text"].take(rows).to_pylist()
        return {one: text for one, text in zip(ids, texts, strict=True) if text is not None}

    def part(self, shard: Shard) -> Part:
        """A shard to be looked at."""
        import pyarrow as pa

        spans = self.rows.spans(shard.stretches)
        whose = pa.concat_arrays([self.whose.slice(one.start, len(one)) for one in spans])
        cases = self._cases(whose.unique())
        return Part(to_pandas(self.rows.of(shard.stretches)), self._tags.of(spans), cases)

    def _cases(self, whose: pa.Array) -> pd.DataFrame:
        import pandas as pd
        import pyarrow.compute as pc

        known = whose.filter(pc.is_in(whose, self._roster.known)).to_pylist()
        left = ["yes" if one in self._roster.leavers else "no" for one in known]
        return pd.DataFrame({"case_id": known, "left": left}, dtype=object)

    def further(self, own: pa.Array, same: pa.Array, shard: Shard) -> Further:
        """What in a shard may join groups or factors; own, same: for each segment whether it may."""
        import numpy as np
        import pyarrow as pa

        spans = self.rows.spans(shard.stretches)
        rows = self.rows.of(shard.stretches).select(["segment_id", "text"])
        whose = pa.concat_arrays([self.whose.slice(one.start, len(one)) for one in spans])
        rows = rows.append_column("case_id", whose).select(_FURTHER)
        others = pa.array(self.said & ~self.left)

        def those(flags: pa.Array) -> pd.DataFrame:
            here = np.concatenate([np.asarray(flags.slice(one.start, len(one))) for one in spans])
            return to_pandas(rows.filter(pa.array(here)))

        return Further(those(own), those(others), those(same))

    def each(
        self, step: str, work: Work, shared: Any, load: Callable[[Shard], Any], progress: Progress
    ) -> Tables:
        """`work` over all shards that hold any segments."""
        every = Shards(self._context.project, characters=self._context.characters).all
        shards = [shard for shard in every if self.rows.spans(shard.stretches)]
        tasks = [Task(shard, partial(load, shard)) for shard in shards]
        return by_shard(self._context, step, work, shared, tasks, progress)


class _Twice:
    """Progress of work that goes over everything twice."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def first(self, done: int, total: int) -> None:
        self._progress(done, 2 * total)

    def second(self, done: int, total: int) -> None:
        self._progress(total + done, 2 * total)


def _among(ids: pa.ChunkedArray | pa.Array, some: Sequence[str]) -> np.ndarray[Any, Any]:
    """Whether each id is one of `some`."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    return np.asarray(pc.is_in(ids, pa.array(some, pa.string())))

"""Push factors of a large study, shard by shard: never are all segments in pandas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from feedback.arrows import Words
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
    join_heard,
    look,
    overhear,
)
from feedback.factors.looking import tell
from feedback.factors.matched import themes_in
from feedback.factors.questions import Study, shortened
from feedback.pipeline.counting import CountingTags, by_row, of_rows
from feedback.pipeline.leading import of_leading
from feedback.pipeline.roster import Roster
from feedback.pipeline.shards import Rows, Shards
from feedback.pipeline.stages import Context, Progress
from feedback.pipeline.streamed import Task, by_shard
from feedback.pipeline.stretches import Shard
from feedback.pipeline.tagged import portable
from feedback.project import Project
from feedback.scale import Work
from feedback.tables import empty, to_pandas

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    from feedback.factors import FactorResult
    from feedback.factors.joining import Fitted
    from feedback.factors.large import Tables

    Flags = np.ndarray[Any, Any]

AS_A_WHOLE = 10_000  # segments: more are looked at part by part, so that what is found of each part stays
_TOLD_APART = 250_000  # segments: of more, reasons are told with the themes, and not kept apart
_OVERHEARD = 150_000  # segments of people who stayed: the vectors of more are not kept, but made again
_FURTHER = ["segment_id", "case_id", "text"]
_UNASKED = ["speaker", "begin_s", "end_s"]  # columns that no push factor depends on


def read_for_factors(project: Project, pool: str) -> pa.Table:
    """The segments of interviews and surveys: what was written for publicity is read only when asked."""
    import pyarrow as pa
    import pyarrow.compute as pc

    segments, documents = _light(project.arrow("segments")), project.table("documents")
    apart = documents.loc[documents["kind"] == "testimony", "document_id"].tolist()
    if pool == "testimonies" or not apart:
        return segments
    of = segments["document_id"].cast(pa.string())
    return segments.filter(pc.invert(pc.is_in(of, pa.array(apart, pa.string()))))


def is_large(segments: pa.Table) -> bool:
    """Whether there are more segments than are looked at as a whole."""
    return len(segments) > AS_A_WHOLE


def _light(segments: pa.Table) -> pa.Table:
    """Table `segments`; without what no push factor depends on where there is much of it."""
    if not is_large(segments):
        return segments
    # In one piece: who needs all ids then holds no second copy of them.
    at, ids = segments.column_names.index("segment_id"), segments["segment_id"].combine_chunks()
    return segments.set_column(at, "segment_id", ids).drop_columns(_UNASKED)


def factors_in_shards(
    context: Context, segments: pa.Table, roster: Roster, progress: Progress, *, wish: Wish
) -> FactorResult:
    """The push factors of `segments`: those of `read_for_factors`."""
    study = _Study(context, segments, roster)
    parts, asked = _Parts(progress), study.asked()
    looked = study.looked(replace(asked, study=shortened(asked.study, asked.main)), parts)

    def joined(fitted: Fitted | None, own: Sequence[str], same: Sequence[str]) -> Tables:
        return study.joined(fitted, own, same, parts.third)

    return find_in_parts(
        asked, study.everybody(), wish, context.embedder.encode, looked=looked, joined=joined
    )


@dataclass(frozen=True)
class Step:
    """What is done with all shards, as of `by_shard`."""

    name: str
    work: Work
    shared: Callable[[], Any]
    lasting: str = ""
    joint: bool = False


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
        self.left, self.known = _among(whose, roster.leavers), _among(whose, roster.known)
        self.others = self.said & ~self.left
        self.whose, self.ids = whose.combine_chunks(), segments["segment_id"].combine_chunks()
        self.rows = Rows(segments, by="start")

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
        light = self.rows.table.select(["segment_id", "document_id"]).append_column("case_id", self.whose)
        told = light if bool(self.said.all()) else light.filter(mask)
        first = Words(of_leading(told, least=SAID)["segment_id"])
        ids = told.select(["segment_id", "case_id"])
        return Everybody(left, len(self._roster.leavers), unknown, ids, first, self._texts_of)

    def _texts_of(self, ids: Sequence[str]) -> dict[str, str]:
        import pyarrow as pa
        import pyarrow.compute as pc

        rows = pc.index_in(pa.array(ids, pa.string()), self.ids)
        texts = self.rows.table["text"].take(rows).to_pylist()
        return {one: text for one, text in zip(ids, texts, strict=True) if text is not None}

    def looked(self, asked: Asked, parts: _Parts) -> Tables:
        """What is found in each shard; the tags, which nothing after it needs, are let go."""
        told: Tables = {}
        if len(self.rows.table) <= _TOLD_APART:
            # What is said of themes changes with the theme list, and reasons do not.
            known = repr(replace(asked, themes=()))
            telling = Step("factors told", tell, lambda: asked, lasting=known, joint=True)
            told = self.each(telling, self.spoken, self.spoken_of, parts.first)
        reasons = by_row(told["reasons"], self.ids) if told else None
        tags = CountingTags(self._context.project, self.rows.table)
        looking = Step("factors", look, lambda: asked, lasting=repr(asked), joint=True)
        part, content = partial(self.part, tags, reasons), partial(self.said_of, tags)
        return {**told, **self.each(looking, part, content, parts.second)}

    def part(self, tags: CountingTags, reasons: tuple[pa.Table, Flags] | None, shard: Shard) -> Part:
        """A shard to be looked at."""
        spans = self.rows.spans(shard.stretches)
        told = to_pandas(of_rows(*reasons, spans).sort_by("segment_id")) if reasons else None
        return replace(self.spoken(shard), tags=tags.of(spans), reasons=told)

    def spoken(self, shard: Shard) -> Part:
        """A shard without its tags."""
        cases = self._cases(self.rows.spans(shard.stretches))
        return Part(to_pandas(self.rows.of(shard.stretches)), empty("tags"), cases)

    def _cases(self, spans: Sequence[range]) -> pd.DataFrame:
        import pandas as pd

        flags = (self._flags(one, spans).tolist() for one in (self.known, self.left))
        rows = zip(self._whose(spans).to_pylist(), *flags, strict=True)
        left = {one: "yes" if gone else "no" for one, is_known, gone in rows if is_known}
        return pd.DataFrame({"case_id": list(left), "left": list(left.values())}, dtype=object)

    def said_of(self, tags: CountingTags, shard: Shard) -> str:
        """Changes with what `part` gives."""
        return repr([self.spoken_of(shard), tags.content(self.rows.spans(shard.stretches))])

    def spoken_of(self, shard: Shard) -> str:
        """Changes with what `spoken` gives."""
        spans = self.rows.spans(shard.stretches)
        left = sorted({*zip(self._whose(spans).to_pylist(), self._flags(self.left, spans), strict=True)})
        return repr([shard, self.rows.content(shard.stretches), left])

    def joined(
        self, fitted: Fitted | None, own: Sequence[str], same: Sequence[str], progress: Progress
    ) -> Tables:
        """Which groups further words join, and which of `same` are of the speaker's own experience."""
        import pyarrow as pa

        embedder = portable(self._context, self._context.embedder)
        if int(self.others.sum()) > _OVERHEARD or len(own):
            load = partial(self.further, _among(self.ids, own), _among(self.ids, same))
            joining = Step("factors joined", join, lambda: Joining(fitted, embedder))
            return self.each(joining, load, None, progress)
        hearing = Step("factors heard", overhear, lambda: embedder, lasting=embedder.fingerprint, joint=True)
        heard = self.each(hearing, self.by_others, self.others_of, progress)
        found = join_heard(fitted, heard)
        own_of = found["own"]
        return {**found, "own": own_of.filter(pa.array(_among(own_of["segment_id"], same)))}

    def further(self, own: Flags, same: Flags, shard: Shard) -> Further:
        """What in a shard may join groups or factors; own, same: for each segment whether it may."""
        return Further(*(self._those(flags, shard) for flags in (own, self.others, same)))

    def by_others(self, shard: Shard) -> pd.DataFrame:
        """What people who did not leave say in a shard."""
        return self._those(self.others, shard)

    def others_of(self, shard: Shard) -> str:
        """Changes with what `by_others` gives."""
        theirs = self._flags(self.others, self.rows.spans(shard.stretches))
        return repr([shard, self.rows.content(shard.stretches), theirs.tobytes().hex()])

    def _those(self, flags: Flags, shard: Shard) -> pd.DataFrame:
        import pyarrow as pa

        spans = self.rows.spans(shard.stretches)
        rows = self.rows.of(shard.stretches).select(["segment_id", "text"])
        rows = rows.append_column("case_id", self._whose(spans)).select(_FURTHER)
        return to_pandas(rows.filter(pa.array(self._flags(flags, spans))))

    def _whose(self, spans: Sequence[range]) -> pa.Array:
        import pyarrow as pa

        return pa.concat_arrays([self.whose.slice(one.start, len(one)) for one in spans])

    def _flags(self, flags: Flags, spans: Sequence[range]) -> Flags:
        import numpy as np

        return np.concatenate([flags[one.start : one.stop] for one in spans])

    def each(
        self,
        step: Step,
        load: Callable[[Shard], Any],
        content: Callable[[Shard], str] | None,
        progress: Progress,
    ) -> Tables:
        """A step over all shards that hold any segments; content: changes with what is loaded of a shard."""
        every = Shards(self._context.project, characters=self._context.characters).all
        shards = [shard for shard in every if self.rows.spans(shard.stretches)]
        tasks = [Task(one, load, content(one) if content else "") for one in shards]
        return by_shard(
            self._context,
            step.name,
            step.work,
            step.shared,
            tasks,
            progress,
            joint=step.joint,
            lasting=step.lasting,
        )


class _Parts:
    """Progress of work that goes over everything three times, or leaves out the first."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def first(self, done: int, total: int) -> None:
        self._progress(done, 3 * total)

    def second(self, done: int, total: int) -> None:
        self._progress(total + done, 3 * total)

    def third(self, done: int, total: int) -> None:
        self._progress(2 * total + done, 3 * total)


def _among(ids: pa.ChunkedArray | pa.Array, some: Sequence[str] | pa.Array) -> np.ndarray[Any, Any]:
    """Whether each id is one of `some`."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    return np.asarray(pc.is_in(ids, pa.array(some, pa.string())))

"""What tagging learns from the whole study before it tags any part of it, kept while that whole stays."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedback.arrows import Words
from feedback.pipeline.contents import content_of
from feedback.pipeline.hearing import Hearing, has_room
from feedback.pipeline.leading import leading, of_leading, without_masks
from feedback.pipeline.streamed import Kept, Task
from feedback.pipeline.stretches import Shard
from feedback.pipeline.trained import model_digest

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from feedback.pipeline.shards import Rows
    from feedback.pipeline.stages import Context
    from feedback.tagging import streaming
    from feedback.tagging.meaning import Ruler
    from feedback.tagging.meaning.prevalence import Together

    Array = np.ndarray[Any, Any]

_TOGETHER, _ROW = "together", "row"
_ONLY = Task(Shard(()), str, "learnt")


class Learning:
    """How common themes are in a study, and what its texts have in common, for one coder.

    segments: table `segments`. tasks: the parts in which it is tagged; what is one part learns from itself.
    """

    def __init__(
        self, context: Context, choice: streaming.Choice, segments: Rows, tasks: Sequence[Task]
    ) -> None:
        self._context, self._choice, self._segments = context, choice, segments.table
        self._rows, self._tasks = segments, tasks
        self._from_whole = len(tasks) > 1 and choice.hears

    @cached_property
    def made_from(self) -> str:
        """Changes with everything that a text's tags follow from, but for the text and what is around it."""
        context, (coder,) = self._context, self._choice.by
        sample = ""
        if self._from_whole:
            sample = content_of(self._segments.select(["segment_id", "text"]).take(self._sampled))
        who = coder if isinstance(coder, str) else f"{coder.name} {model_digest(context.project)}"
        told = [context.codebook.fingerprint(), context.settings.tag, context.embedder.fingerprint, sample]
        return repr([who, *told])

    @cached_property
    def fitted(self) -> streaming.Fitted:
        """What must be known of the whole study before a part of it can be tagged."""
        import pyarrow as pa

        from feedback.tagging import streaming
        from feedback.tagging.coders import Meaning
        from feedback.tagging.meaning import Ruler
        from feedback.tagging.meaning.prevalence import Together

        if not self._from_whole or not len(self._choice.codebook):
            return streaming.Fitted(self._choice)
        kept = Kept(
            self._context.project,
            f"{self._coder} learnt",
            self._context.receipts.get(self._coder),
            lasting=self.made_from,
        )
        known, embedder = kept.find(_ONLY), self._context.embedder
        ruler = Ruler.of(self._choice.codebook, streaming.embed_once(embedder))
        if known is not None:
            before = Together.from_bytes(known[_TOGETHER][_TOGETHER][0].as_py())
            return streaming.Fitted(self._choice, Meaning(ruler, before), self._cut, self._base[1])
        together = self._together(ruler)
        if together is not None:
            told = pa.array([together.to_bytes()], pa.large_binary())
            kept.keep(_ONLY, {_TOGETHER: pa.table({_TOGETHER: told})})
            kept.settle([_ONLY])
        return streaming.Fitted(self._choice, Meaning(ruler, together), self._cut, self._base[1])

    def seen(self, shard: Shard) -> tuple[Array, Array] | None:
        """How near what participants say in a shard comes to each theme, and its vectors; None: find out."""
        meaning, hearing = self.fitted.meaning, self._hearing
        return hearing.seen(meaning.ruler, hearing.rows(shard)) if meaning and hearing else None

    def _together(self, ruler: Ruler) -> Together | None:
        from feedback.tagging import streaming
        from feedback.tagging.coders import nearness
        from feedback.tagging.meaning.prevalence import heard_together

        rows = self._sampled
        if self._hearing is not None:
            return heard_together(*self._hearing.seen(ruler, rows))
        texts = self._segments["text"].take(rows).to_pylist()
        return heard_together(*nearness(texts, ruler, streaming.embed_once(self._context.embedder)))

    @cached_property
    def _hearing(self) -> Hearing | None:
        if self._coder != "meaning" or not self._from_whole or not has_room(self._context, self._n_said):
            return None
        return Hearing(self._context, self._rows, self._tasks)

    @cached_property
    def _n_said(self) -> int:
        import pyarrow as pa
        import pyarrow.compute as pc

        said = pc.not_equal(self._segments["role"].cast(pa.string()), "interviewer")
        return int(pc.sum(said).as_py() or 0)

    @cached_property
    def _coder(self) -> str:
        (coder,) = self._choice.by
        return coder if isinstance(coder, str) else coder.name

    @cached_property
    def _base(self) -> tuple[pa.Table, frozenset[str] | None]:
        """Ids and rows of what participants said that is learnt from, and in which documents.

        None for all texts of all. Without the words: a copy of a large study's would be held as long as it is
        tagged.
        """
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        from feedback.tagging.streaming import FIT_ON

        role = self._segments["role"].cast(pa.string())
        rows = pa.array(np.arange(len(self._segments)))
        light = self._segments.select(["segment_id", "document_id"]).append_column(_ROW, rows)
        said = light.filter(pc.not_equal(role, "interviewer"))
        if len(said) <= FIT_ON:
            return said, None
        plain = without_masks(self._segments["text"])
        first = of_leading(said, least=FIT_ON)
        return first.filter(plain.take(first[_ROW])), frozenset(leading(said, least=FIT_ON))

    @cached_property
    def _cut(self) -> int | None:
        from feedback.tagging.streaming import cut_of

        return cut_of(Words(self._base[0]["segment_id"]))

    @cached_property
    def _sampled(self) -> Array:
        """The rows of the segments that are learnt from, rising."""
        import numpy as np

        from feedback.tagging.streaming import in_sample

        chosen = in_sample(Words(self._base[0]["segment_id"]), self._cut)
        return np.sort(self._base[0][_ROW].to_numpy()[chosen])

"""What tagging learns from the whole study before it tags any part of it, kept while that whole stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedback.arrows import Words
from feedback.pipeline.contents import content_of
from feedback.pipeline.hearing import Hearing, has_room
from feedback.pipeline.leading import leading, of_leading, without_masks
from feedback.pipeline.reader import fingerprint_of
from feedback.pipeline.streamed import Kept, Task
from feedback.pipeline.stretches import Shard
from feedback.pipeline.trained import model_digest

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from feedback.pipeline.shards import Rows
    from feedback.pipeline.stages import Context
    from feedback.tagging import streaming
    from feedback.tagging.coders import Meaning
    from feedback.tagging.meaning import Ruler
    from feedback.tagging.meaning.prevalence import Together

    Array = np.ndarray[Any, Any]

_TOGETHER, _ROW = "together", "row"
_ONLY = Task(Shard(()), str, "learnt")


class Learning:
    """How common themes are in a study, and what its texts have in common, for one coder.

    segments: table `segments`. tasks: the parts in which it is tagged; what is one part learns from itself.
    again: whether the tags of these very texts under another list are known.
    """

    def __init__(
        self,
        context: Context,
        choice: streaming.Choice,
        segments: Rows,
        tasks: Sequence[Task],
        *,
        again: bool = False,
    ) -> None:
        self._context, self._choice, self.segments = context, choice, segments.table
        self._rows, self._tasks, self._again = segments, tasks, again
        self._from_whole = len(tasks) > 1 and choice.hears

    @cached_property
    def made_from(self) -> str:
        """Changes with everything that a text's tags follow from, but for the text and what is around it."""
        context, (coder,) = self._context, self._choice.by
        sample = ""
        if self._from_whole:
            sample = content_of(self.segments.select(["segment_id", "text"]).take(self._sampled))
        who = coder if isinstance(coder, str) else f"{coder.name} {model_digest(context.project)}"
        told = [context.codebook.fingerprint(), context.settings.tag, fingerprint_of(context), sample]
        return repr([who, *told])

    @cached_property
    def fitted(self) -> streaming.Fitted:
        """What must be known of the whole study before a part of it can be tagged."""
        import pyarrow as pa

        from feedback.tagging import streaming
        from feedback.tagging.coders import Meaning
        from feedback.tagging.meaning.prevalence import Together

        if not self._from_whole or not len(self._choice.codebook):
            return streaming.Fitted(self._choice)
        kept = Kept(
            self._context.project,
            f"{self.coder} learnt",
            self._context.receipts.get(self.coder),
            lasting=self.made_from,
        )
        known, ruler = kept.find(_ONLY), self._ruler
        if known is not None:
            before = Together.from_bytes(known[_TOGETHER][_TOGETHER][0].as_py())
            return streaming.Fitted(self._choice, Meaning(ruler, before), self._cut, self._base[1])
        together = self._together()
        if together is not None:
            told = pa.array([together.to_bytes()], pa.large_binary())
            kept.keep(_ONLY, {_TOGETHER: pa.table({_TOGETHER: told})})
            kept.settle([_ONLY])
        return streaming.Fitted(self._choice, Meaning(ruler, together), self._cut, self._base[1])

    def seen(self, shard: Shard) -> tuple[Array, Array] | None:
        """How near what participants say in a shard comes to each theme, and its vectors; None: find out."""
        meaning, hearing = self.fitted.meaning, self._hearing
        return hearing.seen(hearing.rows(shard)) if meaning and hearing else None

    @cached_property
    def at_once(self) -> bool:
        """Whether all texts are to be tagged again at once, which holds the vectors of all."""
        from feedback.tagging.streaming import FIT_ON

        if not self._again or not len(self._choice.codebook):
            return False
        return self.coder == "rules" or len(self.said) <= FIT_ON or has_room(self._context, len(self.said))

    @cached_property
    def meaning(self) -> Meaning:
        """What all that participants say is scored with, how near it comes to each theme included."""
        import numpy as np

        found = self.fitted.meaning
        assert found is not None
        return replace(found, among=np.isin(self.said, self._sampled), seen=self._all_seen)

    @cached_property
    def _all_seen(self) -> tuple[Array, Array]:
        """How near all that participants say comes to each theme, and its vectors."""
        if self._hearing is not None:
            return self._hearing.seen(self.said)
        return self._near(self.said)

    def _near(self, rows: Array) -> tuple[Array, Array]:
        from feedback.tagging import streaming
        from feedback.tagging.coders import nearness

        texts = self.segments["text"].take(rows).to_pylist()
        return nearness(texts, self._ruler, streaming.embed_once(self._context.embedder))

    def _together(self) -> Together | None:
        import numpy as np

        from feedback.tagging.meaning.prevalence import heard_together

        rows = self._sampled
        if self.at_once:
            near, vectors = self._all_seen
            own = np.searchsorted(self.said, rows)
            return heard_together(near[own], vectors[own])
        if self._hearing is not None:
            return heard_together(*self._hearing.seen(rows))
        return heard_together(*self._near(rows))

    @cached_property
    def _ruler(self) -> Ruler:
        from feedback.tagging import streaming
        from feedback.tagging.meaning import Ruler

        return Ruler.of(self._choice.codebook, streaming.embed_once(self._context.embedder))

    @cached_property
    def _hearing(self) -> Hearing | None:
        if self.coder != "meaning" or not self._from_whole or not has_room(self._context, len(self.said)):
            return None
        return Hearing(self._context, self._ruler, self._rows, self._tasks, whole=self.at_once)

    @cached_property
    def said(self) -> Array:
        """The rows of the segments that are what participants say, rising."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        return np.flatnonzero(pc.not_equal(self.segments["role"].cast(pa.string()), "interviewer"))

    @cached_property
    def coder(self) -> str:
        """The name of the coder."""
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

        role = self.segments["role"].cast(pa.string())
        rows = pa.array(np.arange(len(self.segments)))
        light = self.segments.select(["segment_id", "document_id"]).append_column(_ROW, rows)
        said = light.filter(pc.not_equal(role, "interviewer"))
        if len(said) <= FIT_ON:
            return said, None
        plain = without_masks(self.segments["text"])
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

"""What a student's vectors say of a study's texts, kept shard by shard: a changed theme costs no reading.

Its vectors are quicker made than those of the model, and yet take longest where a theme of a study of
hundreds of interviews is changed. So they are kept by content as long as all of them have room (`MOST_KEPT`);
those of larger studies are made as they are needed. Tables are the same either way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from feedback.embed.student import Student, at_length
from feedback.pipeline.columns import Columns
from feedback.pipeline.streamed import MOST_KEPT, Kept, Task
from feedback.tagging.meaning.theme_texts import description
from feedback.tagging.vectors import Said, with_sentences

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from feedback.pipeline.shards import Rows
    from feedback.pipeline.stages import Context
    from feedback.pipeline.stretches import Shard
    from feedback.tagging.meaning import Ruler

    Array = np.ndarray[Any, Any]

_STEP = "meaning heard"
_AT_ONCE = 10_000  # segments
_ROOM = 0.95  # for the vectors of texts; the rest is for those of their sentences
_FIRST, _VECTOR = "first", "vector"


def has_room(context: Context, said: int) -> bool:
    """Whether the vectors of so many texts are a student's, and few enough to be kept."""
    student = context.embedder.embedder
    if not isinstance(student, Student) or not student.worth.enough:
        return False
    return 2 * student.width * said < _ROOM * MOST_KEPT


class Hearing:
    """How near what participants say comes to the themes of a list, found out for each part at first need.

    segments: table `segments` by stretches. tasks: the parts in which the study is tagged. whole: whether all
    of them will be asked for.
    """

    def __init__(
        self, context: Context, ruler: Ruler, segments: Rows, tasks: Sequence[Task], *, whole: bool = False
    ) -> None:
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        student, receipt = context.embedder.embedder, context.receipts.get("meaning")
        assert isinstance(student, Student)
        self._student, self._tasks, self._segments = student, tasks, segments
        self._kept = Kept(context.project, _STEP, receipt, lasting=student.fingerprint)
        table = segments.table
        self._texts = table["text"]
        self._said = np.asarray(pc.not_equal(table["role"].cast(pa.string()), "interviewer"))
        self._whole = np.zeros((len(table), student.width), dtype=np.float16)
        self._near = np.zeros((len(table), len(ruler.themes)), dtype=np.float32)
        self._told = np.zeros(len(table), dtype=bool)
        themes = [description(theme) for theme in context.codebook]
        self._ruler = ruler
        self._columns = Columns(context, themes, ruler, fingerprint=student.fingerprint, looking=whole)

    def rows(self, shard: Shard) -> Array:
        """The rows of `segments` that are what participants say in a shard, rising."""
        import numpy as np

        spans = [np.arange(one.start, one.stop) for one in self._segments.spans(shard.stretches)]
        rows = np.sort(np.concatenate([*spans, np.arange(0)]))
        own: Array = rows[self._said[rows]]
        return own

    def seen(self, rows: Array) -> tuple[Array, Array]:
        """How near some rows come to each theme, (rows, themes), and their vectors, as of `Ruler.near`."""
        if not self._told[rows].all():
            self._tell(rows[~self._told[rows]])
            if self._told[self._said].all():
                self._columns.keep()
        return self._near[rows], at_length(self._whole[rows])

    def _tell(self, missing: Array) -> None:
        """Finds out about the parts that hold the missing rows, some of them at a time."""
        import numpy as np

        wanted = np.zeros(len(self._told), dtype=bool)
        wanted[missing] = True
        group: list[tuple[Task, Array]] = []
        for task in self._tasks:
            rows = self.rows(task.shard)
            if wanted[rows].any():
                group.append((task, rows))
            if sum(len(own) for _, own in group) > _AT_ONCE:
                self._tell_group(group)
                group = []
        if group:
            self._tell_group(group)
        self._kept.settle(self._tasks)

    def _tell_group(self, group: Sequence[tuple[Task, Array]]) -> None:
        import numpy as np

        rows = np.concatenate([own for _, own in group])
        held = [self._kept.find(task) for task, _ in group]
        missing = [part for part, kept in zip(group, held, strict=True) if kept is None]
        made = self._made(missing)
        found = [_opened(kept[_VECTOR]) if kept else next(made) for kept in held]
        firsts = np.flatnonzero(np.concatenate([first for first, _ in found]))
        halves = np.concatenate([vectors for _, vectors in found])
        said, texts = Said(at_length(halves), firsts), self._texts.take(rows).to_pylist()
        parts = [(task.content, len(own)) for task, own in group]
        known = self._columns.of(parts, texts, said.whole)
        self._near[rows], _ = self._ruler.near_of(texts, said, known)
        self._whole[rows], self._told[rows] = halves[firsts], True

    def _made(self, parts: Sequence[tuple[Task, Array]]) -> Iterator[tuple[Array, Array]]:
        """Which vectors are whole texts', and those of each part's texts, each with its sentences' behind it.

        Of all parts at a time, which is quicker; each is kept.
        """
        import numpy as np

        texts = [with_sentences(self._texts.take(rows).to_pylist()) for _, rows in parts]
        every = self._student.by_words([piece for pieces, _ in texts for piece in pieces]) if parts else None
        at = 0
        for (task, _), (pieces, firsts) in zip(parts, texts, strict=True):
            assert every is not None
            vectors, is_first = every[at : at + len(pieces)], np.zeros(len(pieces), dtype=bool)
            is_first[firsts] = True
            self._kept.keep(task, {_VECTOR: _table(is_first, vectors)})
            at += len(pieces)
            yield is_first, vectors


def _opened(table: pa.Table) -> tuple[Array, Array]:
    import numpy as np

    vectors = np.frombuffer(table[_VECTOR].combine_chunks().buffers()[1], np.float16)
    return np.asarray(table[_FIRST]), vectors.reshape(len(table), -1)


def _table(is_first: Array, vectors: Array) -> pa.Table:
    import pyarrow as pa

    held = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(2 * vectors.shape[1]), len(vectors), [None, pa.py_buffer(vectors.tobytes())]
    )
    return pa.table({_FIRST: is_first, _VECTOR: held})

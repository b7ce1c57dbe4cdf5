"""What of a text's nearness to themes stays when one theme changes, kept from one run to the next.

How near counter-examples come is a matter of the one theme; of shared words only those count otherwise whose
rarity among the themes has changed. Both take longer to reckon than all the rest of nearness.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedback.pipeline.streamed import Kept, Task
from feedback.pipeline.stretches import Shard
from feedback.tagging.meaning.lexical import Wording
from feedback.tagging.meaning.likeness import Likeness
from feedback.tagging.memory import digest_of

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from feedback.pipeline.stages import Context
    from feedback.tagging.meaning import Ruler

    Array = np.ndarray[Any, Any]

STEP = "meaning near"
_ONLY = Task(Shard(()), str, "near")
_ROWS, _WORDS, _TOLD = "rows", "words", "told"


@dataclass(frozen=True)
class _Told:
    """What the columns were made from.

    themes: what is said of each theme. against: how many counter-examples each theme that has some has.
    counter: of each theme a digest of what its counter-examples come down to. parts, sizes: the parts.
    """

    themes: Sequence[str]
    against: Sequence[Sequence[int]]
    counter: Sequence[str]
    parts: Sequence[str]
    sizes: Sequence[int]


@dataclass(frozen=True, eq=False)
class _Columns:
    counter: Array
    likeness: Likeness


class Columns:
    """The columns of all parts of a study, of a ruler that has words; `looking`: whether any are looked for.

    themes: what `theme_texts.description` says of each theme. fingerprint: of the vectors.
    """

    def __init__(
        self, context: Context, themes: Sequence[str], ruler: Ruler, *, fingerprint: str, looking: bool
    ) -> None:
        receipt = context.receipts.get("meaning")
        self._kept = Kept(context.project, STEP, receipt, lasting=fingerprint)
        self._themes, self._ruler, self._looking = list(themes), ruler, looking
        self._new: list[tuple[list[str], list[int], _Columns]] = []

    def of(self, parts: Sequence[tuple[str, int]], texts: Sequence[str], whole: Array) -> tuple[Array, Array]:
        """What `Ruler.near_of` calls known, of some parts: (content, number of texts) of each."""
        ruler, rows = self._ruler, self._places([content for content, _ in parts])
        assert ruler.wording is not None
        if rows is None:
            found = _Columns(ruler.counter(whole), Likeness.of(ruler.wording, texts))
            shared = found.likeness.shared(ruler.wording)
        else:
            found, shared = self._again(rows, whole), self._shared[rows]
        self._new.append(([content for content, _ in parts], [n for _, n in parts], found))
        return found.counter, shared

    def _again(self, rows: Array, whole: Array) -> _Columns:
        told, before = self._before or (None, None)
        assert told is not None and before is not None
        now = _counters(self._ruler)
        changed = [at for at, digest in enumerate(now) if digest != told.counter[at]]
        counter = before.counter[rows]
        if changed:
            counter[:, changed] = self._ruler.counter(whole, only=changed)[:, changed]
        return _Columns(counter, self._likeness.some(rows))

    def _places(self, parts: Sequence[str]) -> Array | None:
        """The rows of the parts among those that are kept; None where not all are, or of no use."""
        import numpy as np

        if self._before is None or not all(part in self._starts for part in parts):
            return None
        spans = [np.arange(*self._starts[part]) for part in parts]
        return np.concatenate(spans) if spans else np.arange(0)

    @cached_property
    def _starts(self) -> dict[str, tuple[int, int]]:
        import numpy as np

        assert self._before is not None
        told = self._before[0]
        ends = np.cumsum(told.sizes).tolist()
        return {part: (end - n, end) for part, n, end in zip(told.parts, told.sizes, ends, strict=True)}

    @cached_property
    def _before(self) -> tuple[_Told, _Columns] | None:
        """What is kept, where its columns stand for as many themes, with as many counter-examples each."""
        tables = self._kept.find(_ONLY) if self._looking else None
        if tables is None:
            return None
        told = _Told(**json.loads(tables[_TOLD][_TOLD][0].as_py()))
        alike = len(told.themes) == len(self._themes) and [*map(list, told.against)] == _against(self._ruler)
        return (told, _opened(tables, len(self._themes))) if alike else None

    @cached_property
    def _likeness(self) -> Likeness:
        """What is kept, under the list as it is."""
        assert self._before is not None and self._ruler.wording is not None
        told, before = self._before
        return before.likeness.again(Wording.of(told.themes), self._ruler.wording)

    @cached_property
    def _shared(self) -> Array:
        assert self._ruler.wording is not None
        return self._likeness.shared(self._ruler.wording)

    def keep(self) -> None:
        """Keeps the columns of the parts that were asked for: once all have been."""
        parts = [part for own, _, _ in self._new for part in own]
        sizes = [n for _, own, _ in self._new for n in own]
        told = _Told(self._themes, _against(self._ruler), _counters(self._ruler), parts, sizes)
        self._kept.keep(_ONLY, _tables(told, [found for _, _, found in self._new]))
        self._kept.settle([_ONLY])
        self._new = []


def _against(ruler: Ruler) -> list[list[int]]:
    return [[at, len(says)] for at, says, _ in ruler.against]


def _counters(ruler: Ruler) -> list[str]:
    found = [""] * len(ruler.themes)
    for at, says, made_of in ruler.against:
        found[at] = digest_of(len(says), says.tobytes().hex(), made_of.tobytes().hex()).hex()
    return found


def _tables(told: _Told, parts: Sequence[_Columns]) -> dict[str, pa.Table]:
    import numpy as np
    import pyarrow as pa

    place: dict[str, int] = {}
    numbers, sizes = [], []
    for likeness in (part.likeness for part in parts):
        used, at = np.unique(likeness.said.indices, return_inverse=True)
        own = [place.setdefault(likeness.different[word], len(place)) for word in used.tolist()]
        numbers.append(np.array(own, dtype=np.int32)[at])
        sizes.append(np.diff(likeness.said.indptr))
    starts = np.concatenate([[0], np.cumsum(np.concatenate(sizes))]).astype(np.int64)
    rows = pa.table(
        {
            "said": pa.LargeListArray.from_arrays(starts, np.concatenate(numbers)),
            "lengths": np.concatenate([part.likeness.lengths for part in parts]),
            "pieces": _held(np.concatenate([part.likeness.pieces for part in parts])),
            "counter": _held(np.concatenate([part.counter for part in parts])),
        }
    )
    text = pa.array([json.dumps(asdict(told))], pa.string())
    return {_ROWS: rows, _WORDS: pa.table({_WORDS: list(place)}), _TOLD: pa.table({_TOLD: text})}


def _held(rows: Array) -> pa.Array:
    import numpy as np
    import pyarrow as pa

    data = pa.py_buffer(np.ascontiguousarray(rows))
    return pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(rows.shape[1] * rows.itemsize), len(rows), [None, data]
    )


def _opened(tables: dict[str, pa.Table], themes: int) -> _Columns:
    import numpy as np
    from scipy.sparse import csr_matrix

    rows, different = tables[_ROWS].combine_chunks(), tables[_WORDS][_WORDS].to_pylist()
    said = rows["said"].combine_chunks()
    starts, numbers = np.asarray(said.offsets), np.asarray(said.values)
    # Numbers as they come from counting words anew, so that what is made of them has the same kind.
    ones = np.ones(len(numbers), dtype=np.int64)
    counts = csr_matrix((ones, numbers, starts), shape=(len(rows), len(different)))
    likeness = Likeness(
        different, counts, _matrix(rows["pieces"], np.float64, themes), np.asarray(rows["lengths"])
    )
    return _Columns(_matrix(rows["counter"], np.float32, themes), likeness)


def _matrix(column: pa.ChunkedArray, kind: Any, width: int) -> Array:
    import numpy as np

    return np.frombuffer(column.combine_chunks().buffers()[1], kind).reshape(len(column), width)

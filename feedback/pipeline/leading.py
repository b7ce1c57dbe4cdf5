"""What is learnt from the whole of a large study: from its first documents, so that it stays with another.

How common themes are, how people talk here and what the student learns come from samples of a large study.
Were they taken from all of it, every interview more would change them a little, and with them every figure
of every text. They are taken from as many of the first documents as hold the greatest of the steps LEAST,
5/4 LEAST, 25/16 LEAST, ... that the study has reached: at least four fifths of it. What has been learnt stays
until the study has grown by a quarter, or somebody among the first is taken out. It follows from the tables
alone, so the same files added in the same order give the same tables, at once or one by one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from feedback.tagging.streaming import MASKED

if TYPE_CHECKING:
    import pyarrow as pa


def step(total: int, *, least: int) -> int:
    """The greatest step from `least` on that is not above `total`; `total` where it is no greater."""
    reached = least
    while (further := reached + max(1, reached // 4)) <= total:
        reached = further
    return min(reached, total)


def leading(segments: pa.Table, *, least: int) -> list[str]:
    """The ids of the first documents of table `segments` (or of some rows of it) that hold a step of them."""
    import pyarrow.compute as pc

    counted = pc.value_counts(segments["document_id"].combine_chunks()).to_pylist()
    sizes = {str(one["values"]): int(one["counts"]) for one in counted}
    wanted, found = step(len(segments), least=least), []
    # d1000 comes after d999.
    for name in sorted(sizes, key=lambda name: (len(name), name)):
        if wanted <= 0:
            break
        wanted -= sizes[name]
        found.append(name)
    return found


def of_leading(segments: pa.Table, *, least: int) -> pa.Table:
    """The rows of the leading documents."""
    import pyarrow as pa
    import pyarrow.compute as pc

    chosen = pa.array(leading(segments, least=least), pa.string())
    if len(chosen) == pc.count_distinct(segments["document_id"].cast(pa.string())).as_py():
        return segments
    return segments.filter(pc.is_in(segments["document_id"].cast(pa.string()), chosen))


def without_masks(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whether each text is without masks."""
    import pyarrow.compute as pc

    return pc.invert(pc.match_substring(texts, MASKED))


def different_of_leading(file: Path, *, least: int) -> pa.Array:
    """The different texts without masks of the leading documents in a file of table `segments`."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    texts = of_leading(pq.read_table(file, columns=["document_id", "text"]), least=least)["text"]
    return pc.unique(texts.filter(without_masks(texts)))

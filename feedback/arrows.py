"""Columns of Arrow tables: in order, as words, as Python's own objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


def order_of(table: pa.Table, order: tuple[str, ...]) -> pa.Array | None:
    """The rows in their order; None when they stand in it already."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if not order or not len(table):
        return None
    keys = pa.table({name: in_words(table.column(name)) for name in order})
    rows = pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in order])
    return None if bool((np.diff(rows.to_numpy()) == 1).all()) else rows


def in_words(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A dictionary's words in place of its numbers; other columns as they are."""
    import pyarrow as pa

    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def is_words(kind: pa.DataType) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_dictionary(kind))


def objects(column: pa.ChunkedArray) -> np.ndarray[Any, Any]:
    """The words of a column, None where there is none."""
    import numpy as np
    import pyarrow as pa

    if pa.types.is_dictionary(column.type) and column.num_chunks:
        column = column.unify_dictionaries()
        held = column.chunk(0).dictionary
        # A slice of a long table may carry more words than it has rows.
        if len(held) <= len(column):
            numbers = [chunk.indices.fill_null(len(held)).to_numpy() for chunk in column.chunks]
            words = np.array([*held.to_pylist(), None], dtype=object)
            return words.take(np.concatenate(numbers))
    found: np.ndarray[Any, Any] = in_words(column).to_numpy(zero_copy_only=False)
    return found


def give_back() -> None:
    """Gives memory of Arrow tables that are gone back to the machine, which else holds it for the next."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()

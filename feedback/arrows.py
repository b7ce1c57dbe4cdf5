"""Columns of Arrow tables: in order, as words, as Python's own objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

_AT_ONCE = 10_000


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


class Words(Sequence[str]):
    """A column of words without missing ones, each of which is a string only while it is looked at."""

    def __init__(self, column: pa.Array | pa.ChunkedArray) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    def __getitem__(self, at: Any) -> Any:
        return self._column[at].as_py() if isinstance(at, int) else Words(self._column[at])

    def __iter__(self) -> Iterator[str]:
        for at in range(0, len(self._column), _AT_ONCE):
            yield from self._column.slice(at, _AT_ONCE).to_pylist()


def give_back() -> None:
    """Gives memory of tables and arrays that are gone back to the machine; else it is held for the next."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    if (trim := _trim()) is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    """What gives back the memory that C programs free, where the machine's library has it (glibc)."""
    import ctypes

    try:
        found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError, TypeError):
        return None
    return found

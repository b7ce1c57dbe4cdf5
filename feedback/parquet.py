"""A table as the bytes of a Parquet file: its receipt inside, and the hash of its rows."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import pyarrow as pa

_META = b"feedback"
_VAST = 10_000_000  # bytes in a row


def parquet_bytes(table: pa.Table, receipt: Mapping[str, Any]) -> bytes:
    """The table as a Parquet file that carries the receipt."""
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    kept = {_META: json.dumps(receipt, sort_keys=True).encode()}
    # Words that fill megabytes are no dictionary's: they would be copied for it.
    vast = table.nbytes > _VAST * max(1, len(table))
    pq.write_table(
        table.replace_schema_metadata(kept),
        sink,
        compression="zstd",
        use_dictionary=not vast,
        write_statistics=not vast,
    )
    return sink.getvalue()


def holds(table: pa.Table) -> bool:
    """Whether a table, as it was read, has the rows that its receipt tells of."""
    import pyarrow.compute as pc

    meta = json.loads((table.schema.metadata or {}).get(_META, b"{}"))
    for at, field in enumerate(table.schema):
        if str(field.type).startswith("dictionary"):
            words = pc.dictionary_encode(table.column(at).cast(field.type.value_type)).combine_chunks()
            table = table.set_column(at, field, words.cast(field.type))
    return bool(meta.get("content") == content_hash(table))


def receipt_of(file: Path) -> dict[str, Any]:
    """The receipt in a Parquet file, read once; empty when it is missing, damaged or not ours."""
    try:
        seen = file.stat()
    except OSError:
        return {}
    return dict(_receipt(file, seen.st_mtime_ns, seen.st_ino, seen.st_size))


@lru_cache(maxsize=256)
def _receipt(file: Path, *_: int) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        meta = pq.read_schema(file).metadata or {}
        return dict(json.loads(meta.get(_META, b"{}")))
    except (OSError, pa.ArrowInvalid, ValueError):
        return {}


def rows_in(file: Path, *, having: str = "") -> int:
    """How many rows a table's file has, or how many with something in the column `having`; 0 without a file.

    Only what tells it is read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not file.exists():
        return 0
    try:
        if not having:
            return int(pq.read_metadata(file).num_rows)
        column = pq.read_table(file, columns=[having]).column(having)
        return len(column) - int(column.null_count)
    except (pa.ArrowInvalid, OSError) as error:
        raise FeedbackError(f"{file.name} is damaged", hint="`feedback check` says what to do") from error


def columns_in(file: Path, columns: Sequence[str]) -> pa.Table:
    """Some columns of a table's file, without a look whether its rows are those that were written."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.read_table(file, columns=list(columns))
    except (pa.ArrowInvalid, OSError) as error:
        raise FeedbackError(f"{file.name} is damaged", hint="`feedback check` says what to do") from error


def different_in(file: Path, column: str) -> pa.Array:
    """The different words in a column of texts of a table's file, without missing ones."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    return pc.unique(pq.read_table(file, columns=[column]).column(column)).drop_null()


def counted_in(file: Path, column: str) -> dict[str, int]:
    """How often each word stands in a column of names of a table's file, sorted; missing cells left out."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    if not rows_in(file):
        return {}
    words = pq.read_table(file, columns=[column]).column(column).cast(pa.string()).drop_null()
    found = ((str(one["values"]), int(one["counts"])) for one in pc.value_counts(words).to_pylist())
    return dict(sorted(found))


def content_hash(table: pa.Table) -> str:
    """A hash of the rows alone, so that a stage that makes the same rows again wakes nothing after it."""
    import pyarrow as pa

    sink = _Hashing()
    with pa.ipc.new_stream(pa.PythonFile(sink, "w"), table.schema.remove_metadata()) as writer:
        writer.write_table(_without_chance(table.replace_schema_metadata().combine_chunks()))
    return sink.hash.hexdigest()


class _Hashing(io.RawIOBase):
    """A file that keeps nothing but the hash of what is written to it."""

    def __init__(self) -> None:
        self.hash = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.hash.update(data)
        return len(data)


def _without_chance(table: pa.Table) -> pa.Table:
    """The table with the same bytes under its missing numbers, where Arrow and pandas leave anything."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    under = {pa.int64(): np.iinfo(np.int64).min, pa.float64(): np.nan, pa.bool_(): False}
    for at, field in enumerate(table.schema):
        column = table.column(at)
        if column.null_count and field.type in under:
            filled = pc.fill_null(column, pa.scalar(under[field.type], field.type)).combine_chunks()
            known = pc.is_valid(column).combine_chunks()
            shared = pa.Array.from_buffers(field.type, len(filled), [known.buffers()[1], filled.buffers()[1]])
            table = table.set_column(at, field, shared)
    return table

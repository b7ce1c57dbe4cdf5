"""What some rows of a table hold, as a few letters that change with it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from feedback.tables import decoded

if TYPE_CHECKING:
    import pyarrow as pa


def content_of(*tables: pa.Table) -> str:
    """Changes with what stands in the rows of tables, however they lie in memory."""
    told = hashlib.sha256()
    for table in tables:
        for column in decoded(table).itercolumns():
            _tell(told, column)
    return told.hexdigest()


def _tell(told: Any, column: pa.ChunkedArray) -> None:
    """Tells a hash the values of a column of words, numbers or truths, and which are missing."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    values = column.combine_chunks()
    told.update(f"{len(values)} {values.type} ".encode())
    if values.null_count:
        told.update(np.packbits(np.asarray(values.is_valid())))
        values = pc.fill_null(values, "" if pa.types.is_string(values.type) else 0)
    if pa.types.is_string(values.type):
        lengths = np.asarray(pc.binary_length(values)).astype("<i8")
        begins = np.frombuffer(values.buffers()[1], "<i4")[values.offset : values.offset + len(values) + 1]
        told.update(lengths)
        if len(values) and values.buffers()[2] is not None:
            told.update(memoryview(values.buffers()[2])[int(begins[0]) : int(begins[-1])])
    else:
        told.update(np.ascontiguousarray(values.to_numpy(zero_copy_only=False)))

"""What is read as rows of the tables, as Arrow, since a survey can have a million answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from feedback.model import Document, Dropped
from feedback.tables import decoded, shaped, to_arrow, to_pandas

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

UNREAD = "a file that could not be read"
_OF_TURN = ("start", "end", "speaker", "role", "begin_s", "end_s", "question", "respondent")


def joined(name: str, old: pa.Table, new: pa.Table) -> pa.Table:
    """The rows of a table and new ones, in its order."""
    import pyarrow as pa

    if not len(old) or not len(new):
        return old if len(old) else new
    return to_arrow(name, pa.concat_tables([decoded(old), decoded(new)]))


def read_rows(documents: Sequence[Document], today: str) -> dict[str, pa.Table]:
    """Documents as rows of the tables that say what was read."""
    return {
        "private/turns": turn_rows(documents),
        "documents": shaped("documents", (_row(one, today) for one in documents)),
        "private/originals": _originals(documents),
    }


def turn_rows(documents: Sequence[Document]) -> pa.Table:
    """The turns of documents, `private/turns`."""
    import pyarrow as pa

    parts = [_turns_of(one) for one in documents if one.turns]
    return to_arrow("private/turns", pa.concat_tables(parts) if parts else shaped("private/turns", []))


def _turns_of(document: Document) -> pa.Table:
    """A document's turns, a column at a time: a frame of a million would be as large as all that was read."""
    import numpy as np
    import pyarrow as pa

    turns, types = document.turns, {"start": pa.int64(), "end": pa.int64()}
    types |= {"begin_s": pa.float64(), "end_s": pa.float64()}
    columns = {
        "document_id": pa.repeat(document.document_id, len(turns)),
        "turn": pa.array(np.arange(len(turns), dtype="int64")),
    }
    for name in _OF_TURN:
        columns[name] = pa.array((getattr(turn, name) for turn in turns), types.get(name, pa.string()))
    return pa.table(columns)


def dropped_rows(dropped: Iterable[Dropped], renamed: Mapping[str, str]) -> pa.Table:
    """What could not be used; `renamed` has the ids that documents got."""
    return shaped("dropped", [_dropped_row(one, renamed) for one in dropped])


def without(table: pa.Table, column: str, gone: Iterable[str]) -> pa.Table:
    """The table without the rows whose column holds one of these; as it is where it has no such column."""
    import pyarrow.compute as pc

    return table.filter(pc.invert(_among(table, column, gone))) if column in table.column_names else table


def only(table: pa.Table, column: str, kept: Iterable[str]) -> pa.Table:
    """The rows whose column holds one of these or nothing; the table where it has no such column."""
    import pyarrow.compute as pc

    if column not in table.column_names:
        return table
    return table.filter(pc.or_(_among(table, column, kept), pc.is_null(table.column(column))))


def _among(table: pa.Table, column: str, values: Iterable[str]) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    words = pa.array(sorted(set(values)), pa.string())
    return pc.fill_null(pc.is_in(table.column(column).cast(pa.string()), words), False)


def files_of_documents(originals: pa.Table) -> pd.DataFrame:
    """Which files the documents are: ids, names and hashes, without their words."""
    return to_pandas(originals.select(["document_id", "file_name", "sha256"]))


def _originals(documents: Sequence[Document]) -> pa.Table:
    """The words of documents, by way of bytes: a text would else keep its UTF-8 beside itself."""
    import pyarrow as pa

    about = ("document_id", "file_name", "title", "sha256")
    columns = {name: pa.array([getattr(one, name) for one in documents], pa.string()) for name in about}
    texts = pa.array([one.text.encode() for one in documents], pa.binary()).cast(pa.string())
    return to_arrow("private/originals", pa.table({**columns, "text": texts}))


def _row(document: Document, today: str) -> dict[str, object]:
    return {
        "document_id": document.document_id,
        "kind": document.kind,
        "format": document.format,
        "n_chars": len(document.text),
        "n_turns": len(document.turns),
        "added": today,
    }


def _dropped_row(dropped: Dropped, renamed: Mapping[str, str]) -> dict[str, object]:
    return {
        "stage": dropped.stage,
        "document_id": renamed.get(dropped.document_id or "", dropped.document_id),
        "start": dropped.start,
        "end": dropped.end,
        # What cannot be read has no id yet, and its reason names the file: names stay out of the tables.
        "reason": dropped.reason if dropped.document_id else UNREAD,
    }

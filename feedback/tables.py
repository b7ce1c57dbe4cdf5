"""The shape of every table: its columns, their types and its key, declared once as Arrow schemas.

In memory a table is a plain pandas DataFrame (strings as `object`/`str`, missing values as None or NaN);
on disk it is Parquet with exactly these types. `cases` alone may have further columns, one per attribute.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from feedback.arrows import in_words, is_words, objects, order_of
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_TAGS = (
    "segment_id name, theme_id name, document_id name, start int, end int, score float, coder name, "
    "rule text, valence name, assertion name"
)


# Tables of which each coder or stage writes its own part: tags/<coder>, dropped/<stage>.
IN_PARTS = ("tags", "dropped")


@dataclass(frozen=True)
class Shape:
    """A table's key and columns ("name": a repeated word, "text", "int", "float", "bool").

    Rows are sorted by `order`: the key, or for segments the place in the document.
    """

    key: tuple[str, ...]
    columns: dict[str, str]
    open: bool = False
    order: tuple[str, ...] = ()


def _shape(key: str, columns: str, *, open_: bool = False, order: str = "") -> Shape:
    pairs = [column.split() for column in columns.split(",")]
    columns_ = {name: kind for name, kind in pairs}
    return Shape(tuple(key.split()), columns_, open_, tuple((order or key).split()))


TABLES: dict[str, Shape] = {
    "documents": _shape(
        "document_id", "document_id name, kind name, format name, n_chars int, n_turns int, added name"
    ),
    "cases": _shape("case_id", "case_id text, consent name", open_=True),
    "edits": _shape(
        "document_id start",
        "document_id name, start int, end int, replacement text, kind name, label name, source name, "
        "score float",
    ),
    "flags": _shape(
        "document_id start kind", "document_id name, start int, end int, kind name, safe text, state name"
    ),
    "segments": _shape(
        "segment_id",
        "segment_id text, document_id name, case_id name, turn int, start int, end int, speaker name, "
        "role name, question name, begin_s float, end_s float, text text",
        order="document_id start end",
    ),
    "themes": _shape(
        "theme_id", "theme_id text, label text, group name, parent text, means text, position int"
    ),
    "tags": _shape("segment_id theme_id start end", _TAGS),
    "factors": _shape(
        "factor_id",
        "factor_id text, label text, words text, n_segments int, n_cases int, share float, stability float, "
        "decided text",
    ),
    "members": _shape("segment_id factor_id", "segment_id text, factor_id name, score float"),
    "quotes": _shape(
        "quote_id",
        "quote_id text, segment_id text, document_id name, case_id name, theme_id name, factor_id name, "
        "start int, end int, text text, attribution text, rank int, score float, why text, edited text, "
        "approved bool",
    ),
    "choices": _shape(
        "document_id start end",
        "document_id name, start int, end int, theme_id name, factor_id name, verdict name",
    ),
    "memos": _shape("memo_id", "memo_id text, about text, coder name, written text, text text, words text"),
    "dropped": _shape("", "stage name, document_id name, start int, end int, reason text"),
    "private/originals": _shape(
        "document_id", "document_id name, file_name text, title text, sha256 text, text text"
    ),
    "private/turns": _shape(
        "document_id turn",
        "document_id name, turn int, start int, end int, speaker text, role name, begin_s float, "
        "end_s float, question text, respondent text",
    ),
    "private/links": _shape("document_id turn", "document_id name, turn int, case_id name, matched_by name"),
    "private/fixed_links": _shape(
        "document_id turn", "document_id name, turn int, case_id name, matched_by name"
    ),
    "private/people": _shape("case_id", "case_id text", open_=True),
    "private/decisions": _shape(
        "what before after label",
        "what text, size int, before text, after text, label name, act name, wording text, was text, "
        "rule name, coder name, decided text",
    ),
    "private/questions": _shape("question", "question text, shown text"),
    "private/numbers": _shape("mark", "mark text, style name, pseudonym text"),
    "private/pseudonyms": _shape("label surface", "label name, surface text, pseudonym text, case_id text"),
}


def shape_of(name: str) -> Shape:
    """The shape of a table; `tags/<coder>` has the shape of `tags`, `dropped/<stage>` that of `dropped`."""
    folder = name.partition("/")[0]
    shape = TABLES.get(folder if folder in IN_PARTS else name)
    if shape is None:
        raise FeedbackError(f"there is no table called '{name}'", hint="tables: " + ", ".join(TABLES))
    return shape


@cache
def _arrow_types() -> dict[str, pa.DataType]:
    import pyarrow as pa

    return {
        "name": pa.dictionary(pa.int32(), pa.string()),
        "text": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "bool": pa.bool_(),
    }


def schema(name: str, extra: Iterable[str] = ()) -> pa.Schema:
    """The Arrow schema of a table, with `extra` attribute columns as strings where it may have them."""
    import pyarrow as pa

    types, shape = _arrow_types(), shape_of(name)
    fields = [pa.field(column, types[kind]) for column, kind in shape.columns.items()]
    return pa.schema([*fields, *(pa.field(column, types["name"]) for column in extra)])


def to_arrow(name: str, frame: pd.DataFrame | pa.Table) -> pa.Table:
    """The table as Arrow, in its schema, sorted by its key; an error names the column that does not fit.

    The same rows give the same bytes, whether they come as a DataFrame or as Arrow in one chunk or many.
    """
    import pyarrow as pa

    shape = shape_of(name)
    held = list(frame.column_names if isinstance(frame, pa.Table) else frame.columns)
    missing = [column for column in shape.columns if column not in held]
    if missing:
        raise FeedbackError(f"table '{name}' lacks the column '{missing[0]}'")
    extra = [column for column in held if column not in shape.columns] if shape.open else []
    try:
        if isinstance(frame, pa.Table):
            return _in_shape(frame, schema(name, extra), shape.order)
        wanted = frame[[*shape.columns, *extra]]
        if shape.order:
            wanted = wanted.sort_values(list(shape.order), kind="stable")
        table = pa.Table.from_pandas(wanted, schema(name, extra), preserve_index=False)
        return table.replace_schema_metadata()
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        raise FeedbackError(
            f"table '{name}' has a value of the wrong type ({type(error).__name__})"
        ) from error


def _in_shape(table: pa.Table, wanted: pa.Schema, order: tuple[str, ...]) -> pa.Table:
    """Arrow in the wanted schema and order, each column in one chunk, as pandas would have given it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = order_of(table, order)
    columns = []
    for field in wanted:
        column, is_name = table.column(field.name), pa.types.is_dictionary(field.type)
        column = column.cast(pa.string() if is_name else field.type)
        column = column if rows is None else column.take(rows)
        # Words get their numbers in the order in which they stand, as pandas gives them.
        column = pc.dictionary_encode(column) if is_name else column
        columns.append(column.combine_chunks().cast(field.type))
    return pa.table(columns, schema=wanted)


def to_pandas(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a plain DataFrame, its dictionaries decoded and missing strings None.

    Each word of a dictionary is in memory once, however many rows have it.
    """
    import pandas as pd

    plain = [one.name for one in table.schema if not is_words(one.type)]
    rest, index = table.select(plain).to_pandas(), pd.RangeIndex(len(table))
    columns = {
        name: rest[name] if name in rest else pd.Series(objects(table.column(name)), index, dtype=object)
        for name in table.column_names
    }
    return pd.DataFrame(columns, index=index, columns=pd.Index(table.column_names))


def decoded(table: pa.Table) -> pa.Table:
    """The same rows with words in place of dictionaries, so that a slice carries its own words only."""
    import pyarrow as pa

    return pa.table({name: in_words(table.column(name)) for name in table.column_names})


def _strings(values: pd.Series) -> pd.Series:
    """The values as objects, the missing ones as None."""
    import pandas as pd

    found = values.to_numpy(dtype=object, copy=True)
    found[pd.isna(values).to_numpy()] = None
    return pd.Series(found, index=values.index, dtype=object)


def conform(name: str, rows: pd.DataFrame | Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The rows as the named table: columns in order, types as declared, sorted by key.

    Columns that are absent are filled with missing values; columns that the table does not have are an
    error, except in `cases`, where each is an attribute.
    """
    return to_pandas(shaped(name, rows))


def shaped(name: str, rows: pd.DataFrame | Iterable[Mapping[str, Any]]) -> pa.Table:
    """As `conform`, as Arrow."""
    import pandas as pd

    shape = shape_of(name)
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
    unknown = [column for column in frame.columns if column not in shape.columns]
    if unknown and not shape.open:
        raise FeedbackError(f"table '{name}' has no column '{unknown[0]}'", hint=", ".join(shape.columns))
    frame = frame.reindex(columns=[*shape.columns, *(unknown if shape.open else [])])
    return to_arrow(name, _whole(frame, shape))


def _whole(frame: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    """Each column as what it is declared to be, missing values too, so that Arrow sees what is meant."""
    fixed = {}
    for column in frame.columns:
        values = frame[column]
        kind = shape.columns.get(column, "name")
        if kind in ("name", "text"):
            fixed[column] = _strings(values)
        elif kind == "int":
            fixed[column] = values.astype("Int64")
        elif kind == "float":
            fixed[column] = values.astype("float64")
        else:
            fixed[column] = values.astype("boolean")
    import pandas as pd

    return pd.DataFrame(fixed, columns=frame.columns)


def empty(name: str) -> pd.DataFrame:
    """The named table without rows."""
    return _empty(name).copy()


@cache
def _empty(name: str) -> pd.DataFrame:
    return to_pandas(schema(name).empty_table())

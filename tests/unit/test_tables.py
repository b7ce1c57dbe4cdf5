"""Tables have the columns, types and order that they are declared with."""

from itertools import pairwise

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.errors import FeedbackError
from feedback.parquet import content_hash, parquet_bytes
from feedback.tables import IN_PARTS, TABLES, conform, empty, schema, shape_of, to_arrow, to_pandas

EDIT = {"document_id": "d001", "start": 1, "end": 2, "replacement": "", "kind": "clean", "label": "spaces"}


@pytest.mark.parametrize("name", TABLES)
def test_an_empty_table_keeps_its_columns_and_types_on_the_way_to_disk_and_back(name):
    frame = empty(name)
    assert list(frame.columns) == list(shape_of(name).columns)
    again = to_pandas(to_arrow(name, frame))
    pd.testing.assert_frame_equal(frame, again)


def test_rows_come_sorted_by_the_key():
    rows = [{**EDIT, "start": 5, "end": 6}, EDIT, {**EDIT, "document_id": "d000"}]
    frame = conform("edits", rows)
    assert list(zip(frame["document_id"], frame["start"], strict=True)) == [
        ("d000", 1), ("d001", 1), ("d001", 5),
    ]  # fmt: skip


def test_missing_words_are_none_and_missing_numbers_are_nan():
    frame = conform("segments", [{"segment_id": "d001:0-3", "start": 0, "end": 3, "text": "NA"}])
    assert frame.at[0, "question"] is None
    assert pd.isna(frame.at[0, "begin_s"])
    assert frame.at[0, "text"] == "NA"


def test_a_column_that_a_table_does_not_have_is_refused():
    with pytest.raises(FeedbackError, match="no column 'colour'"):
        conform("edits", [{**EDIT, "colour": "red"}])


def test_cases_take_any_attribute():
    frame = conform("cases", [{"case_id": "P1", "consent": "internal", "region": "Wales"}])
    assert frame.at[0, "region"] == "Wales"


def test_a_value_of_the_wrong_type_is_named_without_showing_it():
    with pytest.raises(FeedbackError) as caught:
        to_arrow("edits", pd.DataFrame([{**EDIT, "source": "", "score": 1.0, "start": "Priya"}]))
    assert "Priya" not in caught.value.message


def test_a_table_that_does_not_exist_is_named_with_those_that_do():
    with pytest.raises(FeedbackError, match="no table called 'quote'"):
        schema("quote")


@pytest.mark.parametrize("name", IN_PARTS)
def test_each_coder_and_stage_has_a_table_of_the_same_shape(name):
    assert shape_of(f"{name}/anybody") == shape_of(name)


_WORDS = st.text(alphabet="ab é\U0001f600", max_size=3) | st.none()
_NUMBERS = st.integers(0, 3) | st.none()
_ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "segment_id": st.text(alphabet="dé1", min_size=1, max_size=3),
            "document_id": st.sampled_from(["d001", "d002", "d010", "é1"]),
            "case_id": _WORDS,
            "turn": _NUMBERS,
            "start": st.integers(0, 3),
            "end": st.integers(0, 3),
            "speaker": _WORDS,
            "role": st.sampled_from(["participant", "interviewer"]),
            "question": _WORDS,
            "begin_s": st.floats(allow_nan=False) | st.none(),
            "end_s": st.none(),
            "text": _WORDS,
        }
    ),
    max_size=12,
)


@given(rows=_ROWS, cuts=st.lists(st.integers(0, 12), max_size=3))
def test_a_table_has_the_same_bytes_as_arrow_in_pieces_and_through_pandas(rows, cuts):
    through_pandas = to_arrow("segments", conform("segments", rows))
    stored = pa.table({name: [row[name] for row in rows] for name in TABLES["segments"].columns})
    stored = stored.cast(pa.schema([(f.name, _plain(f.type)) for f in schema("segments")]))
    places = [0, *sorted(min(cut, len(rows)) for cut in cuts), len(rows)]
    pieces = pa.concat_tables([stored.slice(a, b - a) for a, b in pairwise(places)])
    straight = to_arrow("segments", pieces)
    assert straight.equals(through_pandas)
    assert content_hash(straight) == content_hash(through_pandas)
    assert parquet_bytes(straight, {}) == parquet_bytes(through_pandas, {})


def _plain(kind):
    return pa.string() if pa.types.is_dictionary(kind) else kind

"""What is told of a table's file without reading all of it."""

from collections import Counter

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.errors import FeedbackError
from feedback.parquet import counted_in, different_in, holds, parquet_bytes, receipt_of, rows_in
from feedback.project import Project

CELLS = st.lists(st.one_of(st.none(), st.sampled_from(["a", "b", "ab", ""])), max_size=12)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("tables") / "table.parquet"


def written(file, cells, kind=None):
    """A table of one column in a file."""
    table = pa.table({"word": pa.array(cells, kind or pa.string())})
    file.write_bytes(parquet_bytes(table, {"stage": "test"}))
    return file


@given(CELLS)
def test_rows_are_counted_with_and_without_what_a_column_lacks(file, cells):
    written(file, cells)
    assert rows_in(file) == len(cells)
    assert rows_in(file, having="word") == sum(cell is not None for cell in cells)


@given(CELLS, st.booleans())
def test_names_are_counted_in_order_and_blanks_are_left_out(file, cells, names):
    written(file, cells, pa.dictionary(pa.int32(), pa.string()) if names else None)
    found = counted_in(file, "word")
    assert found == Counter(cell for cell in cells if cell is not None)
    assert list(found) == sorted(found)


@given(CELLS)
def test_each_different_text_is_told_once(file, cells):
    found = different_in(written(file, cells), "word").to_pylist()
    assert sorted(found) == sorted({cell for cell in cells if cell is not None})


def test_a_table_that_was_never_made_has_no_rows(tmp_path):
    assert rows_in(tmp_path / "none.parquet") == 0
    assert rows_in(tmp_path / "none.parquet", having="word") == 0
    assert counted_in(tmp_path / "none.parquet", "word") == {}


@pytest.mark.parametrize("having", ["", "word"])
def test_a_damaged_table_is_named_and_not_counted(tmp_path, having):
    file = written(tmp_path / "segments.parquet", ["a"] * 100)
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(FeedbackError, match=r"segments\.parquet is damaged") as caught:
        rows_in(file, having=having)
    assert "feedback check" in caught.value.hint


def test_a_file_tells_what_it_was_made_from_and_one_that_is_not_ours_tells_nothing(tmp_path):
    file = written(tmp_path / "a.parquet", ["a"])
    assert receipt_of(file) == {"stage": "test"}
    file.write_bytes(b"not a table")
    assert receipt_of(file) == {}
    assert receipt_of(tmp_path / "none.parquet") == {}


def test_a_table_that_another_program_wrote_holds_other_rows(tmp_path):
    project = Project.create(tmp_path / "study", themes="themes: {}")
    project.save("cases", pd.DataFrame({"case_id": ["P1"], "consent": ["internal"]}), {"stage": "cases"})
    assert project.is_intact("cases")
    table = project.arrow("cases")
    changed = table.set_column(1, "consent", pa.array(["none"]).dictionary_encode())
    assert not holds(changed.replace_schema_metadata({b"feedback": b'{"content": "0"}'}))

"""Columns of Arrow tables in order, as words and as objects; and memory that goes back to the machine."""

import sys
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import arrows
from feedback.arrows import Words, give_back, in_words, is_words, objects, order_of

CELLS = st.lists(st.one_of(st.none(), st.text(max_size=3)), max_size=20)
CUTS = st.lists(st.integers(0, 20), max_size=3)


def in_chunks(cells, cuts, *, names=False):
    """A column of these cells, cut at some places; names: each chunk with a dictionary of its own."""
    places = [0, *sorted(min(cut, len(cells)) for cut in cuts), len(cells)]
    chunks = [pa.array(cells[a:b], pa.string()) for a, b in pairwise(places)]
    if names:
        chunks = [chunk.dictionary_encode() for chunk in chunks]
    return pa.chunked_array(chunks)


@given(CELLS, CUTS, st.booleans())
def test_a_column_gives_back_the_words_that_were_put_into_it(cells, cuts, names):
    column = in_chunks(cells, cuts, names=names)
    assert list(objects(column)) == cells
    assert in_words(column).to_pylist() == cells
    assert not pa.types.is_dictionary(in_words(column).type)


@given(st.lists(st.text(min_size=1, max_size=3), min_size=1, max_size=20), st.data())
def test_a_slice_of_a_column_of_names_has_its_own_words_only(cells, data):
    start = data.draw(st.integers(0, len(cells)))
    end = data.draw(st.integers(start, len(cells)))
    sliced = in_chunks(cells, [len(cells) // 2], names=True).slice(start, end - start)
    assert list(objects(sliced)) == cells[start:end]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=20), CUTS)
def test_rows_are_put_in_order_by_their_words_and_numbers(rows, cuts):
    names = in_chunks([name for name, _ in rows], cuts, names=True)
    table = pa.table({"name": names, "start": pa.array([start for _, start in rows], pa.int64())})
    order = order_of(table, ("name", "start"))
    found = table if order is None else table.take(order)
    pairs = list(zip(in_words(found["name"]).to_pylist(), found["start"].to_pylist(), strict=True))
    assert pairs == sorted(rows)
    if len(set(rows)) == len(rows) and rows == sorted(rows):
        assert order is None


def test_rows_without_an_order_stay_where_they_are():
    assert order_of(pa.table({"a": ["b", "a"]}), ()) is None


def test_words_and_names_are_words_and_numbers_are_not():
    assert is_words(pa.string())
    assert is_words(pa.dictionary(pa.int32(), pa.string()))
    assert not is_words(pa.int64())


@given(st.lists(st.text(max_size=3), max_size=40), CUTS)
def test_words_of_a_column_are_a_sequence_like_any_other(cells, cuts):
    words = Words(in_chunks(cells, cuts))
    assert list(words) == cells
    assert len(words) == len(cells)
    assert [words[at] for at in range(len(cells))] == cells
    assert list(words[1:3]) == cells[1:3]


def test_a_long_column_is_gone_through_a_piece_at_a_time(monkeypatch):
    monkeypatch.setattr(arrows, "_AT_ONCE", 3)
    assert list(Words(pa.array(list("abcdefgh")))) == list("abcdefgh")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
@pytest.mark.skipif(arrows._trim() is None, reason="this machine's library keeps what was freed")
def test_memory_that_was_freed_goes_back_to_the_machine():
    # Pieces too small to be given back one by one, and the last of them stays in use.
    held = [bytes(50_000) for _ in range(2_000)]
    last = held[-1]
    full = _megabytes()
    held.clear()
    give_back()
    assert full - _megabytes() > 60
    assert last


def _megabytes() -> float:
    resident, shared = map(int, Path("/proc/self/statm").read_text().split()[1:3])
    return (resident - shared) * 4096 / 1e6

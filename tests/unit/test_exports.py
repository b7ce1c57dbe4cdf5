"""Whose words stand in a file that leaves."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.exports import Shown

WORDS = ("the", "The", "work", "café", "cafe", "don't", "12b", "—", "", "\u200bwas", "long.Too", "-", "\xa0")
SAID = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


@given(st.lists(SAID, max_size=4), st.lists(st.none() | SAID, max_size=6), st.data())
def test_many_texts_are_found_in_a_file_as_each_by_itself(file, texts, data):
    quoted = data.draw(st.lists(st.sampled_from([*file, "nothing"]), max_size=3))
    texts = [*texts, *(f"so {words} then" for words in quoted), *quoted]
    shown, column = Shown(file), pa.chunked_array([texts], pa.string())
    closely = [row for row, text in enumerate(texts) if text is not None and shown.has(text)]

    assert shown.rows(column) == closely
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("feedback.exports._MANY", -1)
        assert shown.rows(column) == closely


def test_eight_words_in_a_row_are_found_and_seven_are_not():
    shown = Shown(["She said that nobody had time to show me the ropes at all."])
    texts = ["I said: nobody HAD time, to show me the", "I said: nobody had time to show me the ropes"]

    assert shown.rows(pa.chunked_array([texts])) == [1]

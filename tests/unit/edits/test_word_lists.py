"""What the shipped lists know of a word: itself and its forms, and no name of a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.edits.finding.informal import is_coined
from feedback.edits.text.words import any_word, is_word


@pytest.mark.parametrize(
    "word", ["manager", "managers", "families", "visited", "visiting", "making", "badly"]
)
def test_a_word_and_its_forms_are_words(word):
    assert is_word(word)


@pytest.mark.parametrize("name", ["", "s", "priya", "qureshi", "doncaster", "zzyzxed"])
def test_names_of_people_and_places_are_no_words(name):
    assert not is_word(name)


@pytest.mark.parametrize("slip", ["partticipant", "manageer", "supervison", "unmanaged", "meetingless"])
def test_a_slip_of_the_keys_and_a_coined_word_are_no_names(slip):
    assert not is_word(slip)
    assert is_coined(slip)


KEYS = st.sampled_from(
    ["manager", "leeds", "leds", "ss", "familys", "tries", "xing", "y", "", "priyas", "made"]
)


@given(st.lists(KEYS, max_size=6))
def test_one_word_among_many_is_found(keys):
    assert any_word(keys) == any(map(is_word, keys))

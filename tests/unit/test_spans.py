"""Edits over a text that never changes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.spans import Alignment, Edit, Span, merge_edits, render

# Emoji with joiners, combining marks, CRLF and ordinary words.
PIECES = ["a", " ", "\r\n", "é", "e\u0301", "👩\u200d👧", "Priya", "-\n", "ß", "\u00a0", ".", "漢"]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join)
MASK = "[Person 1]"


@st.composite
def edited(draw):
    text = draw(texts)
    edits = []
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        if draw(st.booleans()):
            edits.append(Edit(start, end, MASK, "mask", "person"))
        else:
            edits.append(Edit(start, end, draw(st.sampled_from(["", " ", "ab"])), "clean", "spaces"))
    return text, edits


def covered(edits):
    return {at for edit in edits for at in range(edit.start, edit.end)}


@given(edited())
def test_a_masked_character_never_shows(case):
    _, edits = case
    hidden = covered(edit for edit in edits if edit.kind == "mask")
    merged = merge_edits(edits)
    assert hidden <= covered(merged)
    for edit in merged:
        if edit.kind == "clean" and edit.replacement.strip():
            assert not hidden & covered([edit])


@given(edited())
def test_merged_edits_do_not_overlap_and_merging_again_changes_nothing(case):
    _, edits = case
    merged = merge_edits(edits)
    assert all(one.end <= other.start for one, other in pairwise(merged))
    assert merge_edits(merged) == merged
    assert merge_edits(reversed(edits)) == merged or len({e.replacement for e in edits}) > 1


@given(edited())
def test_a_span_without_edits_finds_its_way_home(case):
    text, edits = case
    way, shown, touched = Alignment(edits), render(text, edits), covered(merge_edits(edits))
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            if not touched & set(range(start, end)):
                there = way.to_rendered(start, end)
                assert shown[there.start : there.end] == text[start:end]
                assert way.to_original(*there) == Span(start, end)


@given(edited())
def test_a_rendered_span_comes_back_at_least_as_wide(case):
    text, edits = case
    way, shown = Alignment(edits), render(text, edits)
    for start in range(len(shown)):
        for end in range(start + 1, len(shown) + 1):
            home = way.to_original(start, end)
            again = way.to_rendered(*home)
            assert 0 <= home.start <= home.end <= len(text)
            assert again.start <= start and end <= again.end


@given(edited())
def test_the_whole_text_maps_to_the_whole_rendering(case):
    text, edits = case
    assert Alignment(edits).to_rendered(0, len(text)) == (0, len(render(text, edits)))


def test_a_repaired_line_break_inside_a_name_is_masked_with_it():
    text = "I asked Pri-\nya about it."
    edits = [Edit(11, 13, "", "clean", "lines"), Edit(8, 15, MASK, "mask", "person")]
    assert render(text, edits) == "I asked [Person 1] about it."


def test_a_cleaned_word_that_would_show_a_masked_one_joins_the_mask():
    text = "Prlya said"
    edits = [Edit(0, 5, "Priya", "clean", "mojibake"), Edit(0, 3, MASK, "mask", "person")]
    assert render(text, edits) == "[Person 1] said"


def test_two_names_side_by_side_stay_two():
    edits = [Edit(0, 5, "[Person 1]", "mask", "person"), Edit(5, 10, "[Person 2]", "mask", "person")]
    assert render("PriyaGrace", edits) == "[Person 1][Person 2]"


def test_an_edit_without_length_is_refused():
    with pytest.raises(ValueError, match="start < end"):
        Edit(3, 3, "", "clean", "spaces")


def test_an_edit_beyond_the_text_is_refused():
    with pytest.raises(ValueError, match="the text has 3"):
        render("abc", [Edit(1, 9, "", "clean", "spaces")])

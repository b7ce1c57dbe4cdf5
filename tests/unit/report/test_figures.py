"""Counts as people read them, the same in every kind of report."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.model import FactorCard
from feedback.report.arrange import about_counter_voices, main_reason
from feedback.report.html import environment
from feedback.report.wording import figure, n_of, plural


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (999, "999"), (1_524, "1,524"), (666_867, "666,867")])
def test_from_a_thousand_on_digits_stand_in_threes(count, shown):
    assert figure(count) == shown
    assert n_of(5, count) == f"5 of {shown}"
    assert environment().from_string("{{ count }}").render(count=count) == shown


@given(st.integers(0, 10**9))
def test_a_count_is_never_another_one_for_being_easy_to_read(count):
    assert int(figure(count).replace(",", "")) == count
    assert plural(count, "person", "people").startswith(figure(count))


def test_a_page_leaves_words_with_digits_as_they_are():
    page = environment().from_string("{{ quote }} {{ yes }} {{ share }}")
    assert page.render(quote="R0012345", yes=True, share=12345.5) == "R0012345 True 12345.5"


def test_sentences_of_large_studies_have_the_same_figures():
    assert about_counter_voices(12_000, 666_867, 1).startswith("Other voices: 12,000 of 666,867 people")
    assert about_counter_voices(0, 20_000, 0) == "Other voices: none found in 20,000 people read"
    card = FactorCard("pay", "Pay", (), 31_000, 666_867, n_main=20_000, n_own_main=15_000)
    assert main_reason(card).startswith("20,000 of the 31,000 leavers")
    assert "15,000 name it as that, 5,000 say more" in main_reason(card)

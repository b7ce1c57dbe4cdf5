"""A phrase or a theme goes into a hand-written list, and nothing else of the file changes."""

from difflib import ndiff

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.codebook import Codebook
from feedback.codebook.edit import with_phrase, with_theme
from feedback.errors import FeedbackError

LIST = """\
# Our themes, agreed on 3 May
themes:
  caseload:            # the big one
    means: Number of cases.
    phrases: [caseload, "too many (cases|families)"]   # see also bureaucracy

  pay:
    means: Pay.
    phrases:
      - salary
      - "take-home pay"

  none-yet:
    means: No phrases yet.
  empty:
    means: Left empty.
    phrases:
  bare: Only a definition.
  training:
    means: Training.
    phrases: []
    themes:
      induction:
        means: First weeks.
        phrases:
        - induction
# the end
"""


@pytest.mark.parametrize("theme", ["caseload", "pay", "none-yet", "empty", "training", "training/induction"])
@pytest.mark.parametrize("phrase", ["worn out", "burn* out", "no: really", "on", "it's # odd", '"so"', "12"])
def test_a_phrase_goes_in_and_all_else_stays(theme, phrase):
    new = with_phrase(LIST, theme, phrase)
    assert phrase in Codebook.from_yaml(new)[theme].phrases
    gone = [line for line in ndiff(LIST.splitlines(), new.splitlines()) if line.startswith("- ")]
    assert len(gone) <= 1, "at most the line of the phrases is written anew"


def test_comments_survive():
    new = with_phrase(LIST, "caseload", "drowning")
    assert "# see also bureaucracy" in new
    assert "# the big one" in new
    assert new.endswith("# the end\n")


def test_a_phrase_that_is_there_changes_nothing():
    assert with_phrase(LIST, "pay", "salary") == LIST


def test_a_theme_without_parts_is_left_to_the_user():
    with pytest.raises(FeedbackError, match="nothing but a definition"):
        with_phrase(LIST, "bare", "x")


def test_an_unknown_theme_is_named():
    with pytest.raises(FeedbackError, match="there is no theme 'paye'"):
        with_phrase(LIST, "paye", "x")


def test_a_theme_goes_to_the_end():
    new = with_theme(LIST, "commute", label="Commute: long", means="Distance.", examples=("An hour.",))
    added = Codebook.from_yaml(new)
    assert added.ids[-1] == "commute"
    assert added["commute"].examples == ("An hour.",)
    assert added["commute"].label == "Commute: long"
    assert new.rstrip().endswith("# the end")


def test_a_theme_that_is_there_is_not_made_twice():
    with pytest.raises(FeedbackError, match="already"):
        with_theme(LIST, "pay")


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1).map(
    lambda text: " ".join(text.split())
)


@given(st.lists(WORDS.filter(bool), min_size=1, max_size=4), st.sampled_from(["caseload", "pay", "empty"]))
def test_whatever_is_added_is_what_the_list_then_says(phrases, theme):
    text = LIST
    for phrase in phrases:
        text = with_phrase(text, theme, phrase)
    before = Codebook.from_yaml(LIST)[theme].phrases
    assert Codebook.from_yaml(text)[theme].phrases == tuple(dict.fromkeys([*before, *phrases]))

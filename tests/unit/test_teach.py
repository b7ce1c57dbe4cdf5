"""What to review next: what is likely, rare so far and unlike what was just chosen."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from tags_by_hand import tags_on

import feedback as fb
from feedback.codebook import Codebook
from feedback.embed import load
from feedback.tables import empty
from feedback.tagging.classifier.teach import next_to_review, worth_order

BOOK = Codebook.from_dict(
    {
        "caseload": {"means": "how many cases or families somebody holds"},
        "pay": {"means": "salary, money, what the job pays"},
    }
)
TEXTS = [
    "I had far too many families to hold.",
    "My caseload was far too high.",
    "The salary was too low to live on.",
    "It rained a lot.",
]


@pytest.fixture(scope="module")
def embed():
    return load().encode


def test_every_theme_has_its_turn_and_chatter_comes_last(embed):
    segments = fb.segments_from(TEXTS)
    order = next_to_review(segments, empty("tags"), BOOK, embed=embed)
    assert sorted(order) == sorted(segments["segment_id"])
    assert order[-1].startswith("d004")
    assert {segment_id[:4] for segment_id in order[:2]} >= {"d003"}


def test_a_theme_that_is_known_well_waits(embed):
    segments = fb.segments_from(TEXTS)
    known = fb.segments_from(["a"] * 50)
    tags = tags_on(known, theme_id="pay", coder="anna")
    order = next_to_review(segments, tags, BOOK, embed=embed)
    assert not order[0].startswith("d003") and not order[1].startswith("d003")
    by_machine = tags.assign(coder="meaning")
    plain = next_to_review(segments, empty("tags"), BOOK, embed=embed)
    assert next_to_review(segments, by_machine, BOOK, embed=embed) == plain


def test_the_order_of_the_rows_plays_no_part(embed):
    segments = fb.segments_from(TEXTS)
    one = next_to_review(segments, empty("tags"), BOOK, embed=embed)
    assert next_to_review(segments[::-1], empty("tags"), BOOK, embed=embed) == one


@settings(max_examples=30)
@given(chances=arrays(float, st.tuples(st.integers(1, 260), st.integers(1, 4)), elements=st.floats(0, 1)))
def test_every_row_comes_once_and_the_first_is_worth_most(chances):
    known = list(range(chances.shape[1]))
    order = worth_order(chances, known)
    assert sorted(order) == list(range(len(chances)))
    worth = chances @ (1 + np.array(known)) ** -0.5
    assert worth[order[0]] >= worth.max() - 1e-8

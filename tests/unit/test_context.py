"""A sentence is judged with what is said around it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from feedback.tagging.context import in_context

scores = arrays(float, (6, 2), elements=st.floats(0, 1))


@given(scores)
def test_an_answer_of_one_sentence_keeps_its_score(found):
    assert np.allclose(in_context(found, list("abcdef")), found, atol=2e-4)


@given(scores)
def test_a_score_stays_a_score_and_nothing_stays_nothing(found):
    seen = in_context(found, list("aabbbc"))
    assert ((seen >= 0) & (seen <= 1)).all()
    assert (seen[found == 0] == 0).all()


def test_near_neighbours_raise_a_sentence_and_far_ones_lower_it():
    near = in_context(np.array([[0.9], [0.5], [0.9]]), list("aaa"))[1, 0]
    far = in_context(np.array([[0.1], [0.5], [0.1]]), list("aaa"))[1, 0]
    assert far < 0.5 < near


def test_another_turn_says_nothing_about_a_sentence():
    alone = in_context(np.array([[0.5], [0.2]]), ["a", "a"])[0]
    beside = in_context(np.array([[0.5], [0.2], [0.99]]), ["a", "a", "b"])[0]
    assert np.allclose(alone, beside)

"""Vectors without a model: the same bytes whatever the order and the threads, for any texts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from short_texts import TEXTS
from threadpoolctl import threadpool_limits

from feedback import embed
from feedback.embed.lsa import LSA
from feedback.errors import FeedbackError


def test_lsa_gives_the_same_bytes_whatever_the_order_of_the_texts():
    one, other = LSA().fit(TEXTS), LSA().fit(TEXTS[::-1])
    assert one.fingerprint == other.fingerprint
    assert one.encode(TEXTS).tobytes() == other.encode(TEXTS).tobytes()
    assert one.encode(TEXTS)[3].tobytes() == one.encode([TEXTS[3]])[0].tobytes()


def test_lsa_gives_the_same_bytes_whatever_the_number_of_threads():
    texts = ["the pay was poor", "the manager never came", "forty families, poor pay", "we were a team"] * 30
    found = []
    for threads in (1, 2, 4):
        with threadpool_limits(threads):
            found.append(LSA().fit(texts).encode(texts).tobytes())
    assert len(set(found)) == 1


def test_lsa_has_no_more_dimensions_than_the_texts_have_differences():
    texts = ["the pay was poor", "the manager never came"] * 30
    assert LSA().fit(texts).encode(texts).shape[1] <= 3


def test_the_fingerprint_of_lsa_follows_texts_and_options():
    prints = {LSA().fit(TEXTS).fingerprint, LSA().fit(TEXTS[1:]).fingerprint}
    prints |= {LSA(seed=1).fit(TEXTS).fingerprint, LSA(width=50).fit(TEXTS).fingerprint}
    assert len(prints) == 4


@settings(max_examples=30)
@given(st.lists(st.text(max_size=20), max_size=5))
def test_lsa_works_on_any_texts_however_few(texts):
    rows = LSA().fit(texts).encode([*texts, "something else"])
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_a_text_that_shares_nothing_is_unlike_all_that_lsa_knows():
    rows = LSA().fit(["caseload too high", "caseload and pay"]).encode(["caseload", "", "zzz"])
    assert rows[0] @ rows[1] == 0
    assert rows[1] @ rows[2] == 1


def test_lsa_asks_to_be_fitted_first():
    with pytest.raises(FeedbackError, match="texts"):
        embed.load("lsa").encode(["a text"])

"""What texts share with a theme list comes out of what was known of another list, to the last bit."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.tagging.meaning import likeness
from feedback.tagging.meaning.lexical import Wording
from feedback.tagging.meaning.likeness import Likeness

WORDS = st.sampled_from(
    "pay wages paid caseload cases families the no-one I'd café overtime manage İst".split()
)
TEXT = st.lists(WORDS, max_size=9).map(" ".join)
THEMES = st.lists(TEXT, min_size=3, max_size=3)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, max_size=7), THEMES, THEMES, st.integers(0, 3))
def test_another_list_has_the_bits_that_it_has_from_nothing(texts, before, now, same):
    now = [*before[:same], *now[same:]]
    wording = Wording.of(now)
    found = Likeness.of(Wording.of(before), texts).again(Wording.of(before), wording)
    wanted = Likeness.of(wording, texts)
    assert found.shared(wording).tobytes() == wording.shared(texts).tobytes()
    assert found.lengths.tobytes() == wanted.lengths.tobytes()


def test_texts_come_out_the_same_some_at_a_time(monkeypatch):
    texts = [f"the pay of {word} families" for word in "caseload wages overtime no-one paid".split()]
    wording = Wording.of(["pay wages", "caseload families", "overtime paid"])
    whole = Likeness.of(wording, texts)
    monkeypatch.setattr(likeness, "AT_ONCE", 2)
    parts = Likeness.of(wording, texts)
    assert whole.pieces.tobytes() == parts.pieces.tobytes()
    assert (
        whole.some(np.array([3, 1])).shared(wording).tobytes()
        == wording.shared([texts[3], texts[1]]).tobytes()
    )

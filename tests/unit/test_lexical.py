"""Shared words are counted as scikit-learn counts them, without importing it."""

import subprocess
import sys
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

from feedback.tagging.meaning.lexical import Wording
from feedback.tagging.meaning.stop_words import STOP_WORDS

THEMES = [
    "Caseload caseload Number or weight of cases held at once. too many families forty families",
    "Pay pay Salary, wages and money. the pay's poor",
    "Supervision Help from managers and supervision; I'd no backing. No-one asked.",
    "Café café A place to sit. ﬁne",
]
WORDS = st.sampled_from(
    [*" ".join(THEMES).split(), "cases", "Families,", "manage", "I", "\u00a0", "\n", "İst"]
)
TEXTS = st.lists(st.one_of(st.lists(WORDS, max_size=12).map(" ".join), st.text(max_size=12)), max_size=6)


def by_scikit_learn(texts, themes):
    words = TfidfVectorizer(stop_words="english", ngram_range=(1, 2), sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    scales = ((words, 0.033), (pieces, 0.047))
    # A text is cut at white space and put in small letters first, so that words are cut up once.
    texts = [" ".join(text.lower().split()) for text in texts]
    return sum(
        (one.fit(themes).transform(texts) @ one.transform(themes).T).toarray() / by for one, by in scales
    )


@settings(max_examples=150)
@given(TEXTS)
def test_figures_are_those_of_scikit_learn(texts):
    found = Wording.of(THEMES).shared(texts)
    assert found.shape == (len(texts), len(THEMES))
    if texts:
        assert np.allclose(found, by_scikit_learn(texts, THEMES), rtol=1e-12, atol=1e-12)


@settings(max_examples=50)
@given(TEXTS, st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
def test_a_text_has_the_same_bits_beside_any_others(texts, text):
    wording = Wording.of(THEMES)
    assert wording.shared([*texts, text])[-1].tobytes() == wording.shared([text])[0].tobytes()


def test_themes_without_a_telling_word_share_nothing():
    assert not Wording.of(["", "..."]).shared(["the pay"]).any()


def test_the_stop_words_are_those_of_scikit_learn():
    assert STOP_WORDS == ENGLISH_STOP_WORDS


def test_tagging_does_not_wait_for_scikit_learn():
    code = (
        "import sys, feedback as fb;"
        "themes = fb.Codebook.from_dict({'a': 'Money.', 'b': 'Hours'});"
        "fb.tag(fb.segments_from(['the pay was poor']), themes);"
        "print('sklearn' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "False"

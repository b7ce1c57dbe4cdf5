"""How many telling words texts and themes share: TF-IDF over words and over pieces of words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_AT_ONCE = 10_000
# The usual spread of each cosine (NHS comments), so that the two count alike.
_WORD_SCALE = 0.033
_PIECE_SCALE = 0.047


def shared_words(texts: Sequence[str], themes: Sequence[str]) -> np.ndarray[Any, Any]:
    """Likeness in words of texts and theme descriptions: (len(texts), len(themes)), 0 where none is shared.

    Words and pairs of words find exact wording; pieces of three to five letters find other endings of it.
    What is telling is learnt from the themes alone: a word that few of them use. So a text's figures do not
    depend on the other texts (and ranked better than with the texts' own frequencies).
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(stop_words="english", ngram_range=(1, 2), sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    return _cosine(words, texts, themes) / _WORD_SCALE + _cosine(pieces, texts, themes) / _PIECE_SCALE


def _cosine(vectorizer: Any, texts: Sequence[str], themes: Sequence[str]) -> np.ndarray[Any, Any]:
    import numpy as np

    try:
        columns = vectorizer.fit_transform(themes).T.tocsc()
    except ValueError:  # nothing but stop words and signs in the themes
        return np.zeros((len(texts), len(themes)))
    rows = [
        (vectorizer.transform(texts[at : at + _AT_ONCE]) @ columns).toarray()
        for at in range(0, len(texts), _AT_ONCE)
    ]
    return np.concatenate(rows) if rows else np.zeros((0, len(themes)))

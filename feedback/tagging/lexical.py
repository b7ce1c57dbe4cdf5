"""How many telling words texts and themes share: TF-IDF over words and over pieces of words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    from sklearn.feature_extraction.text import CountVectorizer

    words = CountVectorizer(stop_words="english", ngram_range=(1, 2))
    pieces = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    found = _cosine(words, texts, themes, words.transform) / _WORD_SCALE
    found += _cosine(pieces, texts, themes, lambda some: _by_word(pieces, some)) / _PIECE_SCALE
    return found


def _cosine(
    counter: Any, texts: Sequence[str], themes: Sequence[str], counted: Callable[[Sequence[str]], Any]
) -> np.ndarray[Any, Any]:
    """TF-IDF cosines of texts and themes; `counted` gives the counts of what `counter` knows in texts."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfTransformer

    weigh = TfidfTransformer(sublinear_tf=True)
    try:
        columns = weigh.fit_transform(counter.fit_transform(themes)).T.tocsc()
    except ValueError:  # nothing but stop words and signs in the themes
        return np.zeros((len(texts), len(themes)))
    rows = [
        (weigh.transform(counted(texts[at : at + _AT_ONCE])) @ columns).toarray()
        for at in range(0, len(texts), _AT_ONCE)
    ]
    return np.concatenate(rows) if rows else np.zeros((0, len(themes)))


def _by_word(pieces: Any, texts: Sequence[str]) -> Any:
    """How often each piece of a word stands in each text: every different word is cut up once."""
    import numpy as np
    from scipy.sparse import csr_matrix

    place: dict[str, int] = {}
    said = [[place.setdefault(word, len(place)) for word in text.lower().split()] for text in texts]
    starts = np.cumsum([0, *map(len, said)])
    spoken = np.array([word for words in said for word in words], dtype=np.int32)
    ones = np.ones(len(spoken), dtype=np.int64)
    return csr_matrix((ones, spoken, starts), shape=(len(texts), len(place))) @ pieces.transform(list(place))

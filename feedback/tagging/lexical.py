"""How many telling words texts and themes share: TF-IDF over words and over pieces of words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, pairwise
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
    found = _cosine(words, texts, themes, lambda some: _by_pair(words, some)) / _WORD_SCALE
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


def _by_pair(counter: Any, texts: Sequence[str]) -> Any:
    """How often each word and pair of words of `counter` stands in each text: every word is cut up once."""
    from sklearn.feature_extraction.text import CountVectorizer

    place = counter.vocabulary_
    unknown = len(place)
    pairs = {tuple(place[word] for word in term.split(" ")): at for term, at in place.items() if " " in term}
    told = CountVectorizer(stop_words=counter.stop_words).build_analyzer()
    columns: dict[str, list[int]] = {}
    said = []
    for text in texts:
        row: list[int] = []
        for word in text.lower().split():
            if word not in columns:
                columns[word] = [place.get(one, unknown) for one in told(word)]
            row += columns[word]
        said.append(row + [pairs.get(two, unknown) for two in pairwise(row)])
    return _counts(said, unknown + 1)[:, :unknown]


def _by_word(pieces: Any, texts: Sequence[str]) -> Any:
    """How often each piece of a word stands in each text: every different word is cut up once."""
    place: dict[str, int] = {}
    said = [[place.setdefault(word, len(place)) for word in text.lower().split()] for text in texts]
    return _counts(said, len(place)) @ pieces.transform(list(place))


def _counts(said: Sequence[Sequence[int]], width: int) -> Any:
    """How often each number stands in each row: sparse (len(said), width)."""
    import numpy as np
    from scipy.sparse import csr_matrix

    starts = np.cumsum([0, *map(len, said)])
    spoken = np.fromiter(chain.from_iterable(said), dtype=np.int32, count=int(starts[-1]))
    found = csr_matrix((np.ones(len(spoken), dtype=np.int64), spoken, starts), shape=(len(said), width))
    found.sum_duplicates()
    return found

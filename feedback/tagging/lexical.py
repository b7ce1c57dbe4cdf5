"""How many telling words texts and themes share: TF-IDF over words and over pieces of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_AT_ONCE = 10_000
# The usual spread of each cosine (NHS comments), so that the two count alike.
_WORD_SCALE = 0.033
_PIECE_SCALE = 0.047


@dataclass(frozen=True, eq=False)
class Wording:
    """The words and pieces of words that tell themes apart, as learnt from their descriptions.

    Words and pairs of words find exact wording; pieces of three to five letters find other endings of it.
    What is telling is learnt from the themes alone: a word that few of them use. So a text's figures do not
    depend on the other texts (and ranked better than with the texts' own frequencies).
    """

    words: _Themes | None
    pieces: _Themes | None
    n_themes: int

    @classmethod
    def of(cls, themes: Sequence[str]) -> Wording:
        """Of the descriptions of themes."""
        from sklearn.feature_extraction.text import CountVectorizer

        return cls(
            _Themes.of(CountVectorizer(stop_words="english", ngram_range=(1, 2)), themes),
            _Themes.of(CountVectorizer(analyzer="char_wb", ngram_range=(3, 5)), themes),
            len(themes),
        )

    def shared(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """Likeness in words of texts and themes: (len(texts), themes), 0 where none is shared."""
        import numpy as np

        found = np.zeros((len(texts), self.n_themes))
        for at in range(0, len(texts), _AT_ONCE):
            different, said = _numbered(texts[at : at + _AT_ONCE])
            if self.words:
                counts = _pairs(self.words.counter, different, said)
                found[at : at + _AT_ONCE] += self.words.cosines(counts) / _WORD_SCALE
            if self.pieces:
                counts = _counts(said, len(different)) @ self.pieces.counter.transform(different)
                found[at : at + _AT_ONCE] += self.pieces.cosines(counts) / _PIECE_SCALE
        return found


@dataclass(frozen=True, eq=False)
class _Themes:
    """What counts in themes (a CountVectorizer), how much, and each theme's weights as a column."""

    counter: Any
    weigh: Any
    columns: Any

    @classmethod
    def of(cls, counter: Any, themes: Sequence[str]) -> _Themes | None:
        """None where the themes hold nothing but stop words and signs."""
        from sklearn.feature_extraction.text import TfidfTransformer

        weigh = TfidfTransformer(sublinear_tf=True)
        try:
            return cls(counter, weigh, weigh.fit_transform(counter.fit_transform(themes)).T.tocsc())
        except ValueError:
            return None

    def cosines(self, counts: Any) -> np.ndarray[Any, Any]:
        """TF-IDF cosines of themes and of texts with these counts: (texts, themes)."""
        found: np.ndarray[Any, Any] = (self.weigh.transform(counts, copy=False) @ self.columns).toarray()
        return found


def _numbered(texts: Sequence[str]) -> tuple[list[str], list[list[int]]]:
    """The different words of texts, in small letters and in order, and each text as places in them.

    Every different word is then cut up once, into what the counters know as words or pieces. They are in
    order so that a text's figures are summed in the same order beside any other texts.
    """
    cut = [text.lower().split() for text in texts]
    different = sorted(set(chain.from_iterable(cut)))
    place = {word: at for at, word in enumerate(different)}
    return different, [[place[word] for word in words] for words in cut]


def _pairs(counter: Any, different: Sequence[str], said: Sequence[Sequence[int]]) -> Any:
    """How often each word and pair of words that `counter` knows stands in each text."""
    from sklearn.feature_extraction.text import CountVectorizer

    place = counter.vocabulary_
    unknown = len(place)
    pairs = {tuple(place[word] for word in term.split(" ")): at for term, at in place.items() if " " in term}
    told = CountVectorizer(stop_words=counter.stop_words).build_analyzer()
    columns = [[place.get(one, unknown) for one in told(word)] for word in different]
    rows = [[at for word in words for at in columns[word]] for words in said]
    both = [row + [pairs.get(two, unknown) for two in pairwise(row)] for row in rows]
    return _counts(both, unknown + 1)[:, :unknown]


def _counts(said: Sequence[Sequence[int]], width: int) -> Any:
    """How often each number stands in each row: sparse (len(said), width)."""
    import numpy as np
    from scipy.sparse import csr_matrix

    starts = np.cumsum([0, *map(len, said)])
    spoken = np.fromiter(chain.from_iterable(said), dtype=np.int32, count=int(starts[-1]))
    found = csr_matrix((np.ones(len(spoken), dtype=np.int64), spoken, starts), shape=(len(said), width))
    found.sum_duplicates()
    return found

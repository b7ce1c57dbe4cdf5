"""How many telling words texts and themes share: TF-IDF over words and over pieces of words.

Counted here instead of by scikit-learn, whose figures these are to the last bit (tests/unit/test_lexical.py):
its import alone takes longer than tagging a small study.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from feedback.tagging.meaning.stop_words import STOP_WORDS

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_AT_ONCE = 10_000
# The usual spread of each cosine (NHS comments), so that the two count alike.
_WORD_SCALE = 0.033
_PIECE_SCALE = 0.047
_WORD = re.compile(r"\b\w\w+\b")
_SHORTEST, _LONGEST = 3, 5  # letters of a piece


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
        return cls(_Themes.of(_words_and_pairs, themes), _Themes.of(_pieces, themes), len(themes))

    def shared(self, texts: Sequence[str]) -> Array:
        """Likeness in words of texts and themes: (len(texts), themes), 0 where none is shared."""
        import numpy as np

        found = np.zeros((len(texts), self.n_themes))
        for at in range(0, len(texts), _AT_ONCE):
            different, said = _numbered(texts[at : at + _AT_ONCE])
            if self.words:
                counts = _pairs(self.words.place, different, said)
                found[at : at + _AT_ONCE] += self.words.cosines(counts) / _WORD_SCALE
            if self.pieces:
                counts = _counts(said, len(different)) @ _counted(_pieces, different, self.pieces.place)
                found[at : at + _AT_ONCE] += self.pieces.cosines(counts) / _PIECE_SCALE
        return found


@dataclass(frozen=True, eq=False)
class _Themes:
    """What counts in themes: the place of each term, how rare it is, and each theme's weights as a column."""

    place: dict[str, int] = field(repr=False)
    rare: Array = field(repr=False)
    columns: Any = field(repr=False)

    @classmethod
    def of(cls, cut: Callable[[str], list[str]], themes: Sequence[str]) -> _Themes | None:
        """None where the themes hold nothing but stop words and signs."""
        import numpy as np

        terms = sorted(set(chain.from_iterable(map(cut, themes))))
        if not terms:
            return None
        place = {term: at for at, term in enumerate(terms)}
        counts = _counted(cut, themes, place)
        used = np.bincount(counts.indices, minlength=len(terms)).astype(np.float64)
        rare = np.log((len(themes) + 1) / (used + 1.0)) + 1.0
        return cls(place, rare, _weighed(counts, rare).T.tocsc())

    def cosines(self, counts: Any) -> Array:
        """TF-IDF cosines of themes and of texts with these counts: (texts, themes)."""
        found: Array = (_weighed(counts, self.rare) @ self.columns).toarray()
        return found


def _weighed(counts: Any, rare: Array) -> Any:
    """Counts as (1 + log of the count) times rarity, each row of length 1."""
    import numpy as np
    from scipy.sparse import csr_matrix

    # In order, so that a text's figures are summed in the same order beside any other texts.
    counts.sort_indices()
    values = (np.log(counts.data.astype(np.float64)) + 1.0) * rare[counts.indices]
    squares = csr_matrix((values * values, counts.indices, counts.indptr), shape=counts.shape)
    lengths = np.sqrt(squares @ np.ones(counts.shape[1]))
    lengths[lengths == 0] = 1.0
    values /= np.repeat(lengths, np.diff(counts.indptr))
    return csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape)


def _words_and_pairs(text: str) -> list[str]:
    """The words of a text but for stop words, and each two that follow each other."""
    words = [word for word in _WORD.findall(text.lower()) if word not in STOP_WORDS]
    return [*words, *map(" ".join, pairwise(words))]


def _pieces(text: str) -> list[str]:
    """The pieces of a text's words, with the space before and behind each word; a short word once."""
    found: list[str] = []
    for word in text.lower().split():
        framed = f" {word} "
        for size in range(_SHORTEST, _LONGEST + 1):
            found += [framed[at : at + size] for at in range(max(1, len(framed) - size + 1))]
            if len(framed) <= size:
                break
    return found


def _counted(cut: Callable[[str], list[str]], texts: Iterable[str], place: dict[str, int]) -> Any:
    """How often each term that has a place stands in each text: sparse (texts, terms), in order."""
    rows = [sorted(Counter(place[term] for term in cut(text) if term in place).items()) for text in texts]
    return _matrix([[at for at, _ in row] for row in rows], [n for row in rows for _, n in row], len(place))


def _numbered(texts: Sequence[str]) -> tuple[list[str], list[list[int]]]:
    """The different words of texts, in small letters, and each text as places in them.

    Every different word is then cut up once, into what the themes know as words or pieces.
    """
    place: dict[str, int] = {}
    said = [[place.setdefault(word, len(place)) for word in text.lower().split()] for text in texts]
    return list(place), said


def _pairs(place: dict[str, int], different: Sequence[str], said: Sequence[Sequence[int]]) -> Any:
    """How often each word and pair of words that has a place stands in each text."""
    unknown = len(place)
    pairs = {tuple(place[word] for word in term.split(" ")): at for term, at in place.items() if " " in term}
    columns = [
        [place.get(one, unknown) for one in _WORD.findall(word) if one not in STOP_WORDS]
        for word in different
    ]
    rows = [[at for word in words for at in columns[word]] for words in said]
    both = [row + [pairs.get(two, unknown) for two in pairwise(row)] for row in rows]
    return _counts(both, unknown + 1)[:, :unknown]


def _counts(said: Sequence[Sequence[int]], width: int) -> Any:
    """How often each number stands in each row: sparse (len(said), width)."""
    found = _matrix(said, None, width)
    found.sum_duplicates()
    return found


def _matrix(places: Sequence[Sequence[int]], values: Sequence[int] | None, width: int) -> Any:
    """A sparse matrix of whole numbers (len(places), width); without values each place counts once."""
    import numpy as np
    from scipy.sparse import csr_matrix

    starts = np.cumsum([0, *map(len, places)])
    flat = np.fromiter(chain.from_iterable(places), dtype=np.int32, count=int(starts[-1]))
    numbers = np.ones(len(flat), dtype=np.int64) if values is None else np.array(values, dtype=np.int64)
    return csr_matrix((numbers, flat, starts), shape=(len(places), width))

"""How many telling words texts and themes share: TF-IDF over words and over pieces of words.

Counted here instead of by scikit-learn, whose figures these are to the last bit (tests/unit/test_lexical.py):
its import alone takes longer than tagging a small study.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from feedback.tagging.meaning.stop_words import STOP_WORDS

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_Row = tuple[list[int], list[int]]  # places, and a number for each
AT_ONCE = 10_000
# The usual spread of each cosine (NHS comments), so that the two count alike.
_WORD_SCALE = 0.033
_PIECE_SCALE = 0.047
_WORD = re.compile(r"\b\w\w+\b")
_SHORTEST, _LONGEST = 3, 5  # letters of a piece
_REMEMBERED = 50_000  # words


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
        for at in range(0, len(texts), AT_ONCE):
            different, said = numbered(texts[at : at + AT_ONCE])
            found[at : at + AT_ONCE] = self.by_words(different, said) + self.by_pieces(different, said)[0]
        return found

    def by_words(self, different: Sequence[str], said: Any) -> Array:
        """What words and pairs of words say; different, said: as of `numbered`."""
        import numpy as np

        if not self.words:
            return np.zeros((said.shape[0], self.n_themes))
        return self.words.cosines(_terms(self.words, different, said))[0] / _WORD_SCALE

    def by_pieces(
        self, different: Sequence[str], said: Any, *, themes: Sequence[int] = (), lengths: Array | None = None
    ) -> tuple[Array, Array]:
        """What pieces of words say, and how long each text is in them; different, said: as of `numbered`.

        themes: only of these, of texts whose lengths are known.
        """
        import numpy as np

        if not self.pieces:
            return np.zeros((said.shape[0], len(themes) or self.n_themes)), np.ones(said.shape[0])
        pieces, counted = self.pieces, self.pieces.counted(different)
        if lengths is not None:
            own = pieces.telling(themes)
            counted, pieces = counted[:, own], pieces.some(own, themes)
        found, lengths = pieces.cosines(said @ counted, lengths)
        return found / _PIECE_SCALE, lengths


@dataclass(frozen=True, eq=False)
class _Themes:
    """What counts in themes: the place of each term, how rare it is, and each theme's weights as a column.

    cut: a text or word into terms. known: what different words were cut into before.
    """

    cut: Callable[[str], list[str]]
    place: dict[str, int] = field(repr=False)
    rare: Array = field(repr=False)
    columns: Array = field(repr=False)
    known: dict[str, _Row] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, cut: Callable[[str], list[str]], themes: Sequence[str]) -> _Themes | None:
        """None where the themes hold nothing but stop words and signs."""
        import numpy as np

        terms = sorted(set(chain.from_iterable(map(cut, themes))))
        if not terms:
            return None
        place = {term: at for at, term in enumerate(terms)}
        counts = _sparse([_counted(cut, place, theme) for theme in themes], len(place))
        used = np.bincount(counts.indices, minlength=len(terms)).astype(np.float64)
        rare = np.log((len(themes) + 1) / (used + 1.0)) + 1.0
        return cls(cut, place, rare, np.ascontiguousarray(_weighed(counts, rare)[0].toarray().T))

    def __getstate__(self) -> dict[str, Any]:
        """Without the words, of which whoever it is sent to meets others."""
        return self.__dict__ | {"known": {}}

    def counted(self, words: Sequence[str]) -> Any:
        """How often each term stands in each of different words: sparse (words, terms), in order."""
        return _sparse(self.each(words, lambda word: _counted(self.cut, self.place, word)), len(self.place))

    def each(self, words: Sequence[str], make: Callable[[str], _Row]) -> list[_Row]:
        """What `make` gives of each of different words, which are remembered."""
        rows = []
        for word in words:
            row = self.known.get(word)
            if row is None:
                row = make(word)
                if len(self.known) < _REMEMBERED:
                    self.known[word] = row
            rows.append(row)
        return rows

    def cosines(self, counts: Any, lengths: Array | None = None) -> tuple[Array, Array]:
        """TF-IDF cosines of themes and of texts with these counts, (texts, themes), and the texts' lengths.

        lengths: where the counts are not of all terms.
        """
        weighed, lengths = _weighed(counts, self.rare, lengths)
        return weighed @ self.columns, lengths

    def telling(self, themes: Sequence[int]) -> Array:
        """The places of the terms of some themes, rising."""
        import numpy as np

        return np.flatnonzero(self.columns[:, list(themes)].any(axis=1))

    def some(self, terms: Array, themes: Sequence[int]) -> _Themes:
        """The same of some themes, with these terms alone; texts are not counted with it."""
        import numpy as np

        columns = np.ascontiguousarray(self.columns[terms][:, list(themes)])
        return _Themes(self.cut, {}, self.rare[terms], columns)


def _weighed(counts: Any, rare: Array, lengths: Array | None = None) -> tuple[Any, Array]:
    """Counts as (1 + log of the count) times rarity, each row of length 1; and how long it was."""
    import numpy as np
    from scipy.sparse import csr_matrix

    # In order, so that a text's figures are summed in the same order beside any other texts.
    counts.sort_indices()
    values = (np.log(counts.data.astype(np.float64)) + 1.0) * rare[counts.indices]
    if lengths is None:
        squares = csr_matrix((values * values, counts.indices, counts.indptr), shape=counts.shape)
        lengths = np.sqrt(squares @ np.ones(counts.shape[1]))
        lengths[lengths == 0] = 1.0
    values /= np.repeat(lengths, np.diff(counts.indptr))
    return csr_matrix((values, counts.indices, counts.indptr), shape=counts.shape), lengths


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


def _counted(cut: Callable[[str], list[str]], place: dict[str, int], text: str) -> _Row:
    """The places of the terms of a text that have one, in order, and how often each stands in it."""
    counts = sorted(Counter(place[term] for term in cut(text) if term in place).items())
    return [at for at, _ in counts], [n for _, n in counts]


def _sparse(rows: Sequence[_Row], width: int) -> Any:
    """Rows of places and numbers as a sparse matrix (len(rows), width)."""
    import numpy as np
    from scipy.sparse import csr_matrix

    starts = np.cumsum([0, *(len(places) for places, _ in rows)])
    places = _flat([places for places, _ in rows], np.int32)
    return csr_matrix((_flat([counts for _, counts in rows], np.int64), places, starts), (len(rows), width))


def _flat(rows: Sequence[Sequence[int]], kind: Any) -> Array:
    import numpy as np

    return np.fromiter(chain.from_iterable(rows), dtype=kind, count=sum(map(len, rows)))


def numbered(texts: Sequence[str]) -> tuple[list[str], Any]:
    """The different words of texts, in small letters, and how often each stands in each text: sparse.

    The places of a text's words are in the order of its words, and a word that stands there twice has two.
    Every different word is then cut up once, into what the themes know as words or pieces.
    """
    import numpy as np
    from scipy.sparse import csr_matrix

    place: dict[str, int] = {}
    said = [[place.setdefault(word, len(place)) for word in text.lower().split()] for text in texts]
    flat, starts = _flat(said, np.int32), np.cumsum([0, *map(len, said)])
    return list(place), csr_matrix(
        (np.ones(len(flat), dtype=np.int64), flat, starts), (len(texts), len(place))
    )


def _terms(themes: _Themes, different: Sequence[str], said: Any) -> Any:
    """How often each word and pair of words that has a place stands in each text; `said` as of `numbered`."""
    import numpy as np
    from scipy.sparse import csr_matrix

    unknown = len(themes.place)
    rows, terms = _in_a_row(themes, different, said)
    pairs, at = _pairs(themes.place)
    beside = rows[1:] == rows[:-1]
    told = (terms[:-1] * (unknown + 1) + terms[1:])[beside]
    found = np.searchsorted(pairs, told).clip(max=len(pairs) - 1)
    own, hit = terms < unknown, pairs[found] == told
    columns = np.concatenate([terms[own], at[found[hit]]])
    lines = np.concatenate([rows[own], rows[:-1][beside][hit]])
    ones = np.ones(len(columns), dtype=np.int64)
    return csr_matrix((ones, (lines, columns)), shape=(said.shape[0], unknown))


def _in_a_row(themes: _Themes, different: Sequence[str], said: Any) -> tuple[Array, Array]:
    """The terms of all texts, one after the other: in which text each stands, and its place.

    What has no place has the number behind the last; stop words are left out.
    """
    import numpy as np

    place, unknown = themes.place, len(themes.place)

    def terms_of(word: str) -> _Row:
        return [place.get(one, unknown) for one in _WORD.findall(word) if one not in STOP_WORDS], []

    cut = [terms for terms, _ in themes.each(different, terms_of)]
    size = np.array([len(one) for one in cut], dtype=np.int64)
    begin, flat = np.cumsum(size) - size, _flat(cut, np.int64)
    # Most words are one term; some, such as "no-one", are more, and stop words none.
    many = size[said.indices]
    into = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many)
    terms = flat[np.repeat(begin[said.indices], many) + into]
    return np.repeat(np.repeat(np.arange(said.shape[0]), np.diff(said.indptr)), many), terms


def _pairs(place: dict[str, int]) -> tuple[Array, Array]:
    """The pairs of words among terms, as numbers, rising, and their places; the first is none."""
    import numpy as np

    width = len(place) + 1
    told = [(term.split(" "), at) for term, at in place.items() if " " in term]
    found = sorted((place[one] * width + place[other], at) for (one, other), at in told)
    pairs = np.array([(-1, 0), *found], dtype=np.int64)
    return pairs[:, 0], pairs[:, 1]

"""What the classifier looks at: words, pieces of words, vectors and what the theme list says by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

# What a step in the logit of meaning weighs beside features of length 1.
_MEANING_WEIGHT = 0.1
_MOST_WORDS, _MOST_AXES = 60_000, 200
_LEAST = 1e-3


@dataclass(frozen=True, eq=False)
class Features:
    """Learnt from texts: two vocabularies, their main axes, and the mean vector.

    words, pieces: scikit-learn's TfidfVectorizer. word_axes, piece_axes: float32 (axes, vocabulary).
    """

    words: Any
    pieces: Any
    word_axes: Array
    piece_axes: Array
    centre: Array

    def of(self, texts: Sequence[str], vectors: Array, logits: Array) -> tuple[Any, Array]:
        """The same rows twice: wide and sparse (texts, many), and narrow and dense (texts, a few hundred).

        vectors: rows of length 1. logits: of the meaning scores, one column a theme.
        """
        import numpy as np
        from scipy import sparse

        words, pieces = self.words.transform(texts), self.pieces.transform(texts)
        rows = np.asarray(vectors, dtype=np.float64) - self.centre
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
        common = np.hstack([rows, _MEANING_WEIGHT * logits])
        wide = sparse.hstack([words, pieces, sparse.csr_matrix(common)]).tocsr()
        narrow = np.hstack([words @ self.word_axes.T, pieces @ self.piece_axes.T, common])
        return wide, narrow

    def names(self) -> list[str]:
        """The words and pairs of words, in the order of the first columns of the wide rows."""
        return [str(name) for name in self.words.get_feature_names_out()]


def learn_features(texts: Sequence[str], vectors: Array, labelled: Sequence[int], *, seed: int) -> Features:
    """Vocabularies from all texts, axes from the labelled ones (places in `texts`). No label is looked at."""
    import numpy as np

    words, pieces = vectorizers()
    axes = [_axes(one, texts, labelled, seed) for one in (words, pieces)]
    return Features(words, pieces, axes[0], axes[1], np.asarray(vectors, dtype=np.float32).mean(axis=0))


def vectorizers() -> tuple[Any, Any]:
    """The two ways of counting, not yet fitted: words and pairs of them, and pieces of 3 to 5 letters."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    options: dict[str, Any] = {"sublinear_tf": True, "max_features": _MOST_WORDS}
    return (
        TfidfVectorizer(ngram_range=(1, 2), **options),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), **options),
    )


def _axes(vectorizer: Any, texts: Sequence[str], labelled: Sequence[int], seed: int) -> Array:
    import numpy as np
    from sklearn.decomposition import TruncatedSVD

    # What only one text has tells nothing about others; with very few texts everything is kept.
    vectorizer.set_params(min_df=2 if len(texts) > 50 else 1)
    try:
        counts = vectorizer.fit_transform(texts)[list(labelled)]
    except ValueError:  # nothing but signs
        vectorizer.set_params(min_df=1).fit([*texts, "nothing said"])
        counts = vectorizer.transform(texts)[list(labelled)]
    n_axes = min(_MOST_AXES, *(size - 1 for size in counts.shape))
    if n_axes < 1:
        return np.zeros((1, counts.shape[1]), dtype=np.float32)
    found: Array = TruncatedSVD(n_axes, random_state=seed).fit(counts).components_.astype(np.float32)
    return found


def logits_of(scores: Array) -> Array:
    """Scores, 0 to 1, without limits."""
    import numpy as np

    kept = np.clip(np.asarray(scores, dtype=np.float64), _LEAST, 1 - _LEAST)
    logits: Array = np.log(kept / (1 - kept))
    return logits

"""Vectors without any model: word statistics of the texts at hand (latent semantic analysis)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import numpy as np

VERSION = 2
_FAINT = 1e-6  # of the strongest axis: what is fainter is the rounding of the machine


class LSA:
    """TF-IDF (words 1 to 2, characters 3 to 5) and a singular value decomposition; `fit` before `encode`.

    Finds texts that share words, not meanings: use it where no model may be used. `width` is the greatest
    number of dimensions. Source: Deerwester et al. 1990.
    """

    def __init__(self, *, width: int = 100, seed: int = 0) -> None:
        self._width = width
        self._seed = seed
        self._fingerprint = ""
        self._features: Any = None
        self._axes: Any = None

    @property
    def fingerprint(self) -> str:
        """Changes with the texts that were fitted and with the options."""
        self._must_be_fitted()
        return self._fingerprint

    def fit(self, texts: Sequence[str]) -> LSA:
        """Learns from the texts, whatever their order, and gives itself back."""
        from sklearn.utils.extmath import randomized_svd
        from threadpoolctl import threadpool_limits

        known = sorted(texts)
        self._features = _features(known)
        self._axes = None
        if self._features is not None:
            counted = self._features.transform(known)
            width = min(self._width, *counted.shape)
            with threadpool_limits(1):  # sums come out the same everywhere
                _, strength, axes = randomized_svd(counted, width, random_state=self._seed)
            self._axes = axes[strength > _FAINT * strength[0]]
        self._fingerprint = f"lsa-{VERSION}-{_digest(known, self._width, self._seed)}"
        return self

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray[Any, Any]:
        """The vectors of the texts: float32 (len(texts), dimensions + 1), rows of length 1.

        The last dimension belongs to texts that share nothing with the fitted ones (the empty text, too):
        they are alike, and unlike all others. Raises FeedbackError before `fit`.
        """
        import numpy as np

        self._must_be_fitted()
        width = 0 if self._axes is None else len(self._axes)
        rows = np.zeros((len(texts), width + 1), dtype=np.float32)
        if width and texts:
            rows[:, :width] = self._features.transform(texts) @ self._axes.T
        length = np.linalg.norm(rows, axis=1)
        strange = length < 1e-6
        rows[strange] = 0
        rows[strange, -1] = length[strange] = 1
        if progress:
            progress(len(texts))
        unit: np.ndarray[Any, Any] = rows / length[:, None]
        return unit

    def _must_be_fitted(self) -> None:
        if not self._fingerprint:
            raise FeedbackError(
                "The embedder 'lsa' has not seen any texts yet.", hint="call fit(texts) first"
            )


def _features(texts: Sequence[str]) -> Any:
    """The fitted TF-IDF, or None when no text holds a word or three characters in a row."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    if not any(words.build_analyzer()(text) for text in texts):
        return None
    return make_union(words, characters).fit(texts)


def _digest(texts: Sequence[str], *options: int) -> str:
    digest = hashlib.sha256(repr(options).encode())
    for text in texts:
        digest.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()[:16]

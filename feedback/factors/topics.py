"""The one place where BERTopic is used: groups among many texts.

It is given vectors, a PCA and a k-means from scikit-learn, so that the result is the same on every run and
nothing is compiled or downloaded; the number of groups is the one with the best silhouette.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .naming import content_words
from .small import centres

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, Any]
    Labels = np.ndarray[Any, Any]

MANY = 60
_MOST_GROUPS = 24
_DIMENSIONS = 10
_FITTED = 2000  # rows: from more, groups are made from so many, and the others join the nearest


@dataclass(frozen=True)
class Topics:
    """`labels`: a group for each text; `words`: the words that set each group apart, best first."""

    labels: Labels
    words: dict[int, tuple[str, ...]]


def group_many(texts: Sequence[str], vectors: Vectors, *, groups: int | None = None, seed: int = 0) -> Topics:
    """Every text in one of `groups` groups (default: as many as fit best), by BERTopic.

    texts and rows of `vectors` (centred, length 1) must come in an order that does not depend on the
    user's, since k-means starts from rows.
    """
    groups = groups or best_number(vectors, seed=seed)
    rows = _some(len(vectors), seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = _model(len(rows), vectors.shape[1], groups, seed)
        # BERTopic would take the brackets off masks; it gets the words that may be in a name and no others.
        named = [" ".join(content_words(texts[row])) for row in rows.tolist()]
        labels, _ = model.fit_transform(named, embeddings=vectors[rows])
        words = {
            int(topic): tuple(word for word, weight in found if word and weight > 0)
            for topic, found in model.get_topics().items()
        }
    import numpy as np

    labels = np.asarray(labels, dtype=int)
    if len(rows) < len(texts):
        labels = (vectors @ centres(vectors[rows], labels).T).argmax(axis=1)
    return Topics(labels, words)


def _some(number: int, seed: int) -> Labels:
    """The rows that groups are made from, in their order."""
    import numpy as np

    if number <= _FITTED:
        return np.arange(number)
    return np.sort(np.random.default_rng(seed).choice(number, _FITTED, replace=False))


def partition(vectors: Vectors, groups: int, seed: int) -> Labels:
    """What `group_many` does with the vectors, without the words: for resampling."""
    reducer, clusterer = _parts(len(vectors), vectors.shape[1], groups, seed)
    labels: Labels = clusterer.fit_predict(reducer.fit_transform(vectors))
    return labels


def best_number(vectors: Vectors, *, seed: int = 0, most: int = _MOST_GROUPS) -> int:
    """The number of groups, 2 to `most`, with the best mean silhouette (Rousseeuw 1987)."""
    from sklearn.metrics import silhouette_score

    vectors = vectors[_some(len(vectors), seed)]
    reducer, _ = _parts(len(vectors), vectors.shape[1], 2, seed)
    reduced = reducer.fit_transform(vectors)
    best, number = -2.0, 2
    for groups in range(2, min(most, len(vectors) // 4) + 1):
        labels = _clusterer(groups, seed).fit_predict(reduced)
        if len(set(labels)) < 2:
            continue
        score = silhouette_score(reduced, labels, metric="cosine", random_state=seed)
        if score > best:
            best, number = score, groups
    return number


def _parts(rows: int, columns: int, groups: int, seed: int) -> tuple[Any, Any]:
    from sklearn.decomposition import PCA

    width = max(1, min(_DIMENSIONS, rows - 1, columns))
    # By the covariances of columns where there are more rows: several times as quick.
    solver = "covariance_eigh" if rows > columns else "full"
    return PCA(width, svd_solver=solver, random_state=seed), _clusterer(min(groups, rows), seed)


def _clusterer(groups: int, seed: int) -> Any:
    from sklearn.cluster import KMeans

    return KMeans(groups, n_init=10, random_state=seed)


def _model(rows: int, columns: int, groups: int, seed: int) -> Any:
    from bertopic import BERTopic
    from sklearn.feature_extraction.text import CountVectorizer

    reducer, clusterer = _parts(rows, columns, groups, seed)
    return BERTopic(
        umap_model=reducer,
        hdbscan_model=clusterer,
        vectorizer_model=CountVectorizer(analyzer=str.split),
        calculate_probabilities=False,
        verbose=False,
    )

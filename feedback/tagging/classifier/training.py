"""The classifier learns from people's tags, and is judged on people whom it did not learn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.tagging.classifier import Classifier, meaning_logits
from feedback.tagging.classifier.card import card_of
from feedback.tagging.classifier.features import Features, learn_features
from feedback.tagging.classifier.labels import Labels, folds_of, labels_of
from feedback.tagging.classifier.learners import (
    Blend,
    Linear,
    learn_blend,
    learn_choice,
    learn_ridge,
    likeness,
    shares,
)
from feedback.tagging.classifier.thresholds import Cut, learn_cut
from feedback.tagging.replies import places_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from feedback.embed import Embedder

    Array = np.ndarray[Any, Any]
    Voices = tuple[Array, Array, Array]

# Unlabelled segments tell which words there are and how common themes are; more of them tell no more.
_MOST_UNREAD = 4_000


def train(
    segments: pd.DataFrame,
    human_tags: pd.DataFrame,
    codebook: Codebook,
    *,
    embedder: Embedder | None = None,
    when: str = "",
    seed: int = 0,
) -> Classifier:
    """A classifier that learnt from people's tags, for `by` in `fb.tag` and `fb.score`.

    segments: table `segments`, those that nobody read among them. human_tags: table `tags` of one or several
    people; a row without a theme says "read, nothing said", and a segment without a row was not read.
    embedder: the shipped model by default. when: a date for the card. The same tables and seed give the same
    classifier, in any order. Its `card` holds cross-validated figures: no person is in both halves. Warns
    TagsLeftOut; errors: FeedbackError when there is too little to learn from, see `labels`.
    """
    import numpy as np

    from feedback.embed import load

    embedder = embedder or load()
    said = segments[segments["role"] != "interviewer"].drop_duplicates("segment_id")
    said = said.sort_values(["document_id", "start", "end"], kind="stable").reset_index(drop=True)
    said["spot"] = places_of(segments, of=said)
    labels = labels_of(said, human_tags, codebook)
    material = _material(_worth_reading(said, labels, seed), labels, codebook, embedder, seed)
    fold = folds_of(labels, seed=seed)
    judged = _voices_by_fold(material, fold)
    ridge, choice = _learn(material, np.arange(len(labels.truth)))
    elsewhere = _voices(material, ridge, choice, material.unread)
    decided = _decided_by_fold(judged, elsewhere, labels.truth, fold)
    blend, cut = _settle(judged, elsewhere, labels.truth)
    facts = {
        "when": when,
        "seed": seed,
        "folds": int(fold.max()) + 1,
        "unread": len(material.unread),
        "theme_list": codebook.fingerprint(),
        "embedder": embedder.fingerprint,
    }
    return Classifier(
        theme_ids=labels.theme_ids,
        codebook=codebook.fingerprint(),
        embedder=embedder.fingerprint,
        features=material.features,
        ridge=ridge,
        choice=choice,
        usual=material.meaning.mean(axis=0),
        blend=blend,
        cut=cut,
        card=card_of(labels, decided, judged[2], facts),
    )


@dataclass(frozen=True, eq=False)
class _Material:
    """The texts as the learners see them; labelled and unread: rows of them; alike: of the labelled."""

    features: Features
    wide: Any
    narrow: Array
    meaning: Array
    labelled: Array
    unread: Array
    truth: Array
    alike: Array | None


def _worth_reading(said: pd.DataFrame, labels: Labels, seed: int) -> pd.DataFrame:
    """All documents with labels, and as many others as are of use; `place` is the row in `said`."""
    import numpy as np

    with_labels = set(said.loc[labels.places, "document_id"])
    others = sorted(set(said["document_id"]) - with_labels)
    sizes = said["document_id"].value_counts()
    kept, room = set(with_labels), _MOST_UNREAD
    for at in np.random.default_rng(seed).permutation(len(others)):
        room -= sizes[others[at]]
        if room < 0:
            break
        kept.add(others[at])
    return said[said["document_id"].isin(kept)].rename_axis("place").reset_index()


def _material(
    rows: pd.DataFrame, labels: Labels, codebook: Codebook, embedder: Embedder, seed: int
) -> _Material:
    import numpy as np

    texts = list(rows["text"])
    vectors = np.asarray(embedder.encode(texts))
    meaning = meaning_logits(texts, codebook, embedder.encode, list(rows["spot"]), themes=labels.theme_ids)
    is_labelled = rows["place"].isin(labels.places).to_numpy()
    labelled, unread = is_labelled.nonzero()[0], (~is_labelled).nonzero()[0]
    features = learn_features(texts, vectors, labelled.tolist(), seed=seed)
    wide, narrow = features.of(texts, vectors, meaning)
    alike = likeness(wide[labelled], vectors.shape[1] + meaning.shape[1])
    return _Material(features, wide, narrow, meaning, labelled, unread, labels.truth, alike)


def _learn(material: _Material, chosen: Array) -> tuple[Linear, Linear]:
    """Both learners, from the chosen ones (places) of the labelled rows."""
    import numpy as np

    rows, truth = material.labelled[chosen], material.truth[chosen]
    alike = None if material.alike is None else material.alike[np.ix_(chosen, chosen)]
    return learn_ridge(material.wide[rows], truth, alike), learn_choice(material.narrow[rows], truth)


def _voices(material: _Material, ridge: Linear, choice: Linear, rows: Array) -> Voices:
    return ridge.of(material.wide[rows]), shares(choice, material.narrow[rows]), material.meaning[rows]


def _voices_by_fold(material: _Material, fold: Array) -> Voices:
    """For every labelled text what learners say that know nothing of its speaker."""
    import numpy as np

    voices = tuple(np.zeros(material.truth.shape) for _ in range(3))
    for number in range(fold.max() + 1):
        ridge, choice = _learn(material, (fold != number).nonzero()[0])
        here = fold == number
        for whole, part in zip(
            voices, _voices(material, ridge, choice, material.labelled[here]), strict=True
        ):
            whole[here] = part
    return voices[0], voices[1], voices[2]


def _settle(judged: Voices, elsewhere: Voices, truth: Array) -> tuple[Blend, Cut]:
    import numpy as np

    blend = learn_blend(judged, truth)
    logits = blend.of(judged)
    return blend, learn_cut(logits, truth, np.concatenate([logits, blend.of(elsewhere)]))


def _decided_by_fold(judged: Voices, elsewhere: Voices, truth: Array, fold: Array) -> Array:
    """The tags of every labelled text, with weights and limits settled without its speaker, too."""
    import numpy as np

    decided = np.zeros(truth.shape, dtype=bool)
    for number in range(fold.max() + 1):
        here, others = fold == number, fold != number
        blend, cut = _settle(_rows(judged, others), elsewhere, truth[others])
        decided[here] = cut.above(blend.of(_rows(judged, here))) >= 0
    return decided


def _rows(voices: Voices, rows: Array) -> Voices:
    return voices[0][rows], voices[1][rows], voices[2][rows]

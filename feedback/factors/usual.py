"""Groups that start from what people often give as reasons for leaving work.

Few texts say too little about which differences matter; a list of usual reasons in many wordings
(usual-reasons.txt) does. Which of them a set of texts has, the texts decide: the share of each is estimated
with the texts (Saerens, Latinne and Decaestecker 2002, "Adjusting the outputs of a classifier to new a priori
probabilities"), and a reason that too few people give is taken out, its texts going where they fit next best,
or nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from .background import SENTENCES, Measure
from .naming import content_words, stem
from .small import NONE, likeness

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, Any]
    Labels = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Vectors]

OTHER = "other"
# Chosen on one half of the wordings in tests/quality/planted-reasons.csv: how strongly a text's nearness to a
# reason counts, how sure it must be, how strict the classifier is, and rounds until shares stand still.
_SHARP, _SURE, _STRICT, _ROUNDS = 2.0, 0.6, 10.0, 60
# Of the people who seem to share a rare reason, so many must be likely to before anybody else is looked at:
# among forty unrelated texts three fit some reason badly.
_LIKELY = 0.3
_COMMON = 0.5  # of the cosine that unrelated texts reach by chance
_STILL = 1e-5
_WEIGHT = 2.0  # of the chances beside the vectors


@dataclass(frozen=True)
class Usual:
    """The usual reasons (`labels`, OTHER among them) as a linear classifier over vectors."""

    labels: tuple[str, ...]
    weights: Vectors = field(repr=False)
    start: Vectors = field(repr=False)

    def chances(self, vectors: Vectors, *, sharp: float = 1.0) -> Vectors:
        """How likely each row of `vectors` (centred, length 1) is to give each reason; rows sum to 1.

        sharp: the power to which they are raised before.
        """
        import numpy as np

        scores = sharp * (vectors @ self.weights.T + self.start)
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances: Vectors = raised / raised.sum(axis=1, keepdims=True)
        return chances

    def beside(self, vectors: Vectors) -> Vectors:
        """The vectors with how they differ in their chances beside them: what groups are best made from."""
        import numpy as np

        scores = vectors @ self.weights.T + self.start
        scores = scores - scores.mean(axis=1, keepdims=True)
        length = np.linalg.norm(scores, axis=1, keepdims=True)
        return np.hstack([vectors, _WEIGHT * scores / np.maximum(length, 1e-9)])


def usual(embed: Embed, scale: Measure) -> Usual:
    """The list that ships, learnt in the vectors of `embed`, centred by `scale`."""
    from sklearn.linear_model import LogisticRegression

    texts, names = zip(*listed(), *((text, OTHER) for text in SENTENCES), strict=True)
    rows = scale.of(texts, embed)
    model = LogisticRegression(C=_STRICT, max_iter=300, class_weight="balanced").fit(rows, names)
    return Usual(tuple(model.classes_.tolist()), model.coef_, model.intercept_)


def group_usual(known: Usual, vectors: Vectors, people: Sequence[Any], *, smallest: int = 3) -> Labels:
    """The place in `known.labels` of each row's reason; NONE where it is OTHER, unsure or rare."""
    import numpy as np

    if not len(vectors):
        return np.full(0, NONE)
    plain, other = known.chances(vectors), known.labels.index(OTHER)
    number_of = {who: at for at, who in enumerate(dict.fromkeys(people))}
    whose = np.array([number_of[who] for who in people])
    chances = known.chances(vectors, sharp=_SHARP)
    live = np.ones(len(known.labels), dtype=bool)
    while True:
        weighed = _weighed(chances, live)
        first, sure = weighed.argmax(axis=1), weighed.max(axis=1) >= _SURE
        number, likely = _people(np.where(sure, first, NONE), plain, whose)
        few = live & ((number < smallest) | (likely < smallest * _LIKELY))
        few[other] = False
        if not few.any():
            return np.where(sure & (first != other), first, NONE)
        # The rarest third goes at once: their texts may be what another reason lacks.
        rarest = np.flatnonzero(few)[np.argsort(number[few], kind="stable")]
        live[rarest[: max(1, len(rarest) // 3)]] = False


@dataclass(frozen=True)
class Likely:
    """Which usual reasons a set of texts has, and their shares in it: where further texts of it belong."""

    known: Usual
    shares: Vectors = field(repr=False)

    def reasons(self, vectors: Vectors) -> Labels:
        """The place in `known.labels` of each row's reason; NONE where it is OTHER or unsure."""
        import numpy as np

        # Not by matrix product, whose last digits depend on how many rows there are.
        scores = np.einsum("ij,kj->ik", vectors, self.known.weights) + self.known.start
        raised = np.exp(_SHARP * (scores - scores.max(axis=1, keepdims=True))) * self.shares
        first, whole = raised.argmax(axis=1), raised.sum(axis=1)
        sure = raised.max(axis=1) >= _SURE * np.maximum(whole, 1e-300)
        return np.where(sure & (first != self.known.labels.index(OTHER)), first, NONE)


def likely(known: Usual, vectors: Vectors, reasons: Sequence[int]) -> Likely:
    """The shares of `reasons`, and of none of them, among the rows of `vectors`."""
    import numpy as np

    live = np.zeros(len(known.labels), dtype=bool)
    live[[*reasons, known.labels.index(OTHER)]] = True
    if not len(vectors):
        return Likely(known, live / live.sum())
    return Likely(known, _weighed(known.chances(vectors, sharp=_SHARP), live).mean(axis=0))


def without_strays(labels: Labels, vectors: Vectors, people: Sequence[Any], *, alike: float) -> Labels:
    """The labels, NONE where what stands under a usual reason is not even half as alike as by chance.

    Stories told in an interview each fit some reason least badly, and a group of them has nothing in common:
    their mean cosine was .25 of `alike`, and that of planted reasons .8 to 2.7.
    """
    import numpy as np

    kept, who = labels.copy(), np.asarray(people, dtype=object)
    for reason in set(labels.tolist()) - {NONE}:
        own = labels == reason
        if likeness(vectors[own], who[own]) < _COMMON * alike:
            kept[own] = NONE
    return kept


def _weighed(chances: Vectors, live: Labels) -> Vectors:
    """The chances once each reason's share among all texts is known, which is found from them in rounds."""
    import numpy as np

    share = before = live / live.sum()
    for _ in range(_ROUNDS):
        # Means of the columns of chances * share, each row of length 1, without making that table.
        before, share = share, share * ((1 / np.maximum(chances @ share, 1e-300)) @ chances) * live
        share = share / share.sum()
        if abs(share - before).max() < _STILL:
            break
    weighed: Vectors = chances * before
    weighed /= np.maximum(weighed.sum(axis=1, keepdims=True), 1e-300)
    return weighed


def _people(labels: Labels, plain: Vectors, whose: Labels) -> tuple[Vectors, Vectors]:
    """How many people give each reason, and the sum of how likely each of these is to, by their best text.

    whose: the number of each row's person.
    """
    import numpy as np

    rows = np.flatnonzero(labels != NONE)
    reasons, many = labels[rows], plain.shape[1]
    pairs, first, pair = np.unique(whose[rows] * many + reasons, return_index=True, return_inverse=True)
    best = np.zeros(len(pairs))
    np.maximum.at(best, pair, plain[rows, reasons])
    # In the order in which they come, so that sums are the same to the last digit.
    order = np.argsort(first)
    own = pairs[order] % many
    return np.bincount(own, minlength=many), np.bincount(own, weights=best[order], minlength=many)


@cache
def listed() -> tuple[tuple[str, str], ...]:
    """The sentences of usual-reasons.txt, each with its reason."""
    return tuple(_read(files("feedback.factors").joinpath("usual-reasons.txt").read_text(encoding="utf-8")))


@cache
def words_of_reason(reason: str) -> frozenset[str]:
    """The stems of the words in which the list gives a reason."""
    return frozenset(stem(word) for text, one in listed() if one == reason for word in content_words(text))


def shares_words(reason: str, texts: Sequence[str]) -> float:
    """Which part of `texts` shares a word with the list's sentences for a reason."""
    known = words_of_reason(reason)
    shared = [not known.isdisjoint(stem(word) for word in content_words(text)) for text in texts]
    return sum(shared) / max(1, len(shared))


def _read(text: str) -> Iterator[tuple[str, str]]:
    reason = ""
    for line in text.splitlines():
        if line.startswith("# "):
            reason = line[2:].strip()
        elif reason and line.strip():
            yield line.strip(), reason

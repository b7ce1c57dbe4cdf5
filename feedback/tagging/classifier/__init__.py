"""A coder that learnt from people: for each text the themes that they would have given it.

`feedback.tagging.classifier.training.train` makes one; `feedback.tagging.classifier.model_file` keeps it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.embed import space_of
from feedback.errors import FeedbackError
from feedback.tagging.classifier.features import Features, logits_of
from feedback.tagging.classifier.learners import Blend, Linear, shares
from feedback.tagging.classifier.thresholds import Cut
from feedback.tagging.coders import Find, Meaning, score_in_context

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Array]

NAME = "classifier"
_AT_ONCE = 2_000
_TELLING = 3  # words that a find names as its reason


class AnotherThemeList(UserWarning):
    """The theme list has changed since the classifier was trained."""


@dataclass(frozen=True, eq=False)
class Classifier:
    """Themes that were learnt, how, and how well; may stand in `by` of `fb.tag` and `fb.score`.

    codebook, embedder: fingerprints of what it was trained with. card: plain values, see
    `feedback.tagging.classifier.card`. Scores are 0 to 1 with each theme's own limit at 0.5.
    """

    theme_ids: tuple[str, ...]
    codebook: str
    embedder: str
    features: Features
    ridge: Linear
    choice: Linear
    usual: Array
    blend: Blend
    cut: Cut
    card: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What its tags call the coder."""
        return NAME

    def check(self, codebook: Codebook, fingerprint: str) -> None:
        """Raises FeedbackError when it cannot tag here, warns AnotherThemeList when it can only in part.

        fingerprint: the embedder's.
        """
        again = "train it again with `feedback train`"
        if space_of(fingerprint) != space_of(self.embedder):
            raise FeedbackError("the classifier was trained on the vectors of another embedder", hint=again)
        gone = [theme for theme in self.theme_ids if theme not in codebook]
        if len(gone) == len(self.theme_ids):
            raise FeedbackError("the classifier was trained with another theme list", hint=again)
        if codebook.fingerprint() != self.codebook:
            lost = f" without {', '.join(gone[:5])}" if gone else ""
            message = f"the theme list has changed since the classifier was trained{lost}: {again}"
            warnings.warn(message, AnotherThemeList, stacklevel=3)

    def __call__(
        self,
        texts: Sequence[str],
        codebook: Codebook,
        embed: Embed,
        limits: Mapping[str, float],
        places: Sequence[Hashable],
        meaning: Meaning | None = None,
    ) -> list[Find]:
        """The themes of each text by its own limits (`limits` play no part), with the nearest clause.

        meaning: as for `score_in_context`. The reason names the words of the text that spoke for the theme
        most. Sorted by row.
        """
        from feedback.tagging.evidence import find_evidence

        scores = self.scores(texts, codebook, embed, places, meaning)
        at = {theme_id: place for place, theme_id in enumerate(codebook.ids)}
        pairs = [
            (row, column)
            for row, column in zip(*(part.tolist() for part in (scores >= 0.5).nonzero()), strict=True)
            if self.theme_ids[column] in at
        ]
        wanted = [(row, at[self.theme_ids[column]]) for row, column in pairs]
        evidence = find_evidence(texts, codebook, embed, wanted)
        why = self._reasons([texts[row] for row, _ in pairs], [column for _, column in pairs])
        return [
            Find(row, self.theme_ids[column], one.start, one.end, float(scores[row, column]), reason)
            for (row, column), one, reason in zip(pairs, evidence, why, strict=True)
        ]

    def scores(
        self,
        texts: Sequence[str],
        codebook: Codebook,
        embed: Embed,
        places: Sequence[Hashable],
        meaning: Meaning | None = None,
    ) -> Array:
        """0 to 1, tagged from 0.5 on: (texts, the themes it knows). A text without words gets 0.

        embed: texts to rows of length 1. places: for each text what tells its turn from others. meaning: as
        for `score_in_context`.
        """
        from scipy.special import expit

        scores: Array = expit(self.cut.above(self._weighed(texts, codebook, embed, places, meaning)))
        scores[[not any(sign.isalnum() for sign in text) for text in texts]] = 0.0
        return scores

    def chances(
        self, texts: Sequence[str], codebook: Codebook, embed: Embed, places: Sequence[Hashable]
    ) -> Array:
        """How likely a person would give each theme, 0 to 1: (texts, themes it knows); else as `scores`."""
        from scipy.special import expit

        found: Array = expit(self._weighed(texts, codebook, embed, places) + self.cut.shift)
        return found

    def _weighed(
        self,
        texts: Sequence[str],
        codebook: Codebook,
        embed: Embed,
        places: Sequence[Hashable],
        meaning: Meaning | None = None,
    ) -> Array:
        import numpy as np

        if not len(texts):
            return np.zeros((0, len(self.theme_ids)))
        own = logits_of(score_in_context(texts, codebook, embed, places, meaning)[0])
        logits = _for_themes(own, codebook, self.theme_ids, self.usual)
        vectors = np.asarray(embed(list(texts)))
        parts = [
            self.logits(
                texts[start : start + _AT_ONCE], *(x[start : start + _AT_ONCE] for x in (vectors, logits))
            )
            for start in range(0, len(texts), _AT_ONCE)
        ]
        return np.concatenate(parts)

    def logits(self, texts: Sequence[str], vectors: Array, meaning: Array) -> Array:
        """Before any limit: (texts, themes). vectors, meaning: of the texts, as the features take them."""
        wide, narrow = self.features.of(texts, vectors, meaning)
        return self.blend.of((self.ridge.of(wide), shares(self.choice, narrow), meaning))

    def _reasons(self, texts: Sequence[str], columns: Sequence[int]) -> list[str]:
        """For each text and theme the words that spoke for it, or that it was learnt from whom."""
        import numpy as np

        by = "learnt from " + (", ".join(self.card.get("coders", ())) or "people")
        if not len(texts):
            return []
        rows, names = self.features.words.transform(texts).tocsr(), self.features.names()
        found = []
        for row, column in enumerate(columns):
            there = slice(rows.indptr[row], rows.indptr[row + 1])
            places = rows.indices[there]
            given = rows.data[there] * self.ridge.weights[places, column]
            best = [places[at] for at in np.argsort(-given, kind="stable")[:_TELLING] if given[at] > 0]
            words = ", ".join(names[place] for place in best)
            found.append(f"{by}: {words}" if words else by)
        return found


def meaning_logits(
    texts: Sequence[str],
    codebook: Codebook,
    embed: Embed,
    places: Sequence[Hashable],
    *,
    themes: Sequence[str],
) -> Array:
    """What the theme list alone says of the texts in their context, without limits: (texts, themes).

    themes: ids, all of them in the list.
    """
    own = logits_of(score_in_context(texts, codebook, embed, places)[0])
    return _for_themes(own, codebook, themes, None)


def _for_themes(own: Array, codebook: Codebook, themes: Sequence[str], usual: Array | None) -> Array:
    """The columns of themes; for those that the list does not have, `usual` has what to take."""
    import numpy as np

    at = {theme_id: place for place, theme_id in enumerate(codebook.ids)}
    columns = [
        own[:, at[theme]] if theme in at or usual is None else np.full(len(own), usual[place])
        for place, theme in enumerate(themes)
    ]
    return np.column_stack(columns)

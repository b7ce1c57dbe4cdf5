"""Tags by meaning: how near a text comes to what the theme list says of each theme, without any labels.

A theme is the mean of its own sentences' vectors (label, definition, phrases as words, examples). A text is
near it as a whole and by its nearest sentence; words that both share are added, and what tells the theme from
the others of the list; what the theme's counter-examples say is taken off. Then the texts are seen together.
The constants were chosen on human-coded comments and interviews: see tests/quality/tagging-experiments.md.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.tagging.blocks import product
from feedback.tagging.meaning.apart import Apart, tell_apart
from feedback.tagging.meaning.calibration import calibrated
from feedback.tagging.meaning.lexical import Wording
from feedback.tagging.meaning.prevalence import Together, heard_together
from feedback.tagging.meaning.theme_texts import WEIGHTS, all_texts, description, groups, prototypes
from feedback.tagging.valence import COMPLAINTS, PRAISE, PROBE
from feedback.tagging.vectors import Said, Vectors, fixed_by, said_in

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Array]

# The share of a theme's nearness to the other themes that is taken off: a little, against vague themes.
_USUAL_SHARE = 0.2
_WORDS_WEIGHT = 0.3
_APART_WEIGHT = 0.5
_COUNTER_WEIGHT = 1.0
# Nearness is counted in such steps of cosine, on the scale of the embedder that ships, whose ordinary
# sentences have this mean cosine and spread; other embedders' cosines are brought to that scale.
_STEP, _MEAN, _SPREAD = 0.085, 0.189, 0.112
# Sentences about anything, by which an embedder's cosines are measured.
ORDINARY = (*COMPLAINTS, *PRAISE)


def fixed_texts(codebook: Codebook) -> list[str]:
    """The sentences of the theme list and of the tool's own, by which a study's texts are measured."""
    return [*all_texts(codebook), *ORDINARY, PROBE]


def score_themes(
    texts: Sequence[str], codebook: Codebook, embed: Embed, *, lexical: bool = True, together: bool = True
) -> np.ndarray[Any, Any]:
    """How surely each text speaks of each theme: (len(texts), len(codebook)), 0 to 1, tagged from 0.5 on.

    embed: texts to rows of length 1. lexical: whether shared words count. together: whether the texts are of
    one study, so that how common themes are is learnt from them; their order plays no part. A text without
    words gets 0.
    """
    import numpy as np

    if not len(texts) or not len(codebook):
        return np.zeros((len(texts), len(codebook)))
    ruler = Ruler.of(codebook, embed, lexical=lexical)
    near, whole = ruler.near(texts, embed)
    return scores_from(texts, near, whole, heard_together(near, whole) if together else None)


def scores_from(
    texts: Sequence[str], near: Array, whole: Array, together: Together | None, among: Array | None = None
) -> Array:
    """The scores of texts with this nearness and these vectors; without `together` each stands alone.

    among: for each text whether `together` was learnt from it (default: from all).
    """
    seen = near if together is None else together.heard(near, whole, among)
    scores = calibrated(seen, near)
    scores[[not any(sign.isalnum() for sign in text) for text in texts]] = 0.0
    return scores


@dataclass(frozen=True, eq=False)
class Ruler:
    """What nearness to the themes of one list is measured with: their vectors and their words, some MB.

    themes: each theme's vector. mean, spread: of an embedder's cosines between ordinary sentences. usual: how
    near each theme is to the others of the list. against: place of a theme, the vectors of its
    counter-examples and those of what it is made of.
    """

    themes: Array = field(repr=False)
    mean: float
    spread: float
    usual: Array = field(repr=False)
    against: tuple[tuple[int, Array, Array], ...] = field(repr=False)
    apart: Apart | None = field(repr=False)
    wording: Wording | None = field(repr=False)

    @classmethod
    def of(cls, codebook: Codebook, embed: Embed, *, lexical: bool = True) -> Ruler:
        """The ruler of a theme list with at least one theme; embed: texts to rows of length 1."""
        known = Vectors([*all_texts(codebook), *ORDINARY], fixed_by(embed))
        themes = _theme_vectors(codebook, known)
        mean, spread = _scale(known)
        against = tuple(
            (at, known.of(theme.counter_examples), known.of(prototypes(theme)))
            for at, theme in enumerate(codebook)
            if theme.counter_examples
        )
        several = len(codebook) > 1
        apart = (
            tell_apart([known.of(prototypes(theme)) for theme in codebook], known.of(ORDINARY))
            if several
            else None
        )
        wording = Wording.of([description(theme) for theme in codebook]) if lexical else None
        return cls(themes, mean, spread, _usual(themes), against, apart, wording)

    def near(self, texts: Sequence[str], embed: Embed) -> tuple[Array, Array]:
        """How near texts, one or more, are to each theme, (texts, themes), without limits; and their vectors.

        What the vectors and shared words say for each theme, less what they say against it.
        """
        return self.near_of(texts, said_in(texts, embed))

    def near_of(
        self, texts: Sequence[str], said: Said, known: tuple[Array, Array] | None = None
    ) -> tuple[Array, Array]:
        """The same of texts whose vectors are known; known: what `counter` and `Wording.shared` say."""
        whole = said.whole
        counter = known[0] if known else self.counter(whole)
        near = _beside(said, product(said.rows, self.themes.T)) - self.mean
        near -= _USUAL_SHARE * (self.usual - self.mean)
        near -= _COUNTER_WEIGHT * counter
        near = (near * (_SPREAD / self.spread) + (1 - _USUAL_SHARE) * _MEAN) / _STEP
        if self.apart:
            near += _APART_WEIGHT * _beside(said, self.apart.of(said.rows))
        if self.wording:
            near += _WORDS_WEIGHT * (known[1] if known else self.wording.shared(texts))
        return near, whole

    def counter(self, whole: Array, *, only: Container[int] | None = None) -> Array:
        """How much nearer each text is to a theme's counter-examples than to what the theme is made of.

        only: of these themes; the columns of the others are 0.
        """
        import numpy as np

        found = np.zeros((len(whole), len(self.themes)), dtype=np.float32)
        if not self.against:
            return found
        parts = [np.vstack([says, made_of.mean(axis=0)]) for _, says, made_of in self.against]
        ends = np.cumsum([len(part) for part in parts]).tolist()
        heights = product(whole, np.vstack(parts).T)
        for (at, says, made_of), end in zip(self.against, ends, strict=True):
            if only is not None and at not in only:
                continue
            against = heights[:, end - 1 - len(says) : end - 1].max(axis=1)
            # The nearest is at least as near as the mean: most texts need not be held against each.
            rows = (against > heights[:, end - 1]).nonzero()[0]
            favour = product(whole[rows], made_of.T).max(axis=1)
            found[rows, at] = np.clip(against[rows] - favour, 0, None)
        return found


def _theme_vectors(codebook: Codebook, known: Vectors) -> Array:
    import numpy as np

    rows = []
    for theme in codebook:
        parts = [(weight, texts) for weight, texts in zip(WEIGHTS, groups(theme), strict=True) if texts]
        total = sum(weight for weight, _ in parts)
        rows.append(sum(weight / total * known.of(texts).mean(axis=0) for weight, texts in parts))
    return np.array(rows)


def _beside(said: Said, judged: Array) -> Array:
    """Half what is judged of each text as a whole, half what is of its best sentence."""
    found: Array = 0.5 * judged[said.firsts] + 0.5 * said.best(judged)
    return found


def _usual(themes: Array) -> Array:
    """How near each theme is to the others of the list: a vague theme is near to everything."""
    between = themes @ themes.T
    others: Array = (between.sum(axis=0) - between.diagonal()) / max(1, len(themes) - 1)
    return others


def _scale(known: Vectors) -> tuple[float, float]:
    """The mean and the spread of an embedder's cosines between ordinary sentences."""
    import numpy as np

    rows = known.of(ORDINARY)
    cosines = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    return float(cosines.mean()), float(cosines.std()) or 1.0

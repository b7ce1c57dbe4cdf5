"""Tags by meaning: how near a text comes to what the theme list says of each theme, without any labels.

A theme is the mean of its own sentences' vectors (label, definition, phrases as words, examples). A text is
near it as a whole and by its nearest sentence; words that both share are added, and what tells the theme from
the others of the list; what the theme's counter-examples say is taken off. Then the texts are seen together.
The constants were chosen on human-coded comments and interviews: see tests/quality/tagging-experiments.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook, Theme
from feedback.phrases import plain
from feedback.spans import Span
from feedback.tagging.apart import tell_apart
from feedback.tagging.calibration import calibrated
from feedback.tagging.lexical import shared_words
from feedback.tagging.pieces import clauses, statements
from feedback.tagging.prevalence import with_prevalence
from feedback.tagging.valence import COMPLAINTS, PRAISE

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Array]

# What a theme's parts weigh in its vector: label, definition, phrases, examples.
_WEIGHTS = (1.0, 2.0, 1.0, 2.0)
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a text that came nearest to a theme, and the sentence of the theme list they came near."""

    start: int
    end: int
    prototype: str
    cosine: float


def prototypes(theme: Theme) -> list[str]:
    """The theme list's own sentences about a theme: what its vector is made of."""
    return list(dict.fromkeys(text for group in _groups(theme) for text in group))


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
    vectors = Vectors([*texts, *all_texts(codebook), *ORDINARY], embed)
    near = nearness(texts, codebook, vectors, lexical=lexical)
    seen = with_prevalence(near, vectors.of(texts)) if together else near
    scores = calibrated(seen, near)
    scores[[not any(sign.isalnum() for sign in text) for text in texts]] = 0.0
    return scores


def nearness(
    texts: Sequence[str], codebook: Codebook, vectors: Vectors, *, lexical: bool = True
) -> np.ndarray[Any, Any]:
    """All that speaks for each theme, less what speaks against it: (len(texts), len(codebook)), no limits.

    This is what the scores are made of, before themes are held against their rivals; for measurements.
    """
    mean, spread = _scale(vectors)
    near = _cosines(texts, codebook, vectors) - mean
    near -= _USUAL_SHARE * (_usual(codebook, vectors) - mean)
    near -= _COUNTER_WEIGHT * _counter(texts, codebook, vectors)
    near = (near * (_SPREAD / spread) + (1 - _USUAL_SHARE) * _MEAN) / _STEP
    if len(codebook) > 1:
        near += _APART_WEIGHT * _told_apart(texts, codebook, vectors)
    if lexical:
        near += _WORDS_WEIGHT * shared_words(texts, [_description(theme) for theme in codebook])
    return near


def best_example(text: str, theme: Theme, embed: Embed) -> str:
    """The sentence of the theme list that a text comes nearest to: never a participant's words."""
    return find_evidence([text], Codebook((theme,)), embed, [(0, 0)])[0].prototype


def find_evidence(
    texts: Sequence[str], codebook: Codebook, embed: Embed, pairs: Sequence[tuple[int, int]]
) -> list[Evidence]:
    """For each pair (row of texts, place of a theme) the clause that comes nearest, in the text's positions.

    A text without words has the whole of it as evidence.
    """
    rows = sorted({row for row, _ in pairs})
    wanted = [codebook.themes[at] for at in sorted({at for _, at in pairs})]
    spans = {row: clauses(texts[row]) or [Span(0, len(texts[row]))] for row in rows}
    said = [texts[row][span.start : span.end] for row in rows for span in spans[row]]
    known = [text for theme in wanted for text in prototypes(theme)]
    vectors = Vectors([*said, *known], embed, whole=True)
    return [_nearest(texts[row], spans[row], codebook.themes[at], vectors) for row, at in pairs]


def _nearest(text: str, spans: Sequence[Span], theme: Theme, vectors: Vectors) -> Evidence:
    known = prototypes(theme)
    cosines = vectors.of([text[span.start : span.end] for span in spans]) @ vectors.of(known).T
    # The clause is chosen by the theme as a whole; which of its sentences came nearest is told for it.
    clause = int((cosines.mean(axis=1) + cosines.max(axis=1)).argmax())
    at = int(cosines[clause].argmax())
    return Evidence(*spans[clause], known[at], float(cosines[clause, at]))


# The parts of a theme


def _groups(theme: Theme) -> tuple[list[str], ...]:
    means = [theme.means[span.start : span.end] for span in statements(theme.means)]
    whole = [f"{theme.label}. {theme.means}"] if theme.means else []
    include = [theme.include] if theme.include else []
    phrases = [text for phrase in theme.phrases for text in plain(phrase)[:2]]
    return [theme.label], [*whole, *means, *include], phrases, list(theme.examples)


def _description(theme: Theme) -> str:
    phrases = [text for phrase in theme.phrases for text in plain(phrase)]
    parts = [theme.label, theme.label, theme.means, theme.include, *phrases, *theme.examples]
    return " ".join(part for part in parts if part)


def all_texts(codebook: Codebook) -> list[str]:
    """Every sentence of the theme list that needs a vector."""
    return [text for theme in codebook for text in [*prototypes(theme), *theme.counter_examples]]


class Vectors:
    """Every text and sentence once, with its vector; asked for in one go, since that is quickest."""

    def __init__(self, texts: Sequence[str], embed: Embed, *, whole: bool = False) -> None:
        import numpy as np

        self._sentences = {} if whole else {text: sentence_texts(text) for text in dict.fromkeys(texts)}
        pieces = {piece for cut in self._sentences.values() for piece in cut}
        known = sorted(pieces.union(texts))
        self._place = {text: at for at, text in enumerate(known)}
        self._rows = np.asarray(embed(known), dtype=np.float32)

    def of(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """The vectors of texts that were given at the start: float32 (len(texts), width)."""
        return self._rows[[self._place[text] for text in texts]]

    def sentences(self, text: str) -> tuple[str, ...]:
        """The sentences of a text that was given at the start."""
        return self._sentences[text]


def sentence_texts(text: str) -> tuple[str, ...]:
    """The statements of a text, most of them sentences; the text itself when it has none."""
    return tuple(text[span.start : span.end] for span in statements(text)) or (text,)


# Nearness


def _theme_vectors(codebook: Codebook, vectors: Vectors) -> np.ndarray[Any, Any]:
    import numpy as np

    rows = []
    for theme in codebook:
        parts = [(weight, texts) for weight, texts in zip(_WEIGHTS, _groups(theme), strict=True) if texts]
        total = sum(weight for weight, _ in parts)
        rows.append(sum(weight / total * vectors.of(texts).mean(axis=0) for weight, texts in parts))
    return np.array(rows)


def _cosines(texts: Sequence[str], codebook: Codebook, vectors: Vectors) -> np.ndarray[Any, Any]:
    """Half the cosine of the whole text, half that of its nearest sentence."""
    themes = _theme_vectors(codebook, vectors)
    near: Array = 0.5 * vectors.of(texts) @ themes.T + 0.5 * _by_sentence(texts, themes, vectors)
    return near


def _told_apart(texts: Sequence[str], codebook: Codebook, vectors: Vectors) -> np.ndarray[Any, Any]:
    """What speaks for each theme rather than another: half for the whole text, half for its best sentence."""
    known = tell_apart([vectors.of(prototypes(theme)) for theme in codebook], vectors.of(ORDINARY))
    whole: Array = known.of(vectors.of(texts))
    return 0.5 * whole + 0.5 * _best_sentence(texts, vectors, known.of)


def _by_sentence(texts: Sequence[str], targets: Array, vectors: Vectors) -> np.ndarray[Any, Any]:
    """The cosine of each text's nearest sentence to each target."""
    return _best_sentence(texts, vectors, lambda rows: rows @ targets.T)


def _best_sentence(
    texts: Sequence[str], vectors: Vectors, judged: Callable[[Array], Array]
) -> np.ndarray[Any, Any]:
    """The greatest of what is judged of each text's sentences, theme by theme."""
    import numpy as np

    cut = [vectors.sentences(text) for text in texts]
    starts = np.cumsum([0, *map(len, cut)])[:-1]
    found = judged(vectors.of([piece for pieces in cut for piece in pieces]))
    best: Array = np.maximum.reduceat(found, starts, axis=0)
    return best


def _usual(codebook: Codebook, vectors: Vectors) -> np.ndarray[Any, Any]:
    """How near each theme is to the others of the list: a vague theme is near to everything."""
    themes = _theme_vectors(codebook, vectors)
    between = themes @ themes.T
    others: Array = (between.sum(axis=0) - between.diagonal()) / max(1, len(codebook) - 1)
    return others


def _counter(texts: Sequence[str], codebook: Codebook, vectors: Vectors) -> np.ndarray[Any, Any]:
    """How much nearer each text is to a theme's counter-examples than to anything the theme is made of."""
    import numpy as np

    found = np.zeros((len(texts), len(codebook)), dtype=np.float32)
    said = vectors.of(texts)
    for at, theme in enumerate(codebook):
        if theme.counter_examples:
            against = (said @ vectors.of(theme.counter_examples).T).max(axis=1)
            favour = (said @ vectors.of(prototypes(theme)).T).max(axis=1)
            found[:, at] = np.clip(against - favour, 0, None)
    return found


def _scale(vectors: Vectors) -> tuple[float, float]:
    """The mean and the spread of an embedder's cosines between ordinary sentences."""
    import numpy as np

    rows = vectors.of(ORDINARY)
    cosines = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    return float(cosines.mean()), float(cosines.std()) or 1.0

"""Which words of a text speak for a theme: the clause that comes nearest to what the list says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.spans import Span
from feedback.tagging.blocks import product
from feedback.tagging.meaning.theme_texts import prototypes
from feedback.tagging.pieces import clauses
from feedback.tagging.vectors import Vectors, fixed_by

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Array]

# Cosines that differ by less are equal, and the first counts: the last digits vary with what is computed
# beside them.
_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of a text that came nearest to a theme, and the sentence of the theme list they came near."""

    start: int
    end: int
    prototype: str
    cosine: float


def find_evidence(
    texts: Sequence[str], codebook: Codebook, embed: Embed, pairs: Sequence[tuple[int, int]]
) -> list[Evidence]:
    """For each pair (row of texts, place of a theme) the clause that comes nearest, in the text's positions.

    A text without words has the whole of it as evidence.
    """
    rows_of: dict[int, list[int]] = {}
    for row, at in sorted(set(pairs)):
        rows_of.setdefault(at, []).append(row)
    spans = {row: clauses(texts[row]) or [Span(0, len(texts[row]))] for row in {row for row, _ in pairs}}
    said = [texts[row][span.start : span.end] for row, found in spans.items() for span in found]
    known = {at: prototypes(codebook.themes[at]) for at in rows_of}
    vectors = Vectors(said, embed)
    told = Vectors([text for some in known.values() for text in some], fixed_by(embed))
    found = {
        (row, at): evidence
        for at, rows in rows_of.items()
        for row, evidence in zip(
            rows, _nearest(texts, rows, spans, known[at], vectors.of, told.of(known[at])), strict=True
        )
    }
    return [found[pair] for pair in pairs]


def _nearest(
    texts: Sequence[str],
    rows: Sequence[int],
    spans: Mapping[int, Sequence[Span]],
    known: Sequence[str],
    vectors: Embed,
    theirs: Array,
) -> list[Evidence]:
    """For each row the clause that is nearest to a theme's sentences as a whole and to one of them."""
    import numpy as np

    every = [(row, span) for row in rows for span in spans[row]]
    said = vectors([texts[row][span.start : span.end] for row, span in every])
    cosines = product(said, theirs.T).round(_DIGITS)
    heights = (cosines.mean(axis=1) + cosines.max(axis=1)).round(_DIGITS)
    starts = np.cumsum([0, *(len(spans[row]) for row in rows)])
    # The clause is chosen by the theme as a whole; which of its sentences came nearest is told for it.
    chosen = [start + int(heights[start:end].argmax()) for start, end in pairwise(starts)]
    nearest = cosines[chosen].argmax(axis=1).tolist()
    return [
        Evidence(every[clause][1].start, every[clause][1].end, known[at], float(cosines[clause, at]))
        for clause, at in zip(chosen, nearest, strict=True)
    ]

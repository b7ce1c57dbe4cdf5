"""The machine's coders behind one shape: texts and a codebook in, finds out, in rendered positions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook

if TYPE_CHECKING:
    import numpy as np

_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Find:
    """A theme found in texts[row][start:end]; `rule` is the phrase or example of the list that said so.

    reply: the text names nothing itself; the theme is that of the question it replies to.
    """

    row: int
    theme_id: str
    start: int
    end: int
    score: float
    rule: str
    reply: bool = False


def tag_by_rules(
    texts: Sequence[str],
    codebook: Codebook,
    embed: Callable[[Sequence[str]], np.ndarray[Any, Any]],
    limits: Mapping[str, float],
    places: Sequence[Hashable],
) -> list[Find]:
    """Every phrase of the list that stands in a text; its score is 1, whatever the limits and places.

    Sorted by row. Errors: FeedbackError for a phrase that cannot be read.
    """
    from feedback.tagging.rules import rule_hits

    return [
        Find(hit.row, hit.theme_id, hit.start, hit.end, 1.0, hit.phrase) for hit in rule_hits(texts, codebook)
    ]


def tag_by_meaning(
    texts: Sequence[str],
    codebook: Codebook,
    embed: Callable[[Sequence[str]], np.ndarray[Any, Any]],
    limits: Mapping[str, float],
    places: Sequence[Hashable],
) -> list[Find]:
    """The themes whose score in context reaches their limit, with the clause and example it came near.

    limits: the least score, 0 to 1, by theme id. places: for each text what tells its turn from others; texts
    of a turn stand together, in the order they were said. Sorted by row.
    """
    from feedback.tagging.evidence import find_evidence

    scores, asked = score_in_context(texts, codebook, embed, places)
    chosen = [
        (row, at)
        for at, theme in enumerate(codebook)
        for row in (scores[:, at] >= limits[theme.id]).nonzero()[0].tolist()
    ]
    evidence = find_evidence(texts, codebook, embed, sorted(chosen))
    return [
        Find(
            row,
            codebook.themes[at].id,
            one.start,
            one.end,
            float(scores[row, at]),
            one.prototype,
            row in asked,
        )
        for (row, at), one in zip(sorted(chosen), evidence, strict=True)
    ]


def score_in_context(
    texts: Sequence[str],
    codebook: Codebook,
    embed: Callable[[Sequence[str]], np.ndarray[Any, Any]],
    places: Sequence[Hashable],
) -> tuple[np.ndarray[Any, Any], dict[int, str]]:
    """The scores of meaning (texts, themes) in their turns, and the questions of bare replies by row.

    places: as for `tag_by_meaning`; questions are known where they are `replies.Place`. Scores have six
    digits: what comes after them varies with the machine and with what is computed beside it.
    """
    from feedback.tagging.context import in_context, with_questions
    from feedback.tagging.meaning import score_themes

    scores, asked = with_questions(
        in_context(score_themes(texts, codebook, embed), places),
        texts,
        places,
        lambda asked: score_themes(asked, codebook, embed, together=False),
    )
    return scores.round(_DIGITS), asked

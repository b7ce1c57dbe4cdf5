"""The machine's coders behind one shape: texts and a codebook in, finds out, in rendered positions."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook

if TYPE_CHECKING:
    import numpy as np

    from feedback.tagging.meaning import Ruler
    from feedback.tagging.meaning.prevalence import Together

    Embed = Callable[[Sequence[str]], np.ndarray[Any, Any]]

_DIGITS = 6
_AT_ONCE = 5_000  # texts whose vectors are held at a time


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
    embed: Embed,
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
    embed: Embed,
    limits: Mapping[str, float],
    places: Sequence[Hashable],
    meaning: Meaning | None = None,
) -> list[Find]:
    """The themes whose score in context reaches their limit, with the clause and example it came near.

    limits: the least score, 0 to 1, by theme id. places: for each text what tells its turn from others; texts
    of a turn stand together, in the order they were said. meaning: as for `score_in_context`. Sorted by row.
    """
    scores, asked = score_in_context(texts, codebook, embed, places, meaning)
    chosen = [
        (row, at)
        for at, theme in enumerate(codebook)
        for row in (scores[:, at] >= limits[theme.id]).nonzero()[0].tolist()
    ]
    return finds_at(texts, codebook, embed, scores, sorted(chosen), asked)


def finds_at(
    texts: Sequence[str],
    codebook: Codebook,
    embed: Embed,
    scores: np.ndarray[Any, Any],
    pairs: Sequence[tuple[int, int]],
    asked: Container[int] = (),
) -> list[Find]:
    """The finds of pairs (row of texts, place of a theme), each with its score and its evidence.

    scores: (texts, themes). asked: the rows of bare replies.
    """
    from feedback.tagging.evidence import find_evidence

    evidence = find_evidence(texts, codebook, embed, pairs)
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
        for (row, at), one in zip(pairs, evidence, strict=True)
    ]


@dataclass(frozen=True, eq=False)
class Meaning:
    """What scores are made with: what follows from the theme list, and what a study's texts say together.

    among: of the texts at hand, whether `together` was learnt from each (None: from all of them). seen: how
    near the texts at hand come to each theme, and their vectors, where that is known.
    """

    ruler: Ruler
    together: Together | None = None
    among: np.ndarray[Any, Any] | None = None
    seen: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None = None


def learn_meaning(texts: Sequence[str], codebook: Codebook, embed: Embed) -> Meaning:
    """The ruler of a theme list, and what the texts say together; the vectors are let go."""
    from feedback.tagging.meaning import Ruler
    from feedback.tagging.meaning.prevalence import heard_together

    ruler = Ruler.of(codebook, embed)
    return Meaning(ruler, heard_together(*nearness(texts, ruler, embed)))


def nearness(
    texts: Sequence[str], ruler: Ruler, embed: Embed
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """How near any number of texts come to each theme, and their vectors."""
    import numpy as np

    starts = range(0, len(texts), _AT_ONCE)
    parts = [ruler.near(texts[start : start + _AT_ONCE], embed) for start in starts]
    if not parts:
        return np.zeros((0, len(ruler.themes))), np.zeros((0, ruler.themes.shape[1]), dtype=np.float32)
    near, whole = (np.concatenate(part) for part in zip(*parts, strict=True))
    return near, whole


def score_in_context(
    texts: Sequence[str],
    codebook: Codebook,
    embed: Embed,
    places: Sequence[Hashable],
    meaning: Meaning | None = None,
) -> tuple[np.ndarray[Any, Any], dict[int, str]]:
    """The scores of meaning (texts, themes) in their turns, and the questions of bare replies by row.

    places: as for `tag_by_meaning`; questions are known where they are `replies.Place`. meaning: what was
    learnt from a study that these texts are part of; without it these are the whole study. Scores have six
    digits: what comes after them varies with the machine.
    """
    import numpy as np

    from feedback.tagging.context import in_context, with_questions
    from feedback.tagging.meaning import Ruler, scores_from
    from feedback.tagging.meaning.prevalence import heard_together

    if not len(texts) or not len(codebook):
        return np.zeros((len(texts), len(codebook))), {}
    ruler = meaning.ruler if meaning else Ruler.of(codebook, embed)
    near, whole = meaning.seen if meaning and meaning.seen else ruler.near(texts, embed)
    if meaning:
        scores = scores_from(texts, near, whole, meaning.together, meaning.among)
    else:
        scores = scores_from(texts, near, whole, heard_together(near, whole))
    found, asked = with_questions(
        in_context(scores, places),
        texts,
        places,
        lambda asked: scores_from(asked, *ruler.near(asked, embed), None),
    )
    return found.round(_DIGITS), asked

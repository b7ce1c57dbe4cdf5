"""Themes in segments: rules and meaning are coders, and a tag is (theme, span, coder, score).

`tag` gives tables; `score` gives the figures behind meaning. Only participants' words are tagged.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.errors import FeedbackError
from feedback.registry import part
from feedback.spans import Alignment, Edit, Span
from feedback.tables import conform, empty

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from feedback.embed import Embedder
    from feedback.tagging.classifier import Classifier

    Embed = Callable[[Sequence[str]], np.ndarray[Any, Any]]


# A little above the cut that is best on short answers (0.5), since a false tag costs a reader of
# interviews more than a missed one: tests/quality/tagging-experiments.md has the figures.
THRESHOLD = 0.55


def tag(
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    edits: pd.DataFrame | None = None,
    by: Sequence[str | Classifier] = ("rules", "meaning"),
    embedder: Embedder | None = None,
    threshold: float = THRESHOLD,
    thresholds: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Table `tags`: for every coder in `by`, the themes of each segment, with the words that made it say so.

    by: names of coders, and classifiers that `fb.train` made. edits: table `edits`, needed to point at the
    original where the text was edited. threshold: the score (0 to 1) from which on meaning tags; `thresholds`
    has themes' own; a classifier has learnt its own. embedder: the shipped model by default.
    A sentence is judged in its turn, a bare reply ("Definitely.") by its question; the order of the rows
    plays no part. Errors: FeedbackError for a coder that there is none of, and for a phrase of the list that
    cannot be read.
    """
    import pandas as pd

    from feedback.tagging.replies import places_of

    said = segments[segments["role"] != "interviewer"].sort_values(
        ["document_id", "start", "end"], kind="stable"
    )
    said = said.reset_index(drop=True)
    if not len(said) or not len(codebook):
        return empty("tags")
    embed = _embed(embedder)
    places = places_of(segments, of=said)
    limits = {theme.id: (thresholds or {}).get(theme.id, threshold) for theme in codebook}
    parts = []
    for coder in by:
        name, find = _coder(coder, codebook, embedder)
        rows = find(list(said["text"]), codebook, embed, limits, places)
        parts.append(_as_tags(rows, name, said, edits, embed))
    return conform("tags", pd.concat(parts, ignore_index=True))


def score(
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    by: Sequence[str | Classifier] = ("meaning",),
    embedder: Embedder | None = None,
) -> pd.DataFrame:
    """Scores of every theme for every segment, 0 to 1: rows by segment_id as given, columns by theme id.

    by: "meaning" (calibrated nearness), "rules" (1 where a phrase fires), classifiers (0.5 is each theme's
    own limit); of several the highest counts.
    """
    import numpy as np
    import pandas as pd

    from feedback.tagging.coders import score_in_context
    from feedback.tagging.replies import places_of
    from feedback.tagging.rules import rule_hits

    ordered = segments.sort_values(["document_id", "start", "end"], kind="stable")
    texts, embed = list(ordered["text"]), _embed(embedder)
    scores = np.zeros((len(texts), len(codebook)))
    if "meaning" in by and texts:
        places = places_of(segments, of=ordered)
        scores, _ = score_in_context(texts, codebook, embed, places)
    for coder in by:
        if not isinstance(coder, str):
            _coder(coder, codebook, embedder)
            own = coder.scores(texts, codebook, embed, places_of(segments, of=ordered))
            for place, theme_id in enumerate(coder.theme_ids):
                if theme_id in codebook:
                    at = codebook.ids.index(theme_id)
                    scores[:, at] = np.maximum(scores[:, at], own[:, place])
    if "rules" in by:
        for hit in rule_hits(texts, codebook):
            scores[hit.row, codebook.ids.index(hit.theme_id)] = 1.0
    found = pd.DataFrame(scores, index=list(ordered["segment_id"]), columns=list(codebook.ids))
    return found.loc[list(segments["segment_id"])]


def _coder(
    coder: str | Classifier, codebook: Codebook, embedder: Embedder | None
) -> tuple[str, Callable[..., Sequence[Any]]]:
    """The coder's name and what finds; a classifier is asked whether it fits."""
    if coder == "classifier":
        raise FeedbackError(
            "a classifier has to learn before it can tag",
            hint="`feedback train`, or in Python by=[fb.train(segments, human_tags, codebook)]",
        )
    if isinstance(coder, str):
        return coder, part("taggers", coder)
    from feedback.embed import load

    coder.check(codebook, (embedder or load()).fingerprint)
    return coder.name, coder


def _embed(embedder: Embedder | None) -> Embed:
    """Texts to vectors, each text once; the shipped model is read when the first is asked for."""
    from feedback.embed import load
    from feedback.tagging.vectors import asked_once

    if embedder is not None:
        return asked_once(embedder.encode)
    shipped = cache(load)
    return asked_once(lambda texts: shipped().encode(texts))


def _as_tags(
    rows: Sequence[Any], coder: str, said: pd.DataFrame, edits: pd.DataFrame | None, embed: Embed
) -> pd.DataFrame:
    """A coder's finds (row, theme_id, start, end, score, rule) as table `tags`, in original positions."""
    from feedback.tagging.said import how_said

    if not rows:
        return empty("tags")
    home = _Home(edits)
    texts = list(said["text"])
    how = how_said([(texts[row.row], row.start, row.end) for row in rows], embed)
    segments = list(said[["segment_id", "document_id", "start", "end"]].itertuples(index=False))
    tags = []
    for row, (assertion, valence) in zip(rows, how, strict=True):
        segment = segments[row.row]
        span = home.original(segment.document_id, Span(segment.start, segment.end), Span(row.start, row.end))
        tags.append(
            {
                "segment_id": segment.segment_id,
                "theme_id": row.theme_id,
                "document_id": segment.document_id,
                "start": span.start,
                "end": span.end,
                "score": row.score,
                "coder": coder,
                "rule": row.rule,
                "valence": valence,
                "assertion": _assertion(row, texts[row.row], assertion),
            }
        )
    return conform("tags", tags)


def _assertion(find: Any, text: str, said: str) -> str:
    """How the theme is asserted; a bare "no" denies what was asked."""
    from feedback.tagging.replies import is_denial

    return "negated" if getattr(find, "reply", False) and is_denial(text) else said


class _Home:
    """Finds the original position of a stretch of a segment's rendered text."""

    def __init__(self, edits: pd.DataFrame | None) -> None:
        self._edits: dict[str, list[Edit]] = {}
        if edits is not None:
            columns = ["document_id", "start", "end", "replacement", "kind", "label"]
            for document_id, *values in edits[columns].sort_values("start").itertuples(index=False):
                start, end, replacement, kind, label = values
                edit = Edit(start, end, replacement or "", kind, label or "")
                self._edits.setdefault(document_id, []).append(edit)

    def original(self, document_id: str, segment: Span, shown: Span) -> Span:
        edits = self._edits.get(document_id)
        if not edits:
            return Span(segment.start + shown.start, segment.start + shown.end)
        first = bisect_right(edits, segment.start, key=lambda edit: edit.end)
        last = bisect_left(edits, segment.end, key=lambda edit: edit.start)
        inside = [
            replace(edit, start=edit.start - segment.start, end=edit.end - segment.start)
            for edit in edits[first:last]
            if edit.start >= segment.start
        ]
        span = Alignment(inside).to_original(shown.start, shown.end)
        return Span(segment.start + span.start, segment.start + span.end)

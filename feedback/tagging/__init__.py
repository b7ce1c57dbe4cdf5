"""Themes in segments: rules and meaning are coders, and a tag is (theme, span, coder, score).

`tag` gives tables; `score` gives the figures behind meaning. Only participants' words are tagged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from feedback.codebook import Codebook
from feedback.tables import conform, empty

if TYPE_CHECKING:
    import pandas as pd

    from feedback.embed import Embedder
    from feedback.tagging.classifier import Classifier


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
    plays no part. How common themes are is learnt from all segments, and from a sample of them where there
    are more than `streaming.FIT_ON`.
    Errors: FeedbackError for a coder that there is none of, and for a phrase of the list that cannot be read.
    """
    import pandas as pd

    from feedback.tagging import streaming

    chosen = streaming.Choice(codebook, tuple(by), threshold, dict(thresholds or {}))
    said = segments[segments["role"] != "interviewer"]
    if not len(said) or not len(codebook):
        return empty("tags")
    if len(said) <= streaming.FIT_ON:
        return streaming.tag_shard(streaming.Fitted(chosen), segments, edits, embedder=embedder)
    fitted = streaming.fit(segments, chosen, embedder=embedder, most=streaming.FIT_ON)
    shards = streaming.shards(segments, rows=streaming.SHARD)
    parts = [streaming.tag_shard(fitted, shard, edits, embedder=embedder) for shard in shards]
    return conform("tags", pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True))


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
    from feedback.tagging.streaming import coder_named, embed_once

    ordered = segments.sort_values(["document_id", "start", "end"], kind="stable")
    texts, embed = list(ordered["text"]), embed_once(embedder)
    scores = np.zeros((len(texts), len(codebook)))
    if "meaning" in by and texts:
        places = places_of(segments, of=ordered)
        scores, _ = score_in_context(texts, codebook, embed, places)
    for coder in by:
        if not isinstance(coder, str):
            coder_named(coder, codebook, embedder)
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

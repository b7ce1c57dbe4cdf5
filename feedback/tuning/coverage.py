"""How much of what was said the theme list covers, and what it passes over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedback.codebook import Codebook

if TYPE_CHECKING:
    import pandas as pd

FEWEST_WORDS = 5  # below, a segment is hardly ever about anything ("Yes, I think so.")


@dataclass(frozen=True)
class Coverage:
    """Participants' segments of five words and more, and how many of them have a theme.

    `themes`: theme_id, label, people, segments, by_phrases (segments that a phrase found), alone (segments
    with no other theme). `documents`: document_id, segments, covered, share, the least covered first.
    `passed_over`: segment_id, case_id, words, text of those without a theme, the longest first.
    """

    segments: int
    covered: int
    themes: pd.DataFrame = field(repr=False)
    documents: pd.DataFrame = field(repr=False)
    passed_over: pd.DataFrame = field(repr=False)


def coverage(segments: pd.DataFrame, tags: pd.DataFrame, codebook: Codebook) -> Coverage:
    """What the coders' tags cover of participants' segments; those shorter than five words do not count."""
    said = segments[segments["role"] == "participant"]
    said = said.assign(words=said["text"].str.split().str.len())
    said = said[said["words"] >= FEWEST_WORDS]
    tags = tags[tags["segment_id"].isin(said["segment_id"])]
    has = said["segment_id"].isin(tags["segment_id"])
    by_document = has.groupby(said["document_id"].astype(str))
    documents = by_document.agg(segments="size", covered="sum").rename_axis("document_id").reset_index()
    documents["share"] = documents["covered"] / documents["segments"]
    passed = said[~has].sort_values(["words", "segment_id"], ascending=[False, True])
    return Coverage(
        len(said),
        int(has.sum()),
        _themes(said, tags, codebook),
        documents.sort_values(["share", "document_id"], ignore_index=True),
        passed[["segment_id", "case_id", "words", "text"]].reset_index(drop=True),
    )


def _themes(said: pd.DataFrame, tags: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    import pandas as pd

    pairs = tags[["segment_id", "theme_id", "coder"]].astype(str).drop_duplicates()
    pairs = pairs.merge(said[["segment_id", "case_id"]].astype(str), on="segment_id")
    several = pairs.groupby("segment_id")["theme_id"].transform("nunique") > 1
    rows = []
    for theme in codebook:
        own = pairs[pairs["theme_id"] == theme.id]
        rows.append(
            {
                "theme_id": theme.id,
                "label": theme.label,
                "people": own["case_id"].nunique(),
                "segments": own["segment_id"].nunique(),
                "by_phrases": own[own["coder"] == "rules"]["segment_id"].nunique(),
                "alone": own[~several.loc[own.index]]["segment_id"].nunique(),
            }
        )
    return pd.DataFrame(rows)

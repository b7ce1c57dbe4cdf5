"""What a sentence shows of a theme: how surely, whether with praise or complaint, and in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .naming import content_words, says_much
from .people import Heard
from .wording import approves, asks, reports

if TYPE_CHECKING:
    import pandas as pd

# Of the sentences in interviews that two people coded by hand (corpora/leavers/gold/tags.csv) 15 of 24 with a
# phrase or at least this meaning are on the theme, and 17 of 41 with less.
SURE, _RULES = 0.9, "rules"
_COMES_BACK = 2  # sentences


def tagged(tags: pd.DataFrame, who: Heard, themes: Sequence[str]) -> pd.DataFrame:
    """A row for each segment and theme of `themes` (all, if empty): segment_id, factor_id, score, and flags.

    Tags whose coder found a denial, a supposition or somebody else's reason are left out. score: the best;
    praise: all coders call it praise; complains: one calls it something else than praise or neutral; person:
    somebody tagged it by hand; sure: by hand, by a phrase or by nearly the same meaning.
    """
    counted = tags[~tags["assertion"].isin(["negated", "hypothetical", "other"]) & tags["theme_id"].notna()]
    if themes:
        counted = counted[counted["theme_id"].isin(themes)]
    # People give no score: what they tag is sure.
    counted = counted.assign(
        score=counted["score"].fillna(1.0),
        praise=counted["valence"] == "positive",
        complains=~counted["valence"].isin(["positive", "neutral"]),
        person=counted["score"].isna(),
    )
    counted = counted.assign(sure=(counted["coder"] == _RULES) | (counted["score"] >= SURE))
    best = counted.groupby(["segment_id", "theme_id"], as_index=False, observed=True).agg(
        {"score": "max", "praise": "all", "complains": "any", "person": "any", "sure": "any"}
    )
    rows = best.rename(columns={"theme_id": "factor_id"})
    return rows.merge(who.spoken[["segment_id", "case_id", "document_id"]], on="segment_id")


def saying(rows: pd.DataFrame, who: Heard) -> pd.DataFrame:
    """The rows whose words say something of their own against a theme, or that people tagged.

    "We could have said." and "The caseload was fine." are near to a theme and no reason, what others said is
    theirs ("he goes, it's the caseloads, isn't it"), and of one word only the nearest theme is meant.
    """
    words = {one: who.texts[one] for one in rows["segment_id"].unique()}
    own = {one: len(content_words(text)) for one, text in words.items() if not approves(text)}
    theirs = {one for one, text in words.items() if reports(text)}
    reported = rows["segment_id"].isin(theirs) & rows["document_id"].isin(who.interviews)
    nearest = rows["score"] == rows.groupby("segment_id", observed=True)["score"].transform("max")
    number = rows["segment_id"].map(own).fillna(0)
    says = (number > 0) & ~reported & (nearest | rows["sure"] | (number > 1))
    return rows[rows["person"] | says]


def with_returns(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with `returns`: whether somebody speaks of the theme in another sentence of a document too."""
    told = rows["segment_id"].where(~rows["praise"])
    times = told.groupby([rows["document_id"], rows["case_id"], rows["factor_id"]], observed=True)
    return rows.assign(returns=(times.transform("nunique") >= _COMES_BACK).astype(bool))


def shows(rows: pd.DataFrame, who: Heard) -> list[bool]:
    """Whether each row's words, taken out of what was said, show its theme as a complaint."""
    return [
        bool(sure and complains and says_much(text) and not asks(text) and not reports(text))
        for sure, complains, text in zip(
            rows["sure"], rows["complains"], rows["segment_id"].map(who.texts), strict=True
        )
    ]

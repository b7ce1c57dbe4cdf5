"""Reasons that the theme list covers: each of its themes is a factor, counted by people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedback.codebook import Codebook
from feedback.tagging.assertion import assertions

from .people import Heard
from .stated import dwelt_on, named

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("segment_id", "case_id", "factor_id", "score")


@dataclass(frozen=True)
class Matched:
    """`members`: segment_id, case_id, factor_id, score; leavers' reasons, and others who say the same.

    `story`: segments that touch on a theme while their answer names another. `returning`: how many leavers
    count for a theme only because they keep coming back to it.
    """

    members: pd.DataFrame = field(repr=False)
    labels: dict[str, str]
    story: frozenset[str] = frozenset()
    returning: int = 0


def match_themes(
    own: pd.DataFrame,
    who: Heard,
    *,
    tags: pd.DataFrame | None,
    codebook: Codebook | None,
    group: str,
) -> Matched:
    """The leavers' reasons (`own`) by theme, from their tags; only themes in `group`, if it has any.

    Which of the themes in an answer are the reason is for `named` and `dwelt_on` to say. A tag counts unless
    its coder found a denial, a supposition or other people's reason. Others' segments count as saying
    the same when they are their own experience, no praise, and a leaver's reason has the theme.
    """
    import pandas as pd

    if tags is None or not len(tags):
        return Matched(pd.DataFrame(columns=list(COLUMNS)), {})
    themes = [theme.id for theme in codebook if theme.group == group] if codebook else []
    rows = _tagged(tags, who, themes)
    left = rows["case_id"].isin(who.leavers)
    answers = own.merge(who.spoken.drop(columns=["case_id", "text"]), on="segment_id")
    touched = rows[rows["segment_id"].isin(own["segment_id"])]
    stated = named(touched, answers, who.interviews)
    # Without a group, themes may be anything: what somebody talks of most is then no reason for leaving.
    talk = rows[left & rows["document_id"].isin(who.interviews) & bool(themes)]
    dwelt = dwelt_on(_own_experience(talk, who))
    same = rows[rows["factor_id"].isin([*stated["factor_id"], *dwelt["factor_id"]]) & ~left & ~rows["praise"]]
    members = pd.concat([stated, dwelt, _own_experience(same, who)], ignore_index=True)
    members = members[list(COLUMNS)].drop_duplicates(["segment_id", "factor_id"], ignore_index=True)
    listed = {theme.id: theme.label for theme in codebook} if codebook else {}
    labels = {factor: listed.get(factor) or _readable(factor) for factor in sorted(set(members["factor_id"]))}
    answered = answers.set_index("segment_id")[["document_id", "turn"]].agg(tuple, axis=1)
    complete = set(answered[answered.index.isin(stated["segment_id"])])
    story = frozenset(one for one in touched["segment_id"] if answered[one] in complete)
    return Matched(members, labels, story, len({case_id for case_id, _ in _pairs(dwelt) - _pairs(stated)}))


def _tagged(tags: pd.DataFrame, who: Heard, themes: list[str]) -> pd.DataFrame:
    """A row for each segment and theme of `themes` (all, if empty): its best score, whether it is praise."""
    counted = tags[~tags["assertion"].isin(["negated", "hypothetical", "other"]) & tags["theme_id"].notna()]
    if themes:
        counted = counted[counted["theme_id"].isin(themes)]
    # People give no score: what they tag is sure.
    counted = counted.assign(score=counted["score"].fillna(1.0), praise=counted["valence"] == "positive")
    best = counted.groupby(["segment_id", "theme_id"], as_index=False, observed=True).agg(
        {"score": "max", "praise": "all"}
    )
    rows = best.rename(columns={"theme_id": "factor_id"})
    return rows.merge(who.spoken[["segment_id", "case_id", "document_id"]], on="segment_id")


def _pairs(rows: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(rows["case_id"], rows["factor_id"], strict=True))


def _own_experience(rows: pd.DataFrame, who: Heard) -> pd.DataFrame:
    texts = who.texts
    labels = assertions([texts[segment_id] for segment_id in rows["segment_id"]])
    return rows.loc[[label == "own" for label in labels]]


def _readable(theme_id: str) -> str:
    name = theme_id.rsplit("/", 1)[-1].replace("_", " ").replace("-", " ")
    return name[:1].upper() + name[1:]

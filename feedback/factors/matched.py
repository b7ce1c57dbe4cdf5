"""Reasons that the theme list covers: each of its themes is a factor, counted by people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedback.codebook import Codebook
from feedback.tagging.assertion import assertions

from .people import Heard

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("segment_id", "case_id", "factor_id", "score")


@dataclass(frozen=True)
class Matched:
    """`members`: segment_id, case_id, factor_id, score; leavers' reasons, and others who say the same."""

    members: pd.DataFrame = field(repr=False)
    labels: dict[str, str]


def match_themes(
    own: pd.DataFrame,
    who: Heard,
    *,
    tags: pd.DataFrame | None,
    codebook: Codebook | None,
    group: str,
) -> Matched:
    """The leavers' reasons (`own`) by theme, from their tags; only themes in `group`, if it has any.

    A tag counts unless its coder found praise, a denial, a supposition or other people's reason. Others'
    segments count as saying the same when they are their own experience and a leaver's reason has the theme.
    """
    import pandas as pd

    if tags is None or not len(tags):
        return Matched(pd.DataFrame(columns=list(COLUMNS)), {})
    themes = [theme for theme in codebook if theme.group == group] if codebook else []
    counted = tags[
        ~tags["assertion"].isin(["negated", "hypothetical", "other"]) & (tags["valence"] != "positive")
    ]
    if themes:
        counted = counted[counted["theme_id"].isin([theme.id for theme in themes])]
    case = dict(zip(who.spoken["segment_id"], who.spoken["case_id"], strict=True))
    counted = counted[counted["segment_id"].isin(case)]
    best = counted.groupby(["segment_id", "theme_id"], as_index=False, observed=True)["score"].max()
    rows = best.rename(columns={"theme_id": "factor_id"})
    rows = rows.assign(case_id=rows["segment_id"].map(case))[list(COLUMNS)]
    reasons = rows[rows["segment_id"].isin(own["segment_id"])]
    same = rows[rows["factor_id"].isin(reasons["factor_id"]) & ~rows["case_id"].isin(who.leavers)]
    members = pd.concat([reasons, _own_experience(same, who)], ignore_index=True)
    listed = {theme.id: theme.label for theme in codebook} if codebook else {}
    labels = {factor: listed.get(factor) or _readable(factor) for factor in sorted(set(members["factor_id"]))}
    return Matched(members, labels)


def _own_experience(rows: pd.DataFrame, who: Heard) -> pd.DataFrame:
    texts = who.texts
    labels = assertions([texts[segment_id] for segment_id in rows["segment_id"]])
    return rows.loc[[label == "own" for label in labels]]


def _readable(theme_id: str) -> str:
    name = theme_id.rsplit("/", 1)[-1].replace("_", " ").replace("-", " ")
    return name[:1].upper() + name[1:]

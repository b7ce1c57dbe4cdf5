"""Reasons that the theme list covers: each of its themes is a factor, counted by people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from feedback.codebook import Codebook
from feedback.tagging.assertion import assertions

from .evidence import SURE, saying, shows, tagged, with_returns
from .people import Heard
from .stated import dwelt_on, named

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("segment_id", "case_id", "factor_id", "score")
FLAGS = ("praise", "shows")


@dataclass(frozen=True)
class Matched:
    """`members`: segment_id, case_id, factor_id, score; leavers' reasons, and others who say the same.

    `story`: segments that touch on a theme while their answer names another. `returning`: how many leavers
    count for a theme only because they keep coming back to it. `named`: leavers whose words surely show one.
    """

    members: pd.DataFrame = field(repr=False)
    labels: dict[str, str]
    story: frozenset[str] = frozenset()
    returning: int = 0
    named: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Touched:
    """What some of the people say about themes: rows segment_id, case_id, factor_id, score (and more).

    `stated`: leavers' stated reasons. `talk`: their own experience in interviews, with FLAGS: whether it is
    praise, and whether its words alone show the theme. `same`: what others say without praise. `story`:
    leavers' reasons that touch on a theme while their answer names one.
    `asked`: who was asked why they left; nobody else evades the question and dwells on a reason.
    """

    stated: pd.DataFrame = field(repr=False)
    talk: pd.DataFrame = field(repr=False)
    same: pd.DataFrame = field(repr=False)
    story: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()

    @property
    def dwelt(self) -> pd.DataFrame:
        """The rows of `talk` whose theme somebody who was asked why they left keeps coming back to.

        "So." and "I'm in my second year now." are part of what is said of it, and show nothing of it.
        """
        rows = dwelt_on(self.talk[self.talk["case_id"].isin(self.asked)])
        return rows[rows["shows"]]


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
    told = touched(own, who, tags=tags, themes=themes_in(codebook, group))
    same = told.same[told.same["factor_id"].isin(factors_of(told))]
    return matched(replace(told, same=own_experience(same, who.texts)), codebook)


def themes_in(codebook: Codebook | None, group: str) -> list[str]:
    """The ids of the themes in a group; none where the list has no such group."""
    return [theme.id for theme in codebook if theme.group == group] if codebook else []


def touched(own: pd.DataFrame, who: Heard, *, tags: pd.DataFrame | None, themes: Sequence[str]) -> Touched:
    """What the people of `who` say about `themes` (all, if none are named): whole answers, nothing else."""
    import pandas as pd

    if tags is None or not len(tags):
        nothing = pd.DataFrame(columns=[*COLUMNS, *FLAGS]).astype(dict.fromkeys(FLAGS, bool))
        return Touched(nothing, nothing, nothing)
    rows = with_returns(tagged(tags, who, themes))
    left = rows["case_id"].isin(who.leavers)
    answers = own.merge(who.spoken.drop(columns=["case_id", "text"]), on="segment_id")
    reasons = saying(rows[rows["segment_id"].isin(own["segment_id"])], who)
    stated = named(reasons, answers, who.interviews)
    # Without a group, themes may be anything: what somebody talks of most is then no reason for leaving.
    talk = rows[left & rows["document_id"].isin(who.interviews) & bool(themes)]
    talk = talk.assign(shows=shows(talk, who)).astype(dict.fromkeys(FLAGS, bool))
    same = rows[~left & ~rows["praise"]]
    answered = answers.set_index("segment_id")[["document_id", "turn"]].agg(tuple, axis=1)
    complete = set(answered[answered.index.isin(stated["segment_id"])])
    story = frozenset(one for one in reasons["segment_id"] if answered[one] in complete)
    return Touched(stated, own_experience(talk, who.texts), same, story, who.asked)


def factors_of(told: Touched) -> list[str]:
    """The themes that leavers state as a reason or dwell on, sorted."""
    return sorted({*told.stated["factor_id"], *told.dwelt["factor_id"]})


def matched(told: Touched, codebook: Codebook | None) -> Matched:
    """The factors that come of it. told: of all people; `same` are those who say the same as leavers."""
    import pandas as pd

    dwelt, stated = told.dwelt, told.stated
    parts = [part[list(COLUMNS)] for part in (stated, dwelt, told.same) if len(part)]
    members = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))
    members = members.drop_duplicates(["segment_id", "factor_id"], ignore_index=True)
    listed = {theme.id: theme.label for theme in codebook} if codebook else {}
    labels = {factor: listed.get(factor) or _readable(factor) for factor in sorted(set(members["factor_id"]))}
    returning = len({case_id for case_id, _ in _pairs(dwelt) - _pairs(stated)})
    shown = {*stated.loc[stated["score"] >= SURE, "case_id"], *dwelt["case_id"]}
    return Matched(members, labels, told.story, returning, frozenset(shown))


def _pairs(rows: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(rows["case_id"], rows["factor_id"], strict=True))


def own_experience(rows: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """The rows (segment_id, ...) whose words, given by segment_id, tell of the speaker's own experience."""
    labels = assertions([texts[segment_id] for segment_id in rows["segment_id"]])
    return rows.loc[[label == "own" for label in labels]]


def _readable(theme_id: str) -> str:
    name = theme_id.rsplit("/", 1)[-1].replace("_", " ").replace("-", " ")
    return name[:1].upper() + name[1:]

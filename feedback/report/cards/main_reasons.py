"""Which of somebody's reasons is the main one: as they say when asked, else what they say most about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from feedback.factors.questions import main_answers, study_of
from feedback.report.heard import People
from feedback.report.voices import Evidence, Reason

if TYPE_CHECKING:
    import pandas as pd


def own_main(
    segments: pd.DataFrame, given: pd.DataFrame, *, asking: Sequence[str] = ()
) -> dict[str, str | None]:
    """The push factor that is the main reason, by person, of those who answer a question for it or say so.

    given: the reasons, with segment_id, factor_id (missing: none) and person; asking: questions that ask for
    the main reason besides those that say so. The first words with a push factor count; of several in them
    the one that this person says most about. None: the main reason is no push factor, or not one alone.
    """
    beside, among = _beside(segments, given), frozenset(given["segment_id"])
    answers = main_answers(_telling(beside, among), among=among, main=asking, study=study_of(segments))
    told = given[given["segment_id"].isin(answers)].merge(
        segments[["segment_id", "document_id", "start"]], on="segment_id"
    )
    told = told.sort_values(["document_id", "start", "segment_id", "factor_id"], kind="stable")
    sentences = given.dropna().groupby(["person", "factor_id"], observed=True)["segment_id"].nunique()
    found: dict[str, str | None] = {}
    for person, rows in told.groupby("person", sort=True):
        named = rows.dropna(subset=["factor_id"])
        first = named[named["segment_id"] == named["segment_id"].iloc[0]] if len(named) else named
        counts = {str(one): int(sentences[person, one]) for one in first["factor_id"]}
        found[str(person)] = _most(counts)
    return found


def _beside(segments: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """The segments that may say what the given ones answer: of the same people, and all of conversations."""
    own = segments["segment_id"].isin(given["segment_id"])
    talks = segments.loc[segments["role"] == "interviewer", "document_id"].unique()
    cases = segments.loc[own, "case_id"].dropna().unique()
    alone = segments.loc[own & segments["case_id"].isna(), "document_id"].unique()
    kept = segments["document_id"].isin([*talks, *alone]) | segments["case_id"].isin(cases)
    return segments[kept]


def _telling(segments: pd.DataFrame, among: Collection[str]) -> pd.DataFrame:
    """Those `among` the segments, and what it takes to know which question stood over each of them.

    Where the same person goes on in the same turn, under the same question, the next words change nothing.
    """
    import numpy as np
    import pandas as pd

    ordered = segments.sort_values(["document_id", "turn", "start", "segment_id"], kind="stable")
    changes = (ordered["role"] == "interviewer").to_numpy() | ordered["segment_id"].isin(among).to_numpy()
    for name in ("document_id", "turn", "case_id", "role", "question"):
        changes |= np.diff(pd.factorize(ordered[name])[0], prepend=-2) != 0
    return ordered[changes]


def said_most(reasons: Sequence[Reason], evidence: Evidence) -> dict[str, People]:
    """Who says more about a push factor than about any other, by factor; a tie is nobody's main reason."""
    words, members = evidence.heard.words, evidence.members.groupby("factor_id", observed=True)["segment_id"]
    said = {str(factor): frozenset(segments) for factor, segments in members}
    own_of = {one.id: said.get(one.id, frozenset()) for one in reasons}
    words = words[words["segment_id"].isin(frozenset[str]().union(*own_of.values()))]
    person_of = dict(zip(words["segment_id"], words["person"], strict=True))
    counts: dict[str, dict[str, int]] = {}
    for reason in reasons:
        for segment in own_of[reason.id]:
            if person := person_of.get(segment):
                own = counts.setdefault(str(person), {})
                own[reason.id] = own.get(reason.id, 0) + 1
    found: dict[str, set[str]] = {}
    for person, own in counts.items():
        if (most := _most(own)) is not None:
            found.setdefault(most, set()).add(person)
    return {factor: frozenset(people) for factor, people in found.items()}


def _most(counts: dict[str, int]) -> str | None:
    """What is counted most; None where there is nothing, or several."""
    most = [one for one, n in counts.items() if n == max(counts.values())]
    return most[0] if len(most) == 1 else None

"""Which of the themes that a leaver touches on are the reason: what an answer opens with, what is dwelt on.

Somebody who is asked why they left names the reason and then tells a story, and the story touches on other
themes ("Blame. There was a review, and the first question was who had recorded what"). In an interview the
question is often evaded, but people come back to what made them go.
The limits were chosen on half of the people in corpora/leavers/gold/reasons.csv and held on the other half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    _Named = tuple[str, str, float, bool]  # segment_id, theme, score, whether it sounds like praise

_NAMED = 0.65  # the score from which on a sentence names a theme as the reason
_STORY = 0.85  # the same in the sentences after one that named a theme
_OFTEN, _SHARE = 4, 0.25  # sentences; and their share of all that somebody says of any theme


def named(tagged: pd.DataFrame, own: pd.DataFrame, interviews: frozenset[str]) -> pd.DataFrame:
    """The rows of `tagged` (segment_id, factor_id, score, praise, ...) that name a leaver's reason.

    own: the reasons with document_id, turn, start and kind. The first sentence of a written answer names the
    reason; the others add one only when they are very sure, or where the first has none. In an interview
    each sentence stands for itself. What sounds like praise ("Values.") counts where the main reason was
    asked for and nothing else is named.
    """
    themes: dict[str, list[_Named]] = {}
    for row in tagged[["segment_id", "factor_id", "score", "praise"]].itertuples(index=False):
        themes.setdefault(row.segment_id, []).append(tuple(row))
    kept: set[tuple[str, str]] = set()
    ordered = own.sort_values(["document_id", "start", "segment_id"], kind="stable")
    for (document_id, _), answer in ordered.groupby(["document_id", "turn"], sort=False, observed=True):
        said = [themes.get(segment_id, []) for segment_id in answer["segment_id"]]
        if document_id in interviews:
            kept |= {pair for one in said for pair in _sure(one, _NAMED)}
        else:
            kept |= _written(said, main=answer["kind"].iloc[0] == "main")
    pairs = zip(tagged["segment_id"], tagged["factor_id"], strict=True)
    return tagged.loc[[pair in kept for pair in pairs]]


def _written(said: list[list[_Named]], *, main: bool) -> set[tuple[str, str]]:
    """What a written answer names, given the themes of each of its sentences."""
    first = _sure(said[0], _NAMED)
    rest = {pair for one in said[1:] for pair in _sure(one, _STORY if first else 0.0)}
    if main and not first | rest:
        return _sure(said[0], _NAMED, praise=True)
    return first | rest


def _sure(themes: list[_Named], least: float, *, praise: bool = False) -> set[tuple[str, str]]:
    return {
        (segment, theme) for segment, theme, score, praises in themes if score >= least and praises <= praise
    }


def dwelt_on(tagged: pd.DataFrame) -> pd.DataFrame:
    """The rows of `tagged` (leavers' sentences in interviews) whose theme somebody keeps coming back to.

    At least 4 sentences, and a quarter of all that this person says of any theme; praise is left out.
    """
    told = tagged[~tagged["praise"]]
    of_theme = told.groupby(["case_id", "factor_id"], observed=True)["segment_id"].transform("nunique")
    of_all = told.groupby("case_id", observed=True)["segment_id"].transform("size")
    return told[(of_theme >= _OFTEN) & (of_theme >= _SHARE * of_all)]

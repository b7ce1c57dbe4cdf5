"""Which of the themes that a leaver touches on are the reason: what an answer opens with, what is dwelt on.

Somebody who is asked why they left names the reason and then tells a story, and the story touches on other
themes ("Blame. There was a review, and the first question was who had recorded what"). In an interview the
question is often evaded, but people come back to what made them go.
The limits of scores were chosen on half of the people in corpora/leavers/gold/reasons.csv and held on the
other half; which sentences of a story count was chosen on all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .reasons import SAYS_SO

if TYPE_CHECKING:
    import pandas as pd

    # segment_id, theme, score, whether it is praise, a complaint, and comes back elsewhere
    _Named = tuple[str, str, float, bool, bool, bool]

_NAMED = 0.65  # the score from which on a sentence names a theme as the reason
_STORY = 0.85  # the same in the sentences after one that named a theme
_OFTEN, _SHARE = 4, 0.25  # sentences; and their share of all that somebody says of any theme


def named(tagged: pd.DataFrame, own: pd.DataFrame, interviews: frozenset[str]) -> pd.DataFrame:
    """The rows of `tagged` (segment_id, factor_id, score, praise, complains, returns, ...) of a reason.

    own: the reasons with document_id, turn, start, kind and why. The first sentence of an answer names the
    reason; the others are its story (Labov and Waletzky 1967: what is no evaluation tells where it happens).
    They add one only with a complaint: in writing when they are very sure, or the first has none; in an
    interview when they say that it is why they left, or speak of what comes back elsewhere in it. What sounds
    like praise ("Values.") counts where the main reason was asked for in writing and nothing else is named.
    """
    themes: dict[str, list[_Named]] = {}
    rows = tagged[["segment_id", "factor_id", "score", "praise", "complains", "returns"]]
    for row in rows.itertuples(index=False):
        themes.setdefault(row.segment_id, []).append(tuple(row))
    kept: set[tuple[str, str]] = set()
    ordered = own.sort_values(["document_id", "start", "segment_id"], kind="stable")
    for (document_id, _), answer in ordered.groupby(["document_id", "turn"], sort=False, observed=True):
        said = [themes.get(segment_id, []) for segment_id in answer["segment_id"]]
        if document_id in interviews:
            kept |= _told(said, [why == SAYS_SO for why in answer["why"]])
        else:
            kept |= _written(said, main=answer["kind"].iloc[0] == "main")
    pairs = zip(tagged["segment_id"], tagged["factor_id"], strict=True)
    return tagged.loc[[pair in kept for pair in pairs]]


def _told(said: list[list[_Named]], says_so: list[bool]) -> set[tuple[str, str]]:
    """What an answer in an interview names, given each sentence's themes and whether it says it is why."""
    named = (at == 0 or so for at, so in enumerate(says_so))
    return {
        pair
        for one, whole in zip(said, named, strict=True)
        for pair in _sure([theme for theme in one if whole or (theme[4] and theme[5])], _NAMED)
    }


def _written(said: list[list[_Named]], *, main: bool) -> set[tuple[str, str]]:
    """What a written answer names, given the themes of each of its sentences."""
    first = _sure(said[0], _NAMED)
    story = [theme for one in said[1:] for theme in one if theme[4]]
    rest = _sure(story, _STORY if first else 0.0)
    if main and not first | rest:
        return _sure(said[0], _NAMED, praise=True)
    return first | rest


def _sure(themes: list[_Named], least: float, *, praise: bool = False) -> set[tuple[str, str]]:
    return {
        (segment, theme)
        for segment, theme, score, praises, *_ in themes
        if score >= least and praises <= praise
    }


def dwelt_on(tagged: pd.DataFrame) -> pd.DataFrame:
    """The rows of `tagged` (leavers' sentences in interviews) whose theme somebody keeps coming back to.

    At least 4 sentences, and a quarter of all that this person says of any theme; praise is left out.
    """
    told = tagged[~tagged["praise"]]
    of_theme = told.groupby(["case_id", "factor_id"], observed=True)["segment_id"].transform("nunique")
    of_all = told.groupby("case_id", observed=True)["segment_id"].transform("size")
    return told[(of_theme >= _OFTEN) & (of_theme >= _SHARE * of_all)]

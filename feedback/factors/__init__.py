"""Push factors: why leavers left, grouped, counted by people.

result = find_factors(segments, tags=tags, cases=cases, codebook=codebook)
result.factors, result.members, result.stability, result.notes
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook

from .carried import nearest_by
from .counted import FactorResult, Found, Marks, own_reasons, result_of, uncovered
from .kept import Decision
from .leftover import group_left_over
from .matched import match_themes
from .people import heard
from .pointing import pointing_back, with_pointing
from .questions import is_non_answer
from .reasons import find_reasons, leavers_of

__all__ = ["FactorResult", "find_factors", "find_reasons", "is_non_answer", "leavers_of"]

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Embed = Callable[[Sequence[str]], np.ndarray[Any, Any]]


def find_factors(  # noqa: PLR0913
    segments: pd.DataFrame,
    *,
    tags: pd.DataFrame | None = None,
    cases: pd.DataFrame | None = None,
    codebook: Codebook | None = None,
    embed: Embed | None = None,
    group: str = "Push factors",
    leaver: str = "leaver",
    smallest: int = 3,
    seed: int = 0,
    groups: int = 0,
    kept: Sequence[Decision] = (),
    main: Sequence[str] = (),
) -> FactorResult:
    """Why leavers left: themes of the list first, then groups among what is left over.

    segments, tags, cases: the tables of those names; codebook: the theme list. Reasons (see `find_reasons`)
    with a tag of a theme in `group` (all themes, if none has that group) count towards that theme;
    what no theme covers is grouped by meaning, `embed` giving the vectors (default: the model that ships). A
    group needs `smallest` people and must be found again in resamples, or it is not shown. One person
    counts once in each factor; `share` is of leavers heard, and empty when they are fewer than 20. Stayers'
    segments that say the same are members too, and never counted. groups: how many to look for; 0: as many as
    fit best. kept: what people decided about factors (`factors.kept`), carried over to what is found.
    main: questions that ask for the main reason for leaving, beside those that say so (`factors.questions`).

    Without `cases` every participant counts as a leaver. The same segments give the same result in any
    order. Raises FeedbackError when `cases` not recorded who left, or for nobody.
    """
    who = heard(segments, cases, leaver=leaver, main=main)
    reasons = find_reasons(segments, cases, leaver=leaver, main=main)
    own = own_reasons(reasons)
    matched = match_themes(own, who, tags=tags, codebook=codebook, group=group)
    pointing = pointing_back(own, who)
    rest = uncovered(own, matched)
    rest = rest[~rest["segment_id"].isin(set(pointing))]
    left_over = group_left_over(
        rest, who, embed=embed, codebook=codebook, smallest=smallest, number=groups, seed=seed
    )
    left_over = replace(left_over, members=with_pointing(left_over.members, matched.members, pointing))
    texts = who.texts
    return result_of(
        Found(reasons, matched, rest, left_over),
        who,
        codebook=codebook,
        kept=kept,
        nearest=nearest_by(embed, texts),
        marking=Marks(lambda ids: texts, texts),
    )

"""Reasons that no theme covers: grouped by meaning, and shown only where the groups hold."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook

from .background import IN_A_JOB, Measure, measure
from .chance import more_than_chance
from .grouping import Groups, find_groups
from .joining import Fitted, claims_of, fit, join_others
from .naming import content_words, frequent_first, label, nearest_theme, says_much
from .people import Heard
from .small import centres
from .stability import STABLE
from .usual import usual

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Vectors = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Vectors]

_COLUMNS = ["segment_id", "case_id", "factor_id", "score"]
_STABILITY = ["factor_id", "label", "n_cases", "stability", "shown"]
_CHAT, _CHAT_WORDS = 150, 3  # texts, and words in each
_MIXED = "In different words"
_TICKED, _SAME_WORDS, _OPTION_WORDS = 3, 0.8, 6
_FIGURES = 5  # so many make a number that may be somebody's, and no option
_CLOSE = 2.0  # times chance: from here on a group's name says which theme it is close to


@dataclass(frozen=True)
class LeftOver:
    """`members`: segment_id, case_id, factor_id, score; `stability`: every group; others by factor_id.

    `fitted`: the groups, so that more can be put into them; None where there are none.
    """

    members: pd.DataFrame = field(repr=False)
    stability: pd.DataFrame = field(repr=False)
    labels: dict[str, str]
    words: dict[str, tuple[str, ...]]
    fitted: Fitted | None = field(default=None, repr=False)


def group_left_over(
    rest: pd.DataFrame,
    who: Heard,
    *,
    embed: Embed | None = None,
    codebook: Codebook | None = None,
    smallest: int = 3,
    number: int = 0,
    seed: int = 0,
) -> LeftOver:
    """Groups among the reasons `rest` (segment_id, case_id): "left-over-1" is what most people said.

    A sentence that gives several reasons is cut into them and may be in several groups. Usual reasons come
    first, then what the rest has in common (`find_groups`). A text that is like no other stays alone, a group
    needs `smallest` people, and one that resampling does not find again is not shown. Where the texts are no
    more alike than chance, there are no groups. number: how many to look for; 0: the data say.
    """
    import pandas as pd
    from threadpoolctl import threadpool_limits

    spoken = who.spoken[who.spoken["segment_id"].isin(rest["segment_id"])].reset_index(drop=True)
    if spoken["case_id"].nunique() < smallest:
        return _nothing()
    embed = embed or _shipped()
    chat = _chat(rest, who, seed)
    scale = measure(embed, chat, setting=IN_A_JOB)
    told = claims_of(spoken, embed, scale)
    # One thread: sums come out the same everywhere, and small matrices are quicker so.
    with threadpool_limits(1):
        # Without the setting, which would make words that are dealt out anew alike as well.
        if not more_than_chance(told.texts, embed, measure(embed, chat), seed=seed):
            return _nothing()
        groups = find_groups(told, usual(embed, scale), scale, smallest=smallest, number=number, seed=seed)
    near = _near_themes(groups, codebook, embed, scale)
    shown = [group for group in sorted(groups.held) if groups.held[group] >= STABLE]
    ids = {group: f"left-over-{at}" for at, group in enumerate(shown, start=1)}
    names = {group: _name(groups, group, near.get(group)) for group in groups.held}
    table = [
        (ids.get(group), names[group], groups.n_people(group), held, group in ids)
        for group, held in sorted(groups.held.items())
    ]
    fitted, rows = fit(groups, ids, scale)
    rows += join_others(fitted, who.others(), embed)
    return LeftOver(
        members=pd.DataFrame(rows, columns=_COLUMNS),
        stability=pd.DataFrame(table, columns=_STABILITY),
        labels={ids[group]: names[group] for group in shown},
        words={
            ids[group]: frequent_first(groups.words[group], groups.texts_of(group), most=6) for group in shown
        },
        fitted=fitted,
    )


def _chat(rest: pd.DataFrame, who: Heard, seed: int) -> list[str]:
    """Some of what was said that is no reason for leaving; none where there is little of it."""
    said = who.spoken[~who.spoken["segment_id"].isin(rest["segment_id"])]["text"]
    texts = sorted({text for text in said if says_much(text) >= _CHAT_WORDS})
    return random.Random(seed).sample(texts, _CHAT) if len(texts) >= _CHAT else []


def _nothing() -> LeftOver:
    import pandas as pd

    return LeftOver(pd.DataFrame(columns=_COLUMNS), pd.DataFrame(columns=_STABILITY), {}, {})


def _name(groups: Groups, group: int, near: str | None) -> str:
    texts, reason = groups.texts_of(group), groups.reasons.get(group)
    if option := _option(texts):
        return label((), near=near, reason=option)
    words = frequent_first(groups.words[group], texts)
    said = [set(content_words(text)) for text in texts]
    shared = tuple(word for word in words if sum(word in one for one in said) > 1)
    if reason or shared:
        return label(shared if reason else words, near=near, reason=reason)
    # Words that one person each said are no name: "Ashamed, attractive, cos".
    return label(words[:1], near=near, reason=_MIXED)


def _option(texts: Sequence[str]) -> str:
    """What nearly all of a group say in the same few words, as where an option was ticked; or nothing."""
    said, n = Counter(text.strip(" .") for text in texts).most_common(1)[0]
    short = len(said.split()) <= _OPTION_WORDS and sum(map(str.isdigit, said)) < _FIGURES
    ticked = n >= _TICKED and n >= _SAME_WORDS * len(texts) and short
    return said if ticked else ""


def _near_themes(
    groups: Groups, codebook: Codebook | None, embed: Embed, scale: Measure
) -> dict[int, str | None]:
    if not codebook or not groups.held:
        return {}
    told = [" ".join([theme.label, theme.means, *theme.examples]) for theme in codebook]
    rows = scale.of(told, embed)
    themes = {theme.label: row for theme, row in zip(codebook, rows, strict=True)}
    middles = centres(groups.claims.vectors, groups.labels)
    return {group: nearest_theme(middles[group], themes, least=_CLOSE * scale.alike) for group in groups.held}


def _shipped() -> Embed:
    from feedback.embed import load

    return load("minilm").encode

"""Reasons that no theme covers: grouped by meaning, and shown only where the groups hold."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.tagging.assertion import assertions

from .background import Measure, measure
from .chance import more_than_chance
from .claims import claims
from .grouping import Claims, Groups, find_groups
from .naming import content_words, frequent_first, label, nearest_theme, says_much
from .people import Heard
from .questions import is_non_answer
from .small import centres
from .stability import STABLE
from .usual import usual
from .wording import bare

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Vectors = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Vectors]

_COLUMNS = ["segment_id", "case_id", "factor_id", "score"]
_STABILITY = ["factor_id", "label", "n_cases", "stability", "shown"]
_OTHERS = 1.8  # times chance: from here on others say the same
_CHAT, _CHAT_WORDS = 150, 3  # texts, and words in each
_CLOSE = 2.0  # times chance: from here on a group's name says which theme it is close to


@dataclass(frozen=True)
class LeftOver:
    """`members`: segment_id, case_id, factor_id, score; `stability`: every group; others by factor_id."""

    members: pd.DataFrame = field(repr=False)
    stability: pd.DataFrame = field(repr=False)
    labels: dict[str, str]
    words: dict[str, tuple[str, ...]]


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
    scale = measure(embed, _chat(rest, who, seed))
    told = _claims(spoken, embed, scale)
    # One thread: sums come out the same everywhere, and small matrices are quicker so.
    with threadpool_limits(1):
        if not more_than_chance(told.texts, embed, scale, seed=seed):
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
    return LeftOver(
        members=_members(groups, ids, who, embed, scale),
        stability=pd.DataFrame(table, columns=_STABILITY),
        labels={ids[group]: names[group] for group in shown},
        words={
            ids[group]: frequent_first(groups.words[group], groups.texts_of(group), most=6) for group in shown
        },
    )


def _chat(rest: pd.DataFrame, who: Heard, seed: int) -> list[str]:
    """Some of what was said that is no reason for leaving; none where there is little of it."""
    said = who.spoken[~who.spoken["segment_id"].isin(rest["segment_id"])]["text"]
    texts = sorted({text for text in said if says_much(text) >= _CHAT_WORDS})
    return random.Random(seed).sample(texts, _CHAT) if len(texts) >= _CHAT else []


def _nothing() -> LeftOver:
    import pandas as pd

    return LeftOver(pd.DataFrame(columns=_COLUMNS), pd.DataFrame(columns=_STABILITY), {}, {})


def _claims(spoken: pd.DataFrame, embed: Embed, scale: Measure) -> Claims:
    """What each segment claims, in an order that the words decide; every text is embedded once."""
    rows = sorted(
        (text, segment_id, case_id)
        for segment_id, case_id, said in zip(
            spoken["segment_id"], spoken["case_id"], spoken["text"], strict=True
        )
        for text in claims(said)
        if content_words(text)
    )
    texts = [row[0] for row in rows]
    return Claims(texts, [row[1] for row in rows], [row[2] for row in rows], _vectors(texts, embed, scale))


def _name(groups: Groups, group: int, near: str | None) -> str:
    texts, reason = groups.texts_of(group), groups.reasons.get(group)
    words = frequent_first(groups.words[group], texts)
    if reason:
        said = [set(content_words(text)) for text in texts]
        words = tuple(word for word in words if sum(word in one for one in said) > 1)
    return label(words, near=near, reason=reason)


def _near_themes(
    groups: Groups, codebook: Codebook | None, embed: Embed, scale: Measure
) -> dict[int, str | None]:
    if not codebook or not groups.held:
        return {}
    import numpy as np

    told = [" ".join([theme.label, theme.means, *theme.examples]) for theme in codebook]
    rows = scale.centred(np.asarray(embed(told), dtype=np.float64), told)
    themes = {theme.label: row for theme, row in zip(codebook, rows, strict=True)}
    middles = centres(groups.claims.vectors, groups.labels)
    return {group: nearest_theme(middles[group], themes, least=_CLOSE * scale.alike) for group in groups.held}


def _members(groups: Groups, ids: dict[int, str], who: Heard, embed: Embed, scale: Measure) -> pd.DataFrame:
    """The leavers' texts in the groups that are shown, and others' texts that say the same."""
    import pandas as pd

    middles = centres(groups.claims.vectors, groups.labels)
    rows = _own(groups, ids, middles)
    others = _telling(who.others()) if ids else who.others().head(0)
    if len(others):
        near = _vectors([bare(text) for text in others["text"]], embed, scale) @ middles.T
        least = {group: _as_near(rows, ids[group], scale) for group in ids}
        for segment_id, case_id, scores in zip(others["segment_id"], others["case_id"], near, strict=True):
            best = int(scores.argmax())
            if best in ids and scores[best] >= least[best]:
                rows.append((segment_id, case_id, ids[best], float(scores[best])))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _own(groups: Groups, ids: dict[int, str], middles: Vectors) -> list[tuple[str, str, str, float]]:
    """Each leaver's segment once for each factor, with the nearness of the claim that is nearest."""
    best: dict[tuple[str, str, str], float] = {}
    told = groups.claims
    for segment_id, case_id, group, vector in zip(
        told.segments, told.people, groups.labels.tolist(), told.vectors, strict=True
    ):
        if group in ids:
            key = (segment_id, case_id, ids[group])
            best[key] = max(best.get(key, -1.0), float(vector @ middles[group]))
    return [(*key, score) for key, score in best.items()]


def _as_near(rows: list[tuple[str, str, str, float]], factor: str, scale: Measure) -> float:
    """How near others' words must be: they were not asked why they left, so nearly as near as leavers'.

    Four fifths, since a leaver's own words are part of the centre that they are compared with.
    """
    import numpy as np

    scores = [score for _, _, found, score in rows if found == factor]
    return max(_OTHERS * scale.alike, 0.8 * float(np.quantile(scores, 0.25)))


def _telling(others: pd.DataFrame) -> pd.DataFrame:
    told = others.loc[[says_much(text) > 0 and not is_non_answer(text) for text in others["text"]]]
    return told.loc[[said == "own" for said in assertions(told["text"].tolist())]]


def _vectors(texts: list[str], embed: Embed, scale: Measure) -> Vectors:
    """A centred row for each text; every text is embedded once, in an order that only the texts decide."""
    import numpy as np

    different = sorted(set(texts))
    at = {text: row for row, text in enumerate(different)}
    rows = scale.centred(np.asarray(embed(different), dtype=np.float64), different)
    return rows[[at[text] for text in texts]]


def _shipped() -> Embed:
    from feedback.embed import load

    return load("minilm").encode

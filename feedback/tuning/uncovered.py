"""Themes that a list could have: groups among what no theme covers."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.factors.background import measure
from feedback.factors.naming import frequent_first, label, nearest_theme, says_much, words_of
from feedback.factors.small import NONE, centres, group_few, settle
from feedback.factors.stability import STABLE, stability
from feedback.factors.topics import MANY, best_number, group_many, partition

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Vectors = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Vectors]

COLUMNS = ["label", "words", "people", "segments", "stability", "near", "examples"]
_SAYS_MUCH = 4  # content words; below, a sentence is talk
_MOST_TEXTS = 3000
_ENOUGH = 150  # texts, to be measured against themselves
_EXAMPLES = 3
_CLOSE = 2.0  # times the cosine of unrelated texts


def suggest_themes(
    passed_over: pd.DataFrame,
    codebook: Codebook,
    *,
    embed: Embed,
    smallest: int = 3,
    most: int = 8,
    seed: int = 0,
) -> pd.DataFrame:
    """Groups of like sentences among those without a theme: what the list may be missing.

    passed_over: segment_id, case_id, text. Columns: label (the words that set a group apart), words,
    people, segments, stability (0 to 1, found again among resampled people), near (the theme of the list that
    it is closest to, or ""), examples (up to three texts of different people, nearest the middle). Groups of
    fewer than `smallest` people, and those that resampling does not find again, are left out. Of more than
    3,000 sentences a sample drawn with `seed` is grouped. By BERTopic from 60 sentences on.
    """
    import pandas as pd
    from threadpoolctl import threadpool_limits

    texts, people = _telling(passed_over, seed)
    if len(set(people)) < smallest or len(texts) < 2:
        return pd.DataFrame(columns=COLUMNS)
    scale = measure(embed, texts if len(texts) >= _ENOUGH else [])
    vectors = scale.centred(_rows(embed, texts), texts)
    with threadpool_limits(1):  # sums come out the same everywhere
        labels, held = _grouped(texts, people, vectors, scale.alike, smallest, seed)
    near = _near(centres(vectors, labels), codebook, embed, scale)
    words = words_of(texts, labels.tolist())
    shown = [group for group in sorted(held) if held[group] >= STABLE][:most]
    table = [
        _row(group, texts, people, vectors, labels, words.get(group, ()), held[group], near[group])
        for group in shown
    ]
    return pd.DataFrame(table, columns=COLUMNS)


def _telling(passed_over: pd.DataFrame, seed: int) -> tuple[list[str], list[str]]:
    said = sorted(
        (str(row.text), str(row.case_id))
        for row in passed_over.itertuples(index=False)
        if says_much(row.text) >= _SAYS_MUCH
    )
    different = list({text: who for text, who in reversed(said)}.items())
    if len(different) > _MOST_TEXTS:
        different = random.Random(seed).sample(sorted(different), _MOST_TEXTS)
    different.sort()
    return [text for text, _ in different], [who for _, who in different]


def _rows(embed: Embed, texts: Sequence[str]) -> Vectors:
    import numpy as np

    return np.asarray(embed(texts), dtype=np.float64)


def _grouped(
    texts: list[str], people: list[str], vectors: Vectors, alike: float, smallest: int, seed: int
) -> tuple[Vectors, dict[int, float]]:
    number = best_number(vectors, seed=seed) if len(texts) >= MANY else None
    if number:
        first = group_many(texts, vectors, groups=number, seed=seed).labels
    else:
        first = group_few(vectors, alike=alike)
    labels = settle(vectors, first, people, alike=alike, smallest=smallest)

    def again(some: Vectors, whose: Sequence[Any], draw: int) -> Vectors:
        found = partition(some, number, draw) if number else group_few(some, alike=alike)
        return settle(some, found, whose, alike=alike, smallest=1, tight=False)

    return labels, stability(vectors, people, labels, again, seed=seed)


def _near(middles: Vectors, codebook: Codebook, embed: Embed, scale: Any) -> list[str]:
    told = [" ".join([theme.label, theme.means, *theme.examples]) for theme in codebook]
    rows = scale.centred(_rows(embed, told), told)
    themes = {theme.id: row for theme, row in zip(codebook, rows, strict=True)}
    return [nearest_theme(middle, themes, least=_CLOSE * scale.alike) or "" for middle in middles]


def _row(
    group: int,
    texts: list[str],
    people: list[str],
    vectors: Vectors,
    labels: Vectors,
    words: tuple[str, ...],
    held: float,
    near: str,
) -> tuple[object, ...]:
    rows = [at for at, found in enumerate(labels.tolist()) if found == group and found != NONE]
    middle = vectors[rows].mean(axis=0)
    ordered = sorted(rows, key=lambda at: (-float(vectors[at] @ middle), texts[at]))
    first: dict[str, str] = {}
    for at in ordered:
        first.setdefault(people[at], texts[at])
    own = [texts[at] for at in rows]
    name = label(frequent_first(words, own))
    return (
        name, frequent_first(words, own, most=6), len({people[at] for at in rows}), len(rows), held, near,
        tuple(first.values())[:_EXAMPLES],
    )  # fmt: skip

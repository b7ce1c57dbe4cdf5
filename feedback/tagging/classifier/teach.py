"""What a person should review next, so that the machine learns most from it.

A segment is worth what it is expected to add: for each theme its chance, the less the more segments of that
theme are known already. So rare themes come first, then what differs from what was chosen before. Chosen by
simulation against eleven other orders (uncertainty, distance, their mixtures):
tests/quality/classifier-experiments.md has the curves.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from feedback.tagging.classifier import Classifier

    Array = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Array]

_CAREFULLY = 200  # so many are chosen one after the other; the rest follow by what they are worth then


def next_to_review(
    segments: pd.DataFrame,
    tags: pd.DataFrame,
    codebook: Codebook,
    *,
    embed: Embed,
    model: Classifier | None = None,
) -> list[str]:
    """The ids of `segments`, what teaches most first.

    segments: table `segments`, those that nobody has read. tags: table `tags`; people's tags tell how much is
    known of each theme. embed: texts to rows of length 1. model: a classifier that has learnt already;
    without one, and for themes it does not know, the theme list says how likely a theme is. The order of the
    rows plays no part.
    """
    from feedback.coding import MACHINES

    said = segments[segments["role"] != "interviewer"].drop_duplicates("segment_id")
    said = said.sort_values(["document_id", "start", "end"], kind="stable").reset_index(drop=True)
    if not len(said) or not len(codebook):
        return [str(segment_id) for segment_id in said["segment_id"]]
    people = tags[~tags["coder"].isin(MACHINES)].drop_duplicates(["segment_id", "theme_id"])
    known = [int((people["theme_id"] == theme_id).sum()) for theme_id in codebook.ids]
    order = worth_order(_chances(segments, said, codebook, embed, model), known)
    return [str(said["segment_id"].iloc[at]) for at in order]


def worth_order(chances: Array, known: Sequence[int]) -> list[int]:
    """Rows of `chances` (texts, themes), 0 to 1, in the order in which they add most to what is known.

    known: for each theme how many texts are known. Of equals the first row comes first.
    """
    import numpy as np

    counts, left = np.asarray(known, dtype=float), np.ones(len(chances), dtype=bool)
    chosen: list[int] = []
    for _ in range(min(_CAREFULLY, len(chances))):
        worth = np.where(left, chances @ (1 + counts) ** -0.5, -1.0)
        at = int(worth.round(9).argmax())
        chosen.append(at)
        left[at] = False
        counts = counts + chances[at]
    rest = np.where(left, chances @ (1 + counts) ** -0.5, -1.0).round(9)
    return chosen + [int(at) for at in np.argsort(-rest, kind="stable") if left[at]]


def _chances(
    segments: pd.DataFrame, said: pd.DataFrame, codebook: Codebook, embed: Embed, model: Classifier | None
) -> Array:
    from feedback.tagging.coders import score_in_context
    from feedback.tagging.replies import places_of

    texts, places = list(said["text"]), places_of(segments, of=said)
    chances, _ = score_in_context(texts, codebook, embed, places)
    if model is not None:
        taught = model.chances(texts, codebook, embed, places)
        for place, theme_id in enumerate(model.theme_ids):
            if theme_id in codebook:
                chances[:, codebook.ids.index(theme_id)] = taught[:, place]
    return chances

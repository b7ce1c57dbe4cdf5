"""How well a coder finds what people found: precision, recall and F1 per theme, with intervals."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from feedback.decisions import decisions, interval

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Array = np.ndarray[Any, Any]

FEWEST = 15
TOO_FEW = "too few to judge"
_Z = 1.959963984540054


def evaluate(
    tags: pd.DataFrame,
    human_tags: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
    read: Collection[str] | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Precision, recall and F1 of `tags` against `human_tags`, per theme and over all in the last row.

    Units are the participants' segments that the people read: those of documents in which they tagged
    something, all single answers, or those of the documents `read` names. themes: those that people used, by
    default. Columns: theme_id, support (segments that people gave the theme), n_people (whose segments those
    are), precision, precision_low, precision_high, recall, recall_low, recall_high, f1, f1_low, f1_high
    (95 %: Wilson's for precision and recall, people drawn with replacement for F1) and note, "too few to
    judge" where support is below 15. "overall" pools the decisions of all themes. Missing where there is
    nothing to divide by. Errors: FeedbackError when people read nothing.
    Sources: Wilson (1927), JASA 22; Efron and Tibshirani (1993).
    """
    import pandas as pd

    named = themes if themes is not None else sorted(set(human_tags["theme_id"].dropna()))
    found = decisions(tags, human_tags, segments, themes=named, read=read, readers=(False, True))
    return pd.DataFrame([_row(theme, table, seed) for theme, table in found.tables().items()])


def _row(theme: str, by_person: np.ndarray[Any, Any], seed: int) -> dict[str, Any]:
    """by_person: for each person right, false alarms, missed, rightly left out."""
    right, false, missed, _ = (int(count) for count in by_person.sum(axis=0))
    support = right + missed
    row: dict[str, Any] = {
        "theme_id": theme,
        "support": support,
        "n_people": int(((by_person[:, 0] + by_person[:, 2]) > 0).sum()),
    }
    for name, total in (("precision", right + false), ("recall", support)):
        low, high = wilson(right, total)
        row |= {name: right / total if total else math.nan, f"{name}_low": low, f"{name}_high": high}
    low, high = interval(by_person, _f1s, seed=seed)
    row |= {"f1": _f1(right, false + missed), "f1_low": low, "f1_high": high}
    return row | {"note": TOO_FEW if support < FEWEST else ""}


def _f1(right: int, wrong: int) -> float:
    return 2 * right / (2 * right + wrong) if right + wrong else math.nan


def wilson(hits: int, total: int) -> tuple[float, float]:
    """The 95 % score interval of a share; missing for a share of nothing. Source: Wilson (1927)."""
    if not total:
        return math.nan, math.nan
    share, spread = hits / total, _Z**2 / total
    centre = (share + spread / 2) / (1 + spread)
    reach = math.sqrt(share * (1 - share) * spread + spread**2 / 4) / (1 + spread)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def _f1s(right: Array, false: Array, missed: Array, _: Array) -> Array:
    import numpy as np

    total = 2 * right + false + missed
    figures: Array = 2 * right / np.where(total > 0, total, np.nan)
    return figures

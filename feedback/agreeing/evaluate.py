"""How well a coder finds what people found: precision, recall and F1 per theme, with intervals."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from feedback.agreeing.decisions import decisions
from feedback.intervals import f1_interval, share_interval

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

FEWEST = 15
TOO_FEW = "too few to judge"


def evaluate(
    tags: pd.DataFrame,
    human_tags: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
    read: Collection[str] | None = None,
) -> pd.DataFrame:
    """Precision, recall and F1 of `tags` against `human_tags`, per theme and over all in the last row.

    Units are the participants' segments that the people read: those of documents in which they tagged
    something, all single answers, or those of the documents `read` names. themes: those that people used, by
    default. Columns: theme_id, support (segments that people gave the theme), n_people (whose segments those
    are), precision, precision_low, precision_high, recall, recall_low, recall_high, f1, f1_low, f1_high
    (95 %, see `feedback.intervals`) and note, "too few to judge" where support is below 15. "overall" pools
    the decisions of all themes. Missing where there is nothing to divide by. Errors: FeedbackError when
    people read nothing.
    """
    import pandas as pd

    named = themes if themes is not None else sorted(set(human_tags["theme_id"].dropna()))
    found = decisions(tags, human_tags, segments, themes=named, read=read, readers=(False, True))
    return pd.DataFrame([figures_of(theme, table) for theme, table in found.tables().items()])


def figures_of(theme: str, by_person: np.ndarray[Any, Any]) -> dict[str, Any]:
    """A row of `evaluate`. by_person: for each person right, false alarms, missed, rightly left out."""
    right, false, missed = (by_person[:, at] for at in range(3))
    support = int(right.sum() + missed.sum())
    row: dict[str, Any] = {
        "theme_id": theme,
        "support": support,
        "n_people": int(((right + missed) > 0).sum()),
    }
    for name, totals in (("precision", right + false), ("recall", right + missed)):
        low, high = share_interval(right, totals)
        row |= {name: share(right, totals), f"{name}_low": low, f"{name}_high": high}
    low, high = f1_interval(right, false + missed)
    row |= {"f1": share(2 * right, 2 * right + false + missed), "f1_low": low, "f1_high": high}
    return row | {"note": TOO_FEW if support < FEWEST else ""}


def share(hits: np.ndarray[Any, Any], totals: np.ndarray[Any, Any]) -> float:
    """The sum of the one over the sum of the other; NaN where that is nothing."""
    return float(hits.sum() / totals.sum()) if totals.sum() else math.nan

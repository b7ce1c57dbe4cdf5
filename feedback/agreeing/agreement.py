"""How far two coders agree: per theme, beyond chance, with intervals that know that people differ."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from feedback.agreeing.decisions import decisions
from feedback.intervals import kappa_interval

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Array = np.ndarray[Any, Any]


def agreement(
    tags_a: pd.DataFrame,
    tags_b: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    themes: Sequence[str] | None = None,
    read: Collection[str] | None = None,
) -> pd.DataFrame:
    """Agreement of two coders on each theme, and over all decisions in the last row ("overall").

    tags_a, tags_b: tables `tags`. Units are the participants' segments that both read: those of documents in
    which both tagged something, all single answers, or those of the documents `read` names. Columns:
    theme_id, n (units), both, only_a, only_b, neither, percent (of units), kappa (Cohen), alpha
    (Krippendorff, nominal), pabak (kappa if both coders said yes to half of the units: what is left when
    rarity plays no part), low and high (95 % interval of kappa, see `feedback.intervals`). Where a
    figure has no meaning, as kappa of a theme that nobody used, it is missing. "overall" pools the
    decisions of all themes. Errors: FeedbackError when there is nothing that both read.
    Sources: Cohen (1960), Educational and Psychological Measurement 20; Krippendorff (2011), Computing
    Krippendorff's Alpha-Reliability; Byrt, Bishop and Carlin (1993), Bias,
    prevalence and kappa.
    """
    import pandas as pd

    tables = decisions(tags_a, tags_b, segments, themes=themes, read=read).tables()
    return pd.DataFrame([_row(theme, table) for theme, table in tables.items()], columns=_COLUMNS)


_COLUMNS = [
    "theme_id", "n", "both", "only_a", "only_b", "neither", "percent", "kappa", "alpha", "pabak",
    "low", "high",
]  # fmt: skip


def _row(theme: str, by_person: np.ndarray[Any, Any]) -> list[Any]:
    both, only_a, only_b, neither = (int(count) for count in by_person.sum(axis=0))
    n = both + only_a + only_b + neither
    percent = 100 * (both + neither) / n if n else math.nan
    kappa = cohen_kappa([[both, only_a], [only_b, neither]])
    alpha = _alpha(both, only_a + only_b, neither)
    low, high = kappa_interval(by_person, _kappas) if not math.isnan(kappa) else (math.nan, math.nan)
    pabak = 2 * percent / 100 - 1
    return [theme, n, both, only_a, only_b, neither, percent, kappa, alpha, pabak, low, high]


def cohen_kappa(table: Sequence[Sequence[float]]) -> float:
    """Cohen's kappa of a square table of counts or shares; NaN where all is in one cell.

    Source: Cohen (1960), A coefficient of agreement for nominal scales.
    """
    import numpy as np

    shares = np.asarray(table, dtype=float)
    if not shares.sum():
        return math.nan
    shares = shares / shares.sum()
    chance = float(shares.sum(axis=1) @ shares.sum(axis=0))
    return float((np.trace(shares) - chance) / (1 - chance)) if 1 - chance > 1e-12 else math.nan


def _alpha(both: int, split: int, neither: int) -> float:
    """Krippendorff's alpha of two coders' yes and no; NaN where only one of the two was ever said."""
    import krippendorff
    import numpy as np

    kinds = [([0, 2], both), ([1, 1], split), ([2, 0], neither)]
    if not (split or (both and neither)):
        return math.nan
    counts = np.concatenate([np.tile(kind, (times, 1)) for kind, times in kinds])
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def _kappas(both: Array, only_a: Array, only_b: Array, neither: Array) -> Array:
    """Cohen's kappa of many tables at once."""
    import numpy as np

    total = both + only_a + only_b + neither
    both, only_a, only_b, neither = both / total, only_a / total, only_b / total, neither / total
    chance = (both + only_a) * (both + only_b) + (neither + only_a) * (neither + only_b)
    kappas: Array = (both + neither - chance) / np.where(1 - chance > 1e-12, 1 - chance, np.nan)
    return kappas

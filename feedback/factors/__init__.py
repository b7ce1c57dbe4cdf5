"""Push factors: why leavers left, grouped, counted by people.

result = find_factors(segments, tags=tags, cases=cases, codebook=codebook)
result.factors, result.members, result.stability, result.notes
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.codebook import Codebook
from feedback.tables import conform

from .carried import Carried, as_decided, nearest_by
from .kept import Decision
from .leftover import LeftOver, group_left_over
from .matched import Matched, match_themes
from .naming import label, marking_words
from .notes import told
from .people import Heard, heard
from .questions import is_non_answer
from .reasons import find_reasons, leavers_of

__all__ = ["FactorResult", "find_factors", "find_reasons", "is_non_answer", "leavers_of"]

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Embed = Callable[[Sequence[str]], np.ndarray[Any, Any]]

FEWEST_FOR_SHARE = 20


@dataclass(frozen=True)
class FactorResult:
    """What `find_factors` found.

    factors, members: the tables of those names. stability: factor_id, label, n_cases, stability, shown, for
    every group that was formed from what no theme covers. notes: what a reader must know, in words.
    """

    factors: pd.DataFrame
    members: pd.DataFrame
    stability: pd.DataFrame
    notes: tuple[str, ...]


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
    own = reasons[reasons["kind"].isin(["main", "any"])]
    matched = match_themes(own, who, tags=tags, codebook=codebook, group=group)
    placed = {*matched.members["segment_id"], *matched.story}
    rest = own[~own["segment_id"].isin(placed)]
    left_over = group_left_over(
        rest, who, embed=embed, codebook=codebook, smallest=smallest, number=groups, seed=seed
    )
    carried = as_decided(
        _members(own, matched, left_over),
        kept,
        who.spoken,
        reasons=set(own["segment_id"]),
        groups=left_over.labels,
        themes=codebook.ids if codebook else tuple(matched.labels),
        nearest=nearest_by(embed, who.texts),
    )
    labels = {theme.id: theme.label for theme in codebook} if codebook else {}
    labels |= {**matched.labels, **left_over.labels}
    first = {name: parts[0] for name, parts in carried.came_from.items() if parts}
    labels |= {name: labels[part] for name, part in first.items() if part in labels}
    labels |= carried.labels
    return FactorResult(
        factors=conform("factors", _factors(carried, labels, left_over, who)),
        members=conform("members", carried.members.drop(columns="case_id")),
        stability=left_over.stability,
        notes=(*told(who, reasons, rest, matched, left_over), *carried.notes),
    )


def _members(own: pd.DataFrame, matched: Matched, left_over: LeftOver) -> pd.DataFrame:
    """Every reason, with its factors or none, and what others said of the same; sorted."""
    import pandas as pd

    found = [*matched.members.to_dict("records"), *left_over.members.to_dict("records")]
    placed = {row["segment_id"] for row in found}
    none = [
        {"segment_id": segment_id, "case_id": case_id, "factor_id": None, "score": None}
        for segment_id, case_id in zip(own["segment_id"], own["case_id"], strict=True)
        if segment_id not in placed
    ]
    rows = sorted([*found, *none], key=lambda row: (row["segment_id"], row["factor_id"] or ""))
    return pd.DataFrame(rows, columns=["segment_id", "case_id", "factor_id", "score"])


def _factors(
    carried: Carried, labels: Mapping[str, str], left_over: LeftOver, who: Heard
) -> list[dict[str, Any]]:
    """A row for each factor, counted over leavers; empty without any."""
    members = carried.members
    counted = members[members["factor_id"].notna() & members["case_id"].isin(who.leavers)]
    rows = []
    for factor, rows_of in counted.groupby("factor_id", sort=True, observed=True):
        n_cases, as_found = rows_of["case_id"].nunique(), factor not in carried.decided
        words = left_over.words.get(factor) if as_found else None
        words = _words(rows_of, who) if words is None else words
        rows.append(
            {
                "factor_id": factor,
                "label": labels.get(factor) or label(words[:3]),
                "words": ", ".join(words),
                "n_segments": rows_of["segment_id"].nunique(),
                "n_cases": n_cases,
                "share": n_cases / len(who.leavers) if len(who.leavers) >= FEWEST_FOR_SHARE else None,
                "stability": _stability(carried.came_from.get(factor, (factor,)), left_over),
                "decided": carried.decided.get(factor),
            }
        )
    return rows


def _stability(parts: Sequence[str], left_over: LeftOver) -> float | None:
    """How far a factor's groups held, by the least of them; None for themes and what people split."""
    held = dict(zip(left_over.stability["factor_id"], left_over.stability["stability"], strict=True))
    found = [held[part] for part in parts if part in held]
    return min(found) if found and len(found) == len(parts) else None


def _words(rows: pd.DataFrame, who: Heard) -> tuple[str, ...]:
    """The words that mark a theme among all that is said here."""
    texts = who.texts
    inside = {
        segment_id: case_id for segment_id, case_id in zip(rows["segment_id"], rows["case_id"], strict=True)
    }
    others = [text for segment_id, text in texts.items() if segment_id not in inside]
    return marking_words([texts[segment_id] for segment_id in inside], list(inside.values()), others)

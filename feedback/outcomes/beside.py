"""Push factors beside the outcomes of the same people: who names a factor, and did they leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from feedback.disclosure import suppress

if TYPE_CHECKING:
    import pandas as pd

    from feedback.outcomes.cohort import Cohort

OUTCOMES = ("left", "not left", "not known")
COLUMNS = ("factor_id", "label", "n", *OUTCOMES)


def outcome_of(cohort: Cohort) -> dict[str, str]:
    """What is known of each person at the end of their own follow-up: left, not left, not known."""
    return {
        one.case_id: "left" if one.left is not None else "not known" if one.unknown else "not left"
        for one in cohort.people
    }


def not_in_table(segments: pd.DataFrame, outcomes: Mapping[str, str]) -> list[str]:
    """The ids of people who were heard and of whom the participants table tells nothing, sorted.

    segments: table of that name. outcomes: by case id (see `outcome_of`).
    """
    heard = segments.loc[segments["role"] == "participant", "case_id"].dropna()
    return sorted({str(case) for case in heard} - set(outcomes))


def factors_beside(
    factors: pd.DataFrame,
    members: pd.DataFrame,
    segments: pd.DataFrame,
    outcomes: Mapping[str, str],
    *,
    k: int = 5,
) -> pd.DataFrame:
    """Push factors by outcome, in people; the last row counts all of whom the outcome is looked at.

    factors, members, segments: tables of the project. outcomes: by case id (see `outcome_of`). Columns
    `COLUMNS`: of the n people of a row, each once, so many left, did not, or are not known. Counts of fewer
    than k people are missing, with as many others that none can be worked out. Push factors are counted among
    leavers, so few others stand here: this is no test of what makes people leave.
    """
    import pandas as pd

    case_of = dict(zip(segments["segment_id"], segments["case_id"], strict=True))
    said: dict[str, set[str]] = {}
    for segment, factor in zip(members["segment_id"], members["factor_id"], strict=True):
        case = case_of.get(segment)
        if isinstance(factor, str) and case in outcomes:
            said.setdefault(factor, set()).add(str(case))
    named = [(row.factor_id, row.label, said.get(row.factor_id, set())) for row in factors.itertuples()]
    everybody = ("", "everybody", set(outcomes))
    sets = [*named, everybody]
    counts = pd.DataFrame(
        [[sum(outcomes[case] == one for case in people) for one in OUTCOMES] for *_, people in sets]
    )
    sizes = counts.sum(axis=1)
    # A person may name several factors, so that rows do not add up; all rows' sizes are shown.
    small = [[bool(size < k)] * len(OUTCOMES) for size in sizes]
    shown = suppress(counts, k=k, totals=("rows",), hidden=small)
    rows = [
        {
            "factor_id": factor_id or None,
            "label": label,
            "n": int(sizes[at]) if sizes[at] >= k else None,
            **{
                one: None if pd.isna(shown.iat[at, column]) else int(shown.iat[at, column])
                for column, one in enumerate(OUTCOMES)
            },
        }
        for at, (factor_id, label, _) in enumerate(sets)
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return frame.where(frame.notna(), None)

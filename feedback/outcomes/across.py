"""What figures by one column show must not give away what figures by another hide: `--by` asked twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from feedback.disclosure.linked import Family, Row, kinds_of
from feedback.disclosure.values import NOT_RECORDED
from feedback.outcomes.cohort import EVERYBODY, Cohort, cells_of, column_of
from feedback.outcomes.small import hidden_months
from feedback.settings.outcomes import Outcomes

if TYPE_CHECKING:
    import pandas as pd

_MOST_VALUES, _MOST_COLUMNS = 8, 6
Groups = Mapping[str, str]  # by case id


def hidden_across(
    people: pd.DataFrame, cohort: Cohort, *, by: str, columns: Outcomes, at: Sequence[float], k: int = 5
) -> dict[str, set[int]]:
    """At which places of `at`, in order, figures of each group of column `by` are hidden.

    Taken to be known are also the figures by every other column of few values that somebody could ask for:
    those with 2 to 8 values, the six with the fewest, each with its own small counts hidden; and everybody's.
    So the answers to several questions can be laid side by side, month by month. people: the participants;
    cohort: who was followed.
    """
    months = sorted(set(at))
    tables = _tables(people, cohort, column_of(people, by, "by"), columns)
    names = {column: sorted(set(groups.values())) for column, groups in tables.items()}
    groupings = [
        {case: names[column].index(value) for case, value in groups.items()}
        for column, groups in tables.items()
    ]
    kinds, kind_of = kinds_of(groupings)
    shown = {column: _shown(cohort, tables[column], names[column], months, k) for column in tables}
    for at_, month in enumerate(months):
        counts = _counts(cohort, kind_of, len(kinds.sizes), month)
        Family(kinds, [Row(counts, kinds.sizes, [shown[column][at_] for column in tables])]).hide()
    wanted = column_of(people, by, "by")
    return {
        name: {at_ for at_ in range(len(months)) if not shown[wanted][at_][place]}
        for place, name in enumerate(names[wanted])
    }


def _tables(people: pd.DataFrame, cohort: Cohort, by: str, columns: Outcomes) -> dict[str, Groups]:
    """The columns of groups, in a fixed order, each with everybody's value."""
    followed = {one.case_id for one in cohort.people}
    used = {str(getattr(columns, one.name)) for one in fields(columns)} | {*columns.roles, "consent"}
    found: dict[str, Groups] = {}
    for column in sorted(map(str, people)):
        if column == "case_id" or (column in used and column != by):
            continue
        cells = cells_of(people, column)
        found[column] = {case: cells.get(case) or NOT_RECORDED for case in sorted(followed)}
    values = {column: len(set(groups.values()) - {NOT_RECORDED}) for column, groups in found.items()}
    few = [column for column in found if 2 <= values[column] <= _MOST_VALUES]
    chosen = {*sorted(few, key=lambda column: (values[column], column))[:_MOST_COLUMNS], by}
    return {column: groups for column, groups in found.items() if column in chosen}


def _shown(
    cohort: Cohort, groups: Groups, names: Sequence[str], months: Sequence[float], k: int
) -> list[Any]:
    """For each month, which of the groups' figures a table by this column alone would show."""
    import numpy as np

    table: dict[str, list[tuple[tuple[int, int]]]] = {}
    for name in (*names, EVERYBODY):
        own = [one for one in cohort.people if name == EVERYBODY or groups[one.case_id] == name]
        left = [sum(one.left is not None and one.left[1] <= month for one in own) for month in months]
        table[name] = [((n, len(own) - n),) for n in left]
    hidden = hidden_months(table, k=k)
    return [
        np.array([at not in hidden[name] and sum(table[name][at][0]) >= k for name in names])
        for at in range(len(months))
    ]


def _counts(cohort: Cohort, kind_of: Mapping[str, int], n: int, month: float) -> Any:
    import numpy as np

    left = [kind_of[one.case_id] for one in cohort.people if one.left is not None and one.left[1] <= month]
    return np.bincount(np.array(left, dtype=int), minlength=n)

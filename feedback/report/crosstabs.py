"""People by theme and attribute, with small cells hidden so that no sum gives them away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from feedback.disclosure import MANY, suppress
from feedback.errors import FeedbackError
from feedback.model import Crosstab
from feedback.report.heard import Heard, People
from feedback.report.wording import listed

if TYPE_CHECKING:
    import pandas as pd

NOT_RECORDED = "not recorded"
SMALL, EMPTY = "small", "empty"
_MOST_VALUES = 8


def choose_attributes(
    cases: pd.DataFrame, heard: Heard, *, asked: Sequence[str], leaver: str
) -> tuple[str, ...]:
    """The attributes to compare: those asked for, or else all with 2 to 8 values among the people heard,
    those with fewest values first.

    The leaver column is not among the latter: the push factors show it. An attribute that is not a column
    of `cases` is an error.
    """
    own = [str(column) for column in cases if column not in ("case_id", "consent")]
    for name in asked:
        if name not in own:
            raise FeedbackError(
                f"the participants table has no column '{name}' to compare by",
                hint="its columns: " + ", ".join(own) if own else "mend report.attributes in feedback.yaml",
            )
    if asked:
        return tuple(dict.fromkeys(asked))
    counted = {name: len(groups_by(cases, heard, name).keys() - {NOT_RECORDED}) for name in own}
    # Few values make large groups, of which more can be shown.
    fewest_first = sorted(counted, key=lambda name: counted[name])
    return tuple(name for name in fewest_first if 2 <= counted[name] <= _MOST_VALUES and name != leaver)


def groups_by(cases: pd.DataFrame, heard: Heard, attribute: str) -> dict[str, People]:
    """The people heard by their value of an attribute, values sorted, those without one last."""
    values = dict(zip(cases["case_id"], cases[attribute], strict=True))
    groups: dict[str, set[str]] = {}
    for person in heard.people:
        value = values.get(person)
        said = value.strip() if isinstance(value, str) else ""
        groups.setdefault(said or NOT_RECORDED, set()).add(person)
    names = sorted(groups, key=lambda name: (name == NOT_RECORDED, name.lower(), name))
    return {name: frozenset(groups[name]) for name in names}


def crosstab(
    attribute: str, groups: Mapping[str, People], themes: Iterable[tuple[str, People]], *, k: int
) -> Crosstab:
    """People who speak of each theme, by group; what would single out fewer than k people is None.

    groups: people by value, each person in one. themes: (label, people) rows, at least one; a theme of which
    nothing can be shown stands in the note only. Hidden are: groups of fewer than k people, with all their
    cells; counts from 1 to k - 1; and whatever else it takes that no hidden number can be worked out from a
    row's total, which the report shows elsewhere (see `suppress`).
    """
    sizes = [len(people) for people in groups.values()]
    (totals,) = _shown([sizes], k=k)
    labels, people_of = zip(*themes, strict=True)
    counts = [[len(people & group) for group in groups.values()] for people in people_of]
    cells_of = _shown(counts, k=k, unseen=[total is None for total in totals], sizes=sizes)
    rows = list(zip(labels, cells_of, strict=True))
    seen = tuple((label, cells) for label, cells in rows if any(n is not None for n in cells))
    unseen = [label for label, cells in rows if all(n is None for n in cells)]
    note = " ".join([*_about_hidden(totals, rows, k), *_about_unseen(unseen)])
    return Crosstab(attribute, tuple(groups), totals, seen, note)


def _shown(
    counts: Sequence[Sequence[int]], *, k: int, unseen: Sequence[bool] = (), sizes: Sequence[int] = ()
) -> list[tuple[int | None, ...]]:
    """Rows of counts whose sums are known, with None for what must not be shown."""
    import pandas as pd

    shown = suppress(pd.DataFrame(counts), k=k, totals=("rows",), hidden=unseen or False, most=sizes or MANY)
    return [tuple(None if n is pd.NA else int(n) for n in row) for row in shown.to_numpy(dtype=object)]


def _about_hidden(
    totals: Sequence[int | None], rows: Iterable[tuple[str, tuple[int | None, ...]]], k: int
) -> list[str]:
    if all(None not in cells for _, cells in rows) and None not in totals:
        return []
    return [
        f"Hidden: counts of fewer than {k} people and groups of fewer than {k}, and where one hidden "
        "number could be worked out from the others, the next smallest as well."
    ]


def _about_unseen(labels: Sequence[str]) -> list[str]:
    return [f"Nothing can be shown here for {listed(labels)}."] if labels else []


def compared(
    cases: pd.DataFrame, heard: Heard, attribute: str, themes: Sequence[tuple[str, People]], *, k: int
) -> tuple[Crosstab, str]:
    """The table of an attribute, and why it is not worth showing: SMALL, EMPTY, or nothing.

    SMALL: fewer than two groups with a value are large enough. EMPTY: more than half of its numbers are
    hidden, or none of those shown is above 0.
    """
    table = crosstab(attribute, groups_by(cases, heard, attribute), themes, k=k)
    recorded = [
        total for name, total in zip(table.columns, table.totals, strict=True) if name != NOT_RECORDED
    ]
    if sum(total is not None for total in recorded) < 2:
        return table, SMALL
    numbers = [n for _, cells in table.rows for n in cells if n is not None]
    if not any(numbers) or 2 * len(numbers) < len(themes) * len(table.columns):
        return table, EMPTY
    return table, ""

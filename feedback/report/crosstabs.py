"""People by theme and attribute, with small cells hidden so that no sum gives them away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.model import Crosstab
from feedback.report.heard import Heard, People
from feedback.report.wording import listed

if TYPE_CHECKING:
    import pandas as pd

NOT_RECORDED = "not recorded"
_MOST_VALUES = 8


def choose_attributes(
    cases: pd.DataFrame, heard: Heard, *, asked: Sequence[str], leaver: str
) -> tuple[str, ...]:
    """The attributes to compare: those asked for, or else all with 2 to 8 values among the people heard.

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
    return tuple(name for name, n in counted.items() if 2 <= n <= _MOST_VALUES and name != leaver)


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

    groups: people by value, each person in one. themes: (label, people) rows; one of which nothing can be
    shown stands in the note only. Hidden are: groups of fewer
    than k people, with all their cells; counts from 1 to k - 1; and whatever else it takes that no hidden
    number can be worked out from a row's total, which the report shows elsewhere (secondary suppression).
    """
    sizes = [len(people) for people in groups.values()]
    totals = hide(sizes, k=k)
    shown = [total is not None for total in totals]
    rows = [
        (label, hide([len(people & group) for group in groups.values()], k=k, visible=shown, sizes=sizes))
        for label, people in themes
    ]
    seen = tuple((label, cells) for label, cells in rows if any(n is not None for n in cells))
    unseen = [label for label, cells in rows if all(n is None for n in cells)]
    note = " ".join([*_about_hidden(totals, rows, k), *_about_unseen(unseen)])
    return Crosstab(attribute, tuple(groups), totals, seen, note)


def hide(
    counts: Sequence[int], *, k: int, visible: Sequence[bool] = (), sizes: Sequence[int] = ()
) -> tuple[int | None, ...]:
    """The counts with those from 1 to k - 1 as None, and as many more as it takes to keep them hidden.

    The sum of the counts is taken to be known. visible: False where a count is hidden whatever it is.
    sizes: the most that each count can be. Hidden numbers can be worked out where there is only one, where
    they add up to 0, or where they add up to all there are; then the smallest count above 0 is hidden too (a
    0 where there is no other), until it is no longer so or nothing is left.
    """
    may = list(visible) or [True] * len(counts)
    hidden = [i for i, n in enumerate(counts) if not may[i] or 0 < n < k]
    left = [i for i in range(len(counts)) if i not in hidden]
    left.sort(key=lambda i: (counts[i] == 0, counts[i], i))
    while left and hidden and _can_be_worked_out(counts, hidden, sizes):
        hidden.append(left.pop(0))
    return tuple(None if i in hidden else n for i, n in enumerate(counts))


def _can_be_worked_out(counts: Sequence[int], hidden: Sequence[int], sizes: Sequence[int]) -> bool:
    known_sum = sum(counts[i] for i in hidden)
    return len(hidden) == 1 or known_sum == 0 or (bool(sizes) and known_sum == sum(sizes[i] for i in hidden))


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


def worth_showing(table: Crosstab) -> bool:
    """Whether at least two groups are large enough to be compared."""
    return sum(total is not None for total in table.totals) >= 2

"""Which attributes people are compared by, and the tables as they may be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from feedback.disclosure.values import NOT_RECORDED, in_order
from feedback.errors import FeedbackError
from feedback.model import Crosstab
from feedback.report.heard import Heard, People
from feedback.report.hiding import Known, Shown, shown_tables
from feedback.report.wording import listed

if TYPE_CHECKING:
    import pandas as pd

SMALL, EMPTY = "small", "empty"
_MOST_VALUES = 8
# A wide survey has dozens of columns; nobody reads so many tables, and what each hides depends on the others.
MOST_ATTRIBUTES = 8


def choose_attributes(
    cases: pd.DataFrame, heard: Heard, *, asked: Sequence[str], leaver: str
) -> tuple[str, ...]:
    """The attributes to compare: those asked for, or else the eight with the fewest values among the people
    heard, those with fewest first, from 2 to 8 values.

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
    return comparable(cases, heard, leaver=leaver)[:MOST_ATTRIBUTES]


def comparable(cases: pd.DataFrame, heard: Heard, *, leaver: str) -> tuple[str, ...]:
    """All attributes but who left that have 2 to 8 values among the people heard, fewest values first."""
    own = [str(column) for column in cases if column not in ("case_id", "consent", leaver)]
    counted = {name: len(groups_by(cases, heard, name).keys() - {NOT_RECORDED}) for name in own}
    # Few values make large groups, of which more can be shown.
    fewest_first = sorted(counted, key=lambda name: counted[name])
    return tuple(name for name in fewest_first if 2 <= counted[name] <= _MOST_VALUES)


def groups_by(cases: pd.DataFrame, heard: Heard, attribute: str) -> dict[str, People]:
    """The people heard by their value of an attribute, values sorted, those without one last."""
    last = cases.drop_duplicates("case_id", keep="last")
    groups: dict[str, People] = defaultdict(frozenset)
    for value, ids in last.groupby(attribute, sort=False, observed=True)["case_id"]:
        if isinstance(value, str) and value.strip() and (own := heard.people.intersection(ids.tolist())):
            groups[value.strip()] |= own
    if rest := heard.people.difference(*groups.values()):
        groups[NOT_RECORDED] |= rest
    return {name: groups[name] for name in sorted(groups, key=in_order)}


Themes = Sequence[tuple[str, People]]


def crosstab(attribute: str, groups: Mapping[str, People], themes: Themes, *, k: int) -> Crosstab:
    """People who speak of each theme, by group; what would single out fewer than k people is None.

    groups: people by value, each person in one. themes: (label, people) rows, at least one; a theme of which
    nothing can be shown stands in the note only. What is hidden: see `hiding.shown_tables`.
    """
    shown = shown_tables({attribute: groups}, [people for _, people in themes], k=k)
    return _table(attribute, groups, themes, shown[0], k)


def compared(
    cases: pd.DataFrame,
    heard: Heard,
    attributes: Sequence[str],
    themes: Themes,
    *,
    k: int,
    known: Known | None = None,
) -> dict[str, tuple[Crosstab, str]]:
    """The tables of the attributes, each with why it is not worth showing: SMALL, EMPTY, or nothing.

    They are about the same people, so that what is hidden in one cannot be worked out from another, nor from
    what else is `known`. SMALL: fewer than two groups with a value are large enough. EMPTY: more than half of
    the numbers are hidden, or none of those shown is above 0.
    """
    groups = [groups_by(cases, heard, name) for name in attributes]
    named = dict(zip(attributes, groups, strict=True))
    shown = shown_tables(named, [people for _, people in themes], k=k, known=known, whole=True)
    found = {}
    for name, group, one in zip(attributes, groups, shown, strict=True):
        table = _table(name, group, themes, one, k)
        found[name] = table, _verdict(table, len(themes))
    return found


def _table(attribute: str, groups: Mapping[str, People], themes: Themes, shown: Shown, k: int) -> Crosstab:
    rows = list(zip([label for label, _ in themes], shown.cells, strict=True))
    seen = tuple((label, cells) for label, cells in rows if any(n is not None for n in cells))
    unseen = [label for label, cells in rows if all(n is None for n in cells)]
    note = " ".join([*_about_hidden(shown, k), *_about_unseen(unseen)])
    return Crosstab(attribute, tuple(groups), shown.totals, seen, note)


def _about_hidden(shown: Shown, k: int) -> list[str]:
    if all(None not in cells for cells in shown.cells) and None not in shown.totals:
        return []
    return [
        f"Hidden: counts of fewer than {k} people and groups of fewer than {k}, counts that are a whole "
        "group, and where one hidden number could be worked out from the others, the next smallest as well."
    ]


def _about_unseen(labels: Sequence[str]) -> list[str]:
    return [f"Nothing can be shown here for {listed(labels)}."] if labels else []


def _verdict(table: Crosstab, n_themes: int) -> str:
    recorded = [
        total for name, total in zip(table.columns, table.totals, strict=True) if name != NOT_RECORDED
    ]
    if sum(total is not None for total in recorded) < 2:
        return SMALL
    numbers = [n for _, cells in table.rows for n in cells if n is not None]
    return EMPTY if not any(numbers) or 2 * len(numbers) < n_themes * len(table.columns) else ""

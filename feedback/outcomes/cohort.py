"""People followed over months, and the columns of the participants table that they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from feedback.cases import consent_level
from feedback.disclosure.values import in_order
from feedback.errors import FeedbackError, nearest
from feedback.outcomes.words import listed_ids
from feedback.readers.tables.participants import OTHER_NAMES, lower_snake

if TYPE_CHECKING:
    import pandas as pd

EVERYBODY = "everybody"
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Followed:
    """One person, in months since the start.

    `left`: the earliest and the latest month at which they can have left; None for who did not, as far as is
    known. `known`: up to when it is known that they had not left. `reach`: how long they could be followed;
    None where only the time of leaving is told. `unknown`: nobody knows what became of them after `known`.
    """

    case_id: str
    group: str
    known: float
    reach: float | None
    left: Span | None = None
    unknown: bool = False

    def at(self, month: float) -> str:
        """What is known of them at a month within their reach: "left", "stayed" or "unknown"."""
        if self.left is not None:
            return "left" if self.left[1] <= month else "stayed" if self.left[0] > month else "unknown"
        return "unknown" if self.unknown and month > self.known else "stayed"


@dataclass(frozen=True)
class Cohort:
    """People followed, by one definition of leaving; `until_known`: one day ends everybody's follow-up.

    `leavers_only`: the table holds next to nobody who stayed, so that there is no share to compute.
    `left_out`: reasons with case ids. `notes`: what was taken for granted, for the reader of a figure.
    """

    people: tuple[Followed, ...]
    until_known: bool
    left_out: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    leavers_only: bool = False

    def groups(self) -> dict[str, tuple[Followed, ...]]:
        """The people by group, values sorted, those without one last."""
        names = sorted({one.group for one in self.people}, key=in_order)
        return {name: tuple(one for one in self.people if one.group == name) for name in names}


def column_of(people: pd.DataFrame, wanted: str, setting: str) -> str:
    """The name of a column as the table has it. Errors: FeedbackError with the nearest one."""
    # Names that are long are cut when a table is read.
    names = {_short(str(column)): str(column) for column in people}
    if _short(wanted) in names:
        return names[_short(wanted)]
    # A column that says who left, or where somebody was heard, has another name since it was read.
    for standard, others in OTHER_NAMES.items():
        if standard in names and _short(wanted) in others:
            return standard
    raise FeedbackError(
        f"the participants table has no column '{wanted}' (outcomes: {setting})",
        hint=nearest(_short(wanted), [name for name in names if name != "case_id"]),
    )


def _short(name: str) -> str:
    return lower_snake(name)[:60].rstrip("_")


def cells_of(people: pd.DataFrame, column: str) -> dict[str, str]:
    """What stands in a column, by case id, "" where nothing does."""
    cells = zip(people["case_id"], people[column], strict=True)
    return {str(case): " ".join(cell.split()) if isinstance(cell, str) else "" for case, cell in cells}


def those_who_count(people: pd.DataFrame, *, consent: str = "analysis") -> tuple[pd.DataFrame, list[str]]:
    """The people without those who consent to nothing, and the ids of these.

    consent: what holds where none is recorded. Errors: no people, an id twice.
    """
    if "case_id" not in people:
        raise FeedbackError(
            "there is nobody to count: there is no participants table",
            hint="`feedback add --cases participants.csv` brings people in, or name a file",
        )
    twice = sorted(set(people.loc[people["case_id"].duplicated(), "case_id"]))
    if twice:
        raise FeedbackError(
            f"the participants table has {listed_ids(twice)} twice",
            hint="one row a person: join the rows, or give each its own id",
        )
    said = people["consent"] if "consent" in people else [None] * len(people)
    out = [consent_level(cell, default=consent) == "none" for cell in said]
    if all(out):
        raise FeedbackError(
            "there is nobody to count: the participants table is empty, or nobody in it consents",
            hint="`feedback add --cases participants.csv` brings people in",
        )
    kept = people[[not one for one in out]].sort_values("case_id", ignore_index=True)
    return kept, sorted(case for case, gone in zip(people["case_id"], out, strict=True) if gone)


def without(out: Sequence[str], cohort: Cohort) -> Cohort:
    """The cohort, with those who do not consent among the ones left out."""
    told = {"no consent": tuple(out)} if out else {}
    return replace(cohort, left_out={**told, **cohort.left_out})

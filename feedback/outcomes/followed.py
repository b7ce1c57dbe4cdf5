"""The participants table as people followed over months: who left when, who stayed, of whom nobody knows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from feedback.disclosure.values import NOT_RECORDED
from feedback.errors import FeedbackError
from feedback.outcomes.cohort import Cohort, Followed, Span, cells_of, column_of
from feedback.outcomes.days import (
    When,
    are_months,
    days_of,
    is_day,
    months_between,
    numbers_of,
    span_of_months,
    when_of,
)
from feedback.outcomes.words import is_unknown, listed, listed_ids, says_left, says_stayed
from feedback.settings.outcomes import Outcomes

if TYPE_CHECKING:
    import pandas as pd

_NEVER = math.inf
_LEAVING = ("left_first_employer", "left_statutory_work", "left_profession")
# A table has leavers only when fewer than one in so many stayed, and one in so many is unknown.
_ONE_IN, _FEW_IN = 20, 4


def follow(
    people: pd.DataFrame, *, leaving: str, by: str | None = None, columns: Outcomes | None = None
) -> Cohort:
    """The people of a participants table as a cohort that was followed.

    people: one row a person, `case_id` and text columns. leaving: the column that says when, or whether,
    people left. by: the column that groups them. columns: which other columns say what. Errors: FeedbackError
    for columns that are not there, cells that are no days or months, leaving before the start, and where
    nothing says how long people were followed; each names the cases.
    """
    columns = columns or Outcomes()
    reader = _Reader(people, columns)
    groups = cells_of(people, column_of(people, by, "by")) if by else {}
    setting = next((name for name in _LEAVING if getattr(columns, name) == leaving), "left_...")
    leaves = reader.leaving(column_of(people, leaving, setting))
    found = [
        replace(one, group=(groups.get(one.case_id) or NOT_RECORDED) if by else "") for one in leaves.people
    ]
    if not found:
        raise FeedbackError(
            f"nobody can be followed: {'; '.join(leaves.left_out)}",
            hint="look at the columns that outcomes: names",
        )
    return replace(leaves, people=tuple(found))


class _Reader:
    """Reads the columns of one table, in months since each person's start."""

    def __init__(self, people: pd.DataFrame, columns: Outcomes) -> None:
        self.people, self.columns = people, columns
        self.ids = [str(case) for case in people["case_id"]]
        self.starts = self._days(columns.start, "start", as_start=True) if columns.start else {}
        self.until = _until(columns.until, columns.dates)
        status = self._cells(columns.status, "status") if columns.status else {}
        self.lost = {case for case, cell in status.items() if self._unknown(cell)}

    def _unknown(self, cell: str) -> bool:
        return is_unknown(cell, further=self.columns.unknown)

    def _cells(self, wanted: str, setting: str) -> dict[str, str]:
        return cells_of(self.people, column_of(self.people, wanted, setting))

    def _said(self, cells: dict[str, str]) -> dict[str, str]:
        return {case: cell for case, cell in cells.items() if cell and not self._unknown(cell)}

    def _days(self, wanted: str, setting: str, *, as_start: bool = False) -> dict[str, When]:
        said = self._said(self._cells(wanted, setting))
        found = days_of(said, column=wanted, order=self.columns.dates)
        # A cohort that starts "in September 2021" starts on its first day; a year alone tells too little.
        return {
            case: When(when.earliest, when.earliest)
            if as_start and (when.latest - when.earliest).days < 31
            else when
            for case, when in found.items()
        }

    def leaving(self, column: str) -> Cohort:
        cells = cells_of(self.people, column)
        if self._are_leavers(cells):
            spans = self._spans(cells, column) if self.columns.start else {}
            gone = tuple(Followed(case, "", 0.0, None, spans.get(case, (0.0, _NEVER))) for case in self.ids)
            return Cohort(gone, False, leavers_only=True)
        self._check_until(column)
        spans, reaches, knowns = self._spans(cells, column), self._reaches(), self._knowns()
        found, late = [], 0
        left_out: dict[str, list[str]] = {}
        for case in self.ids:
            if why := self._why_out(case, reaches.get(case)):
                left_out.setdefault(why, []).append(case)
                continue
            one = self._person(case, cells[case], spans.get(case), reaches.get(case), knowns.get(case))
            found.append(one)
            late += case in spans and one.left is None
        told = {reason: tuple(sorted(ids)) for reason, ids in left_out.items()}
        one_day = self.until is not None and bool(self.starts)
        return Cohort(tuple(found), one_day, told, tuple(self._notes(cells, column, late)))

    def _are_leavers(self, cells: Mapping[str, str]) -> bool:
        """Whether the table has leavers only: next to nobody in it stayed, and of few is nothing known."""
        if self.columns.population:
            return self.columns.population == "leavers"
        unknown = sum(map(self._unknown, cells.values())) + len(self.lost)
        stayed = sum(says_stayed(cell) and case not in self.lost for case, cell in cells.items())
        left = len(cells) - unknown - stayed
        return left > 0 and stayed * _ONE_IN < left + stayed and unknown * _FEW_IN < left

    def _why_out(self, case: str, reach: float | None) -> str:
        if self.columns.start and case not in self.starts:
            return "no day of starting"
        late = reach is not None and reach < 0
        return "started after the day up to which people were followed" if late else ""

    def _notes(self, cells: Mapping[str, str], column: str, late: int) -> list[str]:
        found = []
        if late:
            found.append(f"left only after {self.columns.until}, so had not by then: {late}")
        if not any(cells.values()):
            found.append(f"the column '{column}' is empty for everybody: is it the right one?")
        elif any(not cell for cell in cells.values()):
            found.append(f"an empty cell in '{column}' counts as not left")
        return found

    def _person(
        self, case: str, cell: str, span: Span | None, reach: float | None, known: float | None
    ) -> Followed:
        if span is not None and (reach is None or span[0] <= reach):
            return Followed(case, "", max(0.0, span[0]), reach, span)
        if says_left(cell) and span is None:
            month = known if self.columns.months else None
            when = (month, month) if month is not None else (0.0, _NEVER if reach is None else reach)
            return Followed(case, "", when[0], reach, when)
        lost = span is None and (case in self.lost or self._unknown(cell))
        last = known if known is not None and span is None else reach
        if last is None:
            return Followed(case, "", 0.0, reach, unknown=True)
        if lost and known is None:
            return Followed(case, "", 0.0, reach, unknown=True)
        if reach is None:
            return Followed(case, "", last, None if lost else last, unknown=lost)
        return Followed(case, "", min(last, reach), reach, unknown=lost or last < reach)

    def _spans(self, cells: dict[str, str], column: str) -> dict[str, Span]:
        """The earliest and latest month of leaving of those who say when."""
        said = {
            case: cell
            for case, cell in self._said(cells).items()
            if not says_stayed(cell) and not says_left(cell)
        }
        if not said:
            return {}
        if are_months(list(said.values())):
            return {case: (month, month) for case, month in numbers_of(said, column=column).items()}
        if not self.columns.start:
            raise FeedbackError(
                f"'{column}' has days of leaving, but nothing says when people started",
                hint="name the column: --set start=COLUMN" + _day_columns(self.people, but=column),
            )
        days = days_of(said, column=column, order=self.columns.dates)
        return self._months_since_start(days, column)

    def _check_until(self, column: str) -> None:
        told = self.columns.until or self.columns.last_known or self.columns.months
        if not told:
            raise FeedbackError(
                f"nothing says how long those who had not left (column '{column}') were followed",
                hint="say the day of the last check of everybody (--set until=2025-10-01), or name a column "
                "with the last news of each (--set last_known=COLUMN) or with months (--set months=COLUMN)",
            )
        if not self.columns.months and not self.columns.start:
            raise FeedbackError(
                "nothing says when people started",
                hint="name the column: --set start=COLUMN"
                + _day_columns(self.people, but=column)
                + ", or one with months: --set months=COLUMN",
            )

    def _reaches(self) -> dict[str, float]:
        """How long each could be followed, where one day ends it for all."""
        if self.until is None:
            return {}
        return {case: months_between(when.latest, self.until) for case, when in self.starts.items()}

    def _knowns(self) -> dict[str, float]:
        """The month of the last news of each, or of leaving."""
        if self.columns.months:
            said = self._said(self._cells(self.columns.months, "months"))
            return numbers_of(said, column=self.columns.months)
        if not self.columns.last_known:
            return {}
        days = self._days(self.columns.last_known, "last_known")
        spans = self._months_since_start(days, self.columns.last_known)
        return {case: span[0] for case, span in spans.items()}

    def _months_since_start(self, days: Mapping[str, When], column: str) -> dict[str, tuple[float, float]]:
        """The least and the most months from each person's start to the days of a column."""
        spans = {
            case: span_of_months(self.starts[case], when)
            for case, when in days.items()
            if case in self.starts
        }
        before = [case for case, span in spans.items() if span[1] < 0]
        if before:
            raise FeedbackError(
                f"{listed_ids(before)}: '{column}' is a day before the start ('{self.columns.start}')",
                hint="mend the days; write 'unknown' where nobody knows, and they count in the range",
            )
        return {case: (max(0.0, span[0]), span[1]) for case, span in spans.items()}


def _until(said: str, order: str) -> date | None:
    """The one day that ends everybody's follow-up; it must be exact, and the same in either order."""
    orders = (order,) if order else ("day-first", "month-first")
    whens = {when_of(said, order=one) for one in orders} if said else {None}
    when = whens.pop()
    if said and (whens or when is None or not when.exact):
        raise FeedbackError(f"'{said}' (outcomes: until) is no certain day", hint="write it as 2025-10-01")
    return when.latest if when else None


def _day_columns(people: pd.DataFrame, *, but: str) -> str:
    """The columns that hold days, as the end of a hint."""
    found = [
        str(column)
        for column in people
        if column not in (but, "case_id") and _holds_days(cells_of(people, column).values())
    ]
    return f" (with days: {listed(found)})" if found else ""


def _holds_days(cells: Iterable[str]) -> bool:
    said = [cell for cell in cells if cell]
    return bool(said) and 2 * sum(map(is_day, said)) > len(said)

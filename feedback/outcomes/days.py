"""Cells of a column -> days, as exactly as they were written: a day, a month or a whole year."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from feedback.errors import FeedbackError
from feedback.outcomes.words import listed_ids

# Spreadsheets count days from here; 1900 was no leap year, which the serials of 1900 alone get wrong.
_EXCEL_ZERO = date(1899, 12, 30)
_SERIALS = (10_000, 80_000)
_NEXT_CENTURY = 50
_MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}
_MONTH = r"(?P<month>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2}|['’]?\d{2})"
_CLOCK = r"(?:[t ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm|z|[+-]\d{2}:?\d{2})?)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_ISO = re.compile(rf"(?P<year>(?:19|20)\d{{2}})[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?{_CLOCK}")
_WRITTEN = (
    re.compile(rf"{_WEEKDAY}(?:the\s+)?{_DAY}[\s/-]*(?:of\s+)?{_MONTH}[\s,/-]*{_YEAR}{_CLOCK}"),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY}(?:,\s*|\s+){_YEAR}{_CLOCK}"),
    re.compile(rf"{_MONTH}[\s,/-]*{_YEAR}"),
)
_SLASHED = re.compile(
    rf"(?P<one>\d{{1,2}})(?P<mark>[/.-])(?P<two>\d{{1,2}})(?P=mark)(?P<year>(?:19|20)?\d{{2}}){_CLOCK}"
)
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>(?:19|20)\d{2})")
_ONLY_YEAR = re.compile(r"(?P<year>(?:19|20)\d{2})(?:\.0)?")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class When:
    """A day between two days: the same day twice where it was written out, else all days that it can be."""

    earliest: date
    latest: date

    @property
    def exact(self) -> bool:
        return self.earliest == self.latest


def days_of(cells: Mapping[str, str], *, column: str, order: str = "") -> dict[str, When]:
    """The days in a column's cells, by case id; a month or a year alone is a span of days.

    cells: case id to what stands there, without blanks and words for "unknown". Read are 2021-06-05, 5 June
    2021, June 2021, Jun-21, 05/2021, 2021, 25/06/2021, and the day numbers of spreadsheets. Whether
    05/06/2021 is the fifth of June is told by other cells of the same column (25/06/2021) or by `order`
    ("day-first", "month-first"). Errors: FeedbackError, naming the cases, for cells that are no days, two
    orders in one column, and an order that nothing tells.
    """
    order = order or _order_of(cells, column)
    found = {case: when_of(cell, order=order) for case, cell in cells.items()}
    wrong = [case for case, when in found.items() if when is None]
    if wrong:
        raise FeedbackError(
            f"column '{column}': what stands there is no date for {listed_ids(wrong)} "
            f"(the first: '{cells[wrong[0]]}')",
            hint="write days as 2021-06-05, and 'unknown' where nobody knows; " + _for_now(cells[wrong[0]]),
        )
    return {case: when for case, when in found.items() if when is not None}


def _for_now(cell: str) -> str:
    """How the rest can be shown before a cell is mended."""
    return f'for now, count it as unknown: --set "unknown={cell}"'


def is_day(cell: str) -> bool:
    """Whether a cell can be a day, in whatever order day and month stand."""
    return any(when_of(cell, order=order) for order in ("day-first", "month-first"))


def _order_of(cells: Mapping[str, str], column: str) -> str:
    """Which of two numbers is the day, told by those above 12."""
    both = {case: match for case, cell in cells.items() if (match := _SLASHED.fullmatch(_plain(cell)))}
    day_first = [case for case, match in both.items() if int(match["one"]) > 12]
    month_first = [case for case, match in both.items() if int(match["two"]) > 12]
    if day_first and month_first:
        raise FeedbackError(
            f"column '{column}' has dates in two orders: the day comes first for {listed_ids(day_first)}, "
            f"the month for {listed_ids(month_first)}",
            hint="write all of them as 2021-06-05; nobody can tell which order the other cells have",
        )
    open_ = [case for case, match in both.items() if match["one"].zfill(2) != match["two"].zfill(2)]
    if open_ and not day_first and not month_first:
        raise FeedbackError(
            f"column '{column}': '{cells[open_[0]]}' could be two different days, day or month first, "
            f"and no other cell tells which: {listed_ids(open_)}",
            hint="say --set dates=day-first (or month-first), or write days as 2021-06-05",
        )
    return "month-first" if month_first else "day-first"


def when_of(cell: str, *, order: str = "day-first") -> When | None:
    """The day or span of days that a cell names; None when it names none."""
    text = _plain(cell)
    if match := _SLASHED.fullmatch(text):
        one, two = int(match["one"]), int(match["two"])
        day, month = (one, two) if order == "day-first" else (two, one)
        return _when(match["year"], month, day)
    if match := _ISO.fullmatch(text):
        return _when(match["year"], int(match["month"]), int(match["day"]) if match["day"] else None)
    for pattern in (_MONTH_YEAR, _ONLY_YEAR):
        if match := pattern.fullmatch(text):
            month_said = int(match["month"]) if pattern is _MONTH_YEAR else None
            return _when(match["year"], month_said, None)
    if _NUMBER.fullmatch(text):
        serial = float(text)
        within = _SERIALS[0] <= serial < _SERIALS[1]
        return _at(_EXCEL_ZERO + timedelta(days=int(serial))) if within else None
    return _written(text)


def _written(text: str) -> When | None:
    for pattern in _WRITTEN:
        match = pattern.fullmatch(text)
        month = _MONTHS.get(match["month"][:3]) if match else None
        if match and month and calendar.month_name[month].lower().startswith(match["month"].rstrip("t")):
            day = match["day"] if "day" in pattern.groupindex else None
            return _when(match["year"], month, int(day) if day else None)
    return None


def _plain(cell: str) -> str:
    return " ".join(cell.split()).lower()


def _at(day: date) -> When:
    return When(day, day)


def _when(year_said: str, month: int | None, day: int | None) -> When | None:
    year = int(year_said.lstrip("'’"))
    if year < 100:
        year += 2000 if year < _NEXT_CENTURY else 1900
    try:
        if month is None:
            return When(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return When(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
        return _at(date(year, month, day))
    except (ValueError, calendar.IllegalMonthError):
        return None


def months_between(start: date, end: date) -> float:
    """Months from one day to another as the calendar counts them; a part of a month by its days.

    From 31 January to 28 February is one month: a month that has no such day ends on its last.
    """
    months = (end.year - start.year) * 12 + end.month - start.month
    last = calendar.monthrange(end.year, end.month)[1]
    day = min(start.day, last)
    if end.day >= day:
        return months + (end.day - day) / 31
    return months - 1 + min(30.0, 31 - day + end.day) / 31


def span_of_months(starts: When, ends: When) -> tuple[float, float]:
    """The least and the most months that can lie between two days; below 0 where the end may come first."""
    return months_between(starts.latest, ends.earliest), months_between(starts.earliest, ends.latest)


def numbers_of(cells: Mapping[str, str], *, column: str) -> dict[str, float]:
    """The numbers of months in a column's cells, by case id. Errors: no number, or below zero."""
    wrong = [case for case, cell in cells.items() if not _NUMBER.fullmatch(cell.strip())]
    if wrong:
        raise FeedbackError(
            f"column '{column}' should hold months; it does not for {listed_ids(wrong)} "
            f"(the first: '{cells[wrong[0]]}')",
            hint="write a number, and 'unknown' where nobody knows; " + _for_now(cells[wrong[0]]),
        )
    found = {case: float(cell) for case, cell in cells.items()}
    below = [case for case, number in found.items() if number < 0]
    if below:
        raise FeedbackError(
            f"column '{column}' has months below zero for {listed_ids(below)}",
            hint="mend the cells; months count from the start; " + _for_now(cells[below[0]]),
        )
    return found


def are_months(cells: Sequence[str]) -> bool:
    """Whether cells hold numbers that are months and not years or the day numbers of a spreadsheet."""
    return bool(cells) and all(_NUMBER.fullmatch(cell.strip()) and abs(float(cell)) < 1000 for cell in cells)

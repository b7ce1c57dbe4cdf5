"""Values of attributes: their order, ranges that were spoilt, and the vaguer ones that may stand for them."""

from __future__ import annotations

import re
from calendar import month_abbr
from collections.abc import Iterable, Mapping

Broader = Mapping[str, Mapping[str, str]]

NOT_RECORDED = "not recorded"
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPAN = 3  # years
_MONTHS = {name.lower(): number for number, name in enumerate(month_abbr) if name}
_MONTH = "|".join(_MONTHS)
_SPOILT = re.compile(rf"(\d{{1,2}}|{_MONTH})-(\d{{1,2}}|{_MONTH})", re.IGNORECASE)
_NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)")
_BELOW = re.compile(r"(?:less|fewer) than|under|below|up to|<", re.IGNORECASE)
_ABOVE = re.compile(r"(?:more|longer) than|over|above|>", re.IGNORECASE)


def value(given: object) -> str:
    """A cell's words; "" where nothing is recorded."""
    return given.strip() if isinstance(given, str) else ""


def in_order(one: str) -> tuple[bool, list[tuple[int, float, str]]]:
    """Sorts values as people count: less than 1 year, 2-5, 10-20, more than 20; not recorded comes last."""
    named = next((m for m in (_BELOW.match(one), _ABOVE.match(one)) if m), None)
    beside = (-1 if named.re is _BELOW else 1) if named else 0
    pieces = _NUMBER.split(one[named.end() :].lstrip() if named else one)
    found = [
        (0, float(piece.replace(",", "")), "") if at % 2 else (1, 0.0, piece.casefold())
        for at, piece in enumerate(pieces)
        if piece
    ]
    # Beside the same number, what lies below it comes before, and what lies above after all that begins so.
    first = [(0, found[0][1] + beside / 2, "")] if found and found[0][0] == 0 else found[:1]
    return one == NOT_RECORDED, [*first, *found[1:], (1, 0.0, one)]


def band_of(said: str) -> str:
    """A band of years as it was before a spreadsheet took it for a day: 3-4 for 03-Apr, 11-20 for Nov-20.

    Bands with zeros in front come out without: 1-2 for 01-02.
    """
    match = _SPOILT.fullmatch(said.strip())
    if not match:
        return said
    least, most = (_MONTHS.get(piece.lower()) or int(piece) for piece in match.groups())
    return f"{least}-{most}" if least < most else said


def spoilt(values: Iterable[str]) -> list[str]:
    """The values of a column that were ranges before a spreadsheet made days of them, unless all are."""
    every = sorted(set(values))
    days = [one for one in every if band_of(one) != one and any(map(str.isalpha, one))]
    return days if len(days) < len(every) else []


def chains(values: Iterable[object], broader: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """For each value it and what it widens to, step by step: (North West, northern England).

    broader: what each value widens to, itself perhaps again. Where nothing is said and all values are years,
    three of them stand together (2016 to 2018), in bands that do not depend on who is there: so a band never
    tells more than itself. A value that widens to itself by a detour ends there.
    """
    said = sorted({value(one) for one in values} - {""})
    years = not broader and bool(said) and all(_YEAR.fullmatch(one) for one in said)
    return {one: (one, _band(one)) if years else _steps(one, broader) for one in said}


def _band(year: str) -> str:
    first = int(year) // _SPAN * _SPAN
    return f"{first} to {first + _SPAN - 1}"


def _steps(one: str, broader: Mapping[str, str]) -> tuple[str, ...]:
    found = [one]
    while (wider := value(broader.get(found[-1]))) and wider not in found:
        found.append(wider)
    return tuple(found)

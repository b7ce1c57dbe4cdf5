"""Values of attributes and the vaguer ones that may stand for them: a region's part of the country, years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

Broader = Mapping[str, Mapping[str, str]]

_YEAR = re.compile(r"(?:19|20)\d\d")
_SPAN = 3  # years


def value(given: object) -> str:
    """A cell's words; "" where nothing is recorded."""
    return given.strip() if isinstance(given, str) else ""


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

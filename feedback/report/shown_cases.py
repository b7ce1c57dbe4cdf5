"""Attributes of people as rows that leave the tool: nobody stands alone with the values shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

NOT_ATTRIBUTES = ("case_id", "consent")


def shown_cases(cases: pd.DataFrame, *, k: int = 5, order: Sequence[str] = ()) -> pd.DataFrame:
    """The table `cases` with values hidden (None) until every row's attributes fit at least `k` people.

    Attributes are taken one after the other: those of `order`, `leaver`, then those with the fewest values.
    Each parts the people who look alike so far; parts of fewer than k people stay together, joined by
    the next smallest where they are too few, so that a gap singles nobody out either. `case_id` and
    `consent` are kept. Source: local suppression to k-anonymity (Samarati and Sweeney, 1998).
    """
    import pandas as pd

    named = [str(name) for name in cases if name not in NOT_ATTRIBUTES]
    first = [name for name in dict.fromkeys([*order, "leaver"]) if name in named]
    later = sorted((name for name in named if name not in first), key=lambda name: cases[name].nunique())
    shown = cases.copy()
    alike = [list(range(len(cases)))]
    for name in [*first, *later]:
        values = [_value(value) for value in cases[name]]
        parts = [part for people in alike for part in _parted(people, values, k)]
        kept: list[str | None] = [None] * len(cases)
        for people, value in parts:
            for person in people:
                kept[person] = value
        shown[name] = pd.Series(kept, index=cases.index, dtype=object)
        alike = [people for people, _ in parts]
    return shown


def _parted(people: list[int], values: Sequence[str | None], k: int) -> list[tuple[list[int], str | None]]:
    """People who looked alike, parted by a value that k or more share; the others together, without one."""
    by_value: dict[str | None, list[int]] = {}
    for person in people:
        by_value.setdefault(values[person], []).append(person)
    rest = by_value.pop(None, [])
    large = sorted(by_value.items(), key=lambda item: (len(item[1]), str(item[0])))
    while large and (len(large[0][1]) < k or 0 < len(rest) < k):
        rest = rest + large.pop(0)[1]
    found = [(group, value) for value, group in large]
    return [*found, (sorted(rest), None)] if rest else found


def _value(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None

"""What `outcomes:` in feedback.yaml holds: which columns say who left when, and the rules that are shown."""

from __future__ import annotations

from dataclasses import dataclass, field

POPULATIONS = ("", "everybody", "leavers")
DATE_ORDERS = ("", "day-first", "month-first")
DEFINITIONS = ("left-first-employer", "left-statutory-work", "left-profession")


@dataclass(frozen=True)
class Benchmark:
    """A published share of leavers: by which definition, after how many months, of how many people."""

    definition: str = ""
    months: int = 0
    left: float = 0.0
    of: int = 0


@dataclass(frozen=True)
class Outcomes:
    """Columns of the participants table for retention and progression; an empty one is not there.

    The three `left_...` columns hold when somebody left by that definition (a date, months since the start,
    or yes and no); `until` is the day up to which everybody was followed, `last_known` and `months` say how
    long each one was. `roles` are columns whose names end in the months that they are about. `senior` and
    `mission_aligned` are rules: words as they stand in the columns, with `*` for any letters. `at` are the
    months, and `by` the column of groups, of the report's figures.
    """

    start: str = ""
    left_first_employer: str = ""
    left_statutory_work: str = ""
    left_profession: str = ""
    until: str = ""
    last_known: str = ""
    months: str = ""
    status: str = ""
    unknown: tuple[str, ...] = ()
    dates: str = ""
    population: str = ""
    roles: tuple[str, ...] = ()
    senior: tuple[str, ...] = ()
    destination: str = ""
    mission_aligned: tuple[str, ...] = ()
    service: str = ""
    benchmarks: dict[str, Benchmark] = field(default_factory=dict)
    at: tuple[str, ...] = ("12", "24", "36")
    by: str = ""

"""Made-up participants tables whose figures are known beforehand, to the person."""

import random
from datetime import date, timedelta

import pandas as pd

LAST_DAY = date(2024, 9, 1)


def day_after(start: date, months: float) -> date:
    """The day so many months after a start."""
    whole = int(months)
    year, month = divmod(start.month - 1 + whole, 12)
    return date(start.year + year, month + 1, start.day) + timedelta(days=int((months - whole) * 28))


def cohort(n=400, *, employer=0.0, profession=0.0, unknown=0.0, by=36, first_year=2018, years=3, seed=0):
    """n people of whom exactly these shares left within `by` months, by two definitions, and are unknown.

    Who left the profession left the first employer too, no later. The last cohort starts three years before
    LAST_DAY. Columns: case_id, cohort, start_date, left_employer, left_profession, status.
    """
    rng = random.Random(seed)
    people = [f"P{at:04}" for at in range(n)]
    order = rng.sample(people, n)
    gone = {
        "employer": set(order[: round(n * employer)]),
        "profession": set(order[: round(n * profession)]),
    }
    lost = set(order[n - round(n * unknown) :])
    rows = []
    for at, case in enumerate(people):
        start = date(first_year + at % years, 9, 1)
        month = rng.uniform(1, by - 1)
        days = {
            name: day_after(start, month if name == "employer" else rng.uniform(month, by - 0.5)).isoformat()
            if case in left
            else ""
            for name, left in gone.items()
        }
        rows.append(
            {
                "case_id": case,
                "cohort": str(start.year),
                "start_date": start.isoformat(),
                "left_employer": days["employer"],
                "left_profession": days["profession"],
                "status": "unknown" if case in lost else "known",
            }
        )
    return pd.DataFrame(rows)

"""The quote bank of a project: its tables, settings and days of consent as a file for the comms team."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.leaving import leave
from feedback.leaving.heard import heard_in
from feedback.project import Project
from feedback.registry import names, part

if TYPE_CHECKING:
    import pandas as pd

    from feedback.report.bank import Bank, Wanted

UNTIL = "consent_until"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def bank_of(project: Project, wanted: Wanted, *, today: str) -> Bank:
    """The quotes of a project that fit, without those of people whose consent ended before `today`.

    Consent ends on the day in the column `consent_until` of the participants table, where there is one.
    Errors: FeedbackError for a day that cannot be read for certain.
    """
    from feedback.report.bank import quote_bank

    settings = project.settings
    return quote_bank(
        _tables(project, around=wanted.around),
        wanted,
        title=settings.title or project.path.resolve().name,
        audience=settings.quotes.audience,
        until=_until(project),
        today=today,
        attributes=settings.report.attributes,
        leaver=settings.factors.column,
        smallest_group=settings.least_group(),
    )


def _tables(project: Project, *, around: bool) -> dict[str, pd.DataFrame]:
    """The tables that a bank is made of; of the largest ones what it needs: without the words `around` quotes
    who was heard, and the tags of what is quoted.
    """
    tables = {name: project.table(name) for name in ("quotes", "cases", "themes", "factors", "documents")}
    if around:
        tables |= {name: project.table(name) for name in ("segments", "edits")}
    else:
        tables["segments"] = heard_in(project)
    return tables | {"tags": _tags_of(project, tables["quotes"])}


def _tags_of(project: Project, quotes: pd.DataFrame) -> pd.DataFrame:
    """The tags that count of the segments that are quoted."""
    import pyarrow as pa

    from feedback.pipeline.counting import CountingTags

    ids = pa.table({"segment_id": pa.array(sorted(set(quotes["segment_id"])), pa.string())})
    return CountingTags(project, ids).of([range(len(ids))])


def save_bank(project: Project, bank: Bank, file: Path, *, replace: bool = False) -> None:
    """Writes a bank as .html, .docx or .xlsx, if nothing in it shows what the project masks."""
    suffix = file.suffix.lower()
    if suffix not in names("banks"):
        raise FeedbackError(
            f"quotes cannot be written as '{suffix or file.name}'",
            hint="end the name in one of: " + ", ".join(names("banks")),
        )
    counts = {"quotes": len(bank.quotes), "people": bank.n_people}
    leave(project, part("banks", suffix)(bank), file, what="quotes", counts=counts, replace=replace)


def _until(project: Project) -> dict[str, str]:
    """The last day of consent by case_id, as 2027-03-31."""
    people = project.table("private/people")
    if UNTIL not in people:
        return {}
    found = {}
    for case_id, cell in zip(people["case_id"], people[UNTIL], strict=True):
        day = str(cell).strip()[:10] if isinstance(cell, str) else ""
        if day and not _DAY.fullmatch(day):
            raise FeedbackError(
                f"participants table: '{UNTIL}' of {case_id} is no certain day", hint="write it as 2027-03-31"
            )
        found[case_id] = day
    return {case_id: day for case_id, day in found.items() if day}

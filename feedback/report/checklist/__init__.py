"""COREQ and SRQR filled in from a project as far as it knows, the rest left visibly to the researcher."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.model import Report
from feedback.report import wording
from feedback.report.checklist.facts import facts_of
from feedback.report.checklist.items import COREQ, SRQR, Item

if TYPE_CHECKING:
    import pandas as pd

BLANK = "for the researcher to fill in"
SOURCES = {
    "COREQ": "COREQ: Tong, Sainsbury and Craig (2007), Int. J. for Quality in Health Care 19(6)",
    "SRQR": "SRQR: O'Brien, Harris, Beckman, Reed and Cook (2014), Academic Medicine 89(9)",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One item with what the project says of it, and what a person must add ("" where nothing)."""

    item: Item
    said: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """A reporting checklist. `name` is COREQ or SRQR."""

    name: str
    source: str
    answers: tuple[Answer, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many items are answered, answered in part, and blank."""
        whole = sum(bool(one.said) and not one.missing for one in self.answers)
        blank = sum(not one.said for one in self.answers)
        return whole, len(self.answers) - whole - blank, blank


def checklists(
    report: Report,
    tables: Mapping[str, pd.DataFrame],
    *,
    entries: Sequence[Mapping[str, Any]] = (),
    whole: bool = True,
) -> tuple[Checklist, ...]:
    """Both checklists for a report.

    report, tables: as `summarise` made it and what it was made from. entries: the journal's, oldest first.
    whole: whether the journal's chain holds. Nothing is guessed: an item that only the researchers know of is
    left blank, and no group of fewer people than the report shows is named.
    """
    facts = facts_of(report, tables, entries, whole=whole)
    return tuple(
        Checklist(name, SOURCES[name], tuple(_answers(items, facts)))
        for name, items in (("COREQ", COREQ), ("SRQR", SRQR))
    )


def _answers(items: Iterable[Item], facts: Mapping[str, str]) -> Iterable[Answer]:
    for item in items:
        said = tuple(wording.printable(facts[key]) for key in item.keys if facts.get(key))
        missing = item.rest if said else item.rest or item.asks.lower()
        yield Answer(item, said, f"{BLANK}: {missing}" if missing else "")

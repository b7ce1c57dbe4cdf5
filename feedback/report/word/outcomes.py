"""Retention and progression in the Word document: tables say what the page draws."""

from __future__ import annotations

from feedback.model import Outcome, Report, SideTable
from feedback.report.retention import told_points
from feedback.report.word.page import Page

_HEAD = ("Group", "Months", "Left", "Share, 95%", "Kaplan-Meier, 95%", "Still followed")


def write_outcomes(page: Page, report: Report) -> None:
    """The section, where the report has one: each definition under its own label."""
    if not report.outcomes and not report.outcomes_note:
        return
    page.heading("Retention and progression")
    if report.outcomes:
        page.text(
            "From the participants table, whether people were interviewed or not. Each definition of leaving "
            "is a figure of its own. “Left”: of the people followed up to that month, how many had left for "
            "certain, and how many at most. Kaplan-Meier: everybody, each for as long as they were followed.",
            "Note",
        )
    for outcome in report.outcomes:
        _definition(page, outcome)
    for table in report.outcomes_tables:
        _side(page, table)
    if report.outcomes_note:
        page.text(report.outcomes_note, "Note")


def _definition(page: Page, outcome: Outcome) -> None:
    page.heading(f"People who {outcome.label}", 2)
    rows = [[one.group, one.months, *one.figures] for one in told_points(outcome)]
    if rows:
        page.caption(f"People who {outcome.label}, by months since the start")
        page.table(_HEAD, rows)
    for table in outcome.tables:
        _side(page, table)
    for note in outcome.notes:
        page.text(note, "Note")


def _side(page: Page, table: SideTable) -> None:
    page.caption(table.caption)
    if table.rows:
        page.table(table.head, [list(row) for row in table.rows])
    for note in table.notes:
        page.text(note, "Note")

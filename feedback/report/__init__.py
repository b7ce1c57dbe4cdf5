"""Reports: tables become a Report, and a Report becomes the bytes of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedback.model import Report
from feedback.registry import part

if TYPE_CHECKING:
    from feedback.report.summary import summarise

__all__ = ["render", "summarise"]


def __getattr__(name: str) -> Any:
    """Summing up is imported when it is first used: what shows quotes or tables does without it."""
    if name != "summarise":
        raise AttributeError(f"module 'feedback.report' has no attribute '{name}'")
    from feedback.report.summary import summarise

    return summarise


def render(report: Report, suffix: str) -> bytes:
    """The report as the bytes of a file, by suffix (.html, .docx, .json, or one that a package adds).

    The same report gives the same bytes. Raises FeedbackError, with the nearest known one, for a suffix that
    no exporter writes.
    """
    made: bytes = part("exporters", suffix.lower())(report)
    return made

"""What walkers of marked-up documents share: runs of text -> lines -> a reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from feedback.errors import FeedbackError
from feedback.readers.encodings import tidy
from feedback.readers.shapes import Line, Options, Reading, left_out
from feedback.readers.talk.turns import turns_from_lines

# Far more than anybody has said; beyond it, reading would take minutes and more than half a gigabyte.
MOST_CHARACTERS = 10_000_000
MOST_LINES = 100_000


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text, LF for a break in it, and whether it is bold."""

    text: str
    bold: bool = False


def lines_of(runs: Iterable[Run], *, heading: bool = False, dropped: str = "") -> list[Line]:
    """One paragraph's lines: a break inside of it is a line end. That a heading is bold says nothing."""
    tidied = [Run(tidy(run.text)[0], run.bold) for run in runs]
    bold = 0
    for run in tidied:
        if heading or (not run.bold and run.text.strip()):
            break
        bold += len(run.text)
    lines = []
    for index, row in enumerate("".join(run.text for run in tidied).split("\n")):
        lead = min(max(bold, 0), len(row))
        lines.append(Line(row, paragraph=index == 0, bold=lead, heading=heading, dropped=dropped))
        bold -= len(row) + 1
    return lines


def reading_of(
    lines: Sequence[Line],
    *,
    file_name: str,
    options: Options,
    after: Sequence[Line] = (),
    lost: Counter[str] | None = None,
    title: str = "",
) -> Reading:
    """The reading of a document's lines; `lost` counts what is not in its text, by the reason.

    Errors: FeedbackError when there are no words, or more than ten million characters or 100,000 lines.
    """
    if len(lines) > MOST_LINES or sum(len(line.text) for line in lines) > MOST_CHARACTERS:
        raise FeedbackError(f"{file_name} is too large", hint="split it into smaller files")
    if not any(line.text.strip() for line in lines):
        raise FeedbackError(
            f"{file_name} has no words in it",
            hint="if its pages are pictures, use a program that reads scans",
        )
    reading = turns_from_lines(
        lines, interviewers=options.interviewers, participants=options.participants, after=after
    )
    counts = sorted((what, count) for what, count in (lost or {}).items() if count)
    reading.dropped.extend(left_out(f"{what} ({count})") for what, count in counts)
    return Reading(reading.text, reading.turns, reading.dropped, title, reading.reason)

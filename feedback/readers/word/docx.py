"""Word documents: our own walk over the XML, as python-docx loses insertions, controls and text boxes."""

from __future__ import annotations

from dataclasses import replace

from feedback.errors import FeedbackError
from feedback.readers.forms.unlabelled import read_unlabelled
from feedback.readers.safe import Package
from feedback.readers.shapes import Options, Reading, left_out
from feedback.readers.talk.turns import turns_from_lines
from feedback.readers.word.blocks import blocks_of, has_words
from feedback.readers.word.parts import asides_of, body_of, styles_of, title_of
from feedback.readers.word.tables import lines_of
from feedback.readers.word.text import Context
from feedback.readers.word.units import units_of


def read_docx(data: bytes, file_name: str, options: Options) -> Reading:
    """A Word transcript, testimony or filled-in form.

    Tracked insertions, content controls, text boxes and tables are read; tracked deletions and hidden text
    are not, and are counted; headers, footers, notes and comments stand, dropped, at the end of the text.
    Without labels, questions that are set apart (bold, headings, numbers, a table's first column) make the
    file a form, each answer with its question, or, where people talk, an interview.

    Errors: FeedbackError for what is no Word file, is damaged or not safe to open, or has no words.
    """
    package = Package(data, file_name)
    body = body_of(package, file_name)
    context = Context(styles_of(package, file_name))
    blocks = blocks_of(body, context)
    if not has_words(blocks):
        raise FeedbackError(
            f"{file_name} has no words in it",
            hint="if its pages are pictures, use a program that reads scans",
        )
    after = [line for line in asides_of(package, file_name, context.styles) if line.text.strip()]
    title = title_of(package, file_name)
    lines = list(lines_of(blocks))
    reading = turns_from_lines(
        lines, interviewers=options.interviewers, participants=options.participants, after=after
    )
    labelled = sum(bool(turn.speaker) for turn in reading.turns)
    asked = None
    if 2 * labelled <= sum(
        bool(line.text.strip()) for line in lines
    ):  # else nearly every line has a label, and nothing can be more
        units = list(units_of(blocks))
        asked = read_unlabelled(units, after=after, controls=context.controls, labelled=labelled, title=title)
    reading = asked or replace(reading, title=title)
    reading.dropped.extend(left_out(f"{what} ({n})") for what, n in sorted(context.lost.items()) if n)
    return reading

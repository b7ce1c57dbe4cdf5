"""PDF transcripts, testimonies and forms: words with their places, so that page furniture can be told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from feedback.errors import FeedbackError
from feedback.readers.forms.unlabelled import read_unlabelled
from feedback.readers.pages.furniture import marked, with_paragraphs
from feedback.readers.pages.labels import lines_of
from feedback.readers.pages.lines import Row, rows_of
from feedback.readers.pages.margins import without_line_numbers
from feedback.readers.pages.shapes import Page
from feedback.readers.pages.units import MOST_FIELDS, units_of
from feedback.readers.pages.words import read_pages
from feedback.readers.shapes import Line, Options, Reading, left_out
from feedback.readers.talk.turns import turns_from_lines


def read_pdf(data: bytes, file_name: str, options: Options) -> Reading:
    """A PDF transcript, testimony or filled-in form.

    Line numbers, page numbers, footnotes, watermarks and lines that repeat at one height of the pages stand,
    dropped, at the end of the text, so that words that run over a page stay together. Columns are read one
    after the other. Hyphens at line ends stay, each followed by its line end.

    Errors: FeedbackError for passwords, damaged files, over 2,000 pages, and pages that are only pictures.
    """
    pages, title = read_pages(data, file_name)
    layout, numbers = without_line_numbers([rows_of(number, page.words) for number, page in enumerate(pages)])
    rows = marked([row for page in layout for row in page], pages)
    body = with_paragraphs([row for row in rows if not row.dropped])
    if not body and not any(field.value for page in pages for field in page.fields):
        raise FeedbackError(
            f"{file_name} has no text in it: its pages are pictures",
            hint="read it with a program for scans (OCR) first, or ask for the Word file",
        )
    furniture = [row for row in rows if row.dropped]
    after = [Line(row.text, dropped=row.dropped) for row in (*furniture, *numbers)]
    after += [Line(text, dropped="rotated text, a watermark or in the margin") for text in _tilted(pages)]
    reading = _reading(body, pages, after, options, title)
    notes = [
        left_out(f"form fields beyond the first {MOST_FIELDS:,} of page {number} ({len(page.fields)})")
        for number, page in enumerate(pages, start=1)
        if len(page.fields) > MOST_FIELDS
    ]
    notes += [left_out(f"page {number} has no text: blank, or a picture") for number in _blank(pages)]
    return replace(reading, dropped=reading.dropped + notes, title=title)


def _reading(
    body: Sequence[Row], pages: Sequence[Page], after: Sequence[Line], options: Options, title: str
) -> Reading:
    lines = lines_of(body)
    named = {"interviewers": options.interviewers, "participants": options.participants}
    reading = turns_from_lines(lines, **named, after=after)
    labelled = sum(bool(turn.speaker) for turn in reading.turns)
    fields = sum(len(page.fields) for page in pages)
    units = list(units_of(body, pages))
    asked = read_unlabelled(units, after=after, controls=fields, labelled=labelled, title=title)
    if asked or not fields:
        return asked or reading
    filled = [Line(field.value) for page in pages for field in page.fields if field.kind == "text"]
    return turns_from_lines([*lines, *filled], **named, after=after)


def _tilted(pages: Sequence[Page]) -> Iterator[str]:
    """The tilted words of each page."""
    for page in pages:
        text = " ".join(word.text for word in page.words if word.tilted)
        if re.search(r"\S", text):
            yield text


def _blank(pages: Sequence[Page]) -> list[int]:
    return [
        number
        for number, page in enumerate(pages, start=1)
        if not page.words and not any(field.value for field in page.fields)
    ]

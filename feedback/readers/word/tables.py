"""Blocks of Word files as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from feedback.readers.forms.filled import MOST_VALUE_WORDS, is_field_name
from feedback.readers.markup.grid import flat, table_lines
from feedback.readers.shapes import Line
from feedback.readers.word.blocks import Block, Table
from feedback.readers.word.text import Paragraph

_PART = re.compile(
    r"(?:part|section|chapter|theme|topic|session|stage|phase|step|day|week|appendix|unit) [\w.]{1,5}",
    re.IGNORECASE,
)


def lines_of(blocks: Sequence[Block]) -> Iterator[Line]:
    """Paragraphs and tables as lines, in reading order; a cell counts as often as it takes columns."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from lines_in(block)
        elif _is_head(block):
            yield from (Line("\t".join(map(flat, row)), dropped="header block") for row in grid(block))
        else:
            yield from table_lines(
                [[part for cell in row for part in ([*lines_of(cell.blocks)], *[[]] * (cell.span - 1))]
                 for row in block.rows]
            )  # fmt: skip


def lines_in(paragraph: Paragraph) -> Iterator[Line]:
    """A paragraph's lines: a break inside of it is a line end."""
    bold = paragraph.bold
    for index, row in enumerate(paragraph.text.split("\n")):
        lead = min(max(bold, 0), len(row))
        why = paragraph.dropped or ("heading" if paragraph.heading and _heads_a_part(row) else "")
        yield Line(row, paragraph=index == 0, bold=lead, heading=paragraph.heading, dropped=why)
        bold -= len(row) + 1


def _is_head(table: Table) -> bool:
    """Whether all of a table is fields: Role | Social worker | Team | East."""
    rows = grid(table)
    pairs = [pair for row in rows for pair in zip(row[::2], [*row[1::2], ""], strict=False) if any(pair)]
    named = [is_field_name(key) and len(value.split()) <= MOST_VALUE_WORDS for key, value in pairs]
    return bool(named) and all(named) and all(len(row) in {2, 4, 6} for row in rows)


def _heads_a_part(row: str) -> bool:
    """Whether a heading's colon divides it ("Part 1: Leaving") and does not follow a speaker's label."""
    head, colon, rest = row.partition(":")
    return bool(colon and rest.strip()) and bool(_PART.fullmatch(head.strip()))


def grid(table: Table) -> list[list[str]]:
    """The cells' words, as wide as the columns they take; rows without words are left out."""
    rows = [[text for cell in row for text in (cell.text, *[""] * (cell.span - 1))] for row in table.rows]
    return [row for row in rows if any(cell.strip() for cell in row)]

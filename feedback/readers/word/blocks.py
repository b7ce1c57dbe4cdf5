"""A Word file's body as blocks: paragraphs, and tables of cells that hold blocks again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedback.readers.word.styles import child_of, tag_of, value_of
from feedback.readers.word.text import (
    Context,
    Paragraph,
    holds_text,
    is_prompt,
    one_choice,
    paragraph_of,
)

if TYPE_CHECKING:
    from lxml import etree

_INSIDE = frozenset({"sdtContent", "ins", "moveTo", "customXml", "smartTag"})
_MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and how many columns it takes."""

    blocks: tuple[Paragraph | Table, ...]
    span: int = 1

    @property
    def text(self) -> str:
        """All its words, a line for each paragraph."""
        return "\n".join(_text_of(block) for block in self.blocks).strip()

    @property
    def nested(self) -> bool:
        """Whether it holds a table with words in it."""
        return any(isinstance(block, Table) and _text_of(block).strip() for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a merged cell stands once, where it begins."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table


def blocks_of(container: etree._Element, context: Context) -> list[Block]:
    """The blocks of a body, cell or text box; a text box's stand behind the paragraph it hangs on."""
    found: list[Block] = []
    for block in _blocks(container, context):
        before = found[-1] if found else None
        if isinstance(before, Paragraph) and isinstance(block, Paragraph) and before.joined:
            found[-1] = _joined(before, block)
        else:
            found.append(block)
    return found


def _blocks(container: etree._Element, context: Context) -> Iterator[Block]:
    for child in container:
        tag = tag_of(child)
        if tag == "p":
            paragraph, boxes = paragraph_of(child, context)
            yield paragraph
            for box in boxes:
                yield from blocks_of(box, context)
        elif tag == "tbl":
            yield Table(tuple(_rows(child, context)))
        elif tag == "sdt":
            yield from _control(child, context)
        elif tag == "AlternateContent":
            yield from _blocks(one_choice(child), context)
        elif tag == "altChunk":
            context.lost["a document embedded in this one (altChunk), not read: copy its words in"] += 1
        elif tag in {"del", "moveFrom"}:
            context.lost["tracked deletion"] += holds_text(child)
        elif tag in _INSIDE:
            yield from _blocks(child, context)


def _control(control: etree._Element, context: Context) -> Iterator[Block]:
    context.controls += 1
    gallery = child_of(control, "sdtPr", "docPartObj", "docPartGallery")
    if gallery is not None and "contents" in value_of(gallery).lower():
        context.lost["table of contents"] += holds_text(control)
    elif is_prompt(control):
        context.lost["empty form field"] += 1
    else:
        yield from _blocks(control, context)


def _joined(first: Paragraph, second: Paragraph) -> Paragraph:
    """Two paragraphs as one, where the end of the first was deleted."""
    bold = first.bold + second.bold if first.bold >= len(first.text) else first.bold
    return replace(second, text=first.text + second.text, bold=bold, marks=first.marks & second.marks)


def _rows(table: etree._Element, context: Context) -> Iterator[tuple[Cell, ...]]:
    for child in table:
        tag = tag_of(child)
        if tag == "tr" and child_of(child, "trPr", "del") is not None:
            context.lost["tracked deletion"] += holds_text(child)
        elif tag == "tr":
            yield tuple(_cells(child, context))
        elif tag in {"sdt", *_INSIDE}:
            yield from _rows(child, context)


def _cells(row: etree._Element, context: Context) -> Iterator[Cell]:
    for child in row:
        if tag_of(child) == "tc":
            yield _cell(child, context)
        elif tag_of(child) == "sdt" and is_prompt(child):
            context.lost["empty form field"] += 1
            yield Cell(())
        elif tag_of(child) in {"sdt", *_INSIDE}:
            context.controls += tag_of(child) == "sdt"
            yield from _cells(child, context)


def _cell(cell: etree._Element, context: Context) -> Cell:
    span = child_of(cell, "tcPr", "gridSpan")
    width = value_of(span) if span is not None else "1"
    return Cell(tuple(blocks_of(cell, context)), min(int(width), _MOST_COLUMNS) if width.isdecimal() else 1)


def _text_of(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return "\n".join(cell.text for row in block.rows for cell in row)


def has_words(blocks: Sequence[Block]) -> bool:
    """Whether there is anything to read in them."""
    return any(_text_of(block).strip() for block in blocks)

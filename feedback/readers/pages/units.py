"""PDFs without speakers as units: paragraphs with their weight, and form fields with their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from feedback.readers.forms.asked import NUMBERED, Unit
from feedback.readers.forms.filled import BLANK, is_field_name
from feedback.readers.forms.lines import units_in
from feedback.readers.forms.ticks import boxes_in
from feedback.readers.pages.lines import Piece, Row
from feedback.readers.pages.shapes import Field, Page

MOST_FIELDS = 1_000  # on a page
_NEAR = 3.0  # points
_FAR = 220.0  # points; a box's words are nearer
_BLOCK = 2.2  # times the height: lines of one question are nearer


def units_of(rows: Sequence[Row], pages: Sequence[Page]) -> Iterator[Unit]:
    """The units of a file: by its form fields where it has some, else its paragraphs."""
    for number, page in enumerate(pages):
        own = [row for row in rows if row.page == number]
        yield from _filled(own, page.fields) if page.fields else _printed(own)


def _printed(rows: Sequence[Row]) -> Iterator[Unit]:
    """Paragraphs of one weight; a line with boxes or fields stands alone."""
    text, bold = "", False
    for row in rows:
        whole = row.bold == len(row.text)
        units = list(units_in(row.text, row.bold, frozenset({"bold"} if whole else ())))
        alone = len(units) != 1 or bool(units[0].fixed)
        fresh = row.paragraph or NUMBERED.match(row.text) or text.endswith("?")
        if text and (alone or fresh or bold != ("bold" in units[0].marks)):
            yield Unit(text, frozenset({"bold"} if bold else ()))
            text = ""
        if alone:
            yield from units
        else:
            text = f"{text}\n{row.text}" if text else row.text
            bold = "bold" in units[0].marks
    if text:
        yield Unit(text, frozenset({"bold"} if bold else ()))


def _filled(rows: Sequence[Row], fields: Sequence[Field]) -> Iterator[Unit]:
    """Fields from top to bottom, each under or behind the words that are printed for it."""
    free = [(row, piece) for row in rows for piece in row.pieces]
    ordered = sorted(fields, key=lambda field: (round(field.top / 6), field.left))[:MOST_FIELDS]
    named = {id(field): _named(field, free, ordered) for field in ordered}
    taken = {id(piece) for piece in named.values() if piece}
    above = [(row, piece) for row, piece in free if id(piece) not in taken]
    for field in ordered:
        piece = named[id(field)]
        mine = [pair for pair in above if pair[0].middle < field.top + _NEAR]
        above = above[len(mine) :]
        yield from _question(mine, asked=field.kind == "box" or piece is None)
        yield from _answer(field, piece)
    yield from (Unit(piece.text, fixed="aside", reason="printed on the form") for _, piece in above)


def _named(field: Field, free: Sequence[tuple[Row, Piece]], fields: Sequence[Field]) -> Piece | None:
    """The words beside a field: in front of it, or, for a box, behind it first."""
    beside = [piece for row, piece in free if field.top - _NEAR < row.middle < field.bottom + _NEAR]
    behind = [piece for piece in beside if 0 <= piece.left - field.right + _NEAR < _FAR]
    before = [piece for piece in beside if 0 <= field.left - piece.right + _NEAR < _FAR]
    between = [other for other in fields if other is not field and abs(other.top - field.top) < 2 * _NEAR]
    before = [
        piece
        for piece in before
        if not any(piece.right - _NEAR < other.left < field.left for other in between)
    ]
    if field.kind == "box" and behind:
        return min(behind, key=lambda piece: piece.left)
    return max(before, key=lambda piece: piece.right) if before else None


def _question(pieces: Sequence[tuple[Row, Piece]], *, asked: bool) -> Iterator[Unit]:
    """Lines above a field: the last that stand together are its question, the others are only printed."""
    first = len(pieces)
    while asked and first and (first == len(pieces) or _close(pieces[first - 1][0], pieces[first][0])):
        first -= 1
    for _, piece in pieces[:first]:
        yield Unit(piece.text, fixed="aside", reason="printed on the form")
    if first < len(pieces):
        yield Unit("\n".join(piece.text for _, piece in pieces[first:]), fixed="question")


def _close(above: Row, below: Row) -> bool:
    return below.bottom - above.bottom < _BLOCK * below.height and bool(above.bold) == bool(below.bold)


def _answer(field: Field, piece: Piece | None) -> Iterator[Unit]:
    printed = piece.text if piece else ""
    if field.kind == "box":
        option = printed or field.name
        words = boxes_in(option)
        option = words.before if words and words.before else option
        yield Unit(option, fixed="ticked" if field.value else "empty box")
        return
    blank = BLANK.fullmatch(field.value)
    if printed and is_field_name(printed) and "\n" not in field.value:
        yield Unit(f"{printed.rstrip(' :')}: {'' if blank else field.value}", fixed="field")
        return
    if printed:
        yield Unit(printed, fixed="question")
    if not blank:
        yield Unit(field.value, fixed="answer")

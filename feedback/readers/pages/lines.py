"""The words of a page as lines in reading order: pieces between wide gaps, columns one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median

from feedback.readers.pages.shapes import Word

_WIDE = 1.2  # times the height of a line: less is a space between words, even in justified text
_NO_GAP = 0.08  # times the height: letters that are closer belong to one word
_LEAST_LINES = 5  # lines side by side before two columns are believed
_BAND_GAP = 1.4  # times the distance of two lines, between the rows of a table
_LEAST_BANDS = 3
_MOST_GAPS = 3_000  # on a page; more are no columns but a drawing
_LEAST_SHARE = 0.22  # of the text's width, for a column


@dataclass(frozen=True)
class Piece:
    """Words of one line without a wide gap between them."""

    words: tuple[Word, ...]

    @property
    def left(self) -> float:
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @cached_property
    def text(self) -> str:
        """The words with spaces; two parts of one word that the file draws apart are put together."""
        text = self.words[0].text if self.words else ""
        for before, word in pairwise(self.words):
            gap = word.left - before.right
            apart = word.line == before.line or gap > _NO_GAP * word.height or gap < -word.height
            text += f" {word.text}" if apart else word.text
        return text


@dataclass(frozen=True)
class Row:
    """One line of a page in reading order; places in points from the upper left corner."""

    page: int
    pieces: tuple[Piece, ...]
    top: float
    bottom: float
    paragraph: bool = False
    dropped: str = ""

    @property
    def words(self) -> list[Word]:
        return [word for piece in self.pieces for word in piece.words]

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @cached_property
    def text(self) -> str:
        return "\t".join(piece.text for piece in self.pieces)

    @property
    def bold(self) -> int:
        """How many characters at the beginning are bold."""
        lead = []
        for word in self.words:
            if not word.bold:
                break
            lead.append(word.text)
        return len(self.text) if len(lead) == len(self.words) else len(" ".join(lead))


def rows_of(page: int, words: Sequence[Word]) -> list[Row]:
    """A page's lines in reading order; tilted words are not among them."""
    lines = [_row(page, line) for line in _visual_lines(words)]
    return _ordered(lines)


def _visual_lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words that stand beside each other, from top to bottom, each line from left to right."""
    line: list[Word] = []
    tallest = None
    for word in sorted(
        (word for word in words if not word.tilted), key=lambda word: (word.middle, word.left)
    ):
        if tallest and not _beside(tallest, word):
            yield sorted(line, key=lambda word: word.left)
            line, tallest = [], None
        line.append(word)
        if tallest is None or word.height > tallest.height:
            tallest = word
    if line:
        yield sorted(line, key=lambda word: word.left)


def _beside(one: Word, other: Word) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.height, other.height)


def _row(page: int, words: Sequence[Word]) -> Row:
    """One visual line, cut where the gaps are wide."""
    height = median(word.height for word in words)
    pieces: list[list[Word]] = [[words[0]]]
    for before, word in pairwise(words):
        if word.left - before.right > _WIDE * height:
            pieces.append([])
        pieces[-1].append(word)
    main = max(words, key=lambda word: word.height)
    return Row(page, tuple(Piece(tuple(piece)) for piece in pieces), main.top, main.bottom)


def _ordered(rows: Sequence[Row]) -> list[Row]:
    """Rows with the columns of a page one after the other; a row across all columns ends what is above it."""
    gutter = _gutter(rows)
    if gutter is None:
        return list(rows)
    found: list[Row] = []
    left: list[Row] = []
    right: list[Row] = []
    for row in rows:
        if any(_crosses(piece, gutter) for piece in row.pieces):
            found += [*_side_by_side(left, right), row]
            left, right = [], []
            continue
        sides = (
            [piece for piece in row.pieces if piece.right <= gutter + 1],
            [piece for piece in row.pieces if piece.left >= gutter - 1],
        )
        for side, pieces in zip((left, right), sides, strict=True):
            if pieces:
                side.append(Row(row.page, tuple(pieces), row.top, row.bottom))
    return [*found, *_side_by_side(left, right)]


def _side_by_side(left: Sequence[Row], right: Sequence[Row]) -> list[Row]:
    """Two columns one after the other; the rows of a table, whose cells begin beside each other, by row."""
    both = sorted([*left, *right], key=lambda row: row.top)
    distances = sorted(below.top - above.top for above, below in pairwise(both) if below.top - above.top > 1)
    usual = distances[len(distances) // 2] if distances else 0.0
    bands: list[list[Row]] = []
    for row in both:
        if not bands or row.top - bands[-1][-1].top > _BAND_GAP * usual:
            bands.append([])
        bands[-1].append(row)
    sides = {id(row): 0 for row in left} | {id(row): 1 for row in right}
    aligned = [_starts_level(band, sides) for band in bands]
    if len(bands) >= _LEAST_BANDS and sum(aligned) >= 0.8 * len(bands):
        return [row for band in bands for row in sorted(band, key=lambda row: (sides[id(row)], row.top))]
    return [*left, *_ordered(right)]


def _starts_level(band: Sequence[Row], sides: Mapping[int, int]) -> bool:
    tops = [min((row.top for row in band if sides[id(row)] == side), default=-100.0) for side in (0, 1)]
    return abs(tops[0] - tops[1]) < 2 and min(tops) >= 0


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where a page is divided into columns of running text; None where it is not.

    A place is believed when many rows have a wide gap there, few rows between them run across it, and the
    text at both sides is as wide as text is: labels beside speech are no column.
    """
    gaps = [(a.right, b.left, row) for row in rows for a, b in pairwise(row.pieces)]
    if not _LEAST_LINES <= len(gaps) <= _MOST_GAPS:
        return None
    places = sorted({(low + high) / 2 for low, high, _ in gaps} | {high - 0.5 for _, high, _ in gaps})
    best = max(places, key=lambda place: sum(low < place < high for low, high, _ in gaps))
    inside = [(low, high, row) for low, high, row in gaps if low < best < high]
    if len(inside) < _LEAST_LINES:
        return None
    gutter = (max(low for low, _, _ in inside) + min(high for _, high, _ in inside)) / 2
    top, bottom = inside[0][2].top, inside[-1][2].bottom
    between = [row for row in rows if top <= row.top <= bottom]
    across = sum(any(_crosses(piece, gutter) for piece in row.pieces) for row in between)
    if across > 0.25 * len(between) or not _are_columns([row for _, _, row in inside], rows, gutter):
        return None
    return gutter


def _are_columns(beside: Sequence[Row], rows: Sequence[Row], gutter: float) -> bool:
    width = max(row.right for row in rows) - min(row.left for row in rows)
    sides = (
        [[piece for piece in row.pieces if piece.right <= gutter + 1] for row in beside],
        [[piece for piece in row.pieces if piece.left >= gutter - 1] for row in beside],
    )
    for side in sides:
        wide = [pieces[-1].right - pieces[0].left for pieces in side if pieces]
        words = [sum(len(piece.words) for piece in pieces) for pieces in side if pieces]
        if not wide or median(wide) < _LEAST_SHARE * width or median(words) < 3:
            return False
    return True


def _crosses(piece: Piece, gutter: float) -> bool:
    return piece.left < gutter - 1 and piece.right > gutter + 1

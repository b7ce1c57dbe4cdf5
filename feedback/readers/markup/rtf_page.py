"""Where the text of an RTF file comes together: runs -> paragraphs, cells and boxes -> lines."""

from __future__ import annotations

from feedback.readers.markup.grid import table_lines
from feedback.readers.markup.runs import Run, lines_of
from feedback.readers.shapes import Line

BODY, BOX = "body", "box"
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪"})


class Page:
    """The paragraphs so far, `lines`; a text box stands after the paragraph that it is anchored in."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._runs: dict[str, list[Run]] = {BODY: [], BOX: []}
        self._boxed: list[Line] = []
        self._cell: list[Line] = []
        self._row: list[list[Line]] = []
        self._rows: list[list[list[Line]]] = []

    def say(self, where: str, text: str, *, bold: bool) -> None:
        """Adds characters to the paragraph that is open in the body or in a box."""
        self._runs[where].append(Run(text, bold))

    def end_paragraph(self, *, in_table: bool, heading: bool) -> None:
        """Ends the body's paragraph; one outside of a table ends the table before it."""
        lines = [*self._taken(BODY, heading), *self._boxed]
        self._boxed = []
        if in_table:
            self._cell += lines
        else:
            self.end_table()
            self.lines += lines

    def end_box(self) -> None:
        """Ends a paragraph in a text box."""
        if self._runs[BOX]:
            self._boxed += self._taken(BOX, heading=False)

    def end_cell(self, *, inner: bool = False) -> None:
        """Ends a cell, or only a paragraph in it where it is a cell of a table `inner` to that cell."""
        if self._runs[BODY] or self._boxed:
            self._cell += [*self._taken(BODY, heading=False), *self._boxed]
            self._boxed = []
        if not inner:
            self._row.append(self._cell)
            self._cell = []

    def end_row(self) -> None:
        """Ends a row of a table."""
        self._rows.append(self._row)
        self._row = []

    def end_table(self) -> None:
        """Turns the rows so far into lines, a row that breaks off too."""
        rest = [*self._row, self._cell] if self._cell else self._row
        rows = [*self._rows, rest] if rest else self._rows
        self._rows, self._row, self._cell = [], [], []
        if rows:
            self.lines += table_lines(rows)

    def _taken(self, where: str, heading: bool) -> list[Line]:
        """The lines of the paragraph that ends here."""
        runs, self._runs[where] = self._runs[where], []
        return lines_of(_merged(runs), heading=heading)


def whole(text: str) -> str:
    """Text without halves of characters: pairs of them become one, lone ones U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").translate(_BULLETS)


def _merged(runs: list[Run]) -> list[Run]:
    """Runs that look alike as one, so that the halves of a character come together."""
    merged: list[Run] = []
    parts: list[str] = []
    for index, run in enumerate(runs):
        parts.append(run.text)
        if index + 1 == len(runs) or runs[index + 1].bold != run.bold:
            merged.append(Run(whole("".join(parts)), run.bold))
            parts = []
    return merged

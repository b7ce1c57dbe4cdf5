"""The tags and characters of a web page, as they come, -> lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from feedback.readers.markup.grid import table_lines
from feedback.readers.markup.runs import Run, lines_of
from feedback.readers.markup.web_marks import (
    BLOCKS,
    HEADINGS,
    Attributes,
    Classes,
    is_citation,
    note_of,
    why_dropped,
)
from feedback.readers.shapes import Line

_SPACE = re.compile(r"[ \t\n\r\f]+")
_MOST_TABLES = 20  # inside of each other; deeper ones are read line by line


@dataclass(frozen=True, slots=True)
class _Open:
    """What holds inside of an open element; `unread` and `dropped` are reasons."""

    tag: str = ""
    bold: bool = False
    exact: bool = False
    unread: str | None = None
    dropped: str = ""
    heading: bool = False
    quoted: int = 0


@dataclass(slots=True)
class _Table:
    rows: list[list[list[Line]]] = field(default_factory=list)
    cell: list[Line] | None = None


class Page:
    """Takes a parser's events (`start`, `end`, `data`); `lines`, `title` and `lost` are what comes of them.
    `size` counts the characters so far.

    No tree is built, so that deep nesting costs nothing. A quoted e-mail's lines begin with "> " for each
    level where `quotes` is asked for.
    """

    def __init__(self, *, quotes: bool = False) -> None:
        self.lines: list[Line] = []
        self.title = ""
        self.lost: Counter[str] = Counter()
        self.size = 0
        self._quotes = quotes
        self._classes = Classes()
        self._stack = [_Open()]
        self._tables: list[_Table] = []
        self._runs: list[Run] = []
        self._now = self._stack[0]  # what holds where the open paragraph begins
        self._note = ""
        self._spaced = True
        self._sheet: list[str] = []
        self._counted = False
        self._titled = False
        self._depth = 0
        # Most tags say nothing of their own: what holds inside of them is worked out once.
        self._plain: dict[tuple[_Open, str], _Open] = {}

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element begins."""
        outer = self._stack[-1]
        if tag in BLOCKS and outer.unread is None:
            self._end_paragraph()
        key = (outer, tag)
        inner = None if attributes else self._plain.get(key)
        if not inner:
            unread = outer.unread is not None
            inner = replace(outer, tag=tag) if unread else self._inside(tag, attributes, outer)
        if not attributes:
            self._plain[key] = inner
        if outer.unread is None:
            self._begin(tag, attributes, inner)
        self._stack.append(inner)

    def end(self, tag: str) -> None:
        """An element ends."""
        if len(self._stack) > 1:
            self._stack.pop()
        outer = self._stack[-1]
        if tag == "style":
            self._classes.add("".join(self._sheet))
            self._sheet.clear()
        self._titled = self._titled or (tag == "title" and bool(self.title.strip()))
        if outer.unread is None:
            self._counted = False
            if tag in BLOCKS:
                self._end_paragraph()
            self._end_of_table(tag)

    def data(self, words: str) -> None:
        """Characters."""
        now = self._stack[-1]
        if now.tag == "title" and not self._titled:
            self.title += words
        elif now.tag == "style":
            self._sheet.append(words)
        elif now.unread is not None:
            if now.unread and words.strip() and not self._counted:
                self.lost[now.unread] += 1
                self._counted = True
        else:
            self._say(words, now)

    def comment(self, words: str) -> None:
        """A comment of the page's author or program."""
        if re.match(r"\s*\w", words) and not re.match(r"\s*(?:\[if|end|google|start)", words, re.IGNORECASE):
            self.lost["comment in the page"] += 1

    def close(self) -> Page:
        """The page is over."""
        self._end_paragraph()
        while self._tables:
            self._leave_table()
        return self

    def _inside(self, tag: str, attributes: Attributes, outer: _Open) -> _Open:
        bold = self._classes.is_bold(tag, attributes)
        cited = self._quotes and is_citation(tag, attributes)
        return _Open(
            tag=tag,
            bold=outer.bold if bold is None else bold,
            exact=outer.exact or tag in {"pre", "textarea"},
            unread=self._classes.why_unread(tag, attributes),
            dropped=outer.dropped or why_dropped(tag, attributes, outer.tag),
            heading=outer.heading or tag in HEADINGS,
            quoted=outer.quoted + cited,
        )

    def _begin(self, tag: str, attributes: Attributes, inner: _Open) -> None:
        if tag == "br":
            self._break(inner.bold)
        elif tag == "table":
            self._depth += 1
            if self._depth <= _MOST_TABLES:
                self._tables.append(_Table())
        elif tag == "tr" and self._tables:
            self._tables[-1].rows.append([])
        elif tag in {"td", "th"} and self._tables:
            table = self._tables[-1]
            table.cell = []
            (table.rows or [[]])[-1].append(table.cell)
        self._note = self._note or note_of(tag, attributes)

    def _break(self, bold: bool) -> None:
        if self._runs and self._runs[-1].text.endswith(" "):
            self._runs[-1] = Run(self._runs[-1].text.rstrip(" "), self._runs[-1].bold)
        self._runs.append(Run("\n", bold))
        self._spaced = True

    def _say(self, words: str, now: _Open) -> None:
        if not now.exact:
            words = _SPACE.sub(" ", words)
            if self._spaced:
                words = words.removeprefix(" ")
        if not words:
            return
        if not any(run.text.strip() for run in self._runs):
            self._now = now
        self.size += len(words)
        self._spaced = not now.exact and words.endswith(" ")
        self._runs.append(Run(words, now.bold))

    def _end_paragraph(self) -> None:
        runs, self._runs, self._spaced = _trimmed(self._runs), [], True
        note, self._note = self._note, ""
        if not runs:
            return
        now = self._now
        lines = lines_of(runs, heading=now.heading, dropped=now.dropped or note)
        if now.quoted:
            lines = [replace(line, text="> " * min(now.quoted, 9) + line.text, bold=0) for line in lines]
        self._sink().extend(lines)

    def _sink(self) -> list[Line]:
        """Where lines go: the innermost open cell, else the page."""
        return next((table.cell for table in reversed(self._tables) if table.cell is not None), self.lines)

    def _end_of_table(self, tag: str) -> None:
        if tag in {"td", "th"} and self._tables:
            self._tables[-1].cell = None
        elif tag == "table":
            self._depth -= 1
            if self._depth < len(self._tables):
                self._leave_table()

    def _leave_table(self) -> None:
        table = self._tables.pop()
        self._sink().extend(table_lines(table.rows))


def _trimmed(runs: list[Run]) -> list[Run]:
    """Runs without the space at a line's end; a break at the end of a paragraph shows nothing."""
    text = "".join(run.text for run in runs)
    if not text.strip(" \n"):
        return []
    while runs and not runs[-1].text.strip(" \n"):
        runs.pop()
    return [*runs[:-1], Run(runs[-1].text.rstrip(" \n"), runs[-1].bold)]

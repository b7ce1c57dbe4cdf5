"""Markdown -> lines: its marks are no text; code stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from feedback.readers.encodings import decode
from feedback.readers.markup.grid import flat, table_lines
from feedback.readers.markup.runs import reading_of
from feedback.readers.shapes import Line, Options, Reading
from feedback.readers.texts.plain import paragraph_starts

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*")
_RULE = re.compile(r"\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|={3,})\s*")
_UNDER = re.compile(r"\s{0,3}(?:=+|-{2,}) *")
# A line over a rule is a heading only if it cannot be speech: some people put a rule under every turn.
_UNDERLINED = re.compile(r"[^\W_][^:.?!…]{0,60}[^\W_]")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*")
_TABLE_RULE = re.compile(r"\s*\|(?:\s*:?-+:?\s*\|)+\s*")
_FENCE = re.compile(r"\s{0,3}(?:[-*+] )?\s*(```+|~~~+)[^`]*")
_FOOTNOTE = re.compile(r"\s{0,3}\[\^[^\]\s]{1,40}\]:\s*(?P<words>.*)")
_LINK_TARGET = re.compile(
    r"\s{0,3}\[[^\]^][^\]]{0,80}\]:\s*<?(?:https?://|mailto:)\S*(?:\s+[\"'(].{0,150}[\"')])?\s*"
)
_BLOCK_QUOTE = re.compile(r"^(?:\s{0,3}>\s?)+")
_BULLET = re.compile(r"^[-*+]\s+(?:\[[ xX]\]\s+)?(?=\S)")
# Only what is a link: `[laughs](quietly)` and `[pause][laughs]` are somebody's notes on what was said.
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(<?(?:https?:|mailto:|#|/|\.)[^()\s]*(?:\s+\"[^\"]{0,200}\")?\)")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,40}\]")
_BREAK = re.compile(r"<br\s*/?>|(?<!\\)\\$", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|span|div|p|sub|sup|small|mark|font|details|summary)(?:\s[^<>]{0,200})?>", re.I
)
_BOLD_START = re.compile(r"\s*(?:\*\*(?=\S)(.{1,200}?)(?<=\S)\*\*|__(?=\S)(.{1,200}?)(?<=\S)__)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_\n]{1,500}?)(?<=[^\s*_])\1(?![\w*_])")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,500})(?<!`)\1(?!`)")
_STRUCK = re.compile(r"~~(?=\S)([^~\n]{1,500})(?<=\S)~~")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_MARKS = (
    (_NOTE_MARK, ""), (_LINK, r"\1"), (_TAG, ""), (_CODE, r"\2"), (_STRONG, r"\2"), (_EMPHASIS, r"\2"),
    (_STRUCK, r"\1"),
)  # fmt: skip
_AWAY = 0x10FF00
_ESCAPED = re.compile("[" + "".join(chr(_AWAY + ord(mark)) for mark in "\\`*_{}[]()#+.!>~|-") + "]")
_TITLE = re.compile(r"title\s*:\s*[\"']?(.{1,200}?)[\"']?\s*", re.IGNORECASE)
_EDGE = "---"
_SHORT = 200  # characters; longer rows are no rules or headings


def read_md(data: bytes, file_name: str, options: Options) -> Reading:
    """A Markdown transcript or testimony; its text has no marks of emphasis, headings, lists or links.

    Front matter is dropped where it stands; footnotes and comments stand, dropped, at the end of the text.
    """
    text, dropped = decode(data, file_name)
    text, comments = _without_comments(text)
    rows = text.split("\n")
    front = _front_matter(rows)
    walk = _Walk(rows[front:])
    lines = [*(Line(row, dropped="front matter") for row in rows[:front]), *walk.lines()]
    after = [*walk.notes, *(Line(flat(comment), dropped="comment") for comment in comments)]
    named = next((found[1] for row in rows[:front] if (found := _TITLE.fullmatch(row))), "")
    title = next((line.text.strip() for line in lines if line.heading), named)
    reading = reading_of(lines, file_name=file_name, options=options, after=after, title=title)
    reading.dropped.extend(dropped)
    return reading


class _Walk:
    """Goes down the rows after the front matter once; keeps the footnotes it finds."""

    def __init__(self, rows: list[str]) -> None:
        self.notes: list[Line] = []
        self._rows = rows
        self._starts = paragraph_starts(rows)
        self._index = 0

    def lines(self) -> Iterator[Line]:
        while self._index < len(self._rows):
            row, paragraph = self._rows[self._index], self._starts[self._index]
            self._index += 1
            if fence := _FENCE.fullmatch(row[:_SHORT]):
                yield from self._code(fence[1], paragraph)
            elif _TABLE_ROW.fullmatch(row):
                yield from self._table(row)
            elif note := _FOOTNOTE.fullmatch(row):
                self.notes.append(Line(_without_marks(note["words"]), dropped="footnote"))
            elif _LINK_TARGET.fullmatch(row[:_SHORT]):
                yield Line(row, paragraph=paragraph, dropped="where a link leads")
            else:
                yield from self._row(row, paragraph)

    def _row(self, row: str, paragraph: bool) -> Iterator[Line]:
        following = self._rows[self._index] if self._index < len(self._rows) else ""
        if paragraph and _UNDERLINED.fullmatch(row.strip()) and _UNDER.fullmatch(following[:_SHORT]):
            self._index += 1
            yield Line(_without_marks(row.strip()), paragraph=True, heading=True)
            return
        for number, piece in enumerate(_BREAK.split(row)):
            yield _line(piece, paragraph and not number)

    def _code(self, fence: str, paragraph: bool) -> Iterator[Line]:
        """What stands between two fences, as it is."""
        inside = self._while(lambda row: not row.strip().startswith(fence))
        self._index += 1
        yield from (Line(row, paragraph=paragraph and not number) for number, row in enumerate(inside))

    def _while(self, fits: Callable[[str], object]) -> Sequence[str]:
        """The rows that follow, as long as they fit; the walk goes on after them."""
        first = self._index
        while self._index < len(self._rows) and fits(self._rows[self._index]):
            self._index += 1
        return self._rows[first : self._index]

    def _table(self, first: str) -> Iterator[Line]:
        table = [first, *self._while(_TABLE_ROW.fullmatch)]
        cells = [_cells(row) for row in table if not _TABLE_RULE.fullmatch(row)]
        yield from table_lines([[[_line(cell.strip(), True)] for cell in row] for row in cells])


def _cells(row: str) -> Sequence[str]:
    return [cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip().removeprefix("|"))][:-1]


def _line(row: str, paragraph: bool) -> Line:
    if len(row) <= _SHORT and _RULE.fullmatch(row):
        return Line("", paragraph=paragraph)
    heading = _HEADING.fullmatch(row) if len(row) <= _SHORT else None
    core = heading[2] if heading else _BULLET.sub("", _BLOCK_QUOTE.sub("", row).strip())
    bold = _BOLD_START.match(core)
    text = _without_marks(core)
    lead = len(_without_marks(bold[0])) if bold else 0
    return Line(text, paragraph=paragraph, bold=min(lead, len(text)), heading=bool(heading))


def _without_marks(text: str) -> str:
    # An escaped mark is put out of the way of the patterns, as a character that no text has.
    text = _ESCAPE.sub(lambda found: chr(_AWAY + ord(found[1])), text)
    for pattern, group in _MARKS:
        text = pattern.sub(group, text)
    return _ESCAPED.sub(lambda found: chr(ord(found[0]) - _AWAY), text)


def _without_comments(text: str) -> tuple[str, list[str]]:
    """Text without `<!-- ... -->`, and these; an open one without an end stays as it is."""
    parts, comments, position = [], [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts.append(text[position:start])
        comments.append(text[start + 4 : end])
        position = end + 3
    return "".join([*parts, text[position:]]), comments


def _front_matter(rows: list[str]) -> int:
    """How many rows the block between two `---` at the top takes, 0 if there is none."""
    if rows[0].strip() != _EDGE:
        return 0
    ends = (index for index in range(1, min(len(rows), 60)) if rows[index].strip() in {_EDGE, "..."})
    return next(ends, -1) + 1

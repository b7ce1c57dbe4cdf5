"""Plain text and Markdown -> paragraphs; "> " makes a block quote."""

from __future__ import annotations

import re

from feedback.readers.published.shapes import Look, Paragraph

_QUOTED = re.compile(r"[ ]{0,3}>[ ]?")
_FENCE = re.compile(r"[ ]{0,3}(```|~~~)")
_START = re.compile(r"\A[ ]{0,3}(?:[-*+•]\s|\d{1,3}[.)]\s|#{1,6}\s)")
_DASHED = re.compile(r"\s*(?:[—–―]|--|-\s)")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKS = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(?<!\!)\[([^\]]+)\]\((?:https?:|mailto:|#|/|\.)[^)]*\)"), r"\1"),
    (re.compile(r"(\*\*\*|\*\*|\*|___|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"</?(?:q|em|i|b|strong|cite|u|span|br)\b[^>]*>"), ""),
    (re.compile(r"\\([\[\]()*_>#\"'`.!-])"), r"\1"),
)


def plain_paragraphs(data: bytes, file_name: str) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs of a text file: between empty lines, or each line where there are none."""
    rows = _decoded(data, file_name).split("\n")
    return _paragraphs(rows, markdown=False), []


def markdown_paragraphs(data: bytes, file_name: str) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs of a Markdown file without its marks; code is no quote."""
    text = _COMMENT.sub("", _decoded(data, file_name))
    return _paragraphs(text.split("\n"), markdown=True), []


def _decoded(data: bytes, file_name: str) -> str:
    from feedback.readers.encodings import decode

    return decode(data, file_name)[0]


def _paragraphs(rows: list[str], *, markdown: bool) -> list[Paragraph]:
    found: list[Paragraph] = []
    open_: list[str] = []
    begun, group, code = 0, 0, False
    look: Look = ""
    spaced = any(not row.strip() for row in rows[1:-1])

    def close() -> None:
        text = "\n".join(open_) if markdown or look else " ".join(open_)
        if text.strip():
            found.append(Paragraph(_bare(text) if markdown else text, look, f"line {begun}", group))
        open_.clear()

    for number, row in enumerate(rows, start=1):
        if markdown and _FENCE.match(row):
            close()
            code = not code
            continue
        if code:
            continue
        mark = _QUOTED.match(row)
        inner = row[mark.end() :].lstrip("> ") if mark else row
        now: Look = "quote" if mark else ""
        alone = not inner.strip() or _START.match(inner) or _DASHED.match(inner) or not spaced
        if now != look or alone:
            close()
        if now != look:
            group, look = group + 1, now
        if inner.strip():
            begun = begun if open_ else number
            open_.append(_START.sub("", inner.strip()) if not _DASHED.match(inner) else inner.strip())
    close()
    return found


def _bare(text: str) -> str:
    for pattern, kept in _MARKS:
        text = pattern.sub(kept, text)
    return text.replace("\n", " ")

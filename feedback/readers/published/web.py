"""Web pages -> paragraphs; `blockquote` and `q` are quotes, `figcaption` and `cite` say who spoke."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feedback.errors import FeedbackError
from feedback.readers.published.shapes import Look, Paragraph

_BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary ul tr td th table
    tbody thead tfoot caption""".split()
)
_UNREAD = frozenset(
    """script style title template svg math head iframe object noscript select button del s
    strike""".split()
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = re.compile(r"(?:^|\s)(?:sr|sr-only|visually-hidden|screen-reader-text)(?:\s|$)")
_QUOTE = re.compile(r"(?:^|[\s_-])(?:pull|block)?-?quot(?:e|ation)(?:[\s_-]?text)?(?:$|\s)", re.IGNORECASE)
_SAYS = re.compile(r"(?:^|[\s_-])(?:attribution|quote-?(?:source|author|by))(?:$|\s)", re.IGNORECASE)
_MOST_TAGS, _CHUNK = 700_000, 256 * 1024


def paragraphs_of(data: bytes, file_name: str) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs of a page in reading order; scripts and hidden parts are not read.

    Errors: FeedbackError when it is too large, damaged or has no words.
    """
    from lxml import etree

    from feedback.readers.markup.web import decoded

    text, _ = decoded(data, file_name)
    if text.count("<") + text.count("&") > _MOST_TAGS:
        raise FeedbackError(f"{file_name} is too large", hint="save it without pictures, or split it")
    page = _Page()
    target: Any = page
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True, no_network=True)
    raw = re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", "", text).encode()
    try:
        for start in range(0, len(raw), _CHUNK):
            parser.feed(raw[start : start + _CHUNK])
        parser.close()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedbackError(
            f"{file_name} is damaged: its text cannot be read", hint="save it again, as .docx or .txt"
        ) from error
    notes = ["text that is struck out or deleted was left out"] if page.struck else []
    return page.paragraphs, notes


@dataclass(frozen=True, slots=True)
class _Open:
    """What holds inside of an open element."""

    tag: str = ""
    unread: bool = False
    look: Look = ""
    group: int = 0
    inline: bool = False


class _Page:
    """Takes the parser's events; no tree is built, so that no nesting is too deep."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.struck = 0
        self._stack = [_Open()]
        self._words: list[str] = []
        self._group = 0
        self._look: Look = ""
        self._in = 0
        self._heading = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        outer = self._stack[-1]
        inner = self._inside(tag, attributes, outer)
        if not outer.unread and (tag in _BLOCKS or inner.look != outer.look):
            self._end_paragraph()
        if tag == "br":
            self._words.append("\n")
        if inner.inline and not outer.unread:
            self._words.append("“")
        self._stack.append(inner)

    def _inside(self, tag: str, attributes: Mapping[str, str], outer: _Open) -> _Open:
        classes = attributes.get("class", "")
        unread = (
            outer.unread or tag in _UNREAD or "hidden" in attributes
            or bool(_HIDDEN.search(attributes.get("style", ""))) or bool(_UNSEEN.search(classes))
        )  # fmt: skip
        self.struck += tag in ("del", "s", "strike") and not outer.unread
        look, group = outer.look, outer.group
        if tag in ("figcaption", "cite") or _SAYS.search(classes):
            look = "attribution" if tag != "cite" or outer.look == "quote" else look
        elif tag == "blockquote" or (
            tag in ("p", "div") and _QUOTE.search(classes) and outer.tag != "figure"
        ):
            self._group += 1
            look, group = "quote", self._group
        return _Open(tag, unread, look, group, inline=tag == "q" and outer.look != "quote")

    def end(self, tag: str) -> None:
        """An element ends."""
        inner = self._stack.pop() if len(self._stack) > 1 else self._stack[-1]
        outer = self._stack[-1]
        if inner.inline and not outer.unread:
            self._words.append("”")
        if tag in _HEADINGS and not outer.unread:
            self._heading = " ".join("".join(self._words).split()) or self._heading
        if not outer.unread and (tag in _BLOCKS or inner.look != outer.look):
            self._end_paragraph()

    def data(self, words: str) -> None:
        """Characters."""
        now = self._stack[-1]
        if now.unread:
            return
        words = re.sub(r"[ \t\n\r\f]+", " ", words)
        if not "".join(self._words).strip():
            self._look, self._in = now.look, now.group
        self._words.append(words)

    def comment(self, words: str) -> None:
        """A comment, which nobody reads."""

    def close(self) -> _Page:
        """The page is over."""
        self._end_paragraph()
        return self

    def _end_paragraph(self) -> None:
        text = re.sub(r" *\n *", "\n", "".join(self._words)).strip()
        self._words = []
        if text:
            where = f"under “{self._heading}”" if self._heading else "at the top of the page"
            self.paragraphs.append(Paragraph(text, self._look, where, self._in))

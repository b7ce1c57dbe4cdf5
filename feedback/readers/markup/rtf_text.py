"""RTF's control words, groups and characters -> lines."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from feedback.errors import FeedbackError
from feedback.readers.markup.grid import flat
from feedback.readers.markup.rtf_page import BODY, BOX, Page, whole
from feedback.readers.markup.rtf_words import (
    ASIDES,
    CHARACTERS,
    NUMBERS,
    PARAGRAPH_ENDS,
    SKIPPED,
    SYMBOLS,
    codec_of_charset,
    codec_of_page,
)
from feedback.readers.markup.runs import MOST_LINES
from feedback.readers.shapes import Line

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?[0-9]{1,9})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|([^\\{}]+)|\\", re.DOTALL
)
_LINE_ENDS = b"\r\n\0"
_HEADING = re.compile(r"(?:(?:sub)?title|heading\b.*)", re.IGNORECASE)
_DEEPEST = 2_000
_MOST_BYTES = 40_000_000  # of text, pictures not counted
_MOST_TOKENS = 600_000
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪"})
_SKIP, _TITLE, _FONTS, _STYLES = "skip", "title", "fonttbl", "stylesheet"
# What switches on without a number or with one that is not 0, and off with 0.
_SWITCHES = {"b": "bold", "v": "hidden", "deleted": "deleted", "intbl": "in_table", "itap": "in_table"}
_RESETS: dict[str, dict[str, object]] = {
    "plain": {"bold": False, "hidden": False, "deleted": False},
    "pard": {"in_table": False, "style": 0, "heading": False},
}


@dataclass(frozen=True, slots=True)
class _State:
    """What holds until the group ends: where text goes, and how its characters and paragraph look."""

    to: str = BODY
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int = 0
    stand_in: int = 1  # how many characters after \u are for programs without Unicode
    in_table: bool = False
    style: int = 0
    heading: bool = False
    reason: str = ""  # of an aside: header, footnote, ...


class Walk:
    """Goes through the file once; `lines`, `asides`, `title` and `lost` are what it finds.

    Errors: FeedbackError for groups more than 2,000 deep or more than 600,000 control words.
    """

    def __init__(self, file_name: str) -> None:
        self._page = Page()
        self.lines = self._page.lines
        self.asides: list[Line] = []
        self.title = ""
        self.lost: Counter[str] = Counter()
        self._file_name = file_name
        self._state = _State()
        self._stack: list[_State] = []
        self._aside: list[str] = []
        self._bytes = bytearray()
        self._size = 0
        self._skip = 0
        self._starred = False
        self._unseen = ""  # why the last characters were not taken, so that a stretch is counted once
        self._codec = "cp1252"
        self._fonts: dict[int, str] = {}
        self._headings: set[int] = set()
        self._named = ""

    def take(self, data: bytes, start: int) -> bool:
        """Reads from the opening brace at `start`; whether the closing one was there."""
        position, count = start, 0
        while position < len(data) and (token := _TOKEN.match(data, position)):
            position = token.end()
            count += 1
            word, number, code, symbol, brace, text = token.groups()
            if text:
                self._text(text.translate(None, _LINE_ENDS))
            elif code:
                self._code(code)
            elif brace:
                self._brace(brace)
                if not self._stack:
                    break
            elif word == b"bin":
                position += max(int(number or 0), 0)
            elif word or symbol:
                self._command(word, number, symbol)
            if count > _MOST_TOKENS or self._size > _MOST_BYTES or len(self.lines) > MOST_LINES:
                raise FeedbackError(f"{self._file_name} is too large", hint="split it into smaller files")
        ended = not self._stack
        self._finish()
        return ended

    def _finish(self) -> None:
        self._flush()
        while self._stack:
            self._close()
        self._paragraph_ends()
        self._page.end_table()

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip, self._starred = 0, False
        if brace == b"{":
            if len(self._stack) >= _DEEPEST:
                raise FeedbackError(
                    f"{self._file_name} is not safe to open: it nests too deep",
                    hint="open it in the program that made it and save it again",
                )
            self._stack.append(self._state)
        elif self._stack:
            self._close()

    def _close(self) -> None:
        ending, self._state = self._state, self._stack.pop()
        if ending.reason and not self._state.reason:
            words = whole(flat("".join(self._aside)))
            self.asides.append(Line(words, dropped=ending.reason))
            self._aside = []
        if ending.to == BOX != self._state.to:
            self._page.end_box()

    def _destination(self, word: str) -> bool:
        """Turns to another destination where the word opens one."""
        starred, self._starred = self._starred, False
        state = self._state
        if state.to == _SKIP:
            return True
        if word in ASIDES and state.to == BODY:
            self._state = replace(state, to="aside", reason=ASIDES[word], bold=False, hidden=False)
        elif word in {_FONTS, _STYLES, _TITLE}:
            self._state = replace(state, to=word)
        elif word in NUMBERS:
            self.lost["automatic number, not in the text"] += state.to == BODY
            self._state = replace(state, to=_SKIP)
        elif word == "shptxt" and state.to in {BODY, BOX}:
            self._state = replace(state, to=BOX)
        elif word in SKIPPED or (starred and word not in {"shpinst", *ASIDES}):
            self._state = replace(state, to=_SKIP)
        elif word == "info":
            self._state = replace(state, to="info")
        else:
            return False
        return True

    def _command(self, word: bytes | None, number: bytes | None, symbol: bytes | None) -> None:
        self._flush()
        self._skip = 0
        if symbol:
            self._symbol(symbol.decode("latin-1"))
            return
        name = (word or b"").decode("ascii")
        if self._destination(name):
            return
        value = int(number) if number else None
        if name == "u" and value is not None:
            self._say(chr(value & 0xFFFF))
            self._skip = self._state.stand_in
        elif name in CHARACTERS:
            self._say(CHARACTERS[name])
        elif name in PARAGRAPH_ENDS:
            self._paragraph_ends()
        elif name in {"cell", "nestcell", "row"}:
            self._table_word(name)
        else:
            self._look(name, value)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in PARAGRAPH_ENDS:
            self._paragraph_ends()
        else:
            self._say(SYMBOLS.get(symbol, ""))

    def _look(self, name: str, value: int | None) -> None:
        """Words that change how what follows looks, or what its bytes mean."""
        changes: dict[str, object] = {}
        if name in _SWITCHES:
            changes = {_SWITCHES[name]: value != 0}
        elif name in _RESETS:
            changes = _RESETS[name]
        elif name == "outlinelevel":
            changes = {"heading": value != 9}
        elif name == "ftnalt" and self._state.reason == "footnote":
            changes = {"reason": "endnote"}
        elif value is not None and value >= 0:
            changes = self._coding(name, value)
        if any(getattr(self._state, which) != value for which, value in changes.items()):
            self._state = replace(self._state, **changes)  # type: ignore[arg-type]

    def _coding(self, name: str, value: int) -> dict[str, object]:
        if name == "f":
            return {"font": value}
        if name == "s":
            return {"style": value}
        if name == "uc":
            return {"stand_in": min(value, 8)}
        if name == "ansicpg":
            self._codec = codec_of_page(value)
        elif name == "fcharset" and self._state.to == _FONTS:
            self._fonts.setdefault(self._state.font, codec_of_charset(value))
        return {}

    def _text(self, text: bytes) -> None:
        text = text[self._skip :] if self._skip else text
        self._skip = 0
        if text and self._state.to != _SKIP:
            self._size += len(text)
            self._bytes += text

    def _code(self, code: bytes) -> None:
        if self._skip:
            self._skip -= 1
        elif self._state.to != _SKIP:
            self._bytes.append(int(code, 16))

    def _flush(self) -> None:
        """Decodes what has come in as bytes; a character may take several of them."""
        if self._bytes:
            codec = self._fonts.get(self._state.font) or self._codec
            words = bytes(self._bytes).decode(codec, errors="replace")
            self._bytes.clear()
            self._say(words)

    def _say(self, words: str) -> None:
        state = self._state
        if state.to in {BODY, BOX}:
            unseen = "tracked deletion" if state.deleted else "hidden text" if state.hidden else ""
            if unseen and words.strip():
                self.lost[unseen] += unseen != self._unseen
                self._unseen = unseen
            if not unseen:
                self._unseen = ""
                self._page.say(state.to, words, bold=state.bold)
        elif state.reason:
            if not (state.deleted or state.hidden):
                self._aside.append(words)
        elif state.to == _TITLE:
            self.title += words
        elif state.to == _STYLES:
            self._style(words)

    def _style(self, words: str) -> None:
        self._named += words
        if words.rstrip().endswith(";"):
            if _HEADING.fullmatch(self._named.rstrip("; ").strip()):
                self._headings.add(self._state.style)
            self._named = ""

    def _paragraph_ends(self) -> None:
        state = self._state
        if state.to == BODY:
            heading = state.heading or state.style in self._headings
            self._page.end_paragraph(in_table=state.in_table, heading=heading)
        elif state.to == BOX:
            self._page.end_box()
        elif state.reason:
            self._aside.append(" ")

    def _table_word(self, name: str) -> None:
        if self._state.to == BODY:
            if name == "row":
                self._page.end_row()
            else:
                self._page.end_cell(inner=name == "nestcell")

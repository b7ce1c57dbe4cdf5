"""Bytes -> text: byte order mark, UTF-16 by its pattern, strict UTF-8, then Windows-1252; LF line ends.

Charset detectors are not asked: they take British Windows-1252 for Central European and turn "£" into "Ł".
What looks like another encoding is read as Windows-1252 all the same, and told.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from feedback.errors import FeedbackError
from feedback.model import Dropped
from feedback.readers.mojibake import repaired, repairs_in
from feedback.readers.shapes import left_out

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r*\n|\r|[\x0b\x0c\x85\u2028\u2029]")
_ODD_LINE_END = re.compile(r"[\r\x0b\x0c\x85\u2028\u2029]")
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_SAMPLE = 4096
_PIECE = 1 << 16  # bytes
_PAGES = frozenset(range(0x0E))  # high bytes of the alphabets from Latin to Thai
_LETTER = r"[^\W\d_]"
# How another encoding shows when it is read as Windows-1252: donÕt and cafŽ, z³oty and ¿ycie, îáû.
_FOREIGN = (
    (
        "Mac Roman",
        re.compile(rf"{_LETTER}Õ(?=[a-z]{{1,2}}\b)|{_LETTER}Ž\b|\bÒ(?=[A-Za-z])|[a-z.,!?]Ó(?=\s|$)|Ê(?=\s)"),
    ),
    (
        "Central European (Windows-1250 or ISO 8859-2)",
        re.compile(rf"{_LETTER}[¹³¿±¶¼](?={_LETTER})|\b[¿³](?=[a-z])|{_LETTER}[³¹](?=\s)"),
    ),
    ("Cyrillic or Greek", re.compile(r"\b[À-ÿ]{4,}\b")),
)
_ENOUGH = 3


def decode(data: bytes, file_name: str) -> tuple[str, list[Dropped]]:
    """The text of a plain-text file, with what had to be repaired or left out.

    Errors: FeedbackError when the bytes are not text.
    """
    text, notes = _decode(data, file_name)
    if "\n" not in text and "\r" not in text:
        text = text.replace("\x85", "\n")  # else it is an ellipsis of Windows, read wrongly
    text, repairs = repaired(text)
    plain, more = tidy(text)
    if not plain.strip():
        raise FeedbackError(f"{file_name} has no words in it", hint="check that it is the right file")
    return plain, notes + repairs + more


@dataclass(frozen=True)
class Pieces:
    """A text in pieces of whole lines, each decoded when its turn comes, as often as is asked.

    One wide letter anywhere makes a text take four times the room; so it does in its own piece alone.
    """

    data: bytes = field(repr=False)
    spans: tuple[tuple[int, int], ...]
    changed: Mapping[int, str] = field(repr=False)

    def __iter__(self) -> Iterator[str]:
        for at, piece in enumerate(_decoded(self.data, self.spans)):
            yield _tidied(self.changed.get(at, piece))[0]


def decode_in_pieces(data: bytes, file_name: str) -> tuple[Iterable[str], list[Dropped]]:
    """What `decode` gives, in pieces where it is long and UTF-8."""
    spans = _spans(data, file_name)
    try:
        changed, notes = repairs_in(_decoded(data, spans))
    except UnicodeDecodeError:
        spans = ()
    pieces = Pieces(data, spans, changed if spans else {})
    if len(spans) < 2 or not any(map(str.strip, pieces)):
        text, notes = decode(data, file_name)
        return [text], notes
    controls = sum(_tidied(changed.get(at, one))[1] for at, one in enumerate(_decoded(data, spans)))
    return pieces, notes + _left_out_controls(controls)


def _decoded(data: bytes, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    return (data[start:end].decode() for start, end in spans)


def _spans(data: bytes, file_name: str) -> tuple[tuple[int, int], ...]:
    """Where a long text in UTF-8 is cut, after line ends; nothing where it is something else."""
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    marked = any(data.startswith(mark) for mark, encoding in _MARKS if encoding != "utf-8")
    if len(data) < _PIECE or marked or _utf16_without_mark(data):
        return ()
    if not start:
        _refuse_binary(data, file_name)
    found = []
    while start < len(data):
        end = data.find(b"\n", start + _PIECE) + 1 or len(data)
        found.append((start, end))
        start = end
    return tuple(found)


def tidy(text: str) -> tuple[str, list[Dropped]]:
    """Text with LF line ends and without control characters; the second says how many there were."""
    plain, count = _tidied(text)
    return plain, _left_out_controls(count)


def _tidied(text: str) -> tuple[str, int]:
    # Nearly all files have one kind of line end, for which this takes no room for pieces.
    text = text.replace("\r\n", "\n")
    if _ODD_LINE_END.search(text):
        text = _LINE_ENDS.sub("\n", text)
    return _CONTROLS.subn("", text)


def _left_out_controls(count: int) -> list[Dropped]:
    return [left_out(f"control characters ({count})")] if count else []


def _decode(data: bytes, file_name: str) -> tuple[str, list[Dropped]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_mark(data[len(mark) :], encoding)
    if encoding := _utf16_without_mark(data):
        return _with_mark(data, encoding)
    _refuse_binary(data, file_name)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        return _not_strict(data, error.start)


def _with_mark(data: bytes, encoding: str) -> tuple[str, list[Dropped]]:
    text = data.decode(encoding, errors="replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode(encoding))
    return text, [left_out(f"bytes that are no {encoding.upper()} ({bad})")] if bad > 0 else []


def _utf16_without_mark(data: bytes) -> str:
    """UTF-16 when the bytes at even (or odd) places are nearly all NUL, or one script's page; else "".

    Letters of one script share their high byte: NUL for Latin, 04 for Cyrillic, 06 for Arabic.
    """
    sample = data[:_SAMPLE]
    if len(sample) < 4 or b"\0" not in sample:
        return ""
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        low = sample[0::2] if encoding == "utf-16-le" else sample[1::2]
        pages = Counter(high).most_common(2)
        most = sum(count for page, count in pages if page in _PAGES)
        if most > 0.7 * len(high) and high.count(0) > 0.1 * len(high) and low.count(0) < 0.1 * len(low):
            return encoding
    return ""


def _refuse_binary(data: bytes, file_name: str) -> None:
    sample = data[:_SAMPLE]
    controls = sum(byte < 9 or 13 < byte < 32 for byte in sample)
    if controls > 0.02 * len(sample) + 2:
        raise FeedbackError(
            f"{file_name} is not a text file",
            hint="open it in the program that made it and save it as .txt, .docx, .vtt or .csv",
        )


def _not_strict(data: bytes, first_bad: int) -> tuple[str, list[Dropped]]:
    """Bytes that fail as UTF-8: cut off at the end, a few strays among UTF-8, or Windows-1252."""
    good = len(_UTF8_PAIR.findall(data))
    if first_bad >= len(data) - 3 and (good or first_bad >= len(data) - 1) and data[first_bad] >= 0xC2:
        return data[:first_bad].decode("utf-8"), [left_out("the file ends in the middle of a character")]
    bad = len(re.findall(rb"[\x80-\xff]", _UTF8_PAIR.sub(b"", data)))
    if good > 2 * bad and good:
        text = data.decode("utf-8", errors="feedback.windows")
        return text, [left_out(f"characters that are no UTF-8, read as Windows-1252 ({bad})")]
    text = data.decode("cp1252", errors="feedback.windows")
    return text, _doubts(text)


def _doubts(text: str) -> list[Dropped]:
    """A note where text read as Windows-1252 looks as if it were written in another encoding."""
    for name, sign in _FOREIGN:
        if (count := len(sign.findall(text))) >= _ENOUGH:
            return [
                left_out(
                    f"read as Windows-1252, but looks like {name} ({count} places): if letters are wrong, "
                    "save the file as UTF-8"
                )
            ]
    return []


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Decodes one stray byte as Windows-1252; the five bytes it leaves open become U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.start + 1]
    return stray.decode("cp1252", errors="replace"), error.start + 1


codecs.register_error("feedback.windows", _as_windows)

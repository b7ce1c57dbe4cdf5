"""A finished file's bytes -> every piece of text in it with its place, also what is not seen at first."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from feedback.checks.shapes import Unit, segment_in
from feedback.errors import FeedbackError

_MOST_DEEP = 3
# Parts of a page or a drawing that hold coordinates and looks, in which any run of digits can stand.
_MACHINE_PARTS = frozenset({"style", "script", "svg", "d", "points", "viewbox", "transform", "class"})
_RUNS = re.compile(rb"[ -~]{8,}")


def units_of(data: bytes, suffix: str) -> Iterator[Unit]:
    """All text in a file: what is shown, and titles, comments, attributes, names of sheets and of parts.

    suffix: with its dot, as in ".docx"; one that is not known is read as text, or where it is none, for the
    readable runs in it. Errors: FeedbackError for a file that is damaged or not safe to open.
    """
    return _units(data, suffix.lower(), 0)


def _units(data: bytes, suffix: str, depth: int) -> Iterator[Unit]:
    if data[:4] == b"PK\x03\x04" and depth < _MOST_DEEP:
        from feedback.checks.packages import package_units

        return package_units(data, lambda inner, kind: _units(inner, kind, depth + 1))
    if data[:5] == b"%PDF-":
        return _pdf(data)
    readers: dict[str, Callable[[bytes], Iterator[Unit]]] = {
        ".html": _html, ".htm": _html, ".json": _json, ".csv": _csv, ".tsv": _csv,
        ".xml": _xml, ".qdc": _xml, ".qde": _xml, ".rels": _xml, ".svg": _xml,
    }  # fmt: skip
    return readers.get(suffix, _text)(data)


def _decoded(data: bytes) -> str | None:
    """The text of UTF-8 or UTF-16 bytes; None for what is no text."""
    for encoding in ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None


def _text(data: bytes) -> Iterator[Unit]:
    text = _decoded(data)
    if text is None:
        for run in _RUNS.findall(data):
            yield Unit("its bytes", run.decode("ascii"), forms=False)
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield Unit(f"line {number}", line)


def _csv(data: bytes) -> Iterator[Unit]:
    return Rows().units(data)


class Rows:
    """The cells of a .csv, which may come in pieces of whole rows; its first row says what parts them."""

    def __init__(self) -> None:
        self._row, self._mark = 0, ""

    def units(self, piece: bytes) -> Iterator[Unit]:
        """The cells of the next piece, numbered as in the whole file."""
        text = _decoded(piece)
        if text is None:
            text = piece.decode("cp1252", errors="replace")
        self._mark = self._mark or ("\t" if "\t" in text.partition("\n")[0] else ",")
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=self._mark):
            self._row += 1
            segment = segment_in(row)
            for column, cell in enumerate(row, 1):
                if cell.strip():
                    yield Unit(f"row {self._row}, column {column}", cell, segment=segment)


def _json(data: bytes) -> Iterator[Unit]:
    try:
        content = json.loads(data)
    except ValueError:
        yield from _text(data)
        return
    yield from _json_units(content, "")


def _json_units(content: Any, path: str) -> Iterator[Unit]:
    if isinstance(content, dict):
        for key, value in content.items():
            here = f"{path}.{key}" if path else str(key)
            yield Unit("the name of a field", str(key))
            yield from _json_units(value, here)
    elif isinstance(content, list):
        for at, value in enumerate(content):
            yield from _json_units(value, f"{path}[{at}]")
    elif isinstance(content, str):
        yield Unit(path, content)
    elif content is not None and not isinstance(content, bool):
        yield Unit(path, str(content), forms=False)


def _xml(data: bytes) -> Iterator[Unit]:
    from feedback.checks.packages import xml_units
    from feedback.readers.safe import parse_xml

    yield from xml_units(parse_xml(data, "the file"))


_INLINE = frozenset(
    "a abbr b bdi cite code data dfn em i kbd mark q s samp small span strong sub sup time u var wbr".split()
)


def _html(data: bytes) -> Iterator[Unit]:
    """Paragraphs as they are read, with the words of inline marks joined; attributes, comments, scripts."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, ValueError):
        yield from _text(data)
        return
    run: list[str] = []
    line = 1
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        inline = isinstance(element.tag, str) and element.tag in _INLINE
        if not inline and run:
            yield Unit(f"line {line}", _joined(run))
            run.clear()
        line = line if run else element.sourceline or line
        if event != "end":
            yield from _attributes(element)
            if not isinstance(element.tag, str):
                yield Unit(f"line {element.sourceline}, a comment", element.text or "")
            elif element.tag in _MACHINE_PARTS:
                yield Unit(f"line {element.sourceline}, {element.tag}", element.text or "", forms=False)
            elif element.text:
                run.append(element.text)
        if (event != "start") and element.tail:
            run.append(element.tail)
    if run:
        yield Unit(f"line {line}", _joined(run))


def _joined(run: list[str]) -> str:
    """Words of inline marks as they are read; where a space parts them, a sentence may open."""
    text = run[0]
    for piece in run[1:]:
        parted = text[-1:].isspace() or piece[:1].isspace()
        text = f"{text.rstrip()}\n{piece.lstrip()}" if parted else text + piece
    return text


def _attributes(element: Any) -> Iterator[Unit]:
    for name, value in element.attrib.items():
        if len(value) > 1 and name not in _MACHINE_PARTS:
            yield Unit(
                f"line {element.sourceline}, attribute {name}", value, name not in ("id", "for", "href")
            )


def _pdf(data: bytes) -> Iterator[Unit]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise FeedbackError(
            "the PDF cannot be opened: it is damaged or has a password",
            hint="save it without a password, or check what it was made from",
        ) from error
    try:
        for name, value in document.get_metadata_dict(skip_empty=True).items():
            if name not in ("CreationDate", "ModDate"):
                yield Unit(f"the property {name}", value)
        for number in range(len(document)):
            text = document[number].get_textpage().get_text_range()
            # A name can be divided at a line's end.
            yield Unit(f"page {number + 1}", re.sub(r"(?:\ufffe|-)?\r?\n", " ", text))
    finally:
        document.close()

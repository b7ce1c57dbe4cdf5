"""A .qdpx of any program: its texts, who coded which stretch with which code, and what is not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.readers.refi.codes import Code, children, codes_in, local, namespace, same
from feedback.readers.safe import Package, parse_xml

if TYPE_CHECKING:
    from lxml import etree

_NAMESPACE = "urn:QDA-XML:project:1"
_HINT = "export it from the other program as REFI-QDA project (.qdpx)"
_TEXTS = ("TextSource", "Representation")
# What a source can hold that is no coded stretch of text, and what it is called here.
_NOT_TEXT = {
    "PictureSelection": "codings of pictures",
    "PDFSelection": "codings of areas of PDF pages",
    "AudioSelection": "codings of recordings",
    "VideoSelection": "codings of recordings",
    "TranscriptSelection": "codings of transcripts by time",
}
_ASIDE = {"Note": "memos", "Link": "links", "Graph": "drawings", "Case": "cases", "Variable": "variables"}


@dataclass(frozen=True, slots=True)
class Selection:
    """A stretch of a source as its program counts it; `quoted` is the name it gave it, often its first words.

    `codings` are pairs of a code's and a user's GUID ("" where nobody is named).
    """

    start: int
    end: int
    quoted: str
    codings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A text of the project. `data` are its bytes, or None, and then `problem` says why there is no text."""

    guid: str
    name: str
    data: bytes | None
    selections: tuple[Selection, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class QdaProject:
    """What a .qdpx holds. `aside` counts what is there and is not read, by what it is."""

    name: str
    origin: str
    users: dict[str, str]
    codes: tuple[Code, ...]
    sources: tuple[Source, ...]
    aside: dict[str, int]


def read_qdpx(data: bytes, file_name: str) -> QdaProject:
    """The texts and codings of a REFI-QDA project.

    Texts may be files of the zip (`internal://`) or stand in the XML; those outside of it are named by the
    problem of their source. Errors: FeedbackError when it is no such file, damaged or unsafe.
    """
    package = _package(data, file_name)
    root = parse_xml(package.read(_project_in(package)), f"project.qde of {file_name}")
    if local(root) != "Project" or not namespace(root).startswith(_NAMESPACE):
        raise FeedbackError(f"{file_name} is no REFI-QDA project", hint=_HINT)
    users = {
        same(user.get("guid")): (user.get("name") or user.get("id") or "").strip()
        for group in children(root, "Users")
        for user in children(group, "User")
    }
    books = children(root, "CodeBook")
    sources = [source for group in children(root, "Sources") for source in _sources(group, package)]
    return QdaProject(
        root.get("name") or "",
        root.get("origin") or "",
        users,
        tuple(codes_in(books[0] if books else None, root)),
        tuple(sources),
        _aside(root),
    )


def _package(data: bytes, file_name: str) -> Package:
    if not data.startswith(b"PK"):
        raise FeedbackError(f"{file_name} is no REFI-QDA project: it is not a zip file", hint=_HINT)
    return Package(data, file_name)


def _project_in(package: Package) -> str:
    """The name of the project file: project.qde, or the only .qde there is."""
    named = sorted(name for name in package.names if name.lower().endswith(".qde"))
    if "project.qde" in named:
        return "project.qde"
    if len(named) != 1:
        what = "no project file (project.qde)" if not named else f"{len(named)} project files"
        raise FeedbackError(f"{package.file_name} has {what} in it", hint=_HINT)
    return named[0]


def _sources(group: etree._Element, package: Package) -> Iterator[Source]:
    for element in group.iter():
        if isinstance(element.tag, str) and local(element) in _TEXTS:
            yield _source(element, package)


def _source(element: etree._Element, package: Package) -> Source:
    above = element.getparent()
    named = element if local(element) == "TextSource" or above is None else above
    name = (named.get("name") or element.get("name") or "").strip()
    selections = tuple(_selections(element))
    inline = next((child.text for child in children(element, "PlainTextContent")), None)
    path = element.get("plainTextPath") or ""
    if inline is not None and not path:
        return Source(same(element.get("guid")), name, inline.encode(), selections)
    data, problem = _text_file(path, package)
    return Source(same(element.get("guid")), name, data, selections, problem)


def _text_file(path: str, package: Package) -> tuple[bytes | None, str]:
    """The bytes of a text that the project points at, or why there are none."""
    if not path:
        return None, "the project has no plain text of it"
    scheme, _, rest = path.partition("://")
    if scheme.lower() != "internal":
        return None, "its text is a file outside of the project"
    wanted = f"sources/{rest.lstrip('/')}".lower()
    for name in sorted(package.names):
        if name.replace("\\", "/").lower() == wanted:
            return package.read(name), ""
    return None, "its text is missing from the project"


def _selections(element: etree._Element) -> Iterator[Selection]:
    for child in children(element, "PlainTextSelection"):
        owner = child.get("creatingUser") or child.get("modifyingUser") or ""
        codings = tuple(
            (same(reference.get("targetGUID")), same(coding.get("creatingUser") or owner))
            for coding in children(child, "Coding")
            for reference in children(coding, "CodeRef")
        )
        start, end = _number(child.get("startPosition")), _number(child.get("endPosition"))
        if codings:
            yield Selection(start, end, child.get("name") or "", codings)


def _number(value: str | None) -> int:
    """A position; -1 for what is none, so that it fits nowhere."""
    try:
        return int(value or "")
    except ValueError:
        return -1


def _aside(root: etree._Element) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for element in root.iter():
        name = local(element) if isinstance(element.tag, str) else ""
        above = element.getparent()
        if name in _NOT_TEXT:
            counts[_NOT_TEXT[name]] += len(children(element, "Coding"))
        elif name in _ASIDE:
            counts[_ASIDE[name]] += 1
        elif name == "Coding" and above is not None and local(above).endswith(("Source", "Representation")):
            counts["codes given to whole documents"] += 1
        elif name == "PlainTextSelection" and not children(element, "Coding"):
            counts["marked passages without a code"] += 1
    return {what: count for what, count in sorted(counts.items()) if count}

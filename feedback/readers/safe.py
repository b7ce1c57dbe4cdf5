"""The only unzip and the only XML parse of the project: counted, capped, and nothing ever extracted."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError

if TYPE_CHECKING:
    from lxml import etree

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 5_000
MAX_DEPTH = 200
# What a parsed part may take in memory: an element takes about 100 bytes, an attribute twice that.
_MAX_TREE = 300_000_000
_MAX_XML = 64 * 1024 * 1024
_ENTRY = b"PK\x01\x02"  # begins each entry of a zip's directory
_DECLARES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# A small part of white space may well pack better than 100:1; the ratio counts only above this size.
_RATIO_FROM = 1024 * 1024
_CHUNK = 64 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, NotImplementedError, RuntimeError,
           ValueError, LookupError)  # fmt: skip
_RESAVE = "open it in the program that made it and save it again"


class Package:
    """A zip file of which members are read by exact name, never extracted.

    Errors: FeedbackError for what is no zip, holds more than 5,000 entries, names outside of itself or
    links, or unpacks to more than 200 MB or 100 times its packed size. Sizes are counted while reading,
    because a zip's directory may lie, and entries before they are listed, because each takes memory.
    """

    def __init__(self, data: bytes, file_name: str) -> None:
        self.file_name = file_name
        self._unpacked = 0
        if (entries_at_most := data.count(_ENTRY)) > 10 * MAX_ENTRIES:
            raise self._refused(f"it holds {entries_at_most:,} parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _BROKEN as error:
            raise self._damaged() from error
        if len(entries) > MAX_ENTRIES:
            raise self._refused(f"it holds {len(entries):,} parts")
        for entry in entries:
            self._check_entry(entry)
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, name: str) -> bytes:
        """The bytes of one member; FeedbackError if it is missing, damaged or too large."""
        if name not in self.names:
            raise FeedbackError(f"{self.file_name} has no part {name}", hint=_RESAVE)
        try:
            return self._counted(self._zip.getinfo(name))
        except _BROKEN as error:
            raise self._damaged() from error

    def check_all(self) -> None:
        """Reads every member once, for libraries that will unzip on their own."""
        for name in sorted(self.names):
            self.read(name)

    def _counted(self, entry: zipfile.ZipInfo) -> bytes:
        chunks: list[bytes] = []
        size = 0
        with self._zip.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self._unpacked += len(chunk)
                if self._unpacked > MAX_UNPACKED:
                    raise self._refused("it unpacks to more than 200 MB")
                if size > _RATIO_FROM and size > MAX_RATIO * max(entry.compress_size, 1):
                    raise self._refused("it unpacks to more than a hundred times its size")
                chunks.append(chunk)
        return b"".join(chunks)

    def _check_entry(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename.replace("\\", "/")
        outside = name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"
        if outside or stat.S_ISLNK(entry.external_attr >> 16):
            raise self._refused("it points outside of itself")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise self._refused("it is packed in a way that no office program uses")
        if entry.flag_bits & 1:
            raise FeedbackError(f"{self.file_name} has a password", hint="save it without a password")

    def _damaged(self) -> FeedbackError:
        return FeedbackError(
            f"{self.file_name} is damaged or incomplete", hint=f"copy it again, or {_RESAVE}"
        )

    def _refused(self, why: str) -> FeedbackError:
        return _unsafe(self.file_name, why)


def parse_xml(data: bytes, file_name: str) -> etree._Element:
    """The root of an XML part; no DTD, no entities, no network, at most 200 levels deep, 64 MB.

    Errors: FeedbackError, also for XML that is not well-formed.
    """
    from lxml import etree

    _check_xml(data, file_name)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):
            raise _unsafe(file_name, "it nests too deep") from error
        raise FeedbackError(f"{file_name} is damaged: its text cannot be read", hint=_RESAVE) from error
    if root.getroottree().docinfo.internalDTD is not None:  # declared in an encoding we did not look through
        raise _unsafe(file_name, "it declares entities")
    if root.xpath("boolean(/*" + "/*" * MAX_DEPTH + ")"):
        raise _unsafe(file_name, "it nests too deep")
    return root


def stream_xml(data: bytes, file_name: str, *, done: frozenset[str]) -> Iterator[etree._Element]:
    """The elements of a large XML part as each ends, under the same rules but for the size of the tree.

    done: local names of elements that are forgotten, with what is in them, once they have been given, as the
    rows of a sheet. Errors: as `parse_xml`.
    """
    from lxml import etree

    if _DECLARES.search(data.replace(b"\0", b"") if b"\0" in data[:64] else data):
        raise _unsafe(file_name, "it declares entities")
    options = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
    try:
        for _, element in etree.iterparse(io.BytesIO(data), events=("end",), **options):
            yield element
            if str(element.tag).rpartition("}")[2] in done:
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise FeedbackError(f"{file_name} is damaged: its text cannot be read", hint=_RESAVE) from error


def _check_xml(data: bytes, file_name: str) -> None:
    """Refuses declarations, and what would take too much memory once it is parsed."""
    if len(data) > _MAX_XML or 100 * data.count(b"<") + 200 * data.count(b"=") > _MAX_TREE:
        raise FeedbackError(
            f"{file_name} is too large to read in one piece", hint="split it into smaller files"
        )
    plain = data.replace(b"\0", b"") if b"\0" in data[:64] else data  # UTF-16 has NULs between its letters
    if _DECLARES.search(plain):
        raise _unsafe(file_name, "it declares entities")


def _unsafe(file_name: str, why: str) -> FeedbackError:
    return FeedbackError(f"{file_name} is not safe to open: {why}", hint=_RESAVE)

"""The only unzip and the only XML parse of the project: counted, capped, and nothing ever extracted."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError

if TYPE_CHECKING:
    from lxml import etree

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 5_000
MAX_DEPTH = 200
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
    because a zip's directory may lie.
    """

    def __init__(self, data: bytes, file_name: str) -> None:
        self.file_name = file_name
        self._unpacked = 0
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
        if entry.flag_bits & 1:
            raise FeedbackError(f"{self.file_name} has a password", hint="save it without a password")

    def _damaged(self) -> FeedbackError:
        return FeedbackError(
            f"{self.file_name} is damaged or incomplete", hint=f"copy it again, or {_RESAVE}"
        )

    def _refused(self, why: str) -> FeedbackError:
        return FeedbackError(f"{self.file_name} is not safe to open: {why}", hint=_RESAVE)


def parse_xml(data: bytes, file_name: str) -> etree._Element:
    """The root of an XML part; no DTD, no entities, no network, at most 200 levels deep.

    Errors: FeedbackError, also for XML that is not well-formed.
    """
    from lxml import etree

    declared = data.replace(b"\0", b"").upper()  # UTF-16 has NULs between its letters
    if b"<!DOCTYPE" in declared or b"<!ENTITY" in declared:
        raise FeedbackError(f"{file_name} is not safe to open: it declares entities", hint=_RESAVE)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedbackError(f"{file_name} is damaged: its text cannot be read", hint=_RESAVE) from error
    _check_depth(root, file_name)
    return root


def _check_depth(root: etree._Element, file_name: str) -> None:
    from lxml import etree

    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            raise FeedbackError(f"{file_name} is not safe to open: it nests too deep", hint=_RESAVE)

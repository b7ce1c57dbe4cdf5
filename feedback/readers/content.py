"""What a file is by its bytes, whatever its name says."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from feedback.readers.safe import Package

_PICTURE = "use a program that reads pictures (OCR) first, or type the words into a .txt file"
_SOUND = "transcribe it first, and give the transcript"
_ARCHIVE = "unpack it, and name the files or the folder"
_SAVE = "save it as .docx, .odt, .pdf or .txt in the program that made it"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is ("a Word document"), the format that reads it ("" for none), and else what to do."""

    what: str
    format: str = ""
    hint: str = ""


NAMES = {
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "xlsx": "an Excel workbook",
    "xls": "an old Excel workbook (.xls)",
    "ods": "an OpenDocument spreadsheet",
    "pdf": "a PDF",
    "rtf": "an RTF document",
    "html": "a web page (HTML)",
    "eml": "an e-mail",
    "vtt": "a WebVTT transcript",
}
# Where a sign stands, the sign, and what it is a sign of.
_SIGNS = (
    (0, b"%PDF-", Kind(NAMES["pdf"], "pdf")),
    (0, b"{\\rtf", Kind(NAMES["rtf"], "rtf")),
    (0, b"\x89PNG\r\n\x1a\n", Kind("a picture", hint=_PICTURE)),
    (0, b"\xff\xd8\xff", Kind("a picture", hint=_PICTURE)),
    (0, b"GIF8", Kind("a picture", hint=_PICTURE)),
    (0, b"II*\0", Kind("a picture", hint=_PICTURE)),
    (0, b"MM\0*", Kind("a picture", hint=_PICTURE)),
    (8, b"WEBP", Kind("a picture", hint=_PICTURE)),
    (4, b"ftyphei", Kind("a picture", hint=_PICTURE)),
    (4, b"ftypmif", Kind("a picture", hint=_PICTURE)),
    (4, b"ftyp", Kind("a sound or film recording", hint=_SOUND)),
    (8, b"WAVE", Kind("a sound recording", hint=_SOUND)),
    (8, b"AVI ", Kind("a film", hint=_SOUND)),
    (0, b"ID3", Kind("a sound recording", hint=_SOUND)),
    (0, b"\xff\xfb", Kind("a sound recording", hint=_SOUND)),
    (0, b"\xff\xf3", Kind("a sound recording", hint=_SOUND)),
    (0, b"\xff\xf1", Kind("a sound recording", hint=_SOUND)),
    (0, b"OggS", Kind("a sound recording", hint=_SOUND)),
    (0, b"fLaC", Kind("a sound recording", hint=_SOUND)),
    (0, b"#!AMR", Kind("a sound recording", hint=_SOUND)),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", Kind("a sound or film recording", hint=_SOUND)),
    (0, b"\x1a\x45\xdf\xa3", Kind("a sound or film recording", hint=_SOUND)),
    (0, b"7z\xbc\xaf\x27\x1c", Kind("a 7-Zip archive", hint=_ARCHIVE)),
    (0, b"Rar!\x1a\x07", Kind("a RAR archive", hint=_ARCHIVE)),
    (0, b"\x1f\x8b\x08", Kind("a gzip archive", hint=_ARCHIVE)),
    (0, b"SQLite format 3\0", Kind("a database", hint="export its tables as .csv")),
)
_OLE = b"\xd0\xcf\x11\xe0"
# The names of the parts of an old Office file, and what they are signs of.
_OLE_PARTS = (
    ("EncryptedPackage", Kind("an Office file with a password", hint="save it without a password")),
    ("WordDocument", Kind("an old Word file (.doc)", hint="open it in Word and save it as .docx")),
    ("Workbook", Kind(NAMES["xls"], "xls")),
    ("Book", Kind(NAMES["xls"], "xls")),
    ("PowerPoint Document", Kind("an old PowerPoint file", hint=_SAVE)),
    (
        "__substg1.0_",
        Kind("an Outlook message (.msg)", hint="open it in Outlook and save it as .html or .txt"),
    ),
)
_ZIPPED = (
    ("word/document.xml", Kind(NAMES["docx"], "docx")),
    ("xl/workbook.xml", Kind(NAMES["xlsx"], "xlsx")),
    ("xl/workbook.bin", Kind("an Excel workbook (.xlsb)", hint="open it in Excel and save it as .xlsx")),
    ("ppt/presentation.xml", Kind("a PowerPoint file", hint=_SAVE)),
    ("project.qde", Kind("a coding project (REFI-QDA)", hint="export its documents, and name these")),
)
_OPEN = "application/vnd.oasis.opendocument."
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--(?:(?!-->).){0,1500}-->\s*)?<(?:!doctype\s+html|html[\s>]|head[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_WORD_XML = re.compile(
    r"\s*<\?xml[^>]{0,200}\?>.{0,400}?<(?:w:wordDocument|pkg:package|office:document)\b", re.DOTALL
)
_MAIL = re.compile(
    r"(?:From .{1,200}\n)?(?:Return-Path|Received|Delivered-To|MIME-Version|X-[\w-]+|DKIM-Signature):",
    re.IGNORECASE,
)
_MAIL_ID = re.compile(r"^(?:MIME-Version|Message-ID):", re.IGNORECASE | re.MULTILINE)
_HEAD = 4096


def kind_of(data: bytes, file_name: str) -> Kind | None:
    """What the bytes are, None for plain text and for what has no sure sign.

    Errors: FeedbackError for a zip file that is damaged or not safe.
    """
    for offset, sign, kind in _SIGNS:
        if data.startswith(sign, offset):
            return kind
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data, file_name)
    if data.startswith(_OLE):
        found = (kind for name, kind in _OLE_PARTS if name.encode("utf-16-le") in data)
        return next(found, Kind("an old Office file, or one with a password", hint=_SAVE))
    return _marked_up(_head(data))


def is_recording_or_picture(head: bytes) -> bool:
    """Whether the first bytes say that it makes no sense to read on."""
    return any(not kind.format and head.startswith(sign, offset) for offset, sign, kind in _SIGNS)


def _zip_kind(data: bytes, file_name: str) -> Kind:
    package = Package(data, file_name)
    for name, kind in _ZIPPED:
        if name in package.names:
            return kind
    if any(name.endswith(".iwa") for name in package.names):
        return Kind("an Apple document (Pages, Numbers)", hint="export it as Word or Excel")
    if "content.xml" in package.names:
        return _open_kind(package)
    if any(name.startswith("word/") for name in package.names):  # word/document2.xml, or its text is lost
        return Kind(NAMES["docx"], "docx")
    return Kind("a zip archive", hint=_ARCHIVE)


def _open_kind(package: Package) -> Kind:
    said = package.read("mimetype").decode("latin-1").strip() if "mimetype" in package.names else ""
    sheet = said.removeprefix(_OPEN).partition("-")[0] == "spreadsheet"
    return Kind(NAMES["ods"], "ods") if sheet else Kind(NAMES["odt"], "odt")


def _head(data: bytes) -> str:
    """The first characters, without a byte order mark."""
    head = data[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", errors="ignore")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _marked_up(head: str) -> Kind | None:
    if re.match(r"WEBVTT(?:[ \t\r\n]|$)", head):
        return Kind(NAMES["vtt"], "vtt")
    if _HTML.match(head):
        return Kind(NAMES["html"], "html")
    if _WORD_XML.match(head):
        return Kind("a document in one XML file", hint=_SAVE)
    if _MAIL.match(head) and _MAIL_ID.search(head):
        return Kind(NAMES["eml"], "eml")
    return None

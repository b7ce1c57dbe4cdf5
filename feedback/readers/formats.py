"""Which format reads a file: by its content where that is sure, else by its suffix."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from feedback.errors import FeedbackError
from feedback.readers.content import NAMES, Kind, kind_of
from feedback.registry import names

_ALSO = {
    "markdown": "md",
    "text": "txt",
    "webvtt": "vtt",
    "htm": "html",
    "xhtml": "html",
    "mht": "eml",
    "mhtml": "eml",
    "ott": "odt",
    "docm": "docx",
    "dotx": "docx",
    "xlsm": "xlsx",
    "xltx": "xlsx",
    "ots": "ods",
    "tab": "tsv",
}
_INSTEAD = {
    "doc": "open it in Word and save it as .docx",
    "msg": "open it in Outlook and save it as .html or .txt",
    "pages": "open it in Pages and export it as Word",
    "zip": "unpack it, and name the files or the folder",
    **dict.fromkeys(("mp3", "m4a", "wav", "mp4", "mov", "ogg", "wma"), "transcribe it first"),
    **dict.fromkeys(
        ("png", "jpg", "jpeg", "gif", "tif", "tiff", "heic"), "use a program that reads pictures"
    ),
}
# Suffixes under which programs also write plain text.
_MAYBE_TEXT = frozenset({"doc", "rtf", "log"})
_SURVEYS = frozenset({"csv", "tsv", "xlsx", "xls", "ods"})


def format_of(data: bytes, file_name: str) -> tuple[str, str]:
    """The format to read a file as, and a note for the user where its suffix says something else.

    Errors: FeedbackError for what is not read, with what it is and what to do.
    """
    suffix = suffix_of(file_name)
    known = names("readers")
    kind = kind_of(data, file_name)
    if kind and kind.format == suffix:
        return suffix, ""
    if kind and f".{kind.format}" in known and not (kind.format == "html" and suffix in _SURVEYS):
        return kind.format, f"read as {kind.what}, which it is by its content"
    if kind:
        raise _refused(kind, file_name, suffix)
    if suffix in _MAYBE_TEXT and _is_text(data):
        return "txt", "read as plain text, which it is by its content"
    if f".{suffix}" in known:
        return suffix, ""
    raise _unknown(suffix, file_name, known)


def suffix_of(file_name: str) -> str:
    """The suffix in small letters without its dot; of two for one format, the usual one."""
    suffix = PurePath(file_name).suffix.lower().lstrip(".")
    return _ALSO.get(suffix, suffix)


def _is_text(data: bytes) -> bool:
    """Whether there are words and no bytes that text does not have."""
    return bool(data.strip()) and not any(byte < 9 or 13 < byte < 32 for byte in data[:4096])


def _refused(kind: Kind, file_name: str, suffix: str) -> FeedbackError:
    expected = f", not {NAMES[suffix]} (.{suffix})" if suffix in NAMES else ""
    hint = kind.hint or "open it in Excel and save it as .xlsx"
    return FeedbackError(f"{file_name} is {kind.what}{expected}", hint=hint)


def _unknown(suffix: str, file_name: str, known: Sequence[str]) -> FeedbackError:
    what = f".{suffix} files are not read" if suffix else "it has no suffix"
    hint = _INSTEAD.get(suffix, "formats that are read: " + ", ".join(known))
    return FeedbackError(f"{file_name}: {what}", hint=hint)

"""A list of names to mask: a text file, one name a line."""

from __future__ import annotations

from pathlib import Path

from feedback.errors import FeedbackError
from feedback.readers.encodings import decode
from feedback.readers.files import bytes_of
from feedback.readers.talk.words import TOO_COMMON

_NOTHING = b"\xef\xbb\xbf \t\r\n"


def read_names(path: str | Path) -> list[str]:
    """The names in a text file, one a line, in the file's order; empty lines and # lines are none.

    The file may be UTF-8, UTF-16 or Windows-1252.

    Errors: FeedbackError for a file that is missing or no text, and, with its line, for an entry of one
    letter or an ordinary short word ("I", "the"), which would be masked wherever it stands.
    """
    return names_in(bytes_of(Path(path)), Path(path).name)


def names_in(data: bytes, file_name: str) -> list[str]:
    """The names in the bytes of such a file; `file_name` is for errors."""
    if not data.strip(_NOTHING):
        return []
    text, _ = decode(data, file_name)
    names = []
    for number, line in enumerate(text.split("\n"), start=1):
        name = " ".join(line.split())
        if name and not name.startswith("#"):
            _check(name, file_name, number)
            names.append(name)
    return names


def _check(name: str, file_name: str, number: int) -> None:
    if sum(map(str.isalpha, name)) < 2 or name.casefold() in TOO_COMMON:
        raise FeedbackError(
            f"{file_name} line {number}: {name!r} cannot be masked: it stands everywhere",
            hint="write the person's whole name, or delete the line",
        )

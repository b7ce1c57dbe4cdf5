"""The files a user names: finding them, their bytes, and whether they are what their suffix says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from feedback.errors import FeedbackError
from feedback.model import Dropped
from feedback.readers.content import is_recording_or_picture
from feedback.readers.shapes import left_out

_MAX_BYTES = 200 * 1024 * 1024
_HEAD = 64


@dataclass(frozen=True, slots=True)
class Found:
    """A file, and whether the user named it itself or it lies in a folder that was named."""

    path: Path
    named: bool


def files_in(paths: Sequence[str | Path]) -> tuple[list[Found], list[Dropped]]:
    """All files, folders searched to the bottom, sorted by name, each once; and a note for each named twice.

    Hidden files and the lock files of Office (`~$`) are no documents and are passed over.
    """
    found: dict[Path, Found] = {}
    dropped: list[Dropped] = []
    for path in map(Path, paths):
        named = not path.is_dir()
        for file in [path] if named else _in_folder(path):
            key = file.resolve()
            if key in found:
                dropped.append(left_out(f"{file.name}: named twice, read once"))
                found[key] = replace(found[key], named=named or found[key].named)
            found.setdefault(key, Found(file, named))
    return sorted(found.values(), key=lambda one: (one.path.name, str(one.path))), dropped


def _in_folder(folder: Path) -> Iterator[Path]:
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise FeedbackError(
            f"the folder {folder} cannot be opened", hint="check that you may read it"
        ) from error
    for path in inside:
        if path.name.startswith((".", "~$")):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _in_folder(path)
        elif path.is_file():
            yield path


def bytes_of(path: Path) -> bytes:
    """A file's bytes, not all of a recording's or picture's; FeedbackError when it cannot be opened.

    Also for what is no ordinary file and for one of more than 200 MB.
    """
    try:
        if path.exists() and not path.is_file():
            raise FeedbackError(f"{path.name} is no ordinary file", hint="name a file or a folder")
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            if is_recording_or_picture(head):
                return head
            if path.stat().st_size > _MAX_BYTES:
                raise _too_large(path.name)
            return head + stream.read()
    except FileNotFoundError as error:
        raise FeedbackError(f"there is no file {path}", hint="check the spelling and the folder") from error
    except (OSError, ValueError) as error:
        raise FeedbackError(f"{path.name} cannot be opened", hint="check that you may read it") from error


def check_size(data: bytes, file_name: str) -> None:
    """FeedbackError when a file is empty or too large."""
    if not data.strip():
        raise FeedbackError(f"{file_name} is empty", hint="check that it was copied or exported completely")
    if len(data) > _MAX_BYTES:
        raise _too_large(file_name)


def _too_large(file_name: str) -> FeedbackError:
    return FeedbackError(f"{file_name} is larger than 200 MB", hint="split it into smaller files")

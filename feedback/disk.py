"""Writing to the disk so that nothing is ever half written, and saying in words what the disk refuses."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from feedback.errors import FeedbackError

LEFTOVER = ".unfinished"


class Unwritable(FeedbackError):
    """What the disk, or the rights of a folder, do not let us write."""


# No such folder, a network drive that went away, a disk that fails or was pulled out.
_GONE = (errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOTCONN)


def refuse_gone(mark: Path) -> None:
    """FeedbackError where a file that was there when we began is there no longer, and with it its folder."""
    with said_clearly(mark):
        mark.stat()


def write_bytes(file: Path, data: bytes, *, private: bool = False) -> None:
    """Writes a file so that at every moment either the old or the new one is there, whole."""
    with writing(file, private=private) as out:
        out.write(data)


@contextmanager
def writing(file: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """The same piece by piece: it is there when the block is left, and not at all where that fails."""
    temporary = file.with_name(f".{hashlib.sha256(file.name.encode()).hexdigest()[:12]}{LEFTOVER}")
    with said_clearly(file):
        # Not with what is above it: a project that is gone is not begun anew where it was.
        file.parent.mkdir(mode=0o700 if private else 0o777, exist_ok=True)
        try:
            descriptor = os.open(
                temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o644
            )
            with os.fdopen(descriptor, "wb") as out:
                yield out
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(file)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def said_clearly(path: Path) -> Iterator[None]:
    """Turns what the disk says into words a person can act on."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise FeedbackError(
                f"the disk is full: '{path}' was not written",
                hint="free some space, then the same command goes on from there",
            ) from error
        if error.errno == errno.EFBIG:
            raise FeedbackError(
                f"'{path}' was not written: this disk or account takes no file so large",
                hint="move the project to another disk; the same command goes on from there",
            ) from error
        if error.errno in _GONE:
            raise FeedbackError(
                f"'{path.parent}' is not there (any more)",
                hint="make it, or bring it back (was it moved? a drive taken off?), then do the same again",
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise Unwritable(
                f"'{path}' may not be written", hint="check the rights of the folder, or choose another"
            ) from error
        raise FeedbackError(f"'{path}' could not be written ({error.strerror})") from error

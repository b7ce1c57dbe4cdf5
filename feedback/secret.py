"""The project's secret: 32 random bytes in private/, the key of all hashes of participants' words."""

from __future__ import annotations

import os
from pathlib import Path

from feedback.disk import said_clearly, write_bytes
from feedback.errors import FeedbackError

SECRET = "secret"
_BYTES = 32


def secret_of(folder: Path) -> bytes:
    """The secret of the project in `folder`, made and kept (0600) the first time.

    Errors: FeedbackError when the file holds something else.
    """
    file = folder / "private" / SECRET
    with said_clearly(file):
        if not file.exists():
            write_bytes(file, os.urandom(_BYTES).hex().encode(), private=True)
        written = file.read_bytes()
    try:
        secret = bytes.fromhex(written.decode().strip())
    except ValueError:
        secret = b""
    if len(secret) != _BYTES:
        raise FeedbackError(
            f"'{file}' is damaged: it should hold the project's secret, {2 * _BYTES} letters and figures",
            hint="restore it from a backup; without it the decisions about masks cannot be read",
        )
    return secret

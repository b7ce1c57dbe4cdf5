"""What lies in private/: read and written in one place, sealed when the project is locked, for nobody else.

A locked project stays usable: files are opened in memory by whoever knows the passphrase, and what is written
is sealed. Locking and unlocking go file by file, each whole or not at all; when they are broken off, sealed
and open files lie side by side, all of them readable, and the same command goes on.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from feedback import sealing
from feedback.disk import LEFTOVER, said_clearly, write_bytes
from feedback.errors import FeedbackError
from feedback.sealing import Lock

LOCK, SECRET = "lock.json", "secret"
# Without words or names: hashes, counts and ids alone, or vectors of what is pseudonymised.
_OPEN = frozenset((LOCK, ".lock", "journal.jsonl", "report.json"))
_OPEN_FOLDERS = frozenset(("vectors",))
_SECRET_BYTES = 32
# Who is asked for the passphrase; the command line sets it.
ASK: ContextVar[Callable[[], str] | None] = ContextVar("ASK", default=None)


class Keys:
    """The files of a project's private/ folder, by their names in it."""

    def __init__(self, folder: Path, passphrase: str | None = None) -> None:
        self.folder = folder
        self._passphrase = passphrase
        self._key: tuple[Lock, bytes] | None = None
        self._seen_open = -1

    def read(self, name: str) -> bytes | None:
        """What a file holds, opened; None where there is none."""
        file = self.folder / name
        if not file.exists():
            return None
        with said_clearly(file):
            data = file.read_bytes()
        if not sealing.is_sealed(data):
            return data
        return sealing.unseal(name, data, key=self._opened(sealing.lock_of(name, data)))

    def write(self, name: str, data: bytes, receipt: Mapping[str, Any] | None = None) -> None:
        """Writes a file whole or not at all, sealed where the project is locked."""
        lock = None if _stays_open(name) else self.lock()
        if lock is not None:
            data = sealing.seal(
                name, data, key=self._opened(lock), lock=lock, nonce=os.urandom(sealing.NONCE_BYTES),
                receipt=receipt or {},
            )  # fmt: skip
        write_bytes(self.folder / name, data, private=True)

    def receipt(self, name: str) -> dict[str, Any] | None:
        """The receipt that a sealed file shows; None where the file is not sealed."""
        file = self.folder / name
        try:
            with file.open("rb") as opened:
                if opened.read(len(sealing.MAGIC)) != sealing.MAGIC:
                    return None
            return sealing.receipt_of(file.read_bytes())
        except OSError:
            return None

    def secret(self) -> bytes:
        """The project's 32 random bytes, made at first need: the key of all hashes of people's words."""
        written = self.read(SECRET)
        if written is None:
            written = os.urandom(_SECRET_BYTES).hex().encode()
            self.write(SECRET, written)
        try:
            secret = bytes.fromhex(written.decode().strip())
        except ValueError:
            secret = b""
        if len(secret) != _SECRET_BYTES:
            raise FeedbackError(
                f"'private/{SECRET}' is damaged: it should hold {2 * _SECRET_BYTES} letters and figures",
                hint="restore it from a backup; without it nobody's pseudonym and no decision is found again",
            )
        return secret

    def lock(self) -> Lock | None:
        """The lock of a locked project; None when it is not locked."""
        file = self.folder / LOCK
        try:
            if file.exists():
                return Lock.from_json(json.loads(file.read_bytes()))
        except ValueError:
            if not self.files(sealed=True):
                raise FeedbackError(
                    f"'private/{LOCK}' is damaged", hint="no file is sealed with it: delete it and lock again"
                ) from None
        # Every sealed file carries the lock as well; they are looked through once while the folder stays.
        seen = self.folder.stat().st_mtime_ns if self.folder.exists() else 0
        if seen != self._seen_open:
            sealed = self.files(sealed=True)
            if sealed:
                return self._lock_of(sealed[0])
            self._seen_open = seen
        return None

    def files(self, *, sealed: bool) -> list[str]:
        """The files with words or names in them that are sealed, or that are not, sorted."""
        found = []
        for file in sorted(self.folder.rglob("*")):
            name = file.relative_to(self.folder).as_posix()
            if file.is_file() and not _stays_open(name):
                with file.open("rb") as opened:
                    is_sealed = opened.read(len(sealing.MAGIC)) == sealing.MAGIC
                if is_sealed == sealed:
                    found.append(name)
        return found

    def seal_all(self, passphrase: str, receipt: Callable[[str], Mapping[str, Any]]) -> int:
        """Locks the project; gives how many files were sealed. receipt: what a file shows to everybody.

        Goes on where it was broken off. FeedbackError when it is locked with another passphrase already.
        """
        self._passphrase = passphrase
        lock = self.lock() or self._new_lock(passphrase)
        self._opened(lock)
        write_bytes(self.folder / LOCK, json.dumps(lock.as_json()).encode(), private=True)
        names = self.files(sealed=False)
        for name in names:
            self.write(name, (self.folder / name).read_bytes(), receipt(name))
        return len(names)

    def open_all(self) -> int:
        """Unlocks the project; gives how many files were opened. Nothing is written unless all can be."""
        names = self.files(sealed=True)
        for name in names:
            self.read(name)
        for name in names:
            write_bytes(self.folder / name, self.read(name) or b"", private=True)
        (self.folder / LOCK).unlink(missing_ok=True)
        return len(names)

    def _lock_of(self, name: str) -> Lock:
        return sealing.lock_of(name, (self.folder / name).read_bytes())

    def _new_lock(self, passphrase: str) -> Lock:
        return sealing.new_lock(
            passphrase,
            key=os.urandom(sealing.KEY_BYTES),
            salt=os.urandom(sealing.SALT_BYTES),
            nonce=os.urandom(sealing.NONCE_BYTES),
        )

    def _opened(self, lock: Lock) -> bytes:
        """The project's key; asks for the passphrase the first time."""
        if self._key is None or self._key[0] != lock:
            if self._passphrase is None:
                ask = ASK.get()
                if ask is None:
                    raise FeedbackError(
                        "this project is locked", hint="open it with Project(folder, passphrase=...)"
                    )
                self._passphrase = ask()
            self._key = (lock, sealing.open_lock(lock, self._passphrase))
        return self._key[1]


def mend_rights(folder: Path) -> bool:
    """Takes everybody else's rights off a private/ folder and its files; whether others could look inside."""
    if os.name != "posix" or not folder.is_dir():
        return False
    was_open = bool(stat.S_IMODE(folder.stat().st_mode) & 0o077)
    for file in [folder, *sorted(folder.rglob("*"))]:
        with said_clearly(file), suppress(FileNotFoundError):
            mode = stat.S_IMODE(file.lstat().st_mode)
            if mode & 0o077 and not file.is_symlink():
                file.chmod(mode & 0o700)
    return was_open


def _stays_open(name: str) -> bool:
    first = name.partition("/")[0]
    return name in _OPEN or first in _OPEN_FOLDERS or name.endswith(LEFTOVER)

"""Sealed files: AES-256-GCM under a project's own key, which a passphrase opens (scrypt).

The key is random and is kept wrapped by the passphrase in every sealed file, so that no single file is the
only way in. What a table was made from (its receipt: hashes and counts) stays readable beside the words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feedback.errors import FeedbackError

MAGIC = b"feedback sealed 1\n"
KEY_BYTES, NONCE_BYTES, SALT_BYTES = 32, 12, 16
SHORTEST = 8
# OWASP's least for scrypt: 2**17 rounds of 8 blocks, 128 MB and a third of a second an attempt.
_COST = {"n": 2**17, "r": 8, "p": 1}
_LENGTH = 4


@dataclass(frozen=True)
class Lock:
    """A project's key as it may lie about: wrapped by a key that only the passphrase gives."""

    salt: bytes
    nonce: bytes
    wrapped: bytes

    def as_json(self) -> dict[str, str]:
        """The lock as text."""
        return {"salt": self.salt.hex(), "nonce": self.nonce.hex(), "wrapped": self.wrapped.hex()}

    @classmethod
    def from_json(cls, said: Any) -> Lock:
        """The lock from `as_json`; ValueError for anything else."""
        try:
            parts = [bytes.fromhex(said[name]) for name in ("salt", "nonce", "wrapped")]
        except (TypeError, KeyError) as error:
            raise ValueError("not a lock") from error
        return cls(*parts)


def new_lock(passphrase: str, *, key: bytes, salt: bytes, nonce: bytes) -> Lock:
    """A lock around `key` (32 random bytes). FeedbackError for a passphrase shorter than 8 characters."""
    if len(passphrase) < SHORTEST:
        raise FeedbackError(
            f"the passphrase is too short: {SHORTEST} characters or more", hint="four words that you remember"
        )
    return Lock(salt, nonce, _aead(_from_passphrase(passphrase, salt)).encrypt(nonce, key, MAGIC))


def open_lock(lock: Lock, passphrase: str) -> bytes:
    """The project's key. FeedbackError when the passphrase is not the right one."""
    from cryptography.exceptions import InvalidTag

    try:
        return bytes(_aead(_from_passphrase(passphrase, lock.salt)).decrypt(lock.nonce, lock.wrapped, MAGIC))
    except InvalidTag as error:
        raise FeedbackError(
            "that is not this project's passphrase",
            hint="try again; nothing was changed. A lost passphrase cannot be found again by anybody: "
            "take the originals from where you keep them and add them to a new project",
        ) from error


def seal(
    name: str, data: bytes, *, key: bytes, lock: Lock, nonce: bytes, receipt: Mapping[str, Any]
) -> bytes:
    """The bytes of a sealed file. name: of the file, so that one cannot be put in another's place."""
    head = json.dumps({"lock": lock.as_json(), "nonce": nonce.hex(), "receipt": receipt}, sort_keys=True)
    front = MAGIC + len(head.encode()).to_bytes(_LENGTH, "big") + head.encode()
    return front + bytes(_aead(key).encrypt(nonce, data, name.encode() + front))


def is_sealed(data: bytes) -> bool:
    """Whether these bytes are a sealed file's."""
    return data.startswith(MAGIC)


def unseal(name: str, data: bytes, *, key: bytes) -> bytes:
    """What was sealed. FeedbackError where the file is damaged, another's, or sealed with another key."""
    from cryptography.exceptions import InvalidTag

    head, end = _head(name, data)
    try:
        opened = _aead(key).decrypt(bytes.fromhex(head["nonce"]), data[end:], name.encode() + data[:end])
    except (InvalidTag, KeyError, ValueError, TypeError) as error:
        raise _damaged(name) from error
    return bytes(opened)


def lock_of(name: str, data: bytes) -> Lock:
    """The lock that a sealed file carries. FeedbackError where its head is damaged."""
    try:
        return Lock.from_json(_head(name, data)[0].get("lock"))
    except ValueError as error:
        raise _damaged(name) from error


def receipt_of(data: bytes) -> dict[str, Any]:
    """The receipt that a sealed file shows to everybody; empty where its head is damaged."""
    try:
        return dict(_head("", data)[0].get("receipt", {}))
    except (FeedbackError, TypeError, ValueError):
        return {}


def _head(name: str, data: bytes) -> tuple[dict[str, Any], int]:
    start = len(MAGIC) + _LENGTH
    end = start + int.from_bytes(data[len(MAGIC) : start], "big")
    try:
        head = json.loads(data[start:end]) if is_sealed(data) and end <= len(data) else None
    except ValueError as error:
        raise _damaged(name) from error
    if not isinstance(head, dict):
        raise _damaged(name)
    return head, end


def _damaged(name: str) -> FeedbackError:
    return FeedbackError(
        f"'private/{name}' is damaged and cannot be opened",
        hint="restore it from a backup; nothing was changed",
    )


def _from_passphrase(passphrase: str, salt: bytes) -> bytes:
    import unicodedata

    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # The same letters typed on another machine may come composed otherwise.
    typed = unicodedata.normalize("NFC", passphrase).encode()
    return Scrypt(salt=salt, length=KEY_BYTES, **_COST).derive(typed)


def _aead(key: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)

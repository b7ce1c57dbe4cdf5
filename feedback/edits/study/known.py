"""What was found in the parts of documents before, by content, so that a run looks only at what is new.

Kept is only what follows from what its digest was made of: the words of a part, what is looked for there, and
the rules of this version. So no result depends on what is remembered. There are people's words in it.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

Found = TypeVar("Found")
_DIGEST = 16
_RULED_BY = ("regex", "phonenumberslite")  # packages whose versions change what is found


class Memory(Protocol):
    """Small results by the digests of what they were made from."""

    def find(self, digest: bytes) -> bytes | None:
        """What was kept."""

    def keep(self, digest: bytes, value: bytes) -> None:
        """Keeps it."""


@dataclass(frozen=True)
class Work(Generic[Found]):
    """What is found in each of many things: how it is made, by their numbers, written down and read again."""

    make: Callable[[Sequence[int]], Iterable[Found]]
    written: Callable[[Found], Any]
    read: Callable[[int, Any], Found]


def recalled(memory: Memory, digests: Sequence[bytes], work: Work[Found]) -> Iterator[Found]:
    """What is found in each thing, in order; made only of those under whose digest nothing is kept."""
    known = [memory.find(digest) for digest in digests]
    new = iter(work.make([at for at, data in enumerate(known) if data is None]))
    for at, data in enumerate(known):
        known[at] = None
        if data is not None:
            yield work.read(at, json.loads(zlib.decompress(data)))
            continue
        found = next(new)
        memory.keep(digests[at], zlib.compress(json.dumps(work.written(found)).encode(), 1))
        yield found


def digest_of(*told: Any) -> bytes:
    """The digest of strings, numbers and lists of them, and of the rules by which masks are found."""
    written = json.dumps(told, separators=(",", ":")).encode()
    return hashlib.blake2b(written, digest_size=_DIGEST, key=_rules()).digest()


@cache
def _rules() -> bytes:
    """Changes with every rule and list that masking goes by: its own files, and two packages' versions."""
    here = Path(__file__).parents[1]
    files = sorted(file for file in here.rglob("*") if file.suffix in (".py", ".txt"))
    told = hashlib.blake2b(" ".join(map(version, ("feedback", *_RULED_BY))).encode())
    for file in [*files, here.parent / "spans.py", here.parent / "masks.py"]:
        told.update(file.read_bytes())
    return told.digest()

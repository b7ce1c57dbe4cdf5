"""Vectors that were made before, kept on disk so that a second run reads them."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    from . import Embedder

    Rows = np.ndarray[Any, Any]

KEY_BYTES = 32
MOST_FILES = 8  # of one embedder; more are joined into one
SAVED_AT_ONCE = 2_000  # texts; so much is lost at most when a run is broken off
MOST_HELD = 256_000_000  # bytes of files that stay in memory once they were read


class VectorCache:
    """The vectors in `directory`, each under the sha256 of embedder and text; the texts are not kept.

    Vectors still tell what a text is about: the directory belongs beside the originals and is never
    exported. Each `add` writes one .npy file, whole or not at all, whose name holds the checksum of its
    content. A file that differs from its checksum counts as absent and is removed when it is met. Where the
    directory cannot be written to, nothing is kept, and nothing fails.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._held: dict[Path, Rows] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Without what was read, so that it can be sent to another process."""
        return self.__dict__ | {"_held": {}}

    def find(self, fingerprint: str, texts: Iterable[str]) -> dict[str, Rows]:
        """The vectors (float32) that are known, by text."""
        wanted = {_key(fingerprint, text): text for text in texts}
        found: dict[str, Rows] = {}
        for path in self._files(fingerprint):
            entries = self._entries(path)
            if entries is None:
                continue
            for place, key in enumerate(entries["key"].tolist()):
                if key in wanted:
                    found[wanted[key]] = entries["vector"][place]
        return found

    def add(self, fingerprint: str, texts: Sequence[str], rows: Rows) -> None:
        """Keeps the vectors of the texts: `rows` is float32 (len(texts), width)."""
        import numpy as np

        shape = [("key", f"V{KEY_BYTES}"), ("vector", "<f4", (rows.shape[1],))]
        entries = np.empty(len(texts), dtype=shape)
        for place, text in enumerate(texts):
            entries["key"][place] = np.void(_key(fingerprint, text))
        entries["vector"] = rows
        with contextlib.suppress(OSError):
            self._directory.mkdir(parents=True, exist_ok=True)
            self._write(fingerprint, entries)

    def keep(self, fingerprint: str, texts: Iterable[str]) -> None:
        """Forgets everything but this embedder's vectors of these texts."""
        wanted = {_key(fingerprint, text) for text in texts}
        whole = [one for path in self._files(fingerprint) if (one := self._entries(path)) is not None]
        parts = [one[[key in wanted for key in one["key"].tolist()]] for one in whole]
        kept = {self._write(fingerprint, part) for part in parts if len(part)}
        for path in sorted([*self._directory.glob("vectors-*.npy"), *self._directory.glob("lessons-*.bin")]):
            if path not in kept:
                path.unlink()

    def lesson(self, fingerprint: str) -> bytes | None:
        """What a student of that fingerprint learnt, when it was kept and is whole."""
        with contextlib.suppress(OSError):
            content = self._lesson_file(fingerprint).read_bytes()
            if content[:KEY_BYTES] == hashlib.sha256(content[KEY_BYTES:]).digest():
                return content[KEY_BYTES:]
        return None

    def keep_lesson(self, fingerprint: str, content: bytes) -> None:
        """Keeps what a student learnt, and no other student's."""
        path = self._lesson_file(fingerprint)
        with contextlib.suppress(OSError):
            self._directory.mkdir(parents=True, exist_ok=True)
            self._put(path, hashlib.sha256(content).digest() + content)
            for other in self._directory.glob("lessons-*.bin"):
                if other != path:
                    other.unlink()

    def _lesson_file(self, fingerprint: str) -> Path:
        return self._directory / f"lessons-{hashlib.sha256(fingerprint.encode()).hexdigest()[:32]}.bin"

    def tidy(self, fingerprint: str) -> None:
        """Joins the files of an embedder into one when they have become many."""
        import numpy as np

        paths = self._files(fingerprint)
        if len(paths) <= MOST_FILES:
            return
        whole = [one for path in paths if (one := self._entries(path)) is not None]
        if not whole:
            return
        entries: Rows = np.concatenate(whole)
        first = {key: place for place, key in reversed(list(enumerate(entries["key"].tolist())))}
        with contextlib.suppress(OSError):
            kept = self._write(fingerprint, entries[sorted(first.values())])
            for path in paths:
                if path != kept:
                    path.unlink(missing_ok=True)

    def _files(self, fingerprint: str) -> list[Path]:
        with contextlib.suppress(OSError):
            return sorted(self._directory.glob(f"{_stem(fingerprint)}-*.npy"))
        return []

    def _entries(self, path: Path) -> Rows | None:
        """What the file holds, or None (and no file any more) when it is not what was written."""
        import numpy as np

        # Its name holds its checksum, so what was read once under a name is what it holds.
        if path in self._held:
            return self._held[path]
        with contextlib.suppress(OSError):
            content = path.read_bytes()
            if path.stem.endswith(f"-{_checksum(content)}"):
                entries: Rows = np.load(io.BytesIO(content), allow_pickle=False)
                if entries.nbytes + sum(one.nbytes for one in self._held.values()) <= MOST_HELD:
                    self._held[path] = entries
                return entries
            path.unlink()
        return None

    def _write(self, fingerprint: str, entries: Rows) -> Path:
        import numpy as np

        memory = io.BytesIO()
        np.save(memory, entries, allow_pickle=False)
        path = self._directory / f"{_stem(fingerprint)}-{_checksum(memory.getbuffer())}.npy"
        self._put(path, memory.getbuffer())
        return path

    def _put(self, path: Path, content: bytes | memoryview) -> None:
        """Writes the file, whole or not at all."""
        handle, name = tempfile.mkstemp(dir=self._directory, prefix=".vectors-", suffix=".unfinished")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)


def encode_cached(
    embedder: Embedder,
    texts: Sequence[str],
    cache: VectorCache | None,
    *,
    progress: Callable[[int], None] | None = None,
) -> Rows:
    """The vectors of the texts, float32 (len(texts), width): from the cache where it knows them.

    Equal texts are encoded once. `progress` is told how many different texts are done. Without a `cache`
    all are encoded.
    """
    import numpy as np

    different = sorted(set(texts))
    known = cache.find(embedder.fingerprint, different) if cache else {}
    missing = [text for text in different if text not in known]
    if not different:
        return embedder.encode([])
    # What is not kept is asked for in one go, which is quicker for some embedders.
    at_once = SAVED_AT_ONCE if cache else max(1, len(missing))
    for start in range(0, len(missing), at_once):
        some = missing[start : start + at_once]
        rows = embedder.encode(some, progress=_from(len(known), progress))
        known.update(zip(some, rows, strict=True))
        if cache:
            cache.add(embedder.fingerprint, some, rows)
    if cache and missing:
        cache.tidy(embedder.fingerprint)
    if progress and not missing:
        progress(len(known))
    return np.stack([known[text] for text in texts])


def _from(done: int, progress: Callable[[int], None] | None) -> Callable[[int], None] | None:
    """The same progress, counted on from `done`."""
    return (lambda more: progress(done + more)) if progress else None


def _key(fingerprint: str, text: str) -> bytes:
    return hashlib.sha256(f"{fingerprint}\0{text}".encode("utf-8", "surrogatepass")).digest()


def _stem(fingerprint: str) -> str:
    return "vectors-" + hashlib.sha256(fingerprint.encode()).hexdigest()[:12]


def _checksum(content: bytes | memoryview) -> str:
    return hashlib.sha256(content).hexdigest()[:32]

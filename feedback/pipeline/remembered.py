"""What tagging and the language model found out in a project, kept between runs beside its vectors.

Digests and figures, no words; but they follow from what people said, so they stay in private/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from feedback.disk import write_bytes
from feedback.errors import FeedbackError
from feedback.pipeline.streamed import sweep
from feedback.project import Project
from feedback.tagging.memory import Memory

if TYPE_CHECKING:
    from feedback.edits.answers import Asked

TAGS, NAMES = "tags.bin", "names.bin"


class Lent(Memory):
    """What is found out now, beside what was known before, which is looked at and left as it is."""

    def __init__(self, known: Memory) -> None:
        super().__init__()
        self._before = known

    def find(self, digest: bytes) -> bytes | None:
        """What was kept now or before."""
        value = super().find(digest)
        return self._before.find(digest) if value is None else value


def tags_file(project: Project) -> Path:
    """Where what tagging found out is kept."""
    return _file(project, TAGS)


def learn(file: Path, found: Iterable[bytes]) -> None:
    """Adds what tagging found out (`Memory.to_bytes`) to what is kept in a file.

    Where the folder cannot be written to, nothing is kept, and nothing fails.
    """
    memory = Memory.from_bytes(file.read_bytes() if file.is_file() else b"")
    for one in found:
        memory.learn(one)
    if memory.changed:
        with suppress(FeedbackError):
            write_bytes(file, memory.to_bytes(), private=True)


def known_in(file: Path) -> Memory:
    """What a file of what tagging found out holds; nothing where it is out of reach."""
    with suppress(OSError):
        return _read(file, file.stat().st_mtime_ns)
    return Memory()


@lru_cache(maxsize=1)
def _read(file: Path, changed: int) -> Memory:
    return Memory.from_bytes(file.read_bytes())


@contextmanager
def answering_in(project: Project) -> Iterator[Asked]:
    """Within it, what it gives is asked instead of the language model, and knows what earlier runs asked.

    What is asked within it is kept, and nothing else. Where the folder cannot be written to, nothing is.
    """
    from feedback.edits.answers import Answers, known_in
    from feedback.edits.ner import model_name

    file = _file(project, NAMES)
    before = file.read_bytes() if file.is_file() else b""
    answers = Answers(project.keys.secret(), model_name(), known_in(before))
    yield answers.entities
    after = answers.to_bytes()
    if after != before:
        with suppress(FeedbackError):
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_bytes(file, after, private=True)


def forget(project: Project) -> None:
    """Deletes it, as when somebody withdraws; the next run finds out what it needs."""
    for name in (TAGS, NAMES):
        _file(project, name).unlink(missing_ok=True)
    sweep(project)


def _file(project: Project, name: str) -> Path:
    return project.path / "private" / "vectors" / name

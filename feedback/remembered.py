"""What tagging found out in a project, kept from one run to the next beside its vectors.

Digests and figures, no words; but they follow from what people said, so they stay in private/.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from feedback.disk import write_bytes
from feedback.errors import FeedbackError
from feedback.project import Project


@contextmanager
def remembering_in(project: Project) -> Iterator[None]:
    """Within it, tagging knows what earlier runs found out, and what it finds out is kept.

    Where the folder cannot be written to, nothing is kept, and nothing fails.
    """
    from feedback.tagging.memory import Memory, remembering

    file = _file(project)
    memory = Memory.from_bytes(file.read_bytes() if file.is_file() else b"")
    with remembering(memory):
        yield
    if memory.changed:
        with suppress(FeedbackError):
            write_bytes(file, memory.to_bytes(), private=True)


def forget(project: Project) -> None:
    """Deletes it, as when somebody withdraws; the next run finds out what it needs."""
    _file(project).unlink(missing_ok=True)


def _file(project: Project) -> Path:
    return project.path / "private" / "vectors" / "tags.bin"

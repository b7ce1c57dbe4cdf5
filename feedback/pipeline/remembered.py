"""What tagging and the language model found out in a project, kept between runs beside its vectors.

Digests and figures, no words; but they follow from what people said, so they stay in private/.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from feedback.disk import write_bytes
from feedback.errors import FeedbackError
from feedback.pipeline.streamed import sweep
from feedback.project import Project

if TYPE_CHECKING:
    from feedback.edits.answers import Asked

TAGS, NAMES = "tags.bin", "names.bin"


@contextmanager
def remembering_in(project: Project) -> Iterator[None]:
    """Within it, tagging knows what earlier runs found out, and what it finds out is kept.

    Where the folder cannot be written to, nothing is kept, and nothing fails.
    """
    from feedback.tagging.memory import Memory, remembering

    file = _file(project, TAGS)
    memory = Memory.from_bytes(file.read_bytes() if file.is_file() else b"")
    with remembering(memory):
        yield
    if memory.changed:
        with suppress(FeedbackError):
            write_bytes(file, memory.to_bytes(), private=True)


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

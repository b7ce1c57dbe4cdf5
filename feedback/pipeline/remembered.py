"""What tagging, masking and the language model found out in a project, kept between runs in private/.

Beside the vectors lie digests and figures, and of words only what the report says. What masking found in a
part of a document has words in it, so it is sealed where the project is locked.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from feedback.disk import write_bytes
from feedback.errors import FeedbackError
from feedback.pipeline.streamed import forget_kept
from feedback.project import Project
from feedback.tagging.memory import Memory, remembering

if TYPE_CHECKING:
    from feedback.edits.finding.answers import Asked

TAGS, NAMES, REPORT = "tags.bin", "names.bin", "report.json"
MASKS = "found"  # a folder
SAVED_AT_ONCE = 1_000_000  # bytes; so much is lost at most when a run is broken off
_MOST_BYTES = 256_000_000
_NAME = 32
# The file that was read last: itself, when it was written, what it holds.
_KNOWN: list[tuple[Path, int, Memory]] = []


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


def report_file(project: Project) -> Path:
    """Where the report is kept as it was summed up: what is said in it stands in tables/ as well."""
    return _file(project, REPORT)


def learn(file: Path, found: Iterable[bytes]) -> None:
    """Adds what tagging found out (`Memory.to_bytes`) to what is kept in a file.

    Where the folder cannot be written to, nothing is kept, and nothing fails.
    """
    memory = known_in(file)
    for one in found:
        memory.learn(one)
    if memory.changed:
        with suppress(FeedbackError):
            write_bytes(file, memory.to_bytes(), private=True)
            memory.changed = False
            _KNOWN[:] = [(file, file.stat().st_mtime_ns, memory)]


def known_in(file: Path) -> Memory:
    """What a file of what tagging found out holds; nothing where it is out of reach."""
    with suppress(OSError):
        changed = file.stat().st_mtime_ns
        if not any(known[:2] == (file, changed) for known in _KNOWN):
            _KNOWN[:] = [(file, changed, Memory.from_bytes(file.read_bytes()))]
        return _KNOWN[0][2]
    return Memory()


@contextmanager
def reading_aloud_in(project: Project) -> Iterator[None]:
    """Within it, how passages read is known from earlier runs; what is found out anew is kept."""
    file = tags_file(project)
    with remembering(Lent(known_in(file))) as memory:
        yield
    if len(memory):
        learn(file, [memory.to_bytes()])


@contextmanager
def answering_in(project: Project) -> Iterator[Asked]:
    """Within it, what it gives is asked instead of the language model, and knows what earlier runs asked.

    What is asked within it is kept, and nothing else. Where the folder cannot be written to, nothing is.
    """
    from feedback.edits.finding.answers import Answers, known_in
    from feedback.edits.finding.ner import model_name

    file = _file(project, NAMES)
    before = file.read_bytes() if file.is_file() else b""
    answers = Answers(project.keys.secret(), model_name(), known_in(before))
    yield answers.entities
    after = answers.to_bytes()
    if after != before:
        with suppress(FeedbackError):
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_bytes(file, after, private=True)


@contextmanager
def masks_in(project: Project) -> Iterator[Masks]:
    """Within it, what masking found in parts of documents before; at its end nothing else of it is kept."""
    masks = Masks(project)
    yield masks
    masks.settle()


class Masks:
    """What masking finds in parts of documents, by content: files in private/, named by what they hold.

    What was found goes to the disk as it comes, so that a run that was broken off does not find it again.
    Where the folder cannot be written to, nothing is kept, and nothing fails.
    """

    def __init__(self, project: Project) -> None:
        self._keys = project.keys
        self._files = {f"{MASKS}/{file.name}" for file in (self._keys.folder / MASKS).glob("*.bin")}
        self._before, self._used, self._new = (Memory(most_bytes=_MOST_BYTES) for _ in range(3))
        for name in sorted(self._files):
            # What cannot be opened is found again, which is all that it is good for.
            with suppress(FeedbackError):
                self._before.learn(self._keys.read(name) or b"")
        self._waiting = 0

    def __len__(self) -> int:
        return len(self._before)

    def find(self, digest: bytes) -> bytes | None:
        """What was kept, now or before."""
        value = self._used.find(digest)
        if value is None and (value := self._before.find(digest)) is not None:
            self._used.keep(digest, value)
        return value

    def keep(self, digest: bytes, value: bytes) -> None:
        """Keeps it."""
        self._used.keep(digest, value)
        self._new.keep(digest, value)
        self._waiting += len(value)
        if self._waiting > SAVED_AT_ONCE:
            self._save(self._new)
            self._new, self._waiting = Memory(most_bytes=_MOST_BYTES), 0

    def settle(self) -> None:
        """Leaves one file, with all that was of use."""
        kept = self._save(self._used)
        for name in self._files - {kept} if kept else ():
            (self._keys.folder / name).unlink(missing_ok=True)

    def _save(self, memory: Memory) -> str:
        """The name of the file, once it is there; empty where it cannot be."""
        data = memory.to_bytes()
        name = f"{MASKS}/{hashlib.sha256(data).hexdigest()[:_NAME]}.bin"
        with suppress(FeedbackError):
            if name not in self._files:
                self._keys.write(name, data)
                self._files.add(name)
            return name
        return ""


def forget(project: Project) -> None:
    """Deletes it, as when somebody withdraws; the next run finds out what it needs."""
    for name in (TAGS, NAMES, REPORT):
        _file(project, name).unlink(missing_ok=True)
    shutil.rmtree(project.keys.folder / MASKS, ignore_errors=True)
    forget_kept(project)


def forget_other_texts(project: Project) -> None:
    """Deletes what is known of texts that are no segments now, such as before a name was masked in them.

    By the vector of such a text, or its digest, somebody could find out whether a guessed name stood in it.
    """
    from feedback.embed.cache import VectorCache
    from feedback.pipeline.stages import Context

    for name in (TAGS, REPORT):
        _file(project, name).unlink(missing_ok=True)
    forget_kept(project)
    vectors = Context(project).vectors
    if not vectors.is_dir():
        return
    try:
        texts = set(project.table("segments")["text"].dropna())
        VectorCache(vectors).keep(Context(project).embedder.fingerprint, texts)
    except FeedbackError:  # of a table or a model that cannot be read: then nothing is known
        shutil.rmtree(vectors, ignore_errors=True)


def _file(project: Project, name: str) -> Path:
    return project.path / "private" / "vectors" / name

"""Texts to vectors: float32 rows of length 1, so that a dot product is a cosine."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from feedback.errors import FeedbackError
from feedback.registry import names, part
from feedback.shipped import shipped

if TYPE_CHECKING:
    import numpy as np

SHIPPED = "minilm-l6-int8"
TAUGHT_BY = " taught by "  # in the fingerprint of a student, before its teacher's
_CHECKED = ("model.onnx", "vocab.txt")
_LINE = re.compile(r"^\| `(?P<file>[\w.]+)` \| (?P<size>\d+) \| `(?P<sha256>[0-9a-f]{64})` \|", re.MULTILINE)


class Embedder(Protocol):
    """Whatever gives vectors: the same fingerprint and text always give the same vector."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever any vector would change."""

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray[Any, Any]:
        """float32 (len(texts), width), rows of length 1; `progress` is told how many texts are done."""


def space_of(fingerprint: str) -> str:
    """What vectors must have in common to be held against each other: a student's are its teacher's."""
    return fingerprint.rpartition(TAUGHT_BY)[2]


def load(name: str = "minilm", *, threads: int | None = None, root: Path | None = None) -> Embedder:
    """The embedder of that name: "minilm" (ships), "lsa" (must be fitted), another, or one in a folder.

    A name with a slash, or of a folder in `root`, is a folder with a model of the user's own, relative to
    `root`. `threads` (default: all that this process may use) changes the speed, never a vector. Raises
    FeedbackError when the name is unknown, or a file of the model is missing, altered or of a kind that
    cannot be used.
    """
    folder = Path(root or ".", name).expanduser()
    if name not in names("embedders") and ("/" in name or "\\" in name or (root and folder.is_dir())):
        from .folder import load_folder

        return load_folder(folder, threads=threads)
    made: Embedder = part("embedders", name)(threads)
    return made


def load_minilm(threads: int | None = None) -> Embedder:
    """The model that ships, after comparing its files with its card."""
    from .minilm import MiniLM

    folder = shipped_model(SHIPPED)
    return MiniLM(folder, sha256=checked(folder)["model.onnx"], threads=threads)


def load_lsa(threads: int | None = None) -> Embedder:
    """The fallback without a model; `threads` plays no part in it."""
    from .lsa import LSA

    return LSA()


def shipped_model(name: str = SHIPPED) -> Path:
    """The folder of a model that ships. Raises FeedbackError when this installation is without it."""
    try:
        return shipped("models", name, "card.md").parent
    except FeedbackError as error:
        message = f"The model '{name}' is not part of this installation."
        raise FeedbackError(message, hint=_REINSTALL) from error


def checked(folder: Path) -> dict[str, str]:
    """The sha256 of each file of the model, by name, after comparing the files with card.md.

    The size is compared in every call, the sha256 once in the life of the process.
    """
    card = (folder / "card.md").read_text(encoding="utf-8")
    expected = {line["file"]: line for line in _LINE.finditer(card)}
    for name in _CHECKED:
        path = folder / name
        if not path.is_file():
            raise FeedbackError(f"The model file {path} is missing.", hint=_REINSTALL)
        line = expected.get(name)
        same = line and path.stat().st_size == int(line["size"]) and _sha256(path) == line["sha256"]
        if not same:
            raise FeedbackError(
                f"The model file {path} is not the one its card.md describes.", hint=_REINSTALL
            )
    return {name: line["sha256"] for name, line in expected.items()}


_REINSTALL = "install feedback again, or load the embedder 'lsa', which needs no model"


@cache
def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

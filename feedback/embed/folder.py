"""Sentence vectors of a model in a folder of the user's: ONNX, or sentence-transformers where installed.

The folder is read as its own configuration says: `1_Pooling/config.json`, `sentence_bert_config.json`,
`tokenizer_config.json`. Nothing is ever downloaded.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError

from .minilm import runs_alone, session, usable_processors
from .tokens import tokens_of

if TYPE_CHECKING:
    import numpy as np

VERSION = 1
_BRING = "a model folder holds model.onnx, vocab.txt or tokenizer.json, and the model's own .json files"
_POOLINGS = {"pooling_mode_cls_token": "cls", "pooling_mode_mean_tokens": "mean"}
_LONGEST = 512
_PARTS = {"Transformer", "Pooling", "Normalize"}


def load_folder(folder: Path, *, threads: int | None = None) -> OnnxFolder | SentenceTransformersFolder:
    """The model in the folder. FeedbackError, with a remedy, for none and for one that cannot be used."""
    if not folder.is_dir():
        raise FeedbackError(f"There is no model folder {folder}.", hint=f"check `embedder:`; {_BRING}")
    model = _onnx_file(folder)
    if model is not None:
        return OnnxFolder(folder, model, threads=threads)
    if any(folder.glob("*.safetensors")) or any(folder.glob("pytorch_model*.bin")):
        return SentenceTransformersFolder(folder)
    raise FeedbackError(f"The folder {folder} holds no model (no .onnx file, no .safetensors).", hint=_BRING)


class OnnxFolder:
    """A model in ONNX; each text is run alone, so that its vector depends on nothing else."""

    def __init__(self, folder: Path, model: Path, *, threads: int | None = None) -> None:
        self._folder, self._model = folder, model
        self._threads = threads or usable_processors()
        self._pooling = _pooling(folder)
        self._prefix = _prefix(folder)

    @property
    def fingerprint(self) -> str:
        """Changes when the model, its tokens or its configuration change."""
        return f"onnx-{VERSION}-{_digest(self._folder)}"

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray[Any, Any]:
        """The vectors of the texts: float32 (len(texts), the model's width), rows of length 1."""
        return runs_alone(self._vector, [self._prefix + text for text in texts], self._threads, progress)

    def _vector(self, text: str) -> np.ndarray[Any, Any]:
        import numpy as np

        ids = np.array(self._tokens(text), dtype=np.int64)
        known = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        feeds = {one.name: known[one.name].reshape([1] * (len(one.shape) - 1) + [-1]) for one in self._inputs}
        try:
            found = self._session.run([self._output], feeds)[0]
        except Exception as error:  # onnxruntime's errors share no class
            message = f"The model {self._model} cannot read a text of {len(ids)} tokens."
            raise FeedbackError(message, hint=f"was it exported for sentences? {_BRING}") from error
        rows = np.asarray(found, dtype=np.float32)
        while rows.ndim > 2:
            rows = rows[0]
        row = rows.reshape(-1) if rows.size == rows.shape[-1] else self._pooled(rows)
        unit: np.ndarray[Any, Any] = row / max(float(np.linalg.norm(row)), 1e-12)
        return unit

    def _pooled(self, rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        pooled: np.ndarray[Any, Any] = rows[0] if self._pooling == "cls" else rows.mean(axis=0)
        return pooled

    @cached_property
    def _tokens(self) -> Callable[[str], list[int]]:
        return tokens_of(self._folder, longest=_longest(self._folder))

    @cached_property
    def _session(self) -> Any:
        try:
            return session(self._model)
        except Exception as error:  # onnxruntime's errors share no class
            message = f"The model file {self._model} cannot be loaded."
            raise FeedbackError(message, hint=f"is it whole? {_BRING}") from error

    @cached_property
    def _inputs(self) -> list[Any]:
        inputs: list[Any] = self._session.get_inputs()
        strange = {one.name for one in inputs} - {"input_ids", "attention_mask", "token_type_ids"}
        if strange:
            message = f"The model {self._model} asks for {', '.join(sorted(strange))}, which no text has."
            raise FeedbackError(message, hint=_BRING)
        return inputs

    @cached_property
    def _output(self) -> str:
        """A sentence vector where the model gives one, else the vectors of its tokens."""
        names = [one.name for one in self._session.get_outputs()]
        wanted = ("sentence_embedding", "vector", "last_hidden_state", "token_embeddings")
        return str(next((name for name in wanted if name in names), names[0]))


class SentenceTransformersFolder:
    """A folder as sentence-transformers saves it, where that package is installed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        if importlib.util.find_spec("sentence_transformers") is None:
            raise FeedbackError(
                f"The model in {folder} is one for sentence-transformers, which is not installed.",
                hint="install sentence-transformers (it brings torch), or export the model to ONNX once; "
                + _BRING,
            )

    @property
    def fingerprint(self) -> str:
        """Changes when the model, its tokens or its configuration change."""
        return f"sentence-transformers-{VERSION}-{_digest(self._folder)}"

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray[Any, Any]:
        """The vectors of the texts: float32 (len(texts), the model's width), rows of length 1."""
        import numpy as np

        # One by one: in a batch the last digits of a vector depend on its neighbours.
        rows = []
        for text in texts or [""]:
            rows.append(self._model.encode(text, normalize_embeddings=True, show_progress_bar=False))
            if progress and texts:
                progress(len(rows))
        return np.asarray(rows, dtype=np.float32)[: len(texts)]

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        except Exception as error:  # torch's and the tokenizers' errors share no class
            message = f"The model in {self._folder} cannot be loaded by sentence-transformers."
            raise FeedbackError(message, hint=f"is it whole? {_BRING}") from error


def settings_file(folder: Path, name: str) -> dict[str, Any]:
    """What a .json file of the folder says; nothing when there is none. FeedbackError for a broken one."""
    path = folder / name
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FeedbackError(f"The file {path} cannot be read.", hint=f"is it whole? {_BRING}") from error
    return content if isinstance(content, dict) else {"parts": content}


def _onnx_file(folder: Path) -> Path | None:
    likely = [folder / "model.onnx", folder / "onnx" / "model.onnx"]
    others = sorted([*folder.glob("*.onnx"), *folder.glob("onnx/*.onnx")])
    return next((path for path in [*likely, *others] if path.is_file()), None)


def _pooling(folder: Path) -> str:
    parts = settings_file(folder, "modules.json").get("parts", [])
    strange = {str(part.get("type", "")).rpartition(".")[2] for part in parts} - _PARTS
    if strange:
        message = f"The model in {folder} has a step that is not supported: {', '.join(sorted(strange))}."
        raise FeedbackError(message, hint="export the whole of it to ONNX with a 'sentence_embedding' output")
    asked = settings_file(folder, "1_Pooling/config.json")
    modes = [mode for mode, yes in asked.items() if mode.startswith("pooling_mode_") and yes is True]
    if not modes:
        return "mean"
    if len(modes) > 1 or modes[0] not in _POOLINGS:
        message = (
            f"The model in {folder} pools its tokens in a way that is not supported: {', '.join(modes)}."
        )
        raise FeedbackError(message, hint="models that pool by mean or by the first token can be used")
    return _POOLINGS[modes[0]]


def _prefix(folder: Path) -> str:
    """What the model wants before every text (E5 and its like), when its configuration says so."""
    asked = settings_file(folder, "config_sentence_transformers.json")
    return str((asked.get("prompts") or {}).get(asked.get("default_prompt_name"), ""))


def _longest(folder: Path) -> int:
    places = settings_file(folder, "config.json").get("max_position_embeddings", _LONGEST)
    asked = settings_file(folder, "sentence_bert_config.json").get("max_seq_length", _LONGEST)
    return max(8, min(int(places), int(asked or _LONGEST), _LONGEST))


def _digest(folder: Path) -> str:
    """A hash over the names and contents of the folder's files (hidden ones and notes left out)."""
    told = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).as_posix()
        if path.is_file() and not inside.startswith(".") and path.suffix not in {".md", ".ini", ".txt~"}:
            stat = path.stat()
            told.update(f"{inside}\0{_sha256(path, stat.st_size, stat.st_mtime_ns)}\0".encode())
    return told.hexdigest()[:16]


@cache
def _sha256(path: Path, size: int, changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

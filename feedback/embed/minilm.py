"""The sentence vectors that ship with the tool: all-MiniLM-L6-v2 in int8, run by onnxruntime."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .wordpiece import WordPiece

if TYPE_CHECKING:
    import numpy as np

WIDTH = 384
LONGEST = 256  # tokens, as the published model was trained
VERSION = 1  # of everything besides the weights that changes a vector: tokenizer, pooling
TEXTS_AT_ONCE = 32  # what a thread takes at a time
QUIET = 3  # onnxruntime's level for errors only


class MiniLM:
    """The model in `folder` (model.onnx, vocab.txt), whose model file has the checksum `sha256`.

    Each text is run alone, on one of `threads` threads (default: as many as this process may use). int8
    takes the scale of its values from the whole input, so a text run beside others would get a vector that
    depends on them; alone it has the same bytes in every call, with every number of threads.
    """

    def __init__(self, folder: Path, *, sha256: str, threads: int | None = None) -> None:
        self._folder = folder
        self._threads = threads or usable_processors()
        self.fingerprint = f"minilm-{VERSION}-{sha256[:16]}"

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray[Any, Any]:
        """The vectors of the texts: float32 (len(texts), 384), rows of length 1.

        `progress` is told how many texts are done. A text is read up to 256 tokens, some 190 words (see
        `is_cut`). A text without words has the vector of the empty text.
        """
        import numpy as np

        def vector(text: str) -> np.ndarray[Any, Any]:
            ids = np.array(self._tokens.ids(text), dtype=np.int64)
            found: np.ndarray[Any, Any] = self._session.run(["vector"], {"input_ids": ids})[0]
            return found

        if not texts:
            return np.empty((0, WIDTH), dtype=np.float32)
        return runs_alone(vector, texts, self._threads, progress)

    def is_cut(self, text: str) -> bool:
        """True when the text is longer than the model reads, so that its end has no part in the vector."""
        return self._tokens.is_cut(text)

    def __getstate__(self) -> dict[str, Any]:
        """Without what is read from the folder, so that it can be sent to another process."""
        return {name: value for name, value in self.__dict__.items() if name not in ("_tokens", "_session")}

    @cached_property
    def _tokens(self) -> WordPiece:
        vocabulary = (self._folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        return WordPiece(vocabulary, limit=LONGEST)

    @cached_property
    def _session(self) -> Any:
        return session(self._folder / "model.onnx")


def session(model: Path) -> Any:
    """The model, ready to run on one thread a text, and quiet."""
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    onnxruntime.set_default_logger_severity(QUIET)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = QUIET
    return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def runs_alone(
    vector: Callable[[str], np.ndarray[Any, Any]],
    texts: Sequence[str],
    threads: int,
    progress: Callable[[int], None] | None,
) -> np.ndarray[Any, Any]:
    """The vector of each text, float32 (len(texts), width), run one by one, long ones first.

    Without texts the width is that of the empty text's vector.
    """
    import numpy as np

    first = vector(texts[0] if texts else "")
    rows = np.empty((len(texts), len(first)), dtype=np.float32)
    longest_first = sorted(range(len(texts)), key=lambda place: -len(texts[place]))

    def fill(places: list[int]) -> int:
        for place in places:
            rows[place] = vector(texts[place])
        return len(places)

    done = 0
    with ThreadPoolExecutor(threads) as pool:
        for count in pool.map(fill, _slices(longest_first)):
            done += count
            if progress:
                progress(done)
    return rows


def _slices(places: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(places), TEXTS_AT_ONCE):
        yield places[start : start + TEXTS_AT_ONCE]


def usable_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

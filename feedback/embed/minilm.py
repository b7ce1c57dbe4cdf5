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
        self._threads = threads or _usable_processors()
        self.fingerprint = f"minilm-{VERSION}-{sha256[:16]}"

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray[Any, Any]:
        """The vectors of the texts: float32 (len(texts), 384), rows of length 1.

        `progress` is told how many texts are done. A text is read up to 256 tokens, some 190 words (see
        `is_cut`). A text without words has the vector of the empty text.
        """
        import numpy as np

        rows = np.empty((len(texts), WIDTH), dtype=np.float32)
        ids = [np.array(self._tokens.ids(text), dtype=np.int64) for text in texts]
        longest_first = sorted(range(len(ids)), key=lambda place: -len(ids[place]))
        run = self._session.run

        def fill(places: list[int]) -> int:
            for place in places:
                rows[place] = run(["vector"], {"input_ids": ids[place]})[0]
            return len(places)

        done = 0
        with ThreadPoolExecutor(self._threads) as threads:
            for count in threads.map(fill, _slices(longest_first)):
                done += count
                if progress:
                    progress(done)
        return rows

    def is_cut(self, text: str) -> bool:
        """True when the text is longer than the model reads, so that its end has no part in the vector."""
        return self._tokens.is_cut(text)

    @cached_property
    def _tokens(self) -> WordPiece:
        vocabulary = (self._folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        return WordPiece(vocabulary, limit=LONGEST)

    @cached_property
    def _session(self) -> Any:
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        onnxruntime.set_default_logger_severity(QUIET)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = QUIET
        model = str(self._folder / "model.onnx")
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _slices(places: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(places), TEXTS_AT_ONCE):
        yield places[start : start + TEXTS_AT_ONCE]


def _usable_processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

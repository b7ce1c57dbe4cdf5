"""What the language model answered before, by content, so that a run asks it only about new text.

Kept under keyed hashes of model and text are places and labels, no words. What a run did not ask is not kept,
so nothing stays of texts that left.
"""

from __future__ import annotations

import hashlib
import hmac
import io
from collections.abc import Callable, Iterable, Mapping, Sequence

from feedback.edits.finding.ner import LABELS, Entity, entities

Asked = Callable[[Sequence[str]], Iterable[list[Entity]]]
_DIGEST = 16
_SUM = 32
_NAMED = ("", *sorted(set(LABELS.values()) - {""}))


class Answers:
    """The answers of one model, whose name and version is `model`, for one project, whose secret is `secret`.

    `known` has the answers of the last run by digest; `ask` is the model.
    """

    def __init__(
        self,
        secret: bytes,
        model: str,
        known: Mapping[bytes, tuple[Entity, ...]] | None = None,
        *,
        ask: Asked = entities,
    ) -> None:
        self._secret, self._model, self._ask = secret, model, ask
        self._known = dict(known or {})
        self._used: dict[bytes, tuple[Entity, ...]] = {}

    def entities(self, texts: Sequence[str]) -> list[list[Entity]]:
        """As `ner.entities`; equal texts are asked about once, known ones not at all."""
        digests = [self._digest(text) for text in texts]
        new = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in self._known}
        for digest, found in zip(new, self._ask(list(new.values())) if new else (), strict=True):
            self._known[digest] = tuple(found)
        self._used.update((digest, self._known[digest]) for digest in digests)
        return [list(self._known[digest]) for digest in digests]

    def _digest(self, text: str) -> bytes:
        told = f"{self._model}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._secret, told, "sha256")[:_DIGEST]

    def to_bytes(self) -> bytes:
        """What was asked in this run, for `known_in`: a checksum, then a Parquet table."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        rows = [
            (digest, start, end, _NAMED.index(label))
            for digest, found in sorted(self._used.items())
            for start, end, label in (found or ((0, 0, ""),))
        ]
        digests, starts, ends, labels = zip(*rows, strict=True) if rows else ((), (), (), ())
        table = pa.table(
            {
                "digest": pa.array(digests, pa.binary(_DIGEST)),
                "start": pa.array(starts, pa.int32()),
                "end": pa.array(ends, pa.int32()),
                "label": pa.array(labels, pa.int8()),
            }
        )
        sink = io.BytesIO()
        pq.write_table(table, sink, compression="zstd")
        return hashlib.sha256(sink.getbuffer()).digest() + sink.getvalue()


def known_in(data: bytes) -> dict[bytes, tuple[Entity, ...]]:
    """What `Answers.to_bytes` gave; nothing where the data are anything else."""
    import pyarrow.parquet as pq

    content = data[_SUM:]
    if not content or hashlib.sha256(content).digest() != data[:_SUM]:
        return {}
    found: dict[bytes, list[Entity]] = {}
    columns = pq.read_table(io.BytesIO(content)).to_pydict().values()
    for digest, start, end, label in zip(*columns, strict=True):
        answer = found.setdefault(digest, [])
        if end:
            answer.append((start, end, _NAMED[label]))
    return {digest: tuple(answer) for digest, answer in found.items()}

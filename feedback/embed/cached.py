"""An embedder that never encodes a text twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from feedback.embed import Embedder
from feedback.embed.cache import VectorCache, encode_cached

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class CachedEmbedder:
    """An embedder with a cache; `told` hears (done, total) of the different texts."""

    embedder: Embedder
    cache: VectorCache | None = None
    told: Callable[[int, int], None] | None = None

    @property
    def fingerprint(self) -> str:
        """That of the embedder itself."""
        return self.embedder.fingerprint

    def fixed(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """The vectors of the theme list's and the tool's own texts, as of `embed.fixed`."""
        found: np.ndarray[Any, Any] = getattr(self.embedder, "fixed", self.encode)(texts)
        return found

    def watched(self, told: Callable[[int, int], None]) -> CachedEmbedder:
        """The same, telling how far it is."""
        return replace(self, told=told)

    def encode(
        self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None
    ) -> np.ndarray[Any, Any]:
        """float32 (len(texts), width), rows of length 1."""
        told, total = self.told, len(set(texts))
        say = progress or ((lambda done: told(done, total)) if told else None)
        return encode_cached(self.embedder, texts, self.cache, progress=say)

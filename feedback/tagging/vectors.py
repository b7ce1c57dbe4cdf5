"""Texts, sentences and their vectors, each asked for once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from feedback.tagging.pieces import statements

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Array]


def asked_once(embed: Embed) -> Embed:
    """The same vectors, of which each is asked for once while what is given back is in use."""
    known: dict[str, Array] = {}

    def found(texts: Sequence[str]) -> Array:
        import numpy as np

        missing = [text for text in dict.fromkeys(texts) if text not in known]
        if missing or not texts:
            known.update(zip(missing, rows := np.asarray(embed(missing), dtype=np.float32), strict=True))
        return np.stack([known[text] for text in texts]) if texts else rows

    return found


class Vectors:
    """Every text once, with its vector; asked for in one go, since that is quickest."""

    def __init__(self, texts: Sequence[str], embed: Embed) -> None:
        import numpy as np

        known = sorted(set(texts))
        self._place = {text: at for at, text in enumerate(known)}
        self._rows = np.asarray(embed(known), dtype=np.float32)

    def of(self, texts: Sequence[str]) -> np.ndarray[Any, Any]:
        """The vectors of texts that were given at the start: float32 (len(texts), width)."""
        return self._rows[[self._place[text] for text in texts]]


@dataclass(frozen=True, eq=False)
class Said:
    """The vectors of texts, and of their sentences one text after the other; `starts`: each text's first."""

    whole: Array = field(repr=False)
    sentences: Array = field(repr=False)
    starts: Array = field(repr=False)

    def best(self, judged: Array) -> Array:
        """The greatest of what is judged of each text's sentences (sentences, n): (texts, n)."""
        import numpy as np

        found: Array = np.maximum.reduceat(judged, self.starts, axis=0)
        return found


def said_in(texts: Sequence[str], embed: Embed) -> Said:
    """The vectors of texts, at least one, with their sentences."""
    import numpy as np

    cut = [sentence_texts(text) for text in texts]
    pieces = list(chain.from_iterable(cut))
    vectors = Vectors([*texts, *pieces], embed)
    starts = np.cumsum([0, *map(len, cut)])[:-1]
    return Said(vectors.of(texts), vectors.of(pieces), starts)


def sentence_texts(text: str) -> tuple[str, ...]:
    """The statements of a text, most of them sentences; the text itself when it has none."""
    return tuple(text[span.start : span.end] for span in statements(text)) or (text,)

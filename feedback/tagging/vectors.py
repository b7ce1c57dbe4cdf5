"""Texts, sentences and their vectors, each asked for once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

from feedback.tagging.pieces import statements

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]
    Embed = Callable[[Sequence[str]], Array]


class Once:
    """Texts to vectors, of which each is asked for once while this is in use.

    known: those that are there already, by text. fixed: texts of the theme list and of the tool to vectors,
    where these are others than the study's texts would have.
    """

    def __init__(
        self, embed: Embed, known: Mapping[str, Array] | None = None, fixed: Embed | None = None
    ) -> None:
        self._embed, self._held = embed, dict(known or {})
        self.fixed: Embed = Once(fixed) if fixed else self

    def __call__(self, texts: Sequence[str]) -> Array:
        import numpy as np

        held = self._held
        missing = [text for text in dict.fromkeys(texts) if text not in held]
        if missing or not texts:
            held.update(zip(missing, rows := np.asarray(self._embed(missing), dtype=np.float32), strict=True))
        return np.stack([held[text] for text in texts]) if texts else rows


def fixed_by(embed: Embed) -> Embed:
    """How texts of the theme list and of the tool itself become vectors beside the texts of a study."""
    found: Embed = getattr(embed, "fixed", embed)
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
    """The vectors of texts, each followed by those of its sentences, unless it is one sentence.

    firsts: the row of each text's own vector.
    """

    rows: Array = field(repr=False)
    firsts: Array = field(repr=False)

    @property
    def whole(self) -> Array:
        """The vectors of the texts."""
        return self.rows[self.firsts]

    def best(self, judged: Array) -> Array:
        """The greatest of what is judged of each text's sentences, of (rows, n): (texts, n)."""
        import numpy as np

        found: Array = judged[self.firsts]
        ends = np.append(self.firsts[1:], len(self.rows))
        several = np.flatnonzero(ends - self.firsts > 1)
        if len(several):
            places = np.column_stack([self.firsts[several] + 1, ends[several]]).ravel()
            # Every second stretch lies between the sentences of two texts; a place behind the last is none.
            behind = np.vstack([judged, judged[-1:]])
            found[several] = np.maximum.reduceat(behind, places, axis=0)[::2]
        return found


def said_in(texts: Sequence[str], embed: Embed) -> Said:
    """The vectors of texts, at least one, with their sentences."""
    pieces, firsts = with_sentences(texts)
    return Said(Vectors(pieces, embed).of(pieces), firsts)


def with_sentences(texts: Sequence[str]) -> tuple[list[str], Array]:
    """Texts, each followed by its sentences unless it is one, and where each text stands among them."""
    import numpy as np

    cut = [(text, *(() if own == (text,) else own)) for text in texts for own in [sentence_texts(text)]]
    return list(chain.from_iterable(cut)), np.cumsum([0, *map(len, cut)])[:-1]


def sentence_texts(text: str) -> tuple[str, ...]:
    """The statements of a text, most of them sentences; the text itself when it has none."""
    return tuple(text[span.start : span.end] for span in statements(text)) or (text,)

"""What texts share with a theme list in pieces of words, brought up to a list in which little has changed.

A text's likeness to a theme changes only where the text holds a piece that counts for more or less than it
did, or where the theme's own words changed. The bits are those of reckoning it all anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feedback.tagging.meaning.lexical import AT_ONCE, Wording, numbered

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


@dataclass(frozen=True, eq=False)
class Likeness:
    """Texts as numbers of words, and what pieces of words say of each theme (texts, themes).

    different: the words. said: (texts, words), how often each stands in each, as of `lexical.numbered`.
    lengths: of the texts, in pieces.
    """

    different: Sequence[str] = field(repr=False)
    said: Any = field(repr=False)
    pieces: Array = field(repr=False)
    lengths: Array = field(repr=False)

    @classmethod
    def of(cls, wording: Wording, texts: Sequence[str]) -> Likeness:
        """Of texts, as from nothing."""
        different, said = numbered(texts)
        return cls(different, said, *_of_pieces(wording, different, said))

    def shared(self, wording: Wording) -> Array:
        """What `Wording.shared` says of the texts."""
        found: Array = wording.by_words(self.different, self.said) + self.pieces
        return found

    def some(self, rows: Array) -> Likeness:
        """That of some of the texts."""
        return Likeness(self.different, self.said[rows], self.pieces[rows], self.lengths[rows])

    def again(self, before: Wording, now: Wording) -> Likeness:
        """The same texts' under another list of as many themes; before: the list that it is of."""
        import numpy as np

        telling, themes = _changed(before, now)
        framed = [f" {word} " for word in self.different]
        touched = np.array([any(piece in word for piece in telling) for word in framed], dtype=np.float64)
        rows = np.flatnonzero(self.said @ touched)
        pieces, lengths = self.pieces.copy(), self.lengths.copy()
        if themes:
            of_pieces = now.by_pieces(self.different, self.said, themes=themes, lengths=lengths)
            pieces[:, themes] = of_pieces[0]
        pieces[rows], lengths[rows] = _of_pieces(now, self.different, self.said[rows])
        return Likeness(self.different, self.said, pieces, lengths)


def _of_pieces(wording: Wording, different: Sequence[str], said: Any) -> tuple[Array, Array]:
    """`Wording.by_pieces`, some texts at a time: their pieces fill ten times the room of their words."""
    import numpy as np

    starts = range(0, said.shape[0], AT_ONCE)
    parts = [wording.by_pieces(different, said[start : start + AT_ONCE]) for start in starts]
    if not parts:
        return np.zeros((0, wording.n_themes)), np.ones(0)
    pieces, lengths = zip(*parts, strict=True)
    return np.concatenate(pieces), np.concatenate(lengths)


def _changed(before: Wording, now: Wording) -> tuple[list[str], list[int]]:
    """The pieces that count for more or less than they did, and the themes whose own pieces changed."""
    import numpy as np

    if before.pieces is None or now.pieces is None:
        every = {*(before.pieces.place if before.pieces else ()), *(now.pieces.place if now.pieces else ())}
        return sorted(every), list(range(now.n_themes)) if every else []
    terms = sorted({*before.pieces.place, *now.pieces.place})
    place = {term: at for at, term in enumerate(terms)}
    rare, columns = np.zeros((2, len(terms))), np.zeros((2, len(terms), now.n_themes))
    for at, pieces in enumerate((before.pieces, now.pieces)):
        rows = [place[term] for term in pieces.place]
        rare[at, rows], columns[at, rows] = pieces.rare, pieces.columns
    other = np.flatnonzero(rare[0] != rare[1]).tolist()
    return [terms[at] for at in other], np.flatnonzero((columns[0] != columns[1]).any(axis=0)).tolist()

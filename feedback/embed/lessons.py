"""From words to vectors: a ridge regression whose weights are summed up word by word.

A text is its words, pairs of words and pieces of three to five letters, each by its hash. All but the length
is linear, so a word is looked up once and a text's vector is a sum of rows: the same bytes in any company.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Rows = np.ndarray[Any, Any]

WIDTH = 1 << 16  # hashed words and pieces
PENALTY = 0.3
_WORD = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?")
_PIECES = (3, 4, 5)  # letters
_AT_ONCE = 20_000  # texts
_COLUMNS = 96  # of the weights
_BLOCK = 500  # texts whose likeness to all others is told at a time
_MOST_STRETCHED, _HALVINGS = 3.0, 20


@dataclass(frozen=True, eq=False)
class Lessons:
    """What was learnt: `rare` weighs each hashed word and piece, `weights` (WIDTH, width) what each says.

    weights: float16, which halves what is sent to other processes and changes no cosine by more than .001.
    """

    rare: Rows = field(repr=False)
    weights: Rows = field(repr=False)
    centre: Rows = field(repr=False)

    def vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Rows:
        """float32 (len(texts), width), rows of length 1; a text without words has the mean vector."""
        import numpy as np

        rows = np.empty((len(texts), len(self.centre)), dtype=np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            some = texts[start : start + _AT_ONCE]
            rows[start : start + len(some)] = self._some(some)
            if progress:
                progress(start + len(some))
        return rows

    def stretched(self, texts: Sequence[str], vectors: Rows) -> Lessons:
        """The same with all differences from the mean vector made greater, as much as texts that were not
        learnt from ask for: so that they lie as near to the middle of all as their own `vectors` do.

        A regression is careful: what it says of a text it has not seen lies too near to the middle, and all
        cosines come out too high.
        """
        import numpy as np

        middle = self.centre / max(float(np.linalg.norm(self.centre)), 1e-6)
        apart, wanted = self._apart(texts), float((vectors @ middle).mean())
        low, high = 1.0, _MOST_STRETCHED
        for _ in range(_HALVINGS):
            tried = (low + high) / 2
            nearer = float((unit(tried * apart + self.centre) @ middle).mean()) > wanted
            low, high = (tried, high) if nearer else (low, tried)
        stretch = np.float32(round(low, 2))
        return replace(self, weights=(self.weights.astype(np.float32) * stretch).astype(np.float16))

    def to_bytes(self) -> bytes:
        """All of it, to be read by `from_bytes`."""
        import numpy as np

        memory = io.BytesIO()
        for array in (self.rare, self.weights, self.centre):
            np.save(memory, array, allow_pickle=False)
        return memory.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Lessons:
        """What `to_bytes` gave."""
        import numpy as np

        memory = io.BytesIO(data)
        return cls(*(np.load(memory, allow_pickle=False) for _ in range(3)))

    def _some(self, texts: Sequence[str]) -> Rows:
        return unit(self._apart(texts) + self.centre)

    def _apart(self, texts: Sequence[str]) -> Rows:
        """How each text differs from the mean vector."""
        import numpy as np

        counted = Counted(texts)
        words, pairs = counted.words.multiply(self.rare).tocsr(), counted.pairs.multiply(self.rare).tocsr()
        # Only the rows that these texts need: of a few texts they are few.
        needed = np.unique(np.concatenate([words.indices, pairs.indices]))
        lengths = _lengths(counted.said, words, pairs)[:, None]
        words, pairs = _among(words, needed), _among(pairs, needed)
        apart = np.empty((len(texts), len(self.centre)), dtype=np.float32)
        # Some columns at a time: of many texts all rows are needed, and in float32 they fill 100 MB.
        for start in range(0, apart.shape[1], _COLUMNS):
            here = slice(start, start + _COLUMNS)
            weights = self.weights[needed, here].astype(np.float32)
            apart[:, here] = (counted.said @ (words @ weights) + pairs @ weights) / lengths
        return apart


class Counted:
    """Texts as counts: `said` (texts, different words), `words` (different words, WIDTH) and
    `pairs` (texts, WIDTH); sparse float32, in the order in which they were said.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        place: dict[str, int] = {}
        cut = [_WORD.findall(text.lower().replace("’", "'")) for text in texts]
        said = [[place.setdefault(word, len(place)) for word in words] for words in cut]
        self.said = _ones(said, len(place))
        self.words = _ones([_of_word(word) for word in place], WIDTH)
        self.pairs = _ones([_pairs(words) for words in cut], WIDTH)


def learn(texts: Sequence[str], vectors: Rows) -> Lessons:
    """A ridge regression from the words of texts to their vectors (len(texts), width).

    It is solved in the space of the texts (Saunders, Gammerman and Vovk 1998), on one thread, so that its
    bytes do not depend on the machine's number of processors.
    """
    import numpy as np
    from scipy.linalg import cho_factor, cho_solve
    from threadpoolctl import threadpool_limits

    counted = Counted(texts)
    rows = counted.said @ counted.words + counted.pairs
    seen = np.bincount(rows.indices, minlength=WIDTH)
    rare = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
    words, pairs = counted.words.multiply(rare).tocsr(), counted.pairs.multiply(rare).tocsr()
    rows = rows.multiply(rare).multiply(1 / _lengths(counted.said, words, pairs)[:, None]).tocsr()
    centre = vectors.mean(axis=0, dtype=np.float64)
    kernel = np.empty((len(texts), len(texts)), dtype=np.float32)
    for start in range(0, len(texts), _BLOCK):
        kernel[start : start + _BLOCK] = (rows[start : start + _BLOCK] @ rows.T).toarray()
    kernel[np.diag_indices(len(texts))] += np.float32(PENALTY)
    with threadpool_limits(1, user_api="blas"):
        factor = cho_factor(kernel.T, lower=True, overwrite_a=True, check_finite=False)
        told = cho_solve(factor, (vectors - centre).astype(np.float32), check_finite=False)
    weights = rows.T.tocsr() @ told
    return Lessons(rare, weights.astype(np.float16), centre.astype(np.float32))


def _among(matrix: Any, columns: Rows) -> Any:
    """A sparse matrix with some of its columns alone, which hold all that is in it."""
    import numpy as np
    from scipy.sparse import csr_matrix

    places = np.searchsorted(columns, matrix.indices)
    return csr_matrix((matrix.data, places, matrix.indptr), shape=(matrix.shape[0], len(columns)))


def unit(rows: Rows) -> Rows:
    """The rows at length 1."""
    import numpy as np

    found: Rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return found


def _lengths(said: Any, words: Any, pairs: Any) -> Rows:
    """How long each text is, words and pairs taken as if none shared a piece; 1 for an empty one."""
    import numpy as np

    squares = said @ np.asarray(words.multiply(words).sum(axis=1)) + pairs.multiply(pairs).sum(axis=1)
    lengths: Rows = np.sqrt(np.asarray(squares, dtype=np.float32)).ravel()
    return np.where(lengths > 0, lengths, np.float32(1))


def _of_word(word: str) -> list[int]:
    """The hashes of a word and of its pieces, its beginning and end among them."""
    framed = f" {word} "
    pieces = [framed[at : at + size] for size in _PIECES for at in range(len(framed) - size + 1)]
    return [_hash(f"w{word}"), *(_hash(f"c{piece}") for piece in pieces)]


def _pairs(words: Sequence[str]) -> list[int]:
    """The hashes of words that follow each other; the first and the last have a mark beside them."""
    return [_hash(f"b{one} {other}") for one, other in zip(["^", *words], [*words, "$"], strict=True)]


def _hash(told: str) -> int:
    return zlib.crc32(told.encode("utf-8", "surrogatepass")) % WIDTH


def _ones(places: Sequence[Sequence[int]], width: int) -> Any:
    """A sparse matrix with a 1 for each place of each row, (len(places), width), in the given order."""
    import numpy as np
    from scipy.sparse import csr_matrix

    starts = np.cumsum([0, *map(len, places)])
    flat = np.fromiter(chain.from_iterable(places), dtype=np.int64, count=int(starts[-1]))
    return csr_matrix((np.ones(len(flat), dtype=np.float32), flat, starts), shape=(len(places), width))

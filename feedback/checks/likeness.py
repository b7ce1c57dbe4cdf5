"""Texts that are nearly the same, without comparing all pairs."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_WORD = re.compile(r"\w+")
_SHINGLE = 3  # words
_CROWD = 50  # texts that share a rare run of words: of more, the first are compared
_AT_ONCE = 1_000_000  # pairs


def nearly_same(
    texts: Sequence[str], *, fewest_words: int = 8, alike: float = 0.8
) -> list[tuple[int, int, float]]:
    """Pairs of rows whose texts share at least `alike` of their runs of three words (Jaccard), sorted.

    Texts shorter than `fewest_words` are left out: short answers are often the same. Of texts that share so
    much, one has at least one of its rarest runs in common with the other, and only such texts are compared:
    no pair is missed, unless more than fifty texts share a run that is so rare.
    Source: Bayardo, Ma and Srikant (2007), Scaling up all pairs similarity search (prefixes).
    """
    import numpy as np

    if len(texts) < 2:  # as the one document of a large survey
        return []
    rows, runs = _runs(texts, fewest_words)
    sizes = np.bincount(rows, minlength=len(texts))
    which = _rarest(rows, runs, sizes, alike)
    pairs = _sharing(rows[which], runs[which], sizes, alike)
    return sorted({pair for some in pairs for pair in _compared(some, rows, runs, sizes, alike)})


def _runs(texts: Sequence[str], fewest_words: int) -> tuple[Array, Array]:
    """Rows of texts, rising, with a number for each of their runs of three words, each once and rising."""
    import numpy as np

    known: dict[str, int] = {}
    numbers = array("Q")
    lengths = np.zeros(len(texts), dtype=np.int64)
    for row, text in enumerate(texts):
        words = _WORD.findall(text.lower())
        if len(words) >= fewest_words:
            lengths[row] = len(words)
            numbers.extend(known.setdefault(word, len(known)) for word in words)
    said = np.frombuffer(numbers, np.uint64) if numbers else np.zeros(0, np.uint64)
    of = np.repeat(np.arange(len(texts), dtype=np.int32), lengths)
    # A number for each run of words, as of figures in a system of so many: the same for the same words alone
    # as long as it is below 2^64, which three words of 2.6 million are.
    base, n = np.uint64(len(known)), max(len(said) - _SHINGLE + 1, 0)
    codes = (said[:n] * base + said[1 : n + 1]) * base + said[2 : n + 2]
    whole = of[:n] == of[2 : n + 2]
    every, which = np.unique(codes[whole], return_inverse=True)
    both = np.unique(of[:n][whole] * np.int64(len(every)) + which)
    return (both // len(every)).astype(np.int32), (both % len(every)).astype(np.int32)


def _rarest(rows: Array, runs: Array, sizes: Array, alike: float) -> Array:
    """Which of the runs are among the rarest of their texts: so many that two alike texts share one."""
    import numpy as np

    order = np.lexsort((runs, np.bincount(runs)[runs] if len(runs) else runs, rows))
    place = np.arange(len(rows)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    needed = np.ceil(alike * sizes).astype(np.int64)
    return np.asarray(order[place < (sizes - needed + 1)[rows]])


def _sharing(rows: Array, runs: Array, sizes: Array, alike: float) -> Iterator[Array]:
    """Pairs of texts that share a rare run and can be alike by their lengths, (pairs, 2), some at a time."""
    import numpy as np

    order = np.lexsort((rows, runs))
    rows, runs = rows[order], runs[order]
    opens = np.flatnonzero(np.diff(runs, prepend=-1))
    crowded = np.arange(len(runs)) - np.repeat(opens, np.diff(opens, append=len(runs))) >= _CROWD
    rows, runs = rows[~crowded], runs[~crowded]
    for apart in range(1, _CROWD):
        same = runs[apart:] == runs[:-apart]
        pairs = np.stack([rows[:-apart][same], rows[apart:][same]], axis=1)
        less, more = np.sort(sizes[pairs], axis=1).T
        pairs = np.unique(pairs[less >= alike * more], axis=0)
        yield from (pairs[at : at + _AT_ONCE] for at in range(0, len(pairs), _AT_ONCE))


def _compared(
    pairs: Array, rows: Array, runs: Array, sizes: Array, alike: float
) -> list[tuple[int, int, float]]:
    """Those of the pairs that share enough, with their share."""
    import numpy as np
    from scipy import sparse

    ends = np.concatenate([[0], np.cumsum(sizes)])
    held = sparse.csr_array((np.ones(len(runs), dtype=np.int32), runs, ends))
    one, other = pairs.T
    shared = np.asarray(held[one].multiply(held[other]).sum(axis=1)).ravel()
    share = shared / (sizes[one] + sizes[other] - shared)
    enough = share >= alike
    return list(zip(one[enough].tolist(), other[enough].tolist(), share[enough].tolist(), strict=True))

"""Vectors for a large corpus: a student that learns from a sample what the model would say of each text.

The teacher, any embedder, reads a few thousand texts; a ridge regression from their words, pairs of words and
pieces of words to the teacher's vectors then gives the rest some ten times faster. What it is worth is told
by texts that it did not learn from; where it is not worth enough, the teacher reads everything.
Measured in tests/quality/student-experiments.md.
"""

from __future__ import annotations

import hashlib
import heapq
import json
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedback.embed import TAUGHT_BY
from feedback.embed.lessons import Lessons, learn, unit

if TYPE_CHECKING:
    import numpy as np

    from feedback.embed import Embedder
    from feedback.embed.cache import VectorCache

    Rows = np.ndarray[Any, Any]

VERSION = 2
ABOVE = 50_000  # different texts
LEARNT_FROM, HELD_OUT = 8_000, 1_000  # texts
NEAREST = 10
# A student that is worth less than this on texts that it did not learn from is not used: of ordinary corpora
# none came near (cosines .78 to .90, neighbours .30 to .45); texts without words in common are far below.
LEAST_COSINE, LEAST_NEIGHBOURS = 0.70, 0.20


class StudentNote(UserWarning):
    """What a person should know of the vectors of a large corpus."""


@dataclass(frozen=True)
class Worth:
    """How near a student comes to its teacher on texts held out: `cosine` is the mean of their cosines,
    `neighbours` the share of the teacher's ten nearest texts that are among the student's (0 to 1).
    """

    cosine: float
    neighbours: float
    learnt_from: int
    held_out: int

    @property
    def enough(self) -> bool:
        """Whether the student may stand in for its teacher."""
        return self.cosine >= LEAST_COSINE and self.neighbours >= LEAST_NEIGHBOURS

    def told(self) -> str:
        """The same in a sentence."""
        kept = "its vectors stand for the rest" if self.enough else "too little, so the model read every text"
        return (
            f"a student of the model learnt from {self.learnt_from:,} texts; on {self.held_out:,} others its "
            f"vectors have a cosine of {self.cosine:.2f} with the model's, and {100 * self.neighbours:.0f} % "
            f"of their ten nearest texts are the same: {kept}"
        )


def for_corpus(
    teacher: Embedder, texts: Iterable[str], *, above: int = ABOVE, known: Sequence[str] = ()
) -> Embedder:
    """The teacher itself for up to `above` different texts (0: for any number), else its student.

    known: texts that are no part of the corpus (the theme list's), as of `Student.fixed`.
    """
    if not above:
        return teacher
    different = set(texts)
    return Student(teacher, different, known=known) if len(different) > above else teacher


class Student:
    """An embedder that learns from its teacher when its first vector is asked for.

    texts: the corpus, or what gives it at need; a sample is chosen by the hash of each, so that order plays
    no part. The same texts and the same teacher give the same bytes, in any number of threads and processes.
    Once it has learnt it can be sent to another process, without its teacher. cache: where what it learnt is
    kept for the next run. fingerprint: its own, where that is known; then a student whose lessons are kept
    never looks at the corpus.
    """

    def __init__(
        self,
        teacher: Embedder,
        texts: Iterable[str] | Callable[[], Iterable[str]],
        *,
        known: Sequence[str] = (),
        learnt_from: int = LEARNT_FROM,
        held_out: int = HELD_OUT,
        cache: VectorCache | None = None,
        fingerprint: str = "",
    ) -> None:
        self._teacher: Embedder | None = teacher
        self._texts, self._most, self._held_out = texts, learnt_from, held_out
        self._known = sorted(set(known))
        self._own: dict[str, Rows] = {}
        self._lessons: Lessons | None = None
        self._worth: Worth | None = None
        self._cache = cache
        self._fingerprint = fingerprint or self._told_of(teacher)

    @property
    def fingerprint(self) -> str:
        """Changes with the teacher and the sample; nothing has to be learnt to tell it."""
        return self._fingerprint

    def _told_of(self, teacher: Embedder) -> str:
        own = f"student-{VERSION}-{self._learnt_from}-{_digest(self._sample)}"
        return f"{own}{TAUGHT_BY}{teacher.fingerprint}"

    @cached_property
    def _sample(self) -> list[str]:
        texts = self._texts() if callable(self._texts) else self._texts
        chosen = _chosen(texts, self._most + self._held_out)
        self._texts = ()
        return chosen

    @property
    def _learnt_from(self) -> int:
        return min(self._most, max(1, len(self._sample) - self._held_out))

    @property
    def worth(self) -> Worth:
        """How near it comes to its teacher."""
        return self.fit().worth if self._worth is None else self._worth

    def fit(self, texts: Sequence[str] = ()) -> Student:
        """Learns from the sample, unless it has; `texts` plays no part. Gives itself back."""
        teacher = self._teacher
        if self._worth is not None or teacher is None:
            return self
        self._own = dict(zip(self._known, teacher.encode(self._known), strict=True)) if self._known else {}
        kept = self._cache.lesson(self._fingerprint) if self._cache else None
        if kept is not None:
            head, _, rest = kept.partition(b"\n")
            self._worth, lessons = Worth(**json.loads(head)), Lessons.from_bytes(rest)
        else:
            self._worth, lessons = self._taught(teacher)
            if self._cache:
                head = json.dumps(asdict(self._worth)).encode()
                self._cache.keep_lesson(self._fingerprint, head + b"\n" + lessons.to_bytes())
            warnings.warn(self._worth.told(), StudentNote, stacklevel=2)
        if self._worth.enough:
            # Its teacher, which is no small thing to hold, is not asked again.
            self._lessons, self._teacher = lessons, None
        return self

    def _taught(self, teacher: Embedder) -> tuple[Worth, Lessons]:
        import numpy as np

        rows, n = np.asarray(teacher.encode(self._sample), dtype=np.float32), self._learnt_from
        told, held = self._sample[:n], self._sample[n:]
        lessons = learn(told, rows[:n]).stretched(held, rows[n:])
        return _worth(lessons.vectors(held), rows[n:], n), lessons

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Rows:
        """float32 (len(texts), the teacher's width), rows of length 1."""
        self.fit()
        if self._lessons is None:
            assert self._teacher is not None
            return self._teacher.encode(texts, progress=progress)
        return at_length(self.by_words(texts, progress=progress))

    def fixed(self, texts: Sequence[str]) -> Rows:
        """As `encode`, known texts as the teacher reads them.

        They are asked for apart from the study's own texts, of which some may be the same word for word: what
        is found of a study's text must not change with the theme list.
        """
        import numpy as np

        self.fit()
        others = [at for at, text in enumerate(texts) if text not in self._own]
        read = self.encode([texts[at] for at in others])
        rows = np.empty((len(texts), read.shape[1]), dtype=np.float32)
        rows[others] = read
        for at in set(range(len(texts))).difference(others):
            rows[at] = self._own[texts[at]]
        return rows

    @property
    def width(self) -> int:
        """How many figures a vector has; of a student that is worth enough."""
        self.fit()
        assert self._lessons is not None
        return len(self._lessons.centre)

    def by_words(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Rows:
        """What `at_length` makes vectors of: float16, half the room; of a student that is worth enough."""
        import numpy as np

        self.fit()
        assert self._lessons is not None
        return self._lessons.vectors(texts, progress=progress).astype(np.float16)

    def __getstate__(self) -> dict[str, Any]:
        """Without what only learning needs; a student that is not good enough keeps its teacher."""
        self.fit()
        # What `texts` was given as may be no thing to send: it is looked at before.
        state = self.__dict__ | {"_sample": [], "_texts": (), "_known": [], "_cache": None}
        return state | {"_teacher": None} if self._lessons is not None else state


def at_length(rows: Rows) -> Rows:
    """The vectors that `Student.by_words` gave: float32 rows of length 1."""
    import numpy as np

    return unit(rows.astype(np.float32))


def _worth(said: Rows, wanted: Rows, n: int) -> Worth:
    import numpy as np

    cosine = float(np.einsum("ij,ij->i", said, wanted).mean()) if len(said) else 0.0
    ours, theirs = _nearest(said), _nearest(wanted)
    shared = [len(set(one) & set(other)) for one, other in zip(ours, theirs, strict=True)]
    neighbours = sum(shared) / max(1, sum(map(len, theirs)))
    return Worth(round(cosine, 4), round(neighbours, 4), n, len(said))


def _nearest(rows: Rows) -> list[list[int]]:
    """The places of each row's nearest rows, at most NEAREST, itself left out."""
    import numpy as np

    near = (rows @ rows.T).round(5)
    np.fill_diagonal(near, -2)
    found: list[list[int]] = np.argsort(-near, axis=1, kind="stable")[
        :, : min(NEAREST, len(rows) - 1)
    ].tolist()
    return found


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _chosen(texts: Iterable[str], most: int) -> list[str]:
    """So many of the texts as have the least hashes, each once; a corpus goes by without being held."""
    found: set[tuple[bytes, str]] = set()
    limit = b""
    for text in texts:
        own = _hash(text)
        if limit and own > limit:
            continue
        found.add((own, text))
        if len(found) > 2 * most:
            least = heapq.nsmallest(most, found)
            found, limit = set(least), least[-1][0]
    return [text for _, text in heapq.nsmallest(most, found)]


def _digest(texts: Iterable[str]) -> str:
    told = hashlib.sha256()
    for text in texts:
        told.update(_hash(text))
    return told.hexdigest()[:16]

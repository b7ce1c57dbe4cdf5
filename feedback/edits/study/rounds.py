"""The rounds over all parts of a study: what each says, what was decided about it, how it is masked.

With a memory a round looks only at parts that it does not know; what it finds is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from feedback.edits.reviewed.decided import Decided
from feedback.edits.study import applied as masks
from feedback.edits.study import gathered as evidence
from feedback.edits.study.applied import Applied, Sought, Ways, applied
from feedback.edits.study.find import Hunt
from feedback.edits.study.gathered import Evidence, Fits, Gathered, Search, fits, gathered
from feedback.edits.study.known import Memory, Work, digest_of, recalled
from feedback.edits.study.parts import CHARACTERS, Part
from feedback.spans import Edit

T = TypeVar("T")
# Does work(shared, item) for all items, in order, in this process or in others: see `feedback.scale`.
Doing = Callable[[Callable[[Any, Any], Any], Any, Iterable[Any]], Iterable[Any]]
Batch = tuple[Part, ...]


def _here(work: Callable[[Any, Any], Any], shared: Any, items: Iterable[Any]) -> Iterator[Any]:
    return (work(shared, item) for item in items)


@dataclass(frozen=True)
class By:
    """Who does the work, and how: in batches of so many characters, with what was found before.

    doing: does pure work over batches; in this process, one after the other, if nobody is named. progress:
    told (done, all) parts.
    """

    doing: Doing = _here
    characters: int = CHARACTERS
    memory: Memory | None = None
    progress: Callable[[int, int], None] | None = None


HERE = By()


def gather_all(search: Search, batch: Batch) -> list[Evidence]:
    """What each part of a batch says."""
    return [gathered(part, search) for part in batch]


def fit_all(decided: Decided, batch: Batch) -> list[Fits]:
    """What was decided about words of each part of a batch."""
    return [fits(part, decided) for part in batch]


def apply_all(ways: Ways, batch: tuple[tuple[Part, Sequence[Edit], Sought], ...]) -> list[Applied]:
    """Each part of a batch masked, with what tidies it and what is looked for in it."""
    return [applied(part, clean, ways, sought) for part, clean, sought in batch]


@dataclass(frozen=True)
class _Round(Generic[T]):
    """What is done with all parts: by which work, with what known to all; how it is written down and read."""

    work: Callable[[Any, Any], list[T]]
    shared: Any
    written: Callable[[T], Any]
    read: Callable[[str, Any], T]


class Rounds:
    """The rounds over some parts, each in their order."""

    def __init__(self, parts: Sequence[Part], by: By) -> None:
        self._parts, self._by = parts, by
        self._done = 0

    def gathered(self, search: Search) -> Iterator[Evidence]:
        """What each part says."""
        about = ("says", search.ask, search.heard)
        this = _Round(gather_all, search, evidence.written_down, evidence.read_again)
        return self._telling(self._each(this, self._parts.__getitem__, lambda at: about))

    def fits(self, decided: Decided) -> Iterator[Fits]:
        """What was decided about words of each part."""
        if not decided:
            return iter([()] * len(self._parts))
        about = ("fits", decided.digest())
        this = _Round(fit_all, decided, evidence.fits_written_down, evidence.fits_read_again)
        return self._each(this, self._parts.__getitem__, lambda at: about)

    def applied(self, ways: Ways, said: Gathered, hunt: Hunt) -> Iterator[Applied]:
        """How each part is masked."""

        def sought(at: int) -> Sought:
            return Sought(hunt.among(said.vocabulary(at)), said.letters_of(at))

        def item(at: int) -> tuple[Part, Sequence[Edit], Sought]:
            return self._parts[at], said.clean[at], sought(at)

        about = ("masks", sorted(ways.kinds), sorted(ways.generalise), ways.roles)
        this = _Round(apply_all, ways, masks.written_down, masks.read_again)
        return self._telling(self._each(this, item, lambda at: (*about, sought(at).told())))

    def _each(
        self, this: _Round[T], item: Callable[[int], Any], about: Callable[[int], tuple[Any, ...]]
    ) -> Iterator[T]:
        """What is found in each part; `about`: on what that depends, beside the part itself."""

        def make(numbers: Sequence[int]) -> Iterator[T]:
            batches = _batches(map(item, numbers), self._by.characters)
            return (one for batch in self._by.doing(this.work, this.shared, batches) for one in batch)

        if self._by.memory is None:
            return make(range(len(self._parts)))
        digests = [digest_of(*about(at), content) for at, (_, content) in enumerate(self._content)]
        names = [name for name, _ in self._content]
        work = Work(make, this.written, lambda at, told: this.read(names[at], told))
        return recalled(self._by.memory, digests, work)

    @cached_property
    def _content(self) -> list[tuple[str, str]]:
        """The document of each part, and a digest of what it is."""
        return [
            (part.document_id, digest_of(part.text, part.turns, part.begin, part.end, part.shift).hex())
            for part in self._parts
        ]

    def _telling(self, found: Iterable[T]) -> Iterator[T]:
        """Tells how far the work is, of both rounds together in numbers of parts."""
        for one in found:
            self._done += 1
            if self._by.progress:
                self._by.progress(self._done // 2, len(self._parts))
            yield one


def _batches(items: Iterable[Any], characters: int) -> Iterator[tuple[Any, ...]]:
    """Parts, perhaps with what goes with them, in batches of some size, made one after the other."""
    batch: list[Any] = []
    size = 0
    for item in items:
        part = item[0] if isinstance(item, tuple) else item
        if batch and size + part.size > characters:
            yield tuple(batch)
            batch, size = [], 0
        batch.append(item)
        size += part.size
    if batch:
        yield tuple(batch)

"""The parts in which a project's documents are masked, made one by one from what Arrow holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast, overload

from feedback.edits.study.parts import CHARACTERS, Cut, Part, cuts, part_of
from feedback.pipeline.shards import Rows, bytes_at
from feedback.project import Project
from feedback.spans import Span

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class _Place:
    """One part: its document, the row of its text, and which of its bytes are seen (None: all of it)."""

    document_id: str
    row: int
    cut: Cut | None = None
    bytes: tuple[int, int] = (0, 0)


class Parts(Sequence[Part]):
    """All parts of a project's documents in their order, and after them the `more` that are given."""

    def __init__(self, project: Project, more: Sequence[Part] = (), *, characters: int = CHARACTERS) -> None:
        self._texts = project.arrow("private/originals")
        self._turns = Rows(project.arrow("private/turns"), by="turn")
        self._more, self._characters = more, characters
        self._places = [
            place for row, name in _documents(project, self._texts) for place in self._of(row, name)
        ]

    def __len__(self) -> int:
        return len(self._places) + len(self._more)

    @overload
    def __getitem__(self, at: int) -> Part: ...
    @overload
    def __getitem__(self, at: slice) -> list[Part]: ...
    def __getitem__(self, at: int | slice) -> Part | list[Part]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        return self._part(self._places[at]) if at < len(self._places) else self._more[at - len(self._places)]

    def _part(self, place: _Place) -> Part:
        turns = self._spans(place.document_id)
        held = self._texts.column("text")[place.row]
        if place.cut is None:
            text = held.as_py()
            spans = tuple(Span(int(start), int(end)) for start, end in zip(*turns, strict=True))
            return Part(place.document_id, text, spans, 0, len(text))
        first, last = place.bytes
        text = held.as_buffer()[first:last].to_pybytes().decode()
        return part_of(place.document_id, text, turns, place.cut)

    def _spans(self, document_id: str) -> tuple[Sequence[int], Sequence[int]]:
        """Where the document's turns begin and end, as numpy holds them."""
        rows = self._turns.rows(document_id)
        starts, ends = (self._turns.numbers(column, rows) for column in ("start", "end"))
        return cast("Sequence[int]", starts), cast("Sequence[int]", ends)

    def _of(self, row: int, document_id: str) -> Iterator[_Place]:
        held = self._texts.column("text")[row].as_buffer()
        length = _characters(held)
        found = self._cuts(document_id, length) if length > self._characters else []
        if len(found) < 2:
            yield _Place(document_id, row)
            return
        places = sorted({place for cut in found for place in (cut.seen_from, cut.seen_to)})
        at = dict(zip(places, bytes_at(held, places), strict=True))
        for cut in found:
            yield _Place(document_id, row, cut, (at[cut.seen_from], at[cut.seen_to]))

    def _cuts(self, document_id: str, length: int) -> list[Cut]:
        import numpy as np
        import pyarrow.compute as pc

        starts, ends = self._spans(document_id)
        rows = self._turns.rows(document_id)
        who = self._turns.table.column("respondent").slice(rows.start, len(rows))
        if not len(who) or who.null_count:
            return []
        new = np.flatnonzero(pc.not_equal(who.slice(1), who.slice(0, len(who) - 1)).to_numpy()) + 1
        return cuts(starts, ends, length, new.tolist(), characters=self._characters)


def _documents(project: Project, texts: pa.Table) -> Iterator[tuple[int, str]]:
    """The rows and ids of the documents; a removal that was broken off has left a text without one."""
    import pyarrow as pa

    known = set(project.arrow("documents").column("document_id").cast(pa.string()).to_pylist())
    for row, name in enumerate(texts.column("document_id").cast(pa.string()).to_pylist()):
        if name in known:
            yield row, name


def _characters(held: pa.Buffer) -> int:
    """How many code points UTF-8 has."""
    import numpy as np

    data = np.frombuffer(held, dtype=np.uint8) if len(held) else np.zeros(0, np.uint8)
    return int(sum(((data[at : at + (1 << 20)] & 0xC0) != 0x80).sum() for at in range(0, len(data), 1 << 20)))

"""Shards: stretches of work of bounded size, made from ids and lengths alone, the same on every machine.

A shard is some whole documents, or a run of turns of a long survey, which is cut between its respondents.
What is small is one shard. Nothing that is found in a shard depends on where the others begin.
"""

from __future__ import annotations

import hashlib
import math
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedback.model import Document, Turn
from feedback.pipeline.contents import content_of
from feedback.pipeline.stretches import CHARACTERS, Shard, Stretch, grouped, room
from feedback.project import Project
from feedback.tables import decoded, to_pandas

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pyarrow as pa

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch as a document of its own: its text, and its turns counted from its start."""

    document: Document
    stretch: Stretch


class Shards:
    """How a project's text is cut up. `characters`: the size of a shard."""

    def __init__(self, project: Project, *, characters: int = CHARACTERS) -> None:
        self._documents = project.table("documents")
        self._characters = characters
        self.turns = Rows(project.arrow("private/turns"), by="turn")

    @cached_property
    def all(self) -> tuple[Shard, ...]:
        """All of the project's text."""
        columns = zip(self._documents["document_id"], self._documents["n_chars"], strict=True)
        stretches = [one for document_id, n in columns for one in self._stretches(document_id, int(n))]
        return tuple(grouped(stretches, room(stretches, self._characters)))

    def _stretches(self, document_id: str, n_chars: int) -> Iterator[Stretch]:
        """The document whole, or, if it is a long survey, cut before respondents."""
        rows = self.turns.rows(document_id)
        numbers, starts = self.turns.places(document_id), self.turns.numbers("start", rows)
        last = int(numbers[-1]) if len(numbers) else -1
        cuts = self._cuts(rows, starts, n_chars) if n_chars > self._characters else []
        begin, first = 0, 0
        for at in cuts:
            yield Stretch(document_id, begin, int(starts[at]), first, int(numbers[at]) - 1)
            begin, first = int(starts[at]), int(numbers[at])
        yield Stretch(document_id, begin, n_chars, first, last)

    def _cuts(self, rows: range, starts: np.ndarray[Any, Any], n_chars: int) -> list[int]:
        """The turns that begin a new stretch: of respondents for whom there is no room in the one before.

        A document in which anybody asks is left whole, since a question carries over to the turns after it.
        """
        table = self.turns.table.slice(rows.start, len(rows))
        who = table.column("respondent").to_pylist()
        if None in who or "interviewer" in set(table.column("role").to_pylist()):
            return []
        new = [at for at in range(1, len(who)) if who[at] != who[at - 1]]
        cuts: list[int] = []
        begin, first = 0, 0
        for at, following in zip(new, [*new[1:], len(who)], strict=True):
            end = int(starts[following]) if following < len(who) else n_chars
            if end - begin > self._characters and at > first:
                cuts.append(at)
                begin, first = int(starts[at]), at
        return cuts


class Pieces:
    """The words of a project by stretches; they are held as Arrow holds them, once."""

    def __init__(self, project: Project, *, characters: int = CHARACTERS) -> None:
        shards = Shards(project, characters=characters)
        self._turns = shards.turns
        self._originals = project.arrow("private/originals")
        self._kinds = project.table("documents").set_index("document_id")
        self._known_marks: dict[str, dict[int, int]] = {}
        self._row_of = {name: row for row, name in enumerate(self._originals["document_id"].to_pylist())}
        # A removal that was broken off has left documents without originals, or the other way round.
        here = [
            tuple(one for one in shard.stretches if one.document_id in self._row_of) for shard in shards.all
        ]
        self.shards = tuple(Shard(stretches) for stretches in here if stretches)

    def of(self, shard: Shard) -> list[Piece]:
        """The shard's stretches with their words."""
        turns = to_pandas(self._turns.of(shard.stretches))
        by_document = dict(iter(turns.groupby("document_id", sort=False)))
        return [
            Piece(self._document(stretch, by_document.get(stretch.document_id)), stretch)
            for stretch in shard.stretches
        ]

    def content(self, shard: Shard) -> str:
        """Changes with the words and turns of the shard's stretches, and with what their files are."""
        told = hashlib.sha256(self._turns.content(shard.stretches).encode())
        for stretch in shard.stretches:
            row = self._row_of[stretch.document_id]
            kinds = self._kinds.loc[stretch.document_id, ["kind", "format"]]
            told.update(repr([*kinds, *self._about(row).values()]).encode())
            told.update(self._bytes(stretch))
        return told.hexdigest()

    def _about(self, row: int) -> dict[str, Any]:
        return {name: self._originals.column(name)[row].as_py() for name in ("file_name", "title", "sha256")}

    def _document(self, stretch: Stretch, turns: pd.DataFrame | None) -> Document:
        row = self._row_of[stretch.document_id]
        about = self._about(row)
        return Document(
            stretch.document_id,
            self._kinds.at[stretch.document_id, "kind"],
            self._kinds.at[stretch.document_id, "format"],
            self._text(stretch),
            tuple(_turns(turns, stretch)) if turns is not None else (),
            about["file_name"],
            about["title"] or "",
            about["sha256"],
        )

    def _text(self, stretch: Stretch) -> str:
        return self._bytes(stretch).decode()

    def _bytes(self, stretch: Stretch) -> bytes:
        held = self._originals.column("text")[self._row_of[stretch.document_id]].as_buffer()
        marks = self._marks(stretch.document_id, held)
        return bytes(held[marks[stretch.start] : marks[stretch.end]])

    def _marks(self, document_id: str, held: pa.Buffer) -> dict[int, int]:
        """Where in a document's UTF-8 its stretches begin and end, by code points."""
        if document_id not in self._known_marks:
            own = [one for shard in self.shards for one in shard.stretches if one.document_id == document_id]
            places = sorted({place for one in own for place in (one.start, one.end)})
            self._known_marks[document_id] = dict(zip(places, bytes_at(held, places), strict=True))
        return self._known_marks[document_id]


def documents_of(project: Project) -> list[Document]:
    """The project's documents whole, put together again from its private tables."""
    pieces = Pieces(project, characters=sys.maxsize)
    return [piece.document for shard in pieces.shards for piece in pieces.of(shard)]


class Rows:
    """The rows of a table by stretches: the table is sorted by document, then by place.

    by: "turn" for tables of turns; "start" for tables of places in the text. A row whose place is a span
    belongs to every stretch that it touches.
    """

    def __init__(self, table: pa.Table, *, by: str) -> None:
        self.table = table
        self._by = by

    def rows(self, document_id: str) -> range:
        """Which rows are of the document."""
        return self._documents.get(document_id, range(0))

    def places(self, document_id: str) -> np.ndarray[Any, Any]:
        """The places of the document's rows, rising."""
        return self.numbers(self._by, self.rows(document_id))

    def numbers(self, column: str, rows: range) -> np.ndarray[Any, Any]:
        """A column of whole numbers, some rows of it."""
        found: np.ndarray[Any, Any] = self.table.column(column).slice(rows.start, len(rows)).to_numpy()
        return found

    def spans(self, stretches: Sequence[Stretch]) -> list[range]:
        """Which rows are of the stretches, in their order."""
        spans: list[range] = []
        for own in map(self._within, stretches):
            if spans and spans[-1].stop == own.start:
                spans[-1] = range(spans[-1].start, own.stop)
            elif len(own):
                spans.append(own)
        return spans

    def of(self, stretches: Sequence[Stretch]) -> pa.Table:
        """The rows of the stretches, in their order, their dictionaries decoded."""
        import pyarrow as pa

        parts = [self.table.slice(own.start, len(own)) for own in self.spans(stretches)]
        return _alone(pa.concat_tables([decoded(part) for part in parts or [self.table.slice(0, 0)]]))

    def content(self, stretches: Sequence[Stretch]) -> str:
        """Changes with what stands in the rows of the stretches, whatever stands around them."""
        return content_of(*(self.table.slice(own.start, len(own)) for own in self.spans(stretches)))

    def _within(self, stretch: Stretch) -> range:
        rows, places = self.rows(stretch.document_id), self.places(stretch.document_id)
        if self._by == "turn":
            low = bisect_left(places, stretch.first_turn)
            high = bisect_right(places, stretch.last_turn)
        else:
            low = bisect_right(self.numbers("end", rows), stretch.start)
            high = bisect_left(places, stretch.end)
        return rows[low : max(low, high)]

    @cached_property
    def _documents(self) -> dict[str, range]:
        import numpy as np
        import pyarrow.compute as pc

        column = decoded(self.table.select(["document_id"])).column("document_id")
        runs = pc.run_end_encode(column.combine_chunks())
        ends = np.asarray(runs.run_ends).tolist()
        names = runs.values.to_pylist()
        return {name: range(a, b) for name, a, b in zip(names, [0, *ends], ends, strict=False)}


def edits_of(project: Project) -> Rows:
    """Table `edits`, without how sure a mask is: that changes with every name that somebody says more."""
    return Rows(project.arrow("edits").drop_columns(["score", "source"]), by="start")


def _alone(table: pa.Table) -> pa.Table:
    """The same rows without the table that they are a slice of, which would travel with them."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as out:
        out.write_table(table)
    return pa.ipc.open_stream(sink.getvalue()).read_all()


def _turns(rows: pd.DataFrame, stretch: Stretch) -> Iterator[Turn]:
    number = stretch.first_turn
    for row in rows.itertuples(index=False):
        start = row.start - stretch.start
        # Whoever withdrew left numbers free, under which nobody says anything.
        yield from [Turn(start, start, role="interviewer")] * (row.turn - number)
        number = row.turn + 1
        yield Turn(
            start, row.end - stretch.start, row.speaker, row.role, _number(row.begin_s), _number(row.end_s),
            row.question, row.respondent,
        )  # fmt: skip


def _number(value: Any) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def bytes_at(held: pa.Buffer, places: Sequence[int]) -> list[int]:
    """Where in UTF-8 the code points stand whose numbers are `places`, rising; the end for the last."""
    import numpy as np

    data = np.frombuffer(held, dtype=np.uint8)
    found: list[int] = []
    seen = 0
    for at in range(0, len(data), _BLOCK):
        begins = np.flatnonzero((data[at : at + _BLOCK] & 0xC0) != 0x80)
        while len(found) < len(places) and places[len(found)] < seen + len(begins):
            found.append(at + int(begins[places[len(found)] - seen]))
        seen += len(begins)
    return found + [len(data)] * (len(places) - len(found))

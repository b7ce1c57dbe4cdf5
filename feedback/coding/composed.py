"""Documents put together again from rendered segments, with the way from their positions to the original.

Other programs get these texts and never an original. What is not a segment (labels, times, words of people
who gave no consent) is not in them, and each position is known because every piece was put there.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from feedback.spans import Alignment, Edit, Span

if TYPE_CHECKING:
    import pandas as pd

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BETWEEN_TURNS = "\n\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment in a composed text: it stands there at [begin, stop), in the original at [start, end).

    `alignment` leads from its rendered to its original characters, both counted from its beginning; None
    where that is not known, so that only the whole segment can be found again.
    """

    segment_id: str
    case_id: str | None
    role: str
    start: int
    end: int
    begin: int
    stop: int
    alignment: Alignment | None

    def shown(self, start: int, end: int) -> Span:
        """Where an original span of this segment stands in the composed text; the whole, if not known."""
        if self.alignment is not None:
            first, last = max(start, self.start), min(end, self.end)
            span = self.alignment.to_rendered(first - self.start, last - self.start)
            if first < last and span.start < span.end:
                return Span(self.begin + span.start, self.begin + span.end)
        return Span(self.begin, self.stop)

    def home(self, begin: int, stop: int) -> Span:
        """Where a stretch of the composed text, which must touch this segment, stands in the original."""
        if self.alignment is None:
            return Span(self.start, self.end)
        first, last = max(begin, self.begin) - self.begin, min(stop, self.stop) - self.begin
        span = self.alignment.to_original(first, last)
        return Span(self.start + span.start, self.start + span.end)


@dataclass(frozen=True)
class Composed:
    """A document's rendered text, and its segments in order."""

    document_id: str
    kind: str
    text: str
    pieces: tuple[Piece, ...]

    @cached_property
    def by_segment(self) -> dict[str, Piece]:
        """The pieces by segment id."""
        return {piece.segment_id: piece for piece in self.pieces}

    def between(self, begin: int, stop: int) -> Sequence[Piece]:
        """The segments that a stretch of the text touches."""
        first = bisect_right(self.pieces, begin, key=lambda piece: piece.stop)
        return self.pieces[first : bisect_left(self.pieces, stop, key=lambda piece: piece.begin)]


def compose(
    segments: pd.DataFrame, edits: pd.DataFrame | None = None, documents: pd.DataFrame | None = None
) -> list[Composed]:
    """The text of every document, by id: turns with their speakers' labels, a blank line between two.

    segments, edits, documents: tables. Without `edits` a segment whose text was edited is known only as a
    whole. Line ends are LF. What XML 1.0 or a text file's start cannot hold is replaced character by
    character: see `allowed`. A survey's answers have the person and the question above them.
    """
    kinds = {} if documents is None else dict(zip(documents["document_id"], documents["kind"], strict=True))
    changed = _Edits(edits)
    ordered = segments.sort_values(["document_id", "start", "end", "segment_id"], kind="stable")
    rows = groupby(ordered.itertuples(index=False), key=lambda row: row.document_id)
    return [_composed(str(name), str(kinds.get(name) or ""), list(own), changed) for name, own in rows]


def allowed(text: str) -> str:
    """The text in characters that every program reads back as they are; its length never changes.

    U+FFFD stands for control characters, lone surrogates and what else XML 1.0 forbids, a space for the CR
    of CR LF, LF for a CR alone, and U+2060 for U+FEFF, which at a file's start would be a byte order mark.
    """
    text = text.replace("\r\n", " \n").replace("\r", "\n").replace("\ufeff", "\u2060")
    return _FORBIDDEN.sub("\ufffd", text)


def _composed(document_id: str, kind: str, rows: Sequence[Any], changed: _Edits) -> Composed:
    composing = Composing({document_id: kind}, [(document_id, row.speaker, row.case_id) for row in rows])
    parts: list[str] = []
    pieces: list[Piece] = []
    for row in rows:
        added, begin = composing.add(row)
        parts.append(added)
        pieces.append(_piece(row, begin, changed))
    return Composed(document_id, kind, "".join(parts), tuple(pieces))


class Composing:
    """Puts documents together a segment after the other, so that none need ever be whole.

    kinds: of documents, by id. speakers: (document_id, speaker, case_id) of all segments, each once or more.
    The segments come in the order of `compose`, one document after the other.
    """

    def __init__(
        self, kinds: Mapping[str, str], speakers: Iterable[tuple[str, str | None, str | None]]
    ) -> None:
        self._kinds = kinds
        self._shared = _shared(speakers)
        self._begin("")

    def _begin(self, document_id: str) -> None:
        self._document, self._at = document_id, 0
        self._turn: tuple[Any, ...] | None = None

    def run(
        self, segments: pd.DataFrame, edits: pd.DataFrame | None, wanted: Container[str]
    ) -> dict[str, tuple[str, Piece]]:
        """The next segments; of those whose ids are wanted the words and the piece, by id.

        edits: those that touch the segments.
        """
        changed = _Edits(edits)
        found = {}
        for row in segments.itertuples(index=False):
            _, begin = self.add(row)
            if row.segment_id in wanted:
                found[row.segment_id] = (allowed(row.text), _piece(row, begin, changed))
        return found

    def add(self, row: Any) -> tuple[str, int]:
        """The next segment: what it adds to its document's text, and where it begins in that."""
        if row.document_id != self._document:
            self._begin(row.document_id)
        turn = _turn_of(row)
        before = " "
        if turn != self._turn:
            before = (_BETWEEN_TURNS if self._turn else "") + self._label(turn)
        self._turn = turn
        added = before + allowed(row.text)
        self._at += len(added)
        return added, self._at - len(row.text)

    def _label(self, turn: tuple[Any, str | None, str | None, str | None]) -> str:
        """What stands before a turn; people who share a label are told apart by their case."""
        _, speaker, case_id, question = turn
        survey = self._kinds.get(self._document) == "survey"
        name = speaker or "Participant"
        if case_id and (self._document, speaker) in self._shared:
            name = case_id if survey else f"{name} ({case_id})"
        if survey and question:
            return f"{allowed(name)}. {' '.join(allowed(question).split())}\n"
        return f"{allowed(name)}: "


def _shared(speakers: Iterable[tuple[str, str | None, str | None]]) -> set[tuple[str, str | None]]:
    """The labels under which several people speak in a document."""
    first: dict[tuple[str, str | None], str] = {}
    found = set()
    for document_id, speaker, case_id in speakers:
        label = (document_id, _text(speaker))
        if (case := _text(case_id)) and first.setdefault(label, case) != case:
            found.add(label)
    return found


def _piece(row: Any, begin: int, changed: _Edits) -> Piece:
    start, end = int(row.start), int(row.end)
    stop = begin + len(row.text)
    return Piece(
        row.segment_id, _text(row.case_id), row.role, start, end, begin, stop, changed.within(row, start, end)
    )


def _turn_of(row: Any) -> tuple[Any, str | None, str | None, str | None]:
    return row.turn, _text(row.speaker), _text(row.case_id), _text(row.question)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


class _Edits:
    """The edits of all documents, to be asked about segments."""

    def __init__(self, edits: pd.DataFrame | None) -> None:
        self._of: dict[str, list[Edit]] = {}
        if edits is None:
            return
        columns = ["document_id", "start", "end", "replacement", "kind", "label"]
        for document_id, start, end, replacement, kind, label in (
            edits[columns].sort_values(["document_id", "start"], kind="stable").itertuples(index=False)
        ):
            edit = Edit(int(start), int(end), _text(replacement) or "", kind, _text(label) or "")
            self._of.setdefault(document_id, []).append(edit)

    def within(self, row: Any, start: int, end: int) -> Alignment | None:
        """The way between a segment's own rendered and original characters; None where it is not known."""
        own = self._of.get(row.document_id, [])
        first = bisect_right(own, start, key=lambda edit: edit.end)
        inside = [
            Edit(
                max(edit.start, start) - start, min(edit.end, end) - start,
                edit.replacement, edit.kind, edit.label,
            )
            for edit in own[first : bisect_left(own, end, key=lambda edit: edit.start)]
        ]  # fmt: skip
        alignment = Alignment(inside)
        fits = alignment.to_rendered(0, end - start).end == len(row.text)
        return alignment if fits else None

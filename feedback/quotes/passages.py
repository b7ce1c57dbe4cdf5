"""What can be quoted: one to four whole, consecutive sentences that one person said in one turn."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.masks import MASK
from feedback.spans import Alignment, Edit
from feedback.tagging.pieces import sentences

if TYPE_CHECKING:
    import pandas as pd

MOST_SENTENCES = 4
# Between two sentences stand a space, a line break or an empty line; anything longer was words or signs.
_WIDEST_GAP = 3
_MOST_MERGED = 8
_ENDED = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_ENDS = frozenset(".!?…:;")
_PAIRS = (("[", "]"), ("(", ")"), ("“", "”"))
_OPENING = re.compile(r"[\"\[(“]")
_UNCHANGED = Alignment(())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A whole sentence as rendered, with its place in the original; `glue` stands before it in its turn.

    `glue` is None where something else than white space stands between it and the sentence before.
    """

    segment_ids: tuple[str, ...]
    start: int
    end: int
    text: str
    glue: str | None
    masks: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """What one person said at a stretch: its sentences in order, and the question it answers."""

    document_id: str
    case_id: str | None
    number: int
    question: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences first to last (inclusive) of a turn."""

    turn: Turn
    first: int
    last: int

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.turn.sentences[self.first : self.last + 1]

    @property
    def places(self) -> list[tuple[str, int, int]]:
        """Where each of its sentences stands: document, turn, sentence."""
        turn = self.turn
        return [(turn.document_id, turn.number, at) for at in range(self.first, self.last + 1)]

    @property
    def is_answer(self) -> bool:
        """Whether it is all that was answered to a question: short and without a verb, it still stands."""
        return bool(self.turn.question) and self.first == 0 and self.last == len(self.turn.sentences) - 1

    @property
    def text(self) -> str:
        first, *rest = self.sentences
        return first.text + "".join((sentence.glue or "") + sentence.text for sentence in rest)

    @property
    def start(self) -> int:
        return self.turn.sentences[self.first].start

    @property
    def end(self) -> int:
        return self.turn.sentences[self.last].end

    def overlaps(self, other: Passage) -> bool:
        """Whether the two share words."""
        same = self.turn.document_id == other.turn.document_id
        return same and self.start < other.end and other.start < self.end


def passages_around(turn: Turn, at: int) -> Iterator[Passage]:
    """Every run of up to four sentences of the turn that holds sentence `at` and nothing is missing from."""
    for first in range(max(0, at - MOST_SENTENCES + 1), at + 1):
        for last in range(at, min(len(turn.sentences), first + MOST_SENTENCES)):
            if all(sentence.glue is not None for sentence in turn.sentences[first + 1 : last + 1]):
                yield Passage(turn, first, last)


def turns_of(segments: pd.DataFrame, edits: pd.DataFrame | None = None) -> list[Turn]:
    """The turns of participants' segments, in order of documents and positions."""
    ordered = segments.sort_values(["document_id", "start", "end"], kind="stable")
    changed = _Edits(edits)
    turns: list[Turn] = []
    group: list[Any] = []
    for row in ordered.itertuples(index=False):
        if group and _key(row) != _key(group[0]):
            turns.append(_turn(group, changed))
            group = []
        group.append(row)
    return [*turns, _turn(group, changed)] if group else turns


def _key(row: Any) -> tuple[object, object, object]:
    return row.document_id, row.turn, row.case_id


def _turn(rows: Sequence[Any], changed: _Edits) -> Turn:
    first = rows[0]
    pieces: list[Sentence] = []
    for row in rows:
        for start, end, text in _cut(row, changed):
            glue = _glue(pieces[-1].end, start, changed, row.document_id) if pieces else None
            masks = changed.masks(row.document_id, start, end, text)
            pieces.append(Sentence((row.segment_id,), start, end, text, glue, masks))
    case_id = first.case_id if isinstance(first.case_id, str) else None
    question = first.question if isinstance(first.question, str) else ""
    return Turn(first.document_id, case_id, first.turn, question, tuple(_mended(pieces)))


def _cut(row: Any, changed: _Edits) -> Iterator[tuple[int, int, str]]:
    """The sentences of a segment; all of it where the way back to the original is not known."""
    alignment = changed.within(row)
    spans = sentences(row.text) if alignment else []
    if alignment is None or len(spans) < 2:
        yield row.start, row.end, row.text
        return
    for begin, stop in spans:
        home = alignment.to_original(begin, stop)
        yield row.start + home.start, row.start + home.end, row.text[begin:stop]


def _glue(before: int, start: int, changed: _Edits, document_id: str) -> str | None:
    """What joins a sentence to the one that ends at `before`."""
    if not 0 <= changed.shown_width(document_id, before, start) <= _WIDEST_GAP:
        return None
    return " " if start > before else ""


def _mended(pieces: Sequence[Sentence]) -> Iterator[Sentence]:
    """Pieces joined where the cut fell inside a sentence: an open bracket, a quoted word, a line's end."""
    at = 0
    while at < len(pieces):
        last = at
        while _cut_short(pieces, at, last):
            last += 1
        whole = pieces[at]
        for piece in pieces[at + 1 : last + 1]:
            whole = _joined(whole, piece)
        yield whole
        at = last + 1


def _cut_short(pieces: Sequence[Sentence], first: int, last: int) -> bool:
    """Whether the sentence made of pieces first to last goes on in the next piece."""
    if last + 1 >= len(pieces) or pieces[last + 1].glue is None or last - first >= _MOST_MERGED:
        return False
    text = " ".join(piece.text for piece in pieces[first : last + 1]) if last > first else pieces[first].text
    if _open(text):
        closing = " ".join(piece.text for piece in pieces[first : last + _MOST_MERGED])
        return not _open(closing) or pieces[last + 1].glue == ""
    if text[-1:] in _ENDS or _ENDED.search(text):
        return False
    then = pieces[last + 1].text
    return then[0].islower() or not text[-1:].isalnum() or then[:2] == "I "


def _open(text: str) -> bool:
    if not _OPENING.search(text):
        return False
    if text.count('"') % 2:
        return True
    return any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS)


def _joined(one: Sentence, other: Sentence) -> Sentence:
    ids = tuple(dict.fromkeys([*one.segment_ids, *other.segment_ids]))
    text = one.text + (other.glue or "") + other.text
    return Sentence(ids, one.start, other.end, text, one.glue, one.masks + other.masks)


class _Edits:
    """The edits of all documents, to be asked about stretches of an original."""

    def __init__(self, edits: pd.DataFrame | None) -> None:
        self.known = edits is not None
        self._of: dict[str, tuple[list[Edit], list[int], list[int]]] = {}
        if edits is None:
            return
        for row in edits.sort_values(["document_id", "start"], kind="stable").itertuples(index=False):
            own, starts, ends = self._of.setdefault(row.document_id, ([], [], []))
            own.append(Edit(row.start, row.end, row.replacement or "", row.kind, row.label or ""))
            starts.append(row.start)
            ends.append(row.end)

    def between(self, document_id: str, start: int, end: int) -> list[Edit]:
        if document_id not in self._of:
            return []
        own, starts, ends = self._of[document_id]
        return own[bisect_right(ends, start) : bisect_left(starts, end)]

    def within(self, row: Any) -> Alignment | None:
        """The way from a segment's rendered text to its original, from 0 on; None where it is not known."""
        length = row.end - row.start
        edits = self.between(row.document_id, row.start, row.end)
        if not edits:
            return _UNCHANGED if length == len(row.text) else None
        inside = [
            Edit(
                max(edit.start, row.start) - row.start, min(edit.end, row.end) - row.start,
                edit.replacement, edit.kind, edit.label,
            )
            for edit in edits
        ]  # fmt: skip
        alignment = Alignment(inside)
        return alignment if alignment.to_rendered(0, length).end == len(row.text) else None

    def shown_width(self, document_id: str, start: int, end: int) -> int:
        """How many rendered characters stand between two positions of the original."""
        width = end - start
        for edit in self.between(document_id, start, end):
            removed = min(edit.end, end) - max(edit.start, start)
            width += len(edit.replacement) - removed
        return width

    def masks(self, document_id: str, start: int, end: int, text: str) -> int:
        shown = len(MASK.findall(text)) if "[" in text else 0
        if not self.known:
            return shown
        return max(shown, sum(edit.kind == "mask" for edit in self.between(document_id, start, end)))

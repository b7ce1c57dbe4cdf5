"""What people decided about quotes: pinned ones stand under their heading, banned words stand nowhere."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from feedback.spans import Span

from .passages import Passage
from .score import Candidate, Voice
from .verdicts import BANNED

if TYPE_CHECKING:
    import pandas as pd

_Place = tuple[str, int, int]
_Name = tuple[str | None, str | None]


@dataclass(frozen=True)
class Choices:
    """Pinned places by heading (theme_id, factor_id), and banned spans by document."""

    pinned: dict[_Name, frozenset[_Place]] = field(default_factory=dict)
    banned: dict[str, tuple[Span, ...]] = field(default_factory=dict)

    def bars(self, passage: Passage) -> bool:
        """Whether a passage holds words that are banned."""
        spans = self.banned.get(passage.turn.document_id, ())
        return any(passage.start < span.end and span.start < passage.end for span in spans)

    def pins(self, name: _Name, voices: Collection[Voice]) -> list[Candidate]:
        """What is pinned under a heading and still said there, as candidates that need no other merit."""
        wanted = self.pinned.get(name, frozenset())
        found: dict[_Place, Candidate] = {}
        for voice in voices if wanted else ():
            passage = _around(voice, wanted)
            if passage is None or self.bars(passage):
                continue
            place = passage.turn.document_id, passage.start, passage.end
            if place not in found or voice.sure > found[place].voice.sure:
                found[place] = Candidate(voice, passage, 1.0, "", 1.0, pinned=True)
        return [found[place] for place in sorted(found)]


def choices_of(table: pd.DataFrame | None) -> Choices:
    """Table `choices` as Choices; None when there is none."""
    pinned: dict[_Name, set[_Place]] = {}
    banned: dict[str, list[Span]] = {}
    for row in () if table is None else table.itertuples(index=False):
        if row.verdict == BANNED:
            banned.setdefault(row.document_id, []).append(Span(int(row.start), int(row.end)))
        else:
            place = row.document_id, int(row.start), int(row.end)
            pinned.setdefault((row.theme_id, row.factor_id), set()).add(place)
    return Choices(
        {name: frozenset(places) for name, places in pinned.items()},
        {document: tuple(spans) for document, spans in banned.items()},
    )


def _around(voice: Voice, wanted: Collection[_Place]) -> Passage | None:
    """The wanted passage that a voice's sentence stands in, if its borders are still those of sentences."""
    turn = voice.passage.turn
    starts = {sentence.start: at for at, sentence in enumerate(turn.sentences)}
    ends = {sentence.end: at for at, sentence in enumerate(turn.sentences)}
    for document_id, start, end in sorted(wanted):
        if document_id == turn.document_id and start in starts and end in ends:
            passage = Passage(turn, starts[start], ends[end])
            if passage.first <= voice.at <= passage.last:
                return passage
    return None

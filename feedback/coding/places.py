"""Where words that somebody coded stand in the project: in a document as it is shown, or in its original."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from feedback.coding.aligned import Aligned, Words, with_signs
from feedback.coding.composed import Composed, Piece, compose
from feedback.spans import Span

if TYPE_CHECKING:
    import pandas as pd

_SEGMENT_ID = re.compile(r"(.+):(\d+)-(\d+)")


@dataclass(frozen=True, eq=False)
class Version:
    """One text of a document: its original, or what is shown of it; `pieces` are its segments in order."""

    document_id: str
    names: tuple[str, ...]
    words: Words
    pieces: tuple[Piece, ...]
    original: bool

    def place_of(self, piece: Piece) -> Span:
        """Where a segment stands in this text."""
        return Span(piece.start, piece.end) if self.original else Span(piece.begin, piece.stop)

    def touched(self, span: Span) -> list[tuple[Piece, Span]]:
        """The segments that a stretch of this text touches, each with its part of the stretch."""
        first = max(bisect_left(self._ends, span.start + 1), 0)
        found = []
        for piece in self.pieces[first:]:
            start, end = self.place_of(piece)
            if start >= span.end:
                break
            if min(end, span.end) > max(start, span.start):
                found.append((piece, Span(max(start, span.start), min(end, span.end))))
        return found

    @cached_property
    def _ends(self) -> list[int]:
        return [self.place_of(piece).end for piece in self.pieces]

    def coded(self, span: Span) -> list[tuple[Piece, Span]]:
        """The participants' segments that a coded stretch stands for, with their part of the original.

        Those of which it covers half or more, and the one that holds all of it; where there is none, the one
        of which it covers most characters. None where it touches no participant's words.
        """
        touched = self.touched(span)
        whole = sum(part.end - part.start for _, part in touched)
        own = [(piece, part) for piece, part in touched if piece.role == "participant"]
        meant = [(piece, part) for piece, part in own if self._is_meant(piece, part, whole)]
        if own and not meant:
            meant = [max(own, key=lambda found: found[1].end - found[1].start)]
        return [(piece, part if self.original else piece.home(*part)) for piece, part in meant]

    def _is_meant(self, piece: Piece, part: Span, whole: int) -> bool:
        start, end = self.place_of(piece)
        length = part.end - part.start
        return 2 * length >= end - start or length == whole

    def find(self, words: str, within: Span | None = None) -> list[Span]:
        """Wherever the words stand, white space aside; else without regard to signs and capitals."""
        span = within or Span(0, len(self.words.text))
        return self._by_letters(words, span) or self._by_words(words, span)

    def nearly(self, words: str, within: Span) -> list[Span]:
        """Where most of the words stand in one stretch of the text: they were masked or tidied since."""
        part = Words(self.words.text[slice(*within)])
        found = Aligned(Words(words), part).span(0, len(words))
        return [Span(within.start + found.start, within.start + found.end)] if found else []

    def _by_letters(self, words: str, within: Span) -> list[Span]:
        wanted, solid = "".join(words.split()), self._solid
        first, last = bisect_left(solid, within.start), bisect_left(solid, within.end)
        found, at = [], self.words.squeezed.find(wanted, first, last) if wanted else -1
        while at >= 0:
            found.append(Span(solid[at], solid[at + len(wanted) - 1] + 1))
            at = self.words.squeezed.find(wanted, at + len(wanted), last)
        return found

    @cached_property
    def _solid(self) -> list[int]:
        return [at for at, letter in enumerate(self.words.text) if not letter.isspace()]

    def _by_words(self, words: str, within: Span) -> list[Span]:
        given, spans = Words(words), self.words.spans
        wanted = given.said
        text, starts = self._line
        line = f" {' '.join(wanted)} "
        found, at = [], text.find(line) if wanted else -1
        while at >= 0:
            first = bisect_left(starts, at)
            span = Span(spans[first].start, spans[first + len(wanted) - 1].end)
            span = with_signs(
                self.words.text, span, words[: given.spans[0].start], words[given.spans[-1].end :]
            )
            if within.start <= span.start and span.end <= within.end:
                found.append(span)
            at = text.find(line, at + len(line) - 1)
        return found

    @cached_property
    def _line(self) -> tuple[str, list[int]]:
        """All words in one line, a space before each, and where those spaces are."""
        starts, at = [], 0
        for word in self.words.said:
            starts.append(at)
            at += len(word) + 1
        return " " + " ".join(self.words.said) + " ", starts


class Material:
    """The documents of a project as somebody may have coded them: both versions of each."""

    def __init__(
        self,
        segments: pd.DataFrame,
        originals: pd.DataFrame,
        edits: pd.DataFrame | None = None,
        documents: pd.DataFrame | None = None,
    ) -> None:
        """segments, edits, documents: tables. originals: table `private/originals`, or an empty one."""
        columns = originals[["document_id", "file_name", "text"]].itertuples(index=False)
        texts = {row.document_id: (row.file_name or "", row.text) for row in columns}
        self.versions: list[Version] = []
        for one in compose(segments, edits, documents):
            file_name, text = texts.get(one.document_id, ("", None))
            self.versions += _versions(one, file_name, text)
        missing = set(texts) - {version.document_id for version in self.versions}
        for document_id in sorted(missing):  # nobody in it consented, or it has no words
            names = (document_id, texts[document_id][0])
            self.versions.append(Version(document_id, names, Words(texts[document_id][1]), (), True))

    def called(self, name: str) -> list[Version]:
        """The versions of the documents of that id or file name."""
        return [version for version in self.versions if name in version.names]

    def of_case(self, case_id: str) -> list[Version]:
        """The versions of the documents in which a person is heard, with that person's segments only."""
        return [
            Version(version.document_id, version.names, version.words, own, version.original)
            for version in self.versions
            if (own := tuple(piece for piece in version.pieces if piece.case_id == case_id))
        ]

    def around(self, segment_id: str) -> list[tuple[Version, Span]]:
        """Where a segment stands in the versions of its document, or what is there if it is gone."""
        if own := self.with_segment(segment_id):
            return [(version, version.place_of(piece)) for version, piece in own]
        if not (match := _SEGMENT_ID.fullmatch(segment_id)):
            return []
        span = Span(int(match[2]), int(match[3]))
        found = []
        for version in reversed(self.called(match[1])):
            pieces = [one for one in version.pieces if one.start < span.end and span.start < one.end]
            if pieces:
                places = [version.place_of(one) for one in pieces]
                found.append((version, Span(places[0].start, places[-1].end)))
        return found

    def with_segment(self, segment_id: str) -> list[tuple[Version, Piece]]:
        """The versions of the document that has the segment, the shown one first."""
        return self._with_segment.get(segment_id, [])

    @cached_property
    def _with_segment(self) -> dict[str, list[tuple[Version, Piece]]]:
        found: dict[str, list[tuple[Version, Piece]]] = {}
        for version in sorted(self.versions, key=lambda one: one.original):
            for piece in version.pieces:
                found.setdefault(piece.segment_id, []).append((version, piece))
        return found


def _versions(one: Composed, file_name: str, text: str | None) -> Iterator[Version]:
    """A document's original, if it is there, and what is shown of it."""
    names = tuple(filter(None, (one.document_id, file_name)))
    if text is not None:
        ordered = tuple(sorted(one.pieces, key=lambda piece: (piece.start, piece.end)))
        yield Version(one.document_id, names, Words(text), ordered, True)
    yield Version(one.document_id, names, Words(one.text), one.pieces, False)


def document_ids(versions: Iterable[Version]) -> Sequence[str]:
    """The documents of versions, each once, in order."""
    return tuple(dict.fromkeys(version.document_id for version in versions))

"""What people said from beginning to end, for those who may read it: rendered words with their tags.

A transcript is a quote of everything, so it is a file of its own and no part of a report. In it are only
people who agreed to be quoted, inside the organisation at least; nobody's original words; nothing that was
said off the record; and no interviewer where somebody in the talk did not agree, as questions tell answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from feedback.cases import with_consent
from feedback.coding.composed import Composed, compose
from feedback.errors import FeedbackError
from feedback.model import Report
from feedback.quotes.phrasing import OFF_RECORD
from feedback.report.behind import Behind, people_behind
from feedback.report.counted import Counted
from feedback.settings import CONSENTS
from feedback.tables import empty

if TYPE_CHECKING:
    import pandas as pd

NOT_AGREED = "Not shown: said by somebody who did not agree to be quoted."
OFF = "Not shown: said off the record."
QUESTION = "Not shown: the interviewer's words, as not everybody here agreed to be quoted."
_TABLES = ("documents", "cases", "segments", "edits", "tags", "factors", "members", "themes")


@dataclass(frozen=True)
class Bit:
    """A run of words, and the numbers of the themes that were heard in it (empty: none)."""

    text: str
    themes: tuple[int, ...]


@dataclass(frozen=True)
class Passage:
    """A segment: its words, and what its tags say, in words; `anchor` is "" where nothing leads to it."""

    anchor: str
    bits: tuple[Bit, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """One turn or answer; without passages `withheld` says why."""

    speaker: str
    asks: bool
    question: str
    passages: tuple[Passage, ...]
    withheld: str = ""


@dataclass(frozen=True)
class Talk:
    """An interview, a testimony, or one person's answers, with the ids of those who speak in it."""

    anchor: str
    heading: str
    turns: tuple[Said, ...]


@dataclass(frozen=True)
class Transcripts:
    """Everything that may be read, the themes by number, and who stands behind which number of the report."""

    title: str
    talks: tuple[Talk, ...]
    themes: tuple[str, ...]
    behind: tuple[Behind, ...]
    n_readable: int
    n_heard: int


def transcripts_of(
    tables: Mapping[str, pd.DataFrame], report: Report, *, leaver: str = "leaver"
) -> Transcripts:
    """The transcripts of a project's tables: documents, cases, segments, edits, tags, members, themes.

    tags: those that count. report: made of the same tables; its numbers get the people behind them.
    Raises FeedbackError when nobody who was heard agreed to be quoted.
    """
    tables = {name: tables.get(name, empty(name)) for name in _TABLES}
    counted = Counted(report, tables, leaver=leaver)
    heard = counted.heard
    agreed = with_consent(tables["cases"], least="internal", levels=CONSENTS)
    everybody = heard.people | heard.witnesses
    if not agreed & everybody:
        raise FeedbackError(
            "nobody whose words were read has agreed to be quoted, so there is no transcript to show",
            hint="add a 'consent' column (internal or publication) to the participants table and run again",
        )
    writer = _Writer(tables, report, agreed & everybody)
    talks = tuple(talk for document in writer.documents for talk in writer.talks(document))
    behind = people_behind(report, counted, anchors=writer.anchors)
    labels = tuple(row.label for row in report.themes)
    return Transcripts(report.title, talks, labels, behind, len(agreed & everybody), len(everybody))


class _Writer:
    """Writes talks from the tables, and remembers which segments can be read where."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], report: Report, agreed: Iterable[str]) -> None:
        self.documents = compose(tables["segments"], tables["edits"], tables["documents"])
        self.anchors: dict[str, str] = {}
        self._agreed = frozenset(agreed)
        self._numbers = {row.theme_id: place for place, row in enumerate(report.themes)}
        self._labels = report.labels
        self._rows = {row.segment_id: row for row in tables["segments"].itertuples(index=False)}
        self._tags = _by_segment(tables["tags"])
        self._members = _by_segment(tables["members"].dropna(subset=["factor_id"]))
        self._off = {
            (row.document_id, row.turn) for row in self._rows.values() if OFF_RECORD.search(row.text or "")
        }

    def talks(self, document: Composed) -> Iterator[Talk]:
        """The talks of a document: one, or of a survey one for each person; none where nobody agreed."""
        rows = [self._rows[piece.segment_id] for piece in document.pieces]
        people = sorted({_person(row) for row in rows if row.role == "participant"})
        if document.kind != "survey":
            if self._agreed & set(people):
                open_ = self._agreed >= set(people)
                yield self._talk(document, rows, ", ".join(people), document.document_id, open_)
            return
        for person in people:
            if person in self._agreed:
                own = [row for row in rows if _person(row) == person]
                yield self._talk(document, own, person, f"{document.document_id}-{person}", False)

    def _talk(self, document: Composed, rows: Sequence[Any], people: str, anchor: str, open_: bool) -> Talk:
        turns = [
            self._said(document, list(own), open_)
            for _, own in groupby(rows, key=lambda row: (row.turn, row.role, _person(row)))
        ]
        heading = f"{people}: {document.kind or 'interview'} {document.document_id}"
        return Talk(f"talk-{anchor}", heading, tuple(_once(turns)))

    def _said(self, document: Composed, rows: Sequence[Any], open_: bool) -> Said:
        first = rows[0]
        asks = first.role != "participant"
        speaker = "Interviewer" if asks else _person(first)
        if asks and not open_:
            return Said("", True, "", (), QUESTION)
        if not asks and speaker not in self._agreed:
            return Said("", False, "", (), NOT_AGREED)
        if (first.document_id, first.turn) in self._off:
            return Said("", asks, "", (), OFF)
        question = (first.question or "") if document.kind == "survey" else ""
        return Said(speaker, asks, question, tuple(self._passage(document, row) for row in rows))

    def _passage(self, document: Composed, row: Any) -> Passage:
        piece = document.by_segment[row.segment_id]
        own = row.role == "participant"
        tags = self._tags.get(row.segment_id, []) if own else []
        labels = {self._told(tag) for tag in tags}
        for one in self._members.get(row.segment_id, []) if own else []:
            labels.add(f"{self._labels.get(one.factor_id, one.factor_id)} (as a reason)")
        if labels:
            self.anchors[row.segment_id] = f"s{len(self.anchors) + 1}"
        spans = [(piece.shown(int(tag.start), int(tag.end)), self._numbers.get(tag.theme_id)) for tag in tags]
        marks = [
            (span.start - piece.begin, span.end - piece.begin, number)
            for span, number in spans
            if number is not None
        ]
        bits = tuple(_bits(document.text[piece.begin : piece.stop], marks))
        return Passage(self.anchors.get(row.segment_id, ""), bits, tuple(sorted(labels)))

    def _told(self, tag: Any) -> str:
        """What a tag says: its theme, whose experience it is, how it is spoken of."""
        whose = {"negated": "not so", "hypothetical": "as an if", "other": "of others"}.get(tag.assertion, "")
        how = {"negative": "critical", "positive": "favourable", "mixed": "mixed"}.get(tag.valence, "")
        said = ", ".join(part for part in (whose, how) if part)
        label = self._labels.get(tag.theme_id, tag.theme_id)
        return f"{label} ({said})" if said else label


def _by_segment(table: pd.DataFrame) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in table.itertuples(index=False):
        found.setdefault(row.segment_id, []).append(row)
    return found


def _person(row: Any) -> str:
    return str(row.case_id or row.document_id) if row.role == "participant" else ""


def _once(turns: Sequence[Said]) -> Iterator[Said]:
    """The turns; what is withheld for one reason several times in a row is told once."""
    before = ""
    for turn in turns:
        if not turn.withheld or turn.withheld != before:
            yield turn
        before = turn.withheld


def _bits(text: str, marks: Sequence[tuple[int, int, int]]) -> Iterator[Bit]:
    """The text cut wherever a mark (start, end, theme) begins or ends."""
    cuts = sorted({0, len(text), *(place for start, end, _ in marks for place in (start, end))})
    for start, end in pairwise(cuts):
        over = {theme for begin, stop, theme in marks if begin <= start and end <= stop}
        yield Bit(text[start:end], tuple(sorted(over)))

"""Finding names and numbers in all documents: first what the names are, then everywhere they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.edits.answers import Asked
from feedback.edits.asked import Question, questions
from feedback.edits.candidates import votes
from feedback.edits.clean import clean_edits
from feedback.edits.names import (
    Index,
    Mention,
    Name,
    given_names,
    hunt,
    index,
    participant_name,
    speaker_names,
)
from feedback.edits.ner import entities
from feedback.edits.page import Page
from feedback.edits.patterns import pattern_edits
from feedback.edits.pseudonyms import Key
from feedback.edits.slips import mended, neighbours, slips
from feedback.edits.votes import Vote, names_from, of_entity
from feedback.edits.words import fold, is_first_name, is_word, keys
from feedback.errors import FeedbackError
from feedback.model import Document
from feedback.spans import Alignment, Edit, Span, render

if TYPE_CHECKING:
    import pandas as pd

_SURE = 2.0  # votes of such weight settle what a word names
_FREQUENT = 30
_SELDOM = 5  # a name is written small less often than once in so many times


@dataclass(frozen=True)
class InDocument:
    """What one document holds, in original positions: mentions of names, other masks, and its tidying."""

    mentions: Sequence[Mention]
    patterns: Sequence[Edit]
    clean: Sequence[Edit]

    def masks(self, means: Sequence[Key]) -> list[Edit]:
        """Masks over all of it; those of names show, after a NUL, the place of their identity in `means`."""
        named = [
            Edit(m.start, m.end, f"\0{i}", "mask", m.label, m.source, m.score)
            for i, m in enumerate(self.mentions[: len(means)])
        ]
        return [*self.patterns, *named]


@dataclass(frozen=True)
class Findings:
    """All names, what each document holds, and the participants' (surface, case_id)."""

    names: list[Name]
    documents: list[InDocument]
    participants: list[tuple[str, str]]

    @property
    def case_ids(self) -> list[str]:
        return sorted({case for _, case in self.participants})


@dataclass(frozen=True)
class _Tidy:
    """A document as it reads after cleaning, and the way back."""

    page: Page
    home: Alignment
    turns: list[Span]
    clean: list[Edit]


def find_names(
    documents: Sequence[Document],
    *,
    names: Iterable[str] = (),
    participants: pd.DataFrame | None = None,
    ner: bool | Asked = True,
    keep: Iterable[str] = (),
    decided: Iterable[Name] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Findings:
    """The names in documents sorted by id, from lists, labels, cues and the model, and where they stand.

    Searched is the cleaned text, so that a broken line or a filler hides no name; positions are original.
    `decided` are names that people confirmed in a review.
    """
    tidy = [_tidied(document) for document in documents]
    people = participant_names(participants)
    speakers = {turn.speaker for document in documents for turn in document.turns if turn.speaker}
    given = [*(name for name, _ in people), *given_names(names), *speaker_names(speakers), *decided]
    found = _votes(tidy, given, ner, progress)
    taken = {name.words for name in given} | {keys(word) for word in keep}
    kept = frozenset(word for words_ in keep for word in keys(words_))
    written = _written(tidy)
    capitals = {key: n - small for key, (n, small) in written.items()}
    others = [name for name in names_from(found, _lower(written) | kept, capitals) if name.words not in taken]
    meant = slips(given, written.keys() - kept)
    everyone = [*given, *meant.names, *others]
    hunted = index(everyone, _common(written))
    beside = neighbours(given)
    return Findings(
        everyone,
        [_in_document(text, mended(text.page, meant, beside), hunted) for text in tidy],
        sorted((surface, str(name.case_id)) for name, surface in people),
    )


def participant_names(participants: pd.DataFrame | None) -> list[tuple[Name, str]]:
    """The names in a table of participants, each with how it is written there.

    Every column whose heading has "name" or "known" in it counts; a first and a last name are put together.
    """
    if participants is None or participants.empty:
        return []
    if "case_id" not in participants.columns:
        raise FeedbackError("the table of participants lacks the column 'case_id'")
    columns = [c for c in participants.columns if any(part in str(c).lower() for part in ("name", "known"))]
    found = []
    for row in participants.to_dict("records"):
        parts = {str(column).lower(): str(row[column]).strip() for column in columns if _said(row[column])}
        first = next((v for c, v in parts.items() if c.startswith(("first", "given", "fore"))), "")
        last = next((v for c, v in parts.items() if c.startswith(("last", "sur", "family"))), "")
        surfaces = {f"{first} {last}".strip(), *parts.values()} - {"", last if first else ""}
        for surface in sorted(surfaces):
            person = participant_name(surface, str(row["case_id"]))
            found += [(person, surface)] if person else []
    return found


def _said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _tidied(document: Document) -> _Tidy:
    clean = clean_edits(document.text, document.turns)
    home = Alignment(clean)
    turns = [home.to_rendered(turn.start, turn.end) for turn in document.turns]
    return _Tidy(Page(render(document.text, home.edits)), home, turns, clean)


def _votes(
    tidy: Sequence[_Tidy],
    given: Sequence[Name],
    ner: bool | Asked,
    progress: Callable[[int, int], None] | None,
) -> list[Vote]:
    """All votes: those of lists, cues and rules, and the model's about what these leave open."""
    found: list[Vote] = []
    for done, document in enumerate(tidy, start=1):
        for start, end in document.turns:
            found += votes(document.page.text[start:end])
        if progress:
            progress(done, len(tidy))
    if ner:
        settled = {word for name in given for word in name.words}
        settled |= {word for vote in found if vote.weight >= _SURE for word in vote.words}
        asked = questions([(document.page, document.turns) for document in tidy], settled)
        found += _answers(asked, entities if ner is True else ner)
    return found


def _answers(asked: Sequence[Question], ask: Asked) -> Iterator[Vote]:
    for question, found in zip(asked, ask([question.text for question in asked]), strict=True):
        for start, end, label in found:
            if start < question.end and question.start < end:
                for vote in of_entity(question.text, start, end, label):
                    yield vote._replace(weight=vote.weight * question.times)


def _written(tidy: Iterable[_Tidy]) -> dict[str, tuple[int, int]]:
    """How often each word is written, and how often of these without a capital."""
    small: Counter[str] = Counter()
    all_: Counter[str] = Counter()
    for document in tidy:
        for written, n in Counter(document.page.written).items():
            all_[fold(written)] += n
            small[fold(written)] += n * written[:1].islower()
    return {key: (n, small[key]) for key, n in all_.items()}


def _lower(written: Mapping[str, tuple[int, int]]) -> frozenset[str]:
    """Words that are written without a capital so often that with one they are hardly names."""
    return frozenset(key for key, (n, small) in written.items() if small * _SELDOM >= n)


def _common(written: Mapping[str, tuple[int, int]]) -> frozenset[str]:
    """The study's own words: dictionary words and no first names, frequent, and now and then small."""
    return frozenset(
        key
        for key, (n, small) in written.items()
        if n >= _FREQUENT and small * _FREQUENT >= n and is_word(key) and not is_first_name(key)
    )


def _in_document(tidy: _Tidy, page: Page, hunted: Index) -> InDocument:
    mentions = [
        mention._replace(start=span.start, end=span.end)
        for mention in hunt(page, hunted)
        if (span := tidy.home.to_original(mention.start, mention.end)).end > span.start
    ]
    patterns = [
        Edit(span.start, span.end, edit.replacement, "mask", edit.label, edit.source, edit.score)
        for edit in pattern_edits(tidy.page)
        if (span := tidy.home.to_original(edit.start, edit.end)).end > span.start
    ]
    return InDocument(mentions, patterns, tidy.clean)

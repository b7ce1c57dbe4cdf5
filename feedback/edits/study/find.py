"""What the names are, decided over all documents together, and with it how each part of one is masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from feedback.edits.finding.answers import Asked
from feedback.edits.finding.asked import Question, questions_about
from feedback.edits.finding.names import Index, Name, given_names, index, participant_name, speaker_names
from feedback.edits.finding.ner import entities
from feedback.edits.finding.slips import Slips, neighbours, slips
from feedback.edits.finding.votes import Vote, names_from, of_entity
from feedback.edits.study.gathered import Gathered
from feedback.edits.text.words import is_first_name, is_word, keys
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
# What headings of columns that name a person have in them.
NAMING = ("name", "known")
_FREQUENT = 30
_SELDOM = 5  # a name is written small less often than once in so many times


@dataclass(frozen=True)
class Listed:
    """What the user says: names to mask, the table of participants, speakers' labels, and words to keep.

    `decided` are names that people confirmed in a review.
    """

    names: Iterable[str] = ()
    participants: pd.DataFrame | None = None
    speakers: Iterable[str] = ()
    keep: Iterable[str] = ()
    decided: Iterable[Name] = ()


@dataclass(frozen=True)
class Hunt:
    """What is looked for in every part: all forms of names, slips of those listed, and their neighbours."""

    forms: Index
    meant: Slips
    beside: Mapping[str, frozenset[str]]

    def among(self, words: frozenset[str]) -> Hunt:
        """What of it can be found in a text that has these words: there it finds the same."""
        sure, doubtful = (_only(words, slips_) for slips_ in (self.meant.sure, self.meant.doubtful))
        read = words.union(sure.values(), doubtful.values())
        forms = {
            first: here
            for first in read & self.forms.keys()
            if (here := [form for form in self.forms[first] if read.issuperset(form.words)])
        }
        beside = {word: others & read for word, others in _only(set(doubtful.values()), self.beside).items()}
        return Hunt(forms, Slips(sure, doubtful, ()), beside)


def _only(words: Set[str], of: Mapping[str, T]) -> dict[str, T]:
    return {word: of[word] for word in words & of.keys()}


@dataclass(frozen=True)
class Findings:
    """All names, how they are hunted, and the participants' (surface, case_id)."""

    names: list[Name]
    hunt: Hunt
    participants: list[tuple[str, str]] = field(default_factory=list)

    @property
    def case_ids(self) -> list[str]:
        return sorted({case for _, case in self.participants})


def find_names(gathered: Gathered, listed: Listed, *, ner: bool | Asked = True) -> Findings:
    """The names in all documents: from lists, labels, cues and the model."""
    people = participant_names(listed.participants)
    given = [
        *(name for name, _ in people),
        *given_names(listed.names),
        *speaker_names(listed.speakers),
        *listed.decided,
    ]
    if ner:
        settled = gathered.settled_words(name.words for name in given)
        asked = questions_about(gathered.stretches, settled)
        gathered.tally.add(_answers(asked, entities if ner is True else ner))
    keep = list(listed.keep)
    taken = {name.words for name in given} | {keys(word) for word in keep}
    kept = frozenset(word for words_ in keep for word in keys(words_))
    written = gathered.written
    capitals = {key: n - small for key, (n, small) in written.items()}
    voted = names_from(gathered.tally, _lower(written) | kept, capitals)
    others = [name for name in voted if name.words not in taken]
    meant = slips(given, written.keys() - kept)
    everyone = [*given, *meant.names, *others]
    hunt = Hunt(index(everyone, _common(written)), meant, neighbours(given))
    return Findings(everyone, hunt, sorted((surface, str(name.case_id)) for name, surface in people))


def participant_names(participants: pd.DataFrame | None) -> list[tuple[Name, str]]:
    """The names in a table of participants, each with how it is written there.

    Every column whose heading has "name" or "known" in it counts; a first and a last name are put together.
    """
    if participants is None or participants.empty:
        return []
    if "case_id" not in participants.columns:
        raise FeedbackError("the table of participants lacks the column 'case_id'")
    columns = [c for c in participants.columns if any(part in str(c).lower() for part in NAMING)]
    if not columns:
        return []
    found = []
    for case_id, *cells in zip(*(participants[c] for c in ("case_id", *columns)), strict=True):
        said = zip(columns, cells, strict=True)
        for surface in _surfaces({str(column).lower(): cell.strip() for column, cell in said if _said(cell)}):
            person = participant_name(surface, str(case_id))
            found += [(person, surface)] if person else []
    return found


def _surfaces(parts: Mapping[str, str]) -> list[str]:
    """The ways in which a row of the table writes its person, sorted."""
    first = next((v for c, v in parts.items() if c.startswith(("first", "given", "fore"))), "")
    last = next((v for c, v in parts.items() if c.startswith(("last", "sur", "family"))), "")
    return sorted({f"{first} {last}".strip(), *parts.values()} - {"", last if first else ""})


def _said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _answers(asked: Sequence[Question], ask: Asked) -> Iterator[Vote]:
    for question, found in zip(asked, ask([question.text for question in asked]), strict=True):
        for start, end, label in found:
            if start < question.end and question.start < end:
                for vote in of_entity(question.text, start, end, label):
                    yield vote._replace(weight=vote.weight * question.times)


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

"""How well a passage speaks for a theme: how near it is to what people say of it, how sure, how clear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from .passages import Passage, passages_around
from .speech import Reader

if TYPE_CHECKING:
    import numpy as np

Embed = Callable[[Sequence[str]], "np.ndarray[Any, Any]"]

LEAST_CLARITY = 0.6
_PER_PERSON = 4


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody's sentence `at` of a turn that speaks of a theme, as surely as `sure` (0 to 1) says.

    names: whether its own words show the theme to who reads nothing else.
    """

    passage: Passage
    at: int
    sure: float
    valence: str = ""
    names: bool = True

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands: document, turn, sentence."""
        return self.passage.turn.document_id, self.passage.turn.number, self.at


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may be quoted for a theme; `score` from 0 to 1, `row` its vector's."""

    voice: Voice
    passage: Passage
    clarity: float
    against: str
    focus: float
    score: float = 0.0
    centrality: float = 0.0
    row: int = -1
    pinned: bool = False

    @property
    def case_id(self) -> str:
        return self.passage.turn.case_id or self.passage.turn.document_id


def candidates(
    voices: Sequence[Voice],
    spoken: frozenset[tuple[str, int, int]],
    reader: Reader,
    *,
    most: int,
    barred: Callable[[Passage], bool] = lambda passage: False,
) -> list[Candidate]:
    """The best passage around each voice that can be printed; a few a person, `most` in all.

    spoken: (document, turn, sentence) of all voices that name the theme. A passage holds one of them
    ("Bureaucracy. Every visit made five forms.", not its end alone), and better ones stay with it. People
    take turns in the list, so that nobody is crowded out. barred: passages that may not be quoted.
    """
    around = {
        voice: tuple(
            one
            for one in passages_around(voice.passage.turn, voice.at)
            if not barred(one) and not spoken.isdisjoint(one.places)
        )
        for voice in voices
    }
    readings = reader.read_aloud(passage for found in around.values() for passage in found)
    best: dict[Passage, Candidate] = {}
    for voice, near in around.items():
        fit = [
            Candidate(voice, passage, reading.clarity, reading.against, _focus(passage, spoken))
            for passage in near
            if (reading := readings.get(passage)) and reading.clarity >= LEAST_CLARITY
        ]
        found = max(fit, key=lambda one: (one.clarity * one.focus, -one.passage.start), default=None)
        if found and (found.passage not in best or found.voice.sure > best[found.passage].voice.sure):
            best[found.passage] = found
    return _taking_turns(list(best.values()))[:most]


def _focus(passage: Passage, spoken: frozenset[tuple[str, int, int]]) -> float:
    """How much of a passage is about the theme: 1 for all of it."""
    total = sum(len(sentence.text) for sentence in passage.sentences)
    about = sum(
        len(sentence.text)
        for sentence, place in zip(passage.sentences, passage.places, strict=True)
        if place in spoken
    )
    return float((about / total) ** 0.3)


def _taking_turns(found: Sequence[Candidate]) -> list[Candidate]:
    ordered = sorted(found, key=lambda one: (-_first_look(one), _place(one)))
    seen: dict[str, int] = {}
    ranked = []
    for one in ordered:
        seen[one.case_id] = seen.get(one.case_id, 0) + 1
        if seen[one.case_id] <= _PER_PERSON:
            ranked.append((seen[one.case_id], -_first_look(one), _place(one), one))
    return [one for *_, one in sorted(ranked, key=lambda rank: rank[:3])]


def _first_look(one: Candidate) -> float:
    return one.clarity * one.focus * (0.5 + 0.5 * one.voice.sure)


def _place(one: Candidate) -> tuple[str, int, int]:
    return one.passage.turn.document_id, one.passage.start, one.passage.end


def scored(found: Sequence[Candidate], vectors: Any, rows: Sequence[int]) -> list[Candidate]:
    """The candidates with scores, best first.

    vectors: rows of length 1; rows: which is whose. Near the centre of what people say (each person counted
    once, not each mention) is better; nearness and certainty count as shares of the greatest.
    """
    import numpy as np

    if not found:
        return []
    own = vectors[list(rows)]
    cases = [one.case_id for one in found]
    people = sorted(set(cases))
    means = [own[[case == person for case in cases]].mean(axis=0) for person in people]
    near = own @ np.mean(means, axis=0)
    scaled = np.clip(near / max(float(near.max()), 1e-9), 0, 1)
    surest = max(*(one.voice.sure for one in found), 1e-9)
    result = [
        replace(
            one, row=row, centrality=round(float(scale), 6),
            score=round(
                one.clarity * one.focus * (0.1 + 0.65 * one.voice.sure / surest + 0.25 * float(scale)), 6
            ),
        )
        for one, row, scale in zip(found, rows, scaled, strict=True)
    ]  # fmt: skip
    return sorted(result, key=lambda one: (-one.score, _place(one)))


def vectors_of(texts: Sequence[str], embed: Embed | None) -> Any:
    """One row of length 1 a text: of `embed`, or without it of the words that the texts share."""
    import numpy as np

    if not texts:
        return np.zeros((0, 1))
    if embed is not None:
        return np.asarray(embed(texts), dtype=float)
    from sklearn.feature_extraction.text import TfidfVectorizer

    try:
        rows = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    except ValueError:  # nothing but stop words
        return np.zeros((len(texts), 1))
    return rows.toarray()

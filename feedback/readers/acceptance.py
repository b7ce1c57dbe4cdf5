"""Which labels of a file are believed: those that come again, are of a known kind, or were named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from feedback.readers.shapes import Line
from feedback.readers.speakers import (
    bare,
    is_named,
    key_of,
    known,
    marked,
    name_like,
    same_speakers,
    user_name,
)
from feedback.readers.words import NO_START

How = Literal[
    "told", "colon", "stamp", "bare", "ended", "tab", "dash", "bold", "alone", "numbered", "time", "prose"
]
_LOOSE = frozenset({"alone", "dash", "numbered", "ended", "time", "prose"})
_CLEAR = frozenset({"colon", "stamp", "bold"})
_SENTENCE_ENDS = ".?!…\"'”’)]"
_MOST_LINES = 0.6


@dataclass(frozen=True, slots=True)
class Cue:
    """A line that may begin a turn: its label ("" when there is only a time) and where its words begin."""

    label: str
    body: int
    how: How
    begin_s: float | None = None
    end_s: float | None = None

    @property
    def key(self) -> str:
        """The label without case, spaces and brackets around it, to know a speaker again."""
        return key_of(self.label)


def accepted_cues(
    lines: Sequence[Line], found: Sequence[Cue | None], interviewers: Collection[str]
) -> list[Cue | None]:
    """The candidates that begin a turn, None for all others; `interviewers` are names in small letters."""
    believed = _Labels(lines, found, interviewers).acceptance()
    kept = [cue if cue and believed(cue) else None for cue in found]
    first = next((index for index, cue in enumerate(kept) if cue and cue.label), 0)
    for index in range(first):
        # Who speaks first and only once is a speaker too: her answer is not to be lost above the first label.
        if (cue := found[index]) and not kept[index] and _speaks(cue, lines, index):
            kept[index] = cue
    return kept


def _speaks(cue: Cue, lines: Sequence[Line], index: int) -> bool:
    """Whether a label that stands once is a name with a whole sentence after it."""
    if cue.how not in _CLEAR or not _like_a_person(cue):
        return False
    words = lines[index].text[cue.body :].split()
    if not words and index + 1 < len(lines):
        words = lines[index + 1].text.split()
    return len(words) >= 3 and words[-1].rstrip("\"'”’)]")[-1:] in tuple(".?!…")


def _like_a_person(cue: Cue) -> bool:
    return len(bare(cue.label).split()) <= 4 and (name_like(cue.label) or user_name(cue.label))


class _Labels:
    """What the labels of a file have in common: how often each stands, and which can be speakers'."""

    def __init__(
        self, lines: Sequence[Line], found: Sequence[Cue | None], interviewers: Collection[str]
    ) -> None:
        cues = [cue for cue in found if cue]
        self._same = same_speakers(cue.label for cue in cues if cue.label)
        self._cues = cues
        self._full = sum(bool(line.text.strip()) for line in lines)
        self._count = Counter(self._key(cue) for cue in cues if cue.label and cue.how not in _LOOSE)
        named = {self._key(cue) for cue in cues if is_named(cue.label, interviewers)}
        self._sure = named | {self._key(cue) for cue in cues if known(cue.label)}
        self._names = {self._key(cue) for cue in cues if self._again(cue) and name_like(cue.label)}
        self._names |= self._user_names(lines, found)
        if named and self._sure | self._names <= named:
            # The one who asks is named and nobody answers: then a name that stands once is the other's.
            self._names |= {self._key(cue) for cue in cues if cue.how in _CLEAR and _like_a_person(cue)}

    def _key(self, cue: Cue) -> str:
        return self._same.get(cue.key, cue.key)

    def _again(self, cue: Cue) -> bool:
        return self._count[self._key(cue)] >= 2

    def _user_names(self, lines: Sequence[Line], found: Sequence[Cue | None]) -> set[str]:
        """Labels in small letters: those with marks (aisha.rahman), and words that stand where turns begin.

        `aisha:` is a label and `reasons:` within a sentence is none: a turn begins after the end of a
        sentence, and somebody else has a label too. Two words count only where most lines have a label.
        """
        clear = [(i, cue) for i, cue in enumerate(found) if cue and cue.how in _CLEAR and self._again(cue)]
        users = {self._key(cue) for _, cue in clear if user_name(cue.label)}
        sure = {self._key(cue) for _, cue in clear if user_name(cue.label) and marked(cue.label)}
        fresh = Counter(self._key(cue) for i, cue in clear if _after_a_sentence(lines, i))
        words = {key for key in users - sure if 2 * fresh[key] >= self._count[key]}
        if len(self._sure | self._names | sure | words) < 2:
            return sure
        dense = self._are_most(self._sure | self._names | sure | words)
        return sure | {key for key in words if dense or len(bare(key).split()) == 1}

    def _are_most(self, keys: Collection[str]) -> bool:
        return sum(self._key(cue) in keys for cue in self._cues) >= _MOST_LINES * self._full

    def acceptance(self) -> Callable[[Cue], bool]:
        """A function that says of a candidate whether it begins a turn."""
        cues, count, sure, names = self._cues, self._count, self._sure, self._names
        every = Counter(self._key(cue) for cue in cues if cue.label)
        timed = sum(cue.how in {"stamp", "told"} for cue in cues)
        prose = sum(cue.how == "prose" for cue in cues) >= 3 and not timed
        numbered = {cue.key[0] for cue in cues if cue.how == "numbered"}
        # "Participant 3" alone on a line is a label only where that is how the file writes them all.
        alone = 2 * sum(cue.how == "alone" and self._key(cue) in sure for cue in cues) > sum(
            self._key(cue) in sure for cue in cues
        )
        # Where most lines have a label, a first name and a surname that speak once are a label too.
        dense = self._are_most(names | sure)

        def by_label(cue: Cue) -> bool:
            key = self._key(cue)
            if cue.how in {"alone", "dash"}:
                fits = alone if cue.how == "alone" else True
                return fits and key in sure and every[key] >= 2 and len(key) > 2
            if cue.how == "numbered":
                return numbered == {"q", "a"}
            if key in sure or key in names:
                # "A:" may head a list; I, P and Q do not.
                single = key in {"a", "f", "m", "r", "s"} and len(sure | names) == 1
                return count[key] >= 2 or not (single or cue.how == "tab")
            if cue.how in {"stamp", "bare"}:
                return name_like(cue.label) and len(bare(cue.label).split()) <= 4 and timed >= 2
            first, *more = bare(key).split() or [""]
            if dense and more and len(more) <= 3 and first not in NO_START and name_like(cue.label):
                return True
            role_like = len(more) <= 2 and first not in NO_START and count[key] >= 3
            return role_like and bool(sure or names)

        def accepted(cue: Cue) -> bool:
            if cue.how in {"told", "time", "prose"}:
                return cue.how != "prose" or prose
            return by_label(cue)

        return accepted


def _after_a_sentence(lines: Sequence[Line], index: int) -> bool:
    """Whether the line before is empty, no speech, or ends a sentence."""
    before = lines[index - 1] if index else None
    text = before.text.strip() if before and not before.dropped else ""
    return not text or text[-1] in _SENTENCE_ENDS

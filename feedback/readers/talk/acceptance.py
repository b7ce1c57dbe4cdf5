"""Which labels of a file are believed: those that come again, are of a known kind, or were named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise

from feedback.readers.shapes import Line
from feedback.readers.talk.cues import Cue, readings
from feedback.readers.talk.speakers import (
    bare,
    is_named,
    is_number,
    known,
    marked,
    name_like,
    nearly_same,
    same_speakers,
    user_name,
)
from feedback.readers.talk.steady import steady_labels
from feedback.readers.talk.words import NO_START

_LOOSE = frozenset({"alone", "dash", "numbered", "ended", "time", "prose", "bracket", "gap", "dot"})
_BY_LAYOUT = frozenset({"alone", "dash", "numbered", "bracket", "gap", "dot"})
_CLEAR = frozenset({"colon", "stamp", "bold"})
_SENTENCE_ENDS = ".?!…\"'”’)]"
_MOST_LINES = 0.6
_ALL_LINES = 0.9
_LEAST_TURNS = 4
_LONG = 10  # labelled lines, from which on a file shows how it is written
_START_S = 300.0


def accepted_cues(
    lines: Sequence[Line],
    found: Sequence[Cue | None],
    interviewers: Collection[str],
    participants: Collection[str] = (),
) -> list[Cue | None]:
    """The candidates that begin a turn, None for all others; the names are in small letters."""
    believed = _Labels(lines, found, interviewers, participants).believes
    kept = [next((cue for cue in readings(first) if believed(cue)), None) for first in found]
    first = next((index for index, cue in enumerate(kept) if cue and cue.label), 0)
    for index in range(first):
        # Who speaks first and only once is a speaker too: her answer is not to be lost above the first label.
        if (cue := _clear(found[index])) and not kept[index] and _speaks(cue, lines, index):
            kept[index] = cue
    return kept


def _clear(first: Cue | None) -> Cue | None:
    return next((cue for cue in readings(first) if cue.how in _CLEAR), None)


def _speaks(cue: Cue, lines: Sequence[Line], index: int) -> bool:
    """Whether a label that stands once is a name with a whole sentence after it."""
    if not _like_a_person(cue):
        return False
    words = lines[index].text[cue.body :].split()
    if not words and index + 1 < len(lines):
        words = lines[index + 1].text.split()
    return len(words) >= 3 and words[-1].rstrip("\"'”’)]")[-1:] in tuple(".?!…")


def _like_a_person(cue: Cue) -> bool:
    return len(bare(cue.label).split()) <= 4 and (name_like(cue.label) or user_name(cue.label))


def _a_name(cue: Cue) -> bool:
    return name_like(cue.label) and not is_number(cue.label)


class _Labels:
    """What the labels of a file have in common: how often each stands, and which can be speakers'."""

    def __init__(
        self,
        lines: Sequence[Line],
        found: Sequence[Cue | None],
        interviewers: Collection[str],
        participants: Collection[str],
    ) -> None:
        self._rows = [list(readings(first)) for first in found if first]
        cues = [cue for row in self._rows for cue in row]
        self._cues = cues
        self._same = same_speakers(cue.label for cue in cues if cue.label)
        self._full = sum(bool(line.text.strip()) for line in lines)
        self._count = Counter(
            key
            for row in self._rows
            for key in {self._key(cue) for cue in row if cue.label and cue.how not in _LOOSE}
        )
        named = self._named(cues, interviewers)
        self._sure = named | self._named(cues, participants)
        self._sure |= {self._key(cue) for cue in cues if known(cue.label)}
        self._names = {self._key(cue) for cue in cues if self._again(cue) and _a_name(cue)}
        self._names |= self._user_names(lines, found)
        self._names -= self._within_one_answer()
        numbers = {self._key(cue) for cue in cues if is_number(cue.label) and self._again(cue)}
        if self._sure and numbers and self._are_most(self._sure | self._names | numbers):
            self._names |= numbers
        if named and self._sure | self._names <= named:
            # The one who asks is named and nobody answers: then a name that stands once is the other's.
            self._names |= {self._key(cue) for cue in cues if cue.how in _CLEAR and _like_a_person(cue)}
        self._steady = steady_labels(lines, found, self._key)
        self._look_over()

    def _key(self, cue: Cue) -> str:
        return self._same.get(cue.key, cue.key)

    def _again(self, cue: Cue) -> bool:
        return self._count[self._key(cue)] >= 2

    def _named(self, cues: Sequence[Cue], names: Collection[str]) -> set[str]:
        return {self._key(cue) for cue in cues if _like_a_person(cue) and is_named(cue.label, names)}

    def _within_one_answer(self) -> set[str]:
        """Names that stand only between two turns of speakers that are sure: a list, or a quarrel retold."""
        turns, at = 0, defaultdict[str, set[int]](set)
        asked: set[str] = set()
        for row in self._rows:
            clear = {self._key(cue) for cue in row if cue.label and cue.how not in _LOOSE}
            asked |= clear & self._sure
            turns += bool(clear & self._sure)
            for key in clear - self._sure:
                at[key].add(turns)
        enough = turns >= _LEAST_TURNS and len(asked) >= 2
        return {key for key, where in at.items() if len(where) == 1} if enough else set()

    def _user_names(self, lines: Sequence[Line], found: Sequence[Cue | None]) -> set[str]:
        """Labels in small letters: those with marks (aisha.rahman), and words that stand where turns begin.

        `aisha:` is a label and `reasons:` within a sentence is none: a turn begins after the end of a
        sentence, and somebody else has a label too. Two words count only where most lines have a label.
        """
        clear = [(i, cue) for i, first in enumerate(found) if (cue := _clear(first)) and self._again(cue)]
        users = {self._key(cue) for _, cue in clear if user_name(cue.label)}
        sure = {self._key(cue) for _, cue in clear if user_name(cue.label) and marked(cue.label)}
        fresh = Counter(self._key(cue) for i, cue in clear if _after_a_sentence(lines, i))
        words = {key for key in users - sure if 2 * fresh[key] >= self._count[key]}
        if len(self._sure | self._names | sure | words) < 2:
            return sure
        dense = self._are_most(self._sure | self._names | sure | words)
        return sure | {key for key in words if dense or len(bare(key).split()) == 1}

    def _are_most(self, keys: Collection[str], share: float = _MOST_LINES) -> bool:
        held = sum(any(self._key(cue) in keys for cue in row) for row in self._rows)
        return held >= share * self._full

    def believes(self, cue: Cue) -> bool:
        """Whether a candidate begins a turn."""
        if cue.how in {"told", "time", "prose"}:
            return cue.how != "prose" or self._prose
        return self._loosely(cue) if cue.how in _BY_LAYOUT else self._by_label(cue)

    def _look_over(self) -> None:
        """What can be said of all labels together, once it is known which could be speakers'."""
        sure, names = self._sure, self._names
        self._every = Counter(self._key(cue) for cue in self._cues if cue.label)
        self._timed = sum(any(cue.how in {"stamp", "told"} for cue in row) for row in self._rows)
        lone = [cue.begin_s or 0.0 for row in self._rows for cue in row if cue.how == "prose"]
        self._prose = _of_a_recording(lone) and not self._timed
        self._numbered = {cue.key[0] for cue in self._cues if cue.how == "numbered"}
        # "Participant 3" alone on a line is a label only where that is how the file writes them all.
        alone = sum(cue.how == "alone" and self._key(cue) in sure for cue in self._cues)
        self._alone = 2 * alone > sum(any(self._key(cue) in sure for cue in row) for row in self._rows)
        # Where most lines have a label, a first name and a surname that speak once are a label too.
        self._dense = self._are_most(names | sure)
        self._every_line = len(self._rows) >= _LONG and self._are_most(names | sure, _ALL_LINES)
        believed = [cue.label for cue in self._cues if self._key(cue) in sure | names]
        self._capitals = bool(believed) and all(map(str.isupper, believed))
        self._usual = {key for key in sure | names if self._count[key] >= 3}

    def _loosely(self, cue: Cue) -> bool:
        """A label without a colon: where the file writes them so as a rule, or where it is a known one."""
        key = self._key(cue)
        if key in self._steady.get(cue.how, ()):
            return True
        if cue.how == "numbered":
            return self._numbered == {"q", "a"}
        fits = self._alone if cue.how == "alone" else cue.how in {"dash", "bracket"}
        return fits and key in self._sure and self._every[key] >= 2 and len(key) > 2

    def _by_label(self, cue: Cue) -> bool:
        key = self._key(cue)
        if key in self._sure or key in self._names:
            # "A:" may head a list; I, P and Q do not.
            single = key in {"a", "f", "m", "r", "s"} and len(self._sure | self._names) == 1
            return self._count[key] >= 2 or not (single or cue.how == "tab")
        return self._as_a_name(cue, key) or self._as_a_role(cue, key)

    def _as_a_name(self, cue: Cue, key: str) -> bool:
        if not _a_name(cue):
            return False
        if cue.how in {"stamp", "bare"} and len(bare(cue.label).split()) <= 4:
            return self._timed >= 2
        # A slip of the keyboard: Hanah among many Hannahs.
        return cue.how != "tab" and any(nearly_same(key, other) for other in self._usual)

    def _fits_one_word(self, cue: Cue) -> bool:
        """One word that stands once: in capitals as all labels are, or where every line has a label."""
        if len(cue.key) < 3 or cue.how not in _CLEAR or not _a_name(cue):
            return False
        return self._every_line or (self._capitals and cue.label.isupper())

    def _as_a_role(self, cue: Cue, key: str) -> bool:
        first, *more = bare(key).split() or [""]
        if first in NO_START:
            return False
        if self._dense and len(more) <= 3 and name_like(cue.label) and (more or self._fits_one_word(cue)):
            return True
        return len(more) <= 2 and self._count[key] >= 3 and bool(self._sure or self._names)


def _of_a_recording(times: Sequence[float]) -> bool:
    """Whether times before lines are those of a recording, not of a day: from its start, and going on."""
    going = sum(before <= after for before, after in pairwise(times))
    return len(times) >= 3 and times[0] < _START_S and going >= 0.9 * (len(times) - 1)


def _after_a_sentence(lines: Sequence[Line], index: int) -> bool:
    """Whether the line before is empty, no speech, or ends a sentence."""
    before = lines[index - 1] if index else None
    text = before.text.strip() if before and not before.dropped else ""
    return not text or text[-1] in _SENTENCE_ENDS

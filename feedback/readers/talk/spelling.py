"""One name for each speaker: spellings, slips of the keyboard, and a name where a number should stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from feedback.model import Turn
from feedback.readers.talk.speakers import (
    is_named,
    key_of,
    known,
    name_like,
    nearly_same,
    same_speakers,
    well_spelled,
)
from feedback.readers.talk.words import OTHERS

_RARE = 2  # turns: a label that stands more often is somebody's
_STEADY = 5  # turns of the one whose label was meant
_FEW = 0.03  # of all turns, for names that stand where the participant answers


def settled(turns: Sequence[Turn], told: Collection[str] = ()) -> tuple[list[Turn], list[str]]:
    """Turns whose speakers have one name each, and a sentence for each label that was changed.

    A speaker is spelled as at the first turn. Slips are put right: in a word such as Interviewer, and in a
    label that stands once or twice and is a letter or two away from a usual one. Where two speakers named
    by their kind (Researcher, Participant 3) talk, a name that stands alone where the participant answers
    is the participant's. Labels that the user named (`told`) are left as they are.
    """
    found = one_spelling(turns)
    names = {name.casefold() for name in told}
    reasons: list[str] = []
    for step in (_kinds, _slips, _strays):
        free = [turn.speaker for turn in found if turn.speaker and not is_named(turn.speaker, names)]
        changed = step(found, Counter(free))
        found = [replace(turn, speaker=changed.get(turn.speaker or "", turn.speaker)) for turn in found]
        reasons += [_told(old, new, free.count(old)) for old, new in changed.items()]
    return found, reasons


def one_spelling(turns: Sequence[Turn]) -> list[Turn]:
    """Turns whose speakers are spelled as at their first turn (PARTICIPANT 3, Ann (ASYE), ...)."""
    same = same_speakers(turn.speaker for turn in turns if turn.speaker)
    first: dict[str, str] = {}
    spelled = []
    for turn in turns:
        key = key_of(turn.speaker or "")
        name = first.setdefault(same.get(key, key), turn.speaker or "")
        spelled.append(replace(turn, speaker=name) if turn.speaker else turn)
    return spelled


def _told(old: str, new: str, count: int) -> str:
    times = "1 turn" if count == 1 else f"{count} turns"
    return f"label {old!r} ({times}) taken as {new!r}"


def _kinds(turns: Sequence[Turn], labels: Counter[str]) -> dict[str, str]:
    """PARTTICIPANT 18 -> PARTICIPANT 18, in the spelling that the file has for it elsewhere."""
    spelled = {key_of(turn.speaker): turn.speaker for turn in reversed(turns) if turn.speaker}
    right = {label: well_spelled(label) for label in labels}
    return {label: spelled.get(key_of(good), good) for label, good in right.items() if good != label}


def _slips(turns: Sequence[Turn], labels: Counter[str]) -> dict[str, str]:
    """Hanah -> Hannah; two people who answer each other, and people in a group, keep their names."""
    everyone = Counter(turn.speaker for turn in turns if turn.speaker)
    steady = [label for label, count in everyone.items() if count >= _STEADY]
    changed: dict[str, str] = {}
    for rare in sorted(label for label, count in labels.items() if count <= _RARE):
        near = [label for label in steady if nearly_same(key_of(rare), key_of(label))]
        alone = len(steady) <= 2 or not name_like(rare) or known(near[0] if near else "")
        if len(near) == 1 and alone and not _side_by_side(turns, rare, near[0]):
            changed[rare] = near[0]
    return changed


def _side_by_side(turns: Sequence[Turn], one: str, other: str) -> bool:
    said = [turn.speaker for turn in turns]
    return any({a, b} == {one, other} for a, b in pairwise(said))


def _strays(turns: Sequence[Turn], labels: Counter[str]) -> dict[str, str]:
    """A name that was overlooked when the others were replaced by `Participant 3`."""
    kinds = [label for label, count in Counter(turn.speaker for turn in turns).items() if count >= _STEADY]
    if len(kinds) != 2 or not all(label and known(label) for label in kinds):
        return {}
    strays = [label for label in labels if label not in kinds]
    total = sum(labels[label] for label in strays)
    if not strays or total > max(_FEW * len(turns), 1) or not all(map(_a_name, strays)):
        return {}
    said = [turn.speaker for turn in turns]
    beside = {
        said[index + step]
        for index, speaker in enumerate(said)
        if speaker in strays
        for step in (-1, 1)
        if 0 <= index + step < len(said) and said[index + step] not in strays
    }
    if len(beside) != 1:
        return {}
    other = next(label for label in kinds if label and label not in beside)
    return {label: other for label in strays if other}


def _a_name(label: str) -> bool:
    small = key_of(label)
    return name_like(label) and not known(label) and len(small.split()) <= 2 and small not in OTHERS

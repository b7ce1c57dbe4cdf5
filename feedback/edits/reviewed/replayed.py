"""People's decisions laid over what was found: masks that go, stay, come or show something else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from feedback.edits.finding.names import Name
from feedback.edits.reviewed.decided import (
    CHANGE,
    GENERALISE,
    KEEP,
    MASK,
    NAMES,
    SAME,
    Decision,
    Settled,
    range_of,
)
from feedback.edits.telling.indirect import Flag
from feedback.edits.text.words import Word
from feedback.spans import Edit, merge_edits

OPEN, KEPT = "open", "kept"
REVIEW = "review"
GIVEN = ("list", "participants", "speaker")
_HIDING = (MASK, CHANGE, SAME)


class Held(NamedTuple):
    """What decisions that hold everywhere say, in words again: names to look for, and words that are none."""

    names: list[Name]
    keep: list[str]


def held_everywhere(settled: Iterable[tuple[Decision, tuple[str, ...]]]) -> Held:
    """The names to hunt and the words to keep of all decisions that hold everywhere, each with its words."""
    names: dict[tuple[str, ...], Name] = {}
    keep: set[str] = set()
    for decision, keys in settled:
        if decision.everywhere and decision.label in NAMES:
            if decision.act in _HIDING:
                names[keys] = Name(keys, decision.label, REVIEW, given=True)
            elif decision.act == KEEP:
                keep.add(" ".join(keys))
    return Held([names[keys] for keys in sorted(names)], sorted(keep))


@dataclass(frozen=True)
class Replay:
    """The decisions about one document, given as its words and what is settled about them.

    `pseudonym` gives the pseudonym of (label, words) for a name that somebody masks at one place.
    """

    ws: Sequence[Word]
    settled: Sequence[Settled]
    pseudonym: Callable[[str, tuple[str, ...]], str]

    def edits(self, edits: Sequence[Edit], flags: Sequence[Flag]) -> list[Edit]:
        """The document's merged edits after the decisions; "is the same as" is left to `chains`."""
        if not self.settled:
            return list(edits)
        masks: dict[tuple[int, int], list[Edit]] = defaultdict(list)
        added: list[Edit] = []
        for edit in edits:
            if edit.kind == "mask":
                masks[range_of(self.ws, edit.start, edit.end, edit.label)].append(edit)
        for one in self.settled:
            if one.decision.flag:
                added += self._over_flag(one, flags)
            else:
                masks[one.first, one.last] = self._over_name(one, masks)
        named = [mask for here in masks.values() for mask in here]
        return merge_edits([*named, *added, *(edit for edit in edits if edit.kind != "mask")])

    def states(self, flags: Iterable[Flag]) -> list[str]:
        """For each flag "kept", where somebody decided that it may stand, or "open"."""
        kept = {(one.first, one.last, one.decision.flag) for one in self.settled if one.decision.act == KEEP}
        return [
            KEPT if (*range_of(self.ws, flag.start, flag.end), flag.kind) in kept else OPEN for flag in flags
        ]

    def _over_flag(self, one: Settled, flags: Iterable[Flag]) -> list[Edit]:
        if one.decision.act not in (*_HIDING, GENERALISE):
            return []
        kind, place = one.decision.flag, (one.first, one.last)
        same = (flag for flag in flags if flag.kind == kind)
        found = next((f for f in same if range_of(self.ws, f.start, f.end) == place), None)
        start, end = (found.start, found.end) if found else self._span(one)
        return [Edit(start, end, one.decision.wording, "mask", kind, REVIEW)]

    def _over_name(self, one: Settled, masks: Mapping[tuple[int, int], list[Edit]]) -> list[Edit]:
        """What masks the words after the decision, of all masks by the words that they cover."""
        decision, here = one.decision, masks.get((one.first, one.last), [])
        if decision.act == KEEP:
            return [mask for mask in here if decision.everywhere and mask.source in GIVEN]
        if here or decision.act not in _HIDING:
            return [_as_decided(mask, decision) for mask in here]
        start, end = self._span(one)
        hunted = decision.everywhere and decision.label in NAMES
        wider = (mask for others in masks.values() for mask in others)
        if hunted or any(mask.start <= start and end <= mask.end for mask in wider):
            return []
        return [Edit(start, end, self._shown(one), "mask", decision.label, REVIEW)]

    def _span(self, one: Settled) -> tuple[int, int]:
        return self.ws[one.first].start, self.ws[one.last - 1].end

    def _shown(self, one: Settled) -> str:
        keys = tuple(word.key for word in self.ws[one.first : one.last])
        return one.decision.wording or self.pseudonym(one.decision.label, keys)


def _as_decided(mask: Edit, decision: Decision) -> Edit:
    """A mask that a person has seen is sure; "change" gives it another wording."""
    shown = decision.wording if decision.act == CHANGE else mask.replacement
    return replace(mask, score=1.0, replacement=shown)


def same_people_of(edits: Sequence[Edit], ws: Sequence[Word], settled: Sequence[Settled]) -> dict[str, str]:
    """Pseudonyms in a document of which somebody said whose they are: which goes over to which."""
    said = {(one.first, one.last): one.decision for one in settled if one.decision.act == SAME}
    becomes: dict[str, str] = {}
    for edit in edits if said else ():
        decision = said.get(range_of(ws, edit.start, edit.end, edit.label))
        if decision and edit.replacement == decision.was != decision.wording:
            becomes[edit.replacement] = decision.wording
    return becomes


def chains(becomes: Mapping[str, str]) -> dict[str, str]:
    """For each pseudonym that gives way to another which: the whole of the person goes over.

    A chain ends where it was last said to, a circle stays as it is.
    """
    return {name: _end(name, becomes) for name in becomes}


def _end(name: str, becomes: Mapping[str, str]) -> str:
    seen = [name]
    while seen[-1] in becomes:
        after = becomes[seen[-1]]
        if after in seen:
            return name
        seen.append(after)
    return seen[-1]

"""Decisions about push factors carried over to what a run found: each group to the one that it was."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .kept import Decision, place_of
from .wording import bare

if TYPE_CHECKING:
    import pandas as pd

# Of the smaller of two sets of sentences: from this share on they are the same group.
_SAME = 0.5
# A sentence and sets of sentences -> the number of the set that it is most like.
Nearest = Callable[[str, Sequence[Collection[str]]], int]
_Rows = dict[tuple[str, str], float | None]


@dataclass(frozen=True)
class Carried:
    """Members as people decided them, and what that makes of the factors.

    members: segment_id, case_id, factor_id, score. labels: of factors that people named. came_from: for each
    factor that is not as the machine made it, the machine's factors in it. decided: what people did with it,
    in words, by factor. notes: what a reader must know.
    """

    members: pd.DataFrame = field(repr=False)
    labels: Mapping[str, str] = field(default_factory=dict)
    came_from: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    decided: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def as_decided(
    members: pd.DataFrame,
    decisions: Sequence[Decision],
    spoken: pd.DataFrame,
    *,
    reasons: Collection[str],
    groups: Collection[str],
    themes: Collection[str] = (),
    nearest: Nearest | None = None,
) -> Carried:
    """The members of all factors, with what people decided in the place of what a machine found.

    members: segment_id, case_id, factor_id (None: a reason in no factor), score; spoken: the participants'
    segments (segment_id, case_id); reasons: which of these are leavers' reasons; groups: which factors are
    groups of left-over reasons; themes: the ids of the theme list; nearest: for a group that people split,
    where a new sentence belongs.

    A group is the one that was decided about where they share half of the sentences of the smaller of the
    two, by ids or, when the texts were cut anew, by places. One that is not found again is said in the notes.
    """
    if not decisions:
        return Carried(members)
    work = _Work(members, decisions, spoken, frozenset(themes), frozenset(reasons))
    for group in sorted(groups):
        work.place(group, nearest)
    work.fix()
    work.merge()
    return work.carried()


def nearest_by(embed: Callable[[Sequence[str]], Any] | None, texts: Mapping[str, str]) -> Nearest | None:
    """To which of several sets a sentence is nearest in meaning; None without a way to compare meanings.

    embed: texts to rows of length 1; texts: the words of each segment.
    """
    if embed is None:
        return None
    import numpy as np

    def nearest(segment: str, sets: Sequence[Collection[str]]) -> int:
        words = [sorted({bare(texts[one]) for one in some if one in texts}) for some in sets]
        rows = [np.asarray(embed(said), dtype=np.float64).mean(axis=0) if said else None for said in words]
        row = np.asarray(embed([bare(texts[segment])]), dtype=np.float64)[0]
        alike = [-1.0 if centre is None else float(centre @ row) / _length(centre) for centre in rows]
        return int(np.argmax(alike))

    return nearest


def _length(row: Any) -> float:
    return float((row @ row) ** 0.5) or 1.0


class _Work:
    """The rows of `members` while decisions are carried over to them."""

    def __init__(
        self,
        members: pd.DataFrame,
        decisions: Sequence[Decision],
        spoken: pd.DataFrame,
        themes: frozenset[str],
        reasons: frozenset[str],
    ) -> None:
        self.order, self.themes, self.reasons = decisions, themes, reasons
        self.case_of = dict(zip(spoken["segment_id"], spoken["case_id"], strict=True))
        known = members[members["factor_id"].notna()]
        self.rows: _Rows = {
            (row.segment_id, row.factor_id): row.score for row in known.itertuples(index=False)
        }
        places = _Places(self.case_of)
        self.held = {one.id: places.living((*one.members, *one.pinned)) for one in decisions}
        self.pinned = {one.id: places.living(one.pinned) for one in decisions}
        self.out = {one.id: places.living(one.out) for one in decisions}
        self.came_from: dict[str, list[str]] = {}

    def place(self, group: str, nearest: Nearest | None) -> None:
        """Gives a machine's group people's name for it, or shares it out among those that it was split in."""
        inside = self._inside(group)
        same = [one.id for one in self.order if one.id not in self.themes and self._same(one.id, inside)]
        if not same:
            return
        for segment in sorted(inside):
            score = self.rows.pop((segment, group))
            homes = [name for name in same if segment in self.held[name]] or same
            if len(homes) > 1 and nearest:
                homes = [homes[nearest(segment, [self.held[name] for name in homes])]]
            self.rows[segment, homes[0]] = score
        for name in same:
            # How far a group held says nothing of the parts that a person made of it.
            self.came_from.setdefault(name, []).append(group if len(same) == 1 else f"part of {group}")

    def _inside(self, factor: str) -> set[str]:
        return {segment for segment, found in self.rows if found == factor}

    def _same(self, name: str, inside: set[str]) -> bool:
        held = self.held[name]
        smaller = min(len(held), len(inside))
        return smaller > 0 and len(held & inside) >= _SAME * smaller

    def fix(self) -> None:
        """Puts in what people pinned, and takes out what they took out."""
        for one in self.order:
            for segment in self.pinned[one.id]:
                self.rows.setdefault((segment, one.id), 1.0)
            for segment in self.out[one.id]:
                self.rows.pop((segment, one.id), None)

    def merge(self) -> None:
        """Counts factors with those that they belong to."""
        into = {one.id: one.into for one in self.order if one.into}
        for (segment, name), score in sorted(self.rows.items(), key=lambda item: item[0]):
            target = name
            while target in into:
                target = into[target]
            if target != name:
                del self.rows[segment, name]
                self.rows.setdefault((segment, target), score)
        for name in into:
            target = name
            while target in into:
                target = into[target]
            parts = self.came_from.get(name, [] if name not in self.themes else [name])
            self.came_from.setdefault(target, [target] if target in self.themes else []).extend(parts)

    def carried(self) -> Carried:
        """What came of it; a reason that is in no factor any more is a reason still."""
        import pandas as pd

        placed = {segment for segment, _ in self.rows}
        rows: list[tuple[str, str | None, float | None]] = [
            *((segment, factor, score) for (segment, factor), score in self.rows.items()),
            *((segment, None, None) for segment in self.reasons - placed),
        ]
        rows.sort(key=lambda row: (row[0], row[1] or ""))
        table = [(segment, self.case_of[segment], factor, score) for segment, factor, score in rows]
        factors = {factor for _, factor in self.rows}
        return Carried(
            members=pd.DataFrame(table, columns=["segment_id", "case_id", "factor_id", "score"]),
            labels={one.id: one.label for one in self.order if one.label and one.id in factors},
            came_from={name: tuple(parts) for name, parts in self.came_from.items() if name in factors},
            decided={name: words for name in sorted(factors) if (words := self._decided(name))},
            notes=tuple(self._notes(factors)),
        )

    def _decided(self, factor: str) -> str:
        own = next((one for one in self.order if one.id == factor), Decision(factor))
        merged = sum(one.into == factor for one in self.order)
        fixed, gone = len(self.pinned.get(factor, ())), len(self.out.get(factor, ()))
        said = [
            "named" * bool(own.label),
            f"{merged} other{'s' * (merged > 1)} put in" * bool(merged),
            f"{fixed} sentence{'s' * (fixed > 1)} fixed" * bool(fixed),
            f"{gone} sentence{'s' * (gone > 1)} taken out" * bool(gone),
        ]
        return "; ".join(part for part in said if part)

    def _notes(self, factors: Collection[str]) -> Iterable[str]:
        known = {*self.themes, *(one.id for one in self.order)}
        for one in self.order:
            if one.into and one.into not in known:
                yield f"'{one.id}' is counted with '{one.into}', which is neither a theme nor a named group."
            if one.id in self.themes or self.came_from.get(one.id):
                continue
            said = f"'{one.label or one.id}', which a person named, was not found again"
            if fixed := len(self.pinned[one.id]):
                yield f"{said}: only its {fixed} fixed sentences count."
            else:
                yield f"{said}, or is not stable any more; the decision is kept."


class _Places:
    """The segments of a project by where they stand, so that what was cut anew is found again."""

    def __init__(self, segments: Iterable[str]) -> None:
        self.known = frozenset(segments)
        self.by_document: dict[str, list[tuple[int, int, str]]] = {}
        for segment in sorted(self.known):
            if place := place_of(segment):
                self.by_document.setdefault(place[0], []).append((place[1], place[2], segment))

    def living(self, ids: Iterable[str]) -> frozenset[str]:
        """The segments that these ids, or at least half of what they cover, stand for now."""
        return frozenset(found for one in ids for found in ([one] if one in self.known else self._there(one)))

    def _there(self, gone: str) -> list[str]:
        document, start, end = place_of(gone) or ("", 0, 0)
        found = []
        for begin, stop, segment in self.by_document.get(document, ()):
            shared = min(end, stop) - max(start, begin)
            if 2 * shared >= min(end - start, stop - begin) > 0:
                found.append(segment)
        return found

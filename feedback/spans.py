"""Edits over a text that never changes: merging them, showing the result, and finding the way back.

Positions are Unicode code points, end exclusive. "Original" positions point into the text as it was read,
"rendered" positions into the text as everybody after de-identification sees it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Kind = Literal["clean", "mask"]


class Span(NamedTuple):
    """A stretch of text, end exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement over [start, end) of an original text.

    `kind` is "clean" (tidying) or "mask" (hides something that identifies); `label` says what was found
    ("person", "spaces", ...); `source` is the rule that found it; `score` is its certainty, 0 to 1.
    """

    start: int
    end: int
    replacement: str
    kind: Kind
    label: str
    source: str = ""
    score: float = 1.0

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"an edit needs 0 <= start < end, not {self.start} and {self.end}")


def merge_edits(edits: Iterable[Edit]) -> list[Edit]:
    """Edits that do not overlap, sorted, such that every character under a mask stays hidden.

    Of overlapping masks the union is masked, shown as the longest of them (then the surest, then the first).
    A clean edit that overlaps a mask gives way: it is trimmed when it only removes text or white space,
    otherwise its characters could be the masked ones and its span joins the mask. A mask that lies wholly
    inside a removal needs no showing. Of overlapping clean edits the longest wins.
    """
    cleans: list[Edit] = []
    masks: list[Edit] = []
    for edit in edits:
        (masks if edit.kind == "mask" else cleans).append(edit)
    cleans = _longest_first(cleans)
    masks = _union(masks + [_as_mask(clean, masks) for clean in cleans if _must_join(clean, masks)])
    removals = [clean for clean in cleans if not clean.replacement.strip()]
    shown = [mask for mask in masks if not any(_inside(mask, removal) for removal in _near(mask, removals))]
    kept = [piece for clean in cleans for piece in _outside(clean, shown)]
    return sorted([*shown, *kept], key=lambda edit: edit.start)


def _near(span: Edit, edits: Sequence[Edit]) -> Sequence[Edit]:
    """The edits among sorted, disjoint `edits` that touch `span`."""
    first = bisect_right(edits, span.start, key=lambda edit: edit.end)
    last = bisect_left(edits, span.end, key=lambda edit: edit.start)
    return edits[first:last]


def _inside(inner: Edit, outer: Edit) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _longest_first(cleans: Sequence[Edit]) -> list[Edit]:
    """The clean edits that stand when of each overlapping pair the longer is kept."""
    kept: list[Edit] = []
    group: list[Edit] = []
    for edit in sorted(cleans, key=lambda edit: (edit.start, -edit.end)):
        if group and edit.start >= max(member.end for member in group):
            kept += _choose(group)
            group = []
        group.append(edit)
    return kept + _choose(group)


def _choose(group: list[Edit]) -> list[Edit]:
    chosen: list[Edit] = []
    for edit in sorted(group, key=lambda edit: (edit.start - edit.end, edit.start)):
        if all(edit.end <= other.start or other.end <= edit.start for other in chosen):
            chosen.append(edit)
    return sorted(chosen, key=lambda edit: edit.start)


def _must_join(clean: Edit, masks: Sequence[Edit]) -> bool:
    if not clean.replacement.strip():
        return False
    return any(mask.start < clean.end and clean.start < mask.end for mask in masks)


def _as_mask(clean: Edit, masks: Sequence[Edit]) -> Edit:
    over = [mask for mask in masks if mask.start < clean.end and clean.start < mask.end]
    best = max(over, key=_weight)
    return replace(best, start=clean.start, end=clean.end)


def _weight(mask: Edit) -> tuple[int, float, int]:
    return (mask.end - mask.start, mask.score, -mask.start)


def _union(masks: Sequence[Edit]) -> list[Edit]:
    """Overlapping masks as one each, over all they cover, shown as the weightiest of them."""
    united: list[tuple[int, int, Edit]] = []
    for mask in sorted(masks, key=lambda edit: (edit.start, -edit.end)):
        if united and mask.start < united[-1][1]:
            start, end, best = united[-1]
            united[-1] = (start, max(end, mask.end), max(best, mask, key=_weight))
        else:
            united.append((mask.start, mask.end, mask))
    return [replace(best, start=start, end=end) for start, end, best in united]


def _outside(clean: Edit, masks: Sequence[Edit]) -> list[Edit]:
    """What is left of a clean edit outside the masks; its replacement stays on the first piece."""
    near = _near(clean, masks)
    if not near:
        return [clean]
    pieces, start = [], clean.start
    for mask in near:
        if start < mask.start:
            pieces.append((start, mask.start))
        start = max(start, mask.end)
    if start < clean.end:
        pieces.append((start, clean.end))
    return [replace(clean, start=a, end=b) for a, b in pieces]


def render(text: str, edits: Iterable[Edit]) -> str:
    """The text with its edits applied, merged first."""
    merged = merge_edits(edits)
    if merged and merged[-1].end > len(text):
        raise ValueError(f"an edit ends at {merged[-1].end}, but the text has {len(text)} characters")
    parts, at = [], 0
    for edit in merged:
        parts += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*parts, text[at:]])


class Alignment:
    """The way between original and rendered positions, from the edits alone, without any words.

    >>> Alignment([Edit(0, 5, "[Person 1]", "mask", "person")]).to_original(0, 10)
    Span(start=0, end=5)
    """

    def __init__(self, edits: Iterable[Edit]) -> None:
        self.edits = merge_edits(edits)
        self._original = [edit.start for edit in self.edits]
        self._rendered: list[int] = []
        shift = 0
        for edit in self.edits:
            self._rendered.append(edit.start + shift)
            shift += len(edit.replacement) - (edit.end - edit.start)

    def to_rendered(self, start: int, end: int) -> Span:
        """Where an original span shows; a span that cuts an edit takes in its whole replacement."""
        first = self._position(start, ending=False)
        return Span(first, max(first, self._position(end, ending=True)))

    def to_original(self, start: int, end: int) -> Span:
        """Where a rendered span comes from; a span that cuts a replacement takes in all it stands for.

        Removed text at its edges is not taken in.
        """
        first = self._home(start, ending=False)
        return Span(first, max(first, self._home(end, ending=True)))

    def _position(self, at: int, *, ending: bool) -> int:
        i = bisect_right(self._original, at) - 1
        if i < 0:
            return at
        edit, shown = self.edits[i], self._rendered[i]
        after = shown + len(edit.replacement)
        if at >= edit.end:
            return after + at - edit.end
        return after if ending and at > edit.start else shown

    def _home(self, at: int, *, ending: bool) -> int:
        find = bisect_left if ending else bisect_right
        i = find(self._rendered, at) - 1
        if i < 0:
            return at
        edit, shown = self.edits[i], self._rendered[i]
        after = shown + len(edit.replacement)
        if at >= after and not (ending and at == after and edit.replacement == ""):
            return edit.end + at - after
        return edit.end if ending else edit.start

"""Numbers that a word beside them gave away in one place, masked wherever else they stand.

"Call 3747 3911" is a telephone number; said again without the word, it is still the same person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from feedback.edits.forms.digits import FEWEST, RUN, significant
from feedback.edits.forms.patterns import SHOWN, pattern_edits
from feedback.edits.study.applied import Applied, with_masks
from feedback.edits.study.gathered import Gathered
from feedback.edits.study.parts import Part
from feedback.spans import Edit


def everywhere(found: Sequence[Applied], said: Gathered, parts: Sequence[Part]) -> list[Applied]:
    """What was found in each part, with masks for the numbers that were masked in any part."""
    known = _known(found) if any(said.numbers) else {}
    return [
        _more(one, parts[at], known) if not known.keys().isdisjoint(said.numbers[at]) else one
        for at, one in enumerate(found)
    ]


def _known(found: Iterable[Applied]) -> dict[str, Edit]:
    """A mask for each number that is not known by its form alone, by its digits."""
    known: dict[str, Edit] = {}
    seen: set[str] = set()
    for one in found:
        columns = (one.edits.column(name).to_pylist() for name in ("surface", "label", "score"))
        for surface, label, score in zip(*columns, strict=True):
            if label not in SHOWN or surface in seen:
                continue
            seen.add(surface)
            digits = significant(surface) if RUN.fullmatch(surface) else ""
            if len(digits) >= FEWEST and not _by_form(surface):
                known.setdefault(digits, Edit(0, 1, SHOWN[label], "mask", label, "pattern", score))
    return known


def _by_form(surface: str) -> bool:
    return any(edit.start == 0 and edit.end == len(surface) for edit in pattern_edits(surface))


def _more(one: Applied, part: Part, known: Mapping[str, Edit]) -> Applied:
    masks = [
        replace(known[digits], start=match.start(), end=match.end())
        for match in RUN.finditer(part.text)
        if part.owns(match.start()) and (digits := significant(match[0])) in known
    ]
    return with_masks(one, part, masks)

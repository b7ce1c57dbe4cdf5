"""Layouts without a colon: a name alone on its line, in brackets, or before a dash, all through a file.

One such line proves nothing ("Well - I left"); a file in which two or more of them come again and again,
at the beginning of most of what is said, is a transcript that is written so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from feedback.readers.shapes import Line
from feedback.readers.talk.cues import Cue, How, readings
from feedback.readers.talk.speakers import bare, known, name_like

_LAYOUTS: tuple[How, ...] = ("bracket", "alone", "dash", "gap", "dot")
_SENTENCE_ENDS = ".?!…\"'”’)]-–—"
_LEAST = 4  # lines that begin so; fewer are chance
_SHARE = {"bracket": 0.3, "alone": 0.2, "dash": 0.5, "gap": 0.5, "dot": 0.5}  # of all lines, or
_OF_BLOCKS = 0.6  # of what stands between empty lines


def steady_labels(
    lines: Sequence[Line], found: Sequence[Cue | None], key_of: Callable[[Cue], str]
) -> Mapping[How, Collection[str]]:
    """For each layout the labels (keys) that the file writes in it, where it does so as a rule."""
    begins = [not index or not lines[index - 1].text.strip() for index in range(len(lines))]
    rows: defaultdict[How, list[tuple[int, str]]] = defaultdict(list)
    for index, first in enumerate(found):
        for cue in readings(first):
            if cue.how in _LAYOUTS and _could_be(cue, lines, index):
                rows[cue.how].append((index, key_of(cue)))
    steady = {}
    for how in _LAYOUTS:
        keys = _repeated(rows[how])
        here = [index for index, key in rows[how] if key in keys]
        if len(keys) >= 2 and len(here) >= _LEAST and _most(here, lines, begins, how):
            steady[how] = keys
    return steady


def _could_be(cue: Cue, lines: Sequence[Line], index: int) -> bool:
    if len(bare(cue.label).split()) > 4 or not (known(cue.label) or name_like(cue.label)):
        return False
    return cue.how != "alone" or _stands_alone(lines, index)


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether a short line comes after a finished one and has words below it."""
    before = lines[index - 1].text.strip() if index else ""
    below = [line.text.strip() for line in lines[index + 1 : index + 3]]
    return (not before or before[-1] in _SENTENCE_ENDS) and any(below)


def _repeated(rows: Sequence[tuple[int, str]]) -> set[str]:
    counts = Counter(key for _, key in rows)
    return {key for key, count in counts.items() if count >= 2}


def _most(here: Sequence[int], lines: Sequence[Line], begins: Sequence[bool], how: How) -> bool:
    full = sum(bool(line.text.strip()) for line in lines)
    blocks = sum(begun and bool(line.text.strip()) for line, begun in zip(lines, begins, strict=True))
    at_blocks = sum(begins[index] for index in here)
    return len(here) >= _SHARE[how] * full or (blocks >= 6 and at_blocks >= _OF_BLOCKS * blocks)

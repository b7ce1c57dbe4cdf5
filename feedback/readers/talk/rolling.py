"""Captions that roll: each cue shows the line before once more (YouTube, live captions)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from feedback.model import Dropped
from feedback.readers.shapes import left_out

_SHARE = 0.3  # of the cues repeat; in talk, people repeat a whole line far more rarely
_LEAST = 2


def without_repeats(cues: Sequence[Sequence[str]]) -> tuple[list[list[str]], list[Dropped]]:
    """The lines of each cue without those that the cue before has shown, where the file rolls as a rule.

    The second says how many lines were left out. A cue that only shows old lines becomes empty.
    """
    shown = [[" ".join(line.split()) for line in cue] for cue in cues]
    filled = [[line for line in cue if line] for cue in shown]
    repeating = sum(bool(before and after and before[-1] == after[0]) for before, after in pairwise(filled))
    if repeating < max(_LEAST, _SHARE * (len(cues) - 1)):
        return [list(cue) for cue in cues], []
    fresh: list[list[str]] = []
    count = 0
    before: list[str] = []
    for lines in filled:
        overlap = next((n for n in range(len(lines), 0, -1) if before[-n:] == lines[:n]), 0)
        fresh.append(lines[overlap:])
        count += overlap
        before = lines
    return fresh, [left_out(f"lines that rolling captions show again ({count})")]

"""Times that close a paragraph (f4, f4x: `words #00:01:23-4#`), where a file has them as a rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedback.readers.shapes import Line
from feedback.readers.talk.cues import Cue
from feedback.readers.talk.times import CLOCK, MARKED

_CLOSING = re.compile(rf"[ \t]*({MARKED})[ \t]*|(?:[ \t]{{2,}}|\t)({CLOCK})[ \t]*")
_HASHED = re.compile(rf"#{CLOCK}#")
_LAST = 40  # characters at a line's end in which a time can stand
_SHARE = 0.5  # of the paragraphs; times in brackets that are rarer were put where somebody spoke


def closing_times(lines: Sequence[Line], cues: Sequence[Cue | None]) -> list[int | None]:
    """For each line where the time that closes it begins, None where it has none or it is part of the words.

    Times in `#` are always times. Those in brackets count where at least half of all lines end with one.
    """
    found = [_closing(line, cue) for line, cue in zip(lines, cues, strict=True)]
    hashed = [_is_hashed(line, start) for line, start in zip(lines, found, strict=True)]
    spoken = sum(bool(line.text.strip()) and not line.dropped for line in lines)
    ending = sum(start is not None for start in found)
    all_count = ending >= 3 and ending >= _SHARE * spoken
    return [
        start if start is not None and (all_count or sure) else None
        for start, sure in zip(found, hashed, strict=True)
    ]


def _closing(line: Line, cue: Cue | None) -> int | None:
    """Where the last time of a line begins, if words come before it and nothing after it."""
    if line.dropped:
        return None
    first = max(cue.body if cue else 0, len(line.text) - _LAST)
    for found in _CLOSING.finditer(line.text, first):
        if found.end() == len(line.text) and line.text[cue.body if cue else 0 : found.start()].strip():
            return found.start(found.lastindex or 0)
    return None


def _is_hashed(line: Line, start: int | None) -> bool:
    return start is not None and bool(_HASHED.match(line.text, start))

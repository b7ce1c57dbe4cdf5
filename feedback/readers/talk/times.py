"""Times as transcripts write them, in seconds from the start of the recording."""

from __future__ import annotations

import re

# 0:03, 00:12, 1:02:03, 00:01:02.345, 00:00:01-3 (f4), 2m05s: the third group of digits makes it hours.
CLOCK = r"(?:\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3}|-\d)?|(?:\d{1,2}h ?)?\d{1,2}m ?\d{1,2}s)"
_RANGE = rf"{CLOCK}(?:[ \t]*(?:-->|-|–|—|to)[ \t]*{CLOCK})?"
STAMP = rf"[\[({{<#]?[ \t]*{_RANGE}[ \t]*[\])}}>#]?(?!\w|:\d)"
# A time that its brackets mark as such, wherever it stands: [00:12], (00:12 - 00:15), #00:00:12-3#.
MARKED = rf"(?:\[[ \t]*{_RANGE}[ \t]*\]|\([ \t]*{_RANGE}[ \t]*\)|\{{[ \t]*{_RANGE}[ \t]*\}}|#{_RANGE}#)"
_CLOCK = re.compile(r"(-?\d{1,3}):(-?\d{1,2})(?::(-?\d{1,2}))?(?:[.,](-?\d{1,3})|-(\d)(?!\d))?")

_SPOKEN = re.compile(r"(?:(\d{1,2})h ?)?(\d{1,2})m ?(\d{1,2})s")


def seconds(text: str) -> float | None:
    """Seconds of one time such as `1:02:03.5`, or None; off-spec negative parts (old Teams) count as 0."""
    if spoken := _SPOKEN.search(text):
        hours, minutes, secs = (int(part or 0) for part in spoken.groups())
        return float(hours * 3600 + minutes * 60 + secs)
    found = _CLOCK.search(text)
    if not found:
        return None
    first, second, third, fraction, tenth = (part or "" for part in found.groups())
    parts = [first, second, third] if third else ["0", first, second]
    hours, minutes, secs = (max(int(part), 0) for part in parts)
    fraction = fraction or tenth
    thousandths = max(int(fraction), 0) / 10 ** len(fraction.lstrip("-")) if fraction else 0.0
    return round(hours * 3600 + minutes * 60 + secs + thousandths, 3)


def span_of(text: str) -> tuple[float | None, float | None]:
    """Begin and end of a stamp such as `[00:01:02]` or `00:01 --> 00:04`; the end may be None."""
    found = [match.group() for match in re.finditer(CLOCK, text)]
    begin = seconds(found[0]) if found else None
    return begin, seconds(found[1]) if len(found) > 1 else None

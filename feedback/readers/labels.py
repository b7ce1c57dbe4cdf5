"""Which lines begin a speaker's turn: labels, times, and how to tell a label from `Two things:`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from feedback.readers.acceptance import Cue, How, accepted_cues
from feedback.readers.shapes import Line
from feedback.readers.speakers import TIDY, clean, key_of, known, name_like, plausible
from feedback.readers.times import STAMP, seconds, span_of

_HEADER_KEY = re.compile(
    r"(?:date|time|location|venue|place|duration|length|project|study|title|file(?: ?name)?|recording"
    r"|recorded|audio(?: file)?"
    r"|transcri(?:pt|ption|ber|bed)(?: by| date)?|interview(?: (?:no|number|id|date))?"
    r"|participant (?:id|no|number|code)|case(?: id)?|id|pseudonym|consent|version|present|attendees|subject"
    r"|setting|mode|method|language|cohort|programme|role|region)\s*[.#]?\s*[:\t]",
    re.IGNORECASE,
)
_KEY_VALUE = re.compile(r"[^:\t\n]{1,40}[:\t][ \t]*(?P<value>.*)")
_LEAD = re.compile(rf"\s*(?:>>\s*)?(?P<stamp>{STAMP})[ \t]*[-–—:|]?[ \t]*(?P<rest>.*)", re.DOTALL)
_COLON = re.compile(
    rf"(?P<label>[^:\n\t：]{{1,60}}?)[ \t]*(?P<stamp>{STAMP})?[ \t]*[:：](?P<body>.*)", re.DOTALL
)
_TRAIL = re.compile(rf"(?P<label>[^:\n]{{1,60}}?)(?:[ \t]*[,–-])?[ \t]*(?P<stamp>{STAMP})[ \t]*", re.DOTALL)
_TAB = re.compile(r"(?P<label>[^\t\n]{1,60})\t+(?P<body>.*\S.*)", re.DOTALL)
_DASH = re.compile(r"(?P<label>[^\n–—-]{1,40}?)[ \t]+[-–—][ \t]+(?P<body>.*\S.*)", re.DOTALL)
_NUMBERED = re.compile(r"(?P<label>[QA]\d{0,3})[.)][ \t]+(?P<body>.*\S.*)", re.DOTALL)
_RANGE = re.compile(r"\s*-?\d{1,3}:[-\d:.]{1,16}\s*-->\s*-?\d{1,3}:[-\d:.]{1,16}\s*")
_MARKS = re.compile(r"[ \t>]*(?:[-*•][ \t]+)?")
_HEAD = 240  # characters of a line in which a label and a time can stand; no line costs more than these


def find_cues(lines: Sequence[Line], interviewers: Collection[str] = ()) -> list[Cue | None]:
    """For every line the cue that begins a turn there, or None.

    A label is accepted when it occurs at least twice or is of a known kind (Interviewer, P1, Q, ...; also
    the names in `interviewers`), so that "Two things:" stays speech. Pronouns and roles in brackets are part
    of it; user names in small letters are labels where turns begin with them.
    """
    found = [None if line.dropped else _candidate(line) for line in lines]
    for index in range(header_lines(lines)):
        found[index] = None
    _name_lines_under_ranges(lines, found)
    return accepted_cues(lines, found, {name.casefold() for name in interviewers})


def header_lines(lines: Sequence[Line]) -> int:
    """How many lines at the top are a header block (`Date: ...`, `Participant: P07`), 0 if there is none."""
    end = 0
    for index, line in enumerate(lines[:40]):
        text = line.text.strip()
        if _HEADER_KEY.match(text) and len(text) < 120:
            end = index + 1
        elif text and not _short_value(text) and len(text.split()) > 12:
            break
    if not end:
        return 0
    again = Counter(_key_of_row(line.text) for line in lines[end:])
    while end < len(lines) and _short_value(lines[end].text.strip()):
        key = _key_of_row(lines[end].text)
        if again[key] > 1 and not known(key):
            break  # somebody who speaks again, with a short first answer
        end += 1
    return end


def _key_of_row(text: str) -> str:
    return key_of(text[:_HEAD].partition(":")[0])


def _short_value(text: str) -> bool:
    found = _KEY_VALUE.fullmatch(text)
    if not found:
        return False
    value = found["value"].strip()
    return len(value.split()) <= 5 and value[-1:] not in ".?!…" and bool(value)


def _candidate(line: Line) -> Cue | None:
    if line.label or line.time:
        return _told(line)
    text = line.text[:_HEAD]
    lead = _LEAD.match(text)
    if lead:
        return _after_time(lead)
    if line.bold and (cue := _bold(line)):
        return cue
    return _untimed(text)


def _told(line: Line) -> Cue:
    """A cue from the container itself: its spans are the label and the time, whatever they say."""
    spans = [span for span in (line.label, line.time) if span]
    label = line.text[slice(*line.label)].strip(TIDY + "[]") if line.label else ""
    begin, end = span_of(line.text[slice(*line.time)]) if line.time else (None, None)
    return Cue(label, max(span[1] for span in spans), "told" if label else "time", begin, end)


def _after_time(lead: re.Match[str]) -> Cue:
    begin, end = span_of(lead["stamp"])
    rest, offset = lead["rest"], lead.start("rest")
    colon = _COLON.fullmatch(rest)
    if colon and plausible(colon["label"]) and not colon["body"].startswith("//"):
        return Cue(clean(colon["label"]), offset + colon.start("body"), "stamp", begin, end)
    tab = _TAB.fullmatch(rest)
    if tab and plausible(tab["label"]):
        return Cue(clean(tab["label"]), offset + tab.start("body"), "stamp", begin, end)
    if rest.strip() and plausible(rest.strip().rstrip(TIDY)) and len(rest.split()) <= 5:
        how: How = "ended" if rest.rstrip()[-1] in ".?!" else "bare"
        return Cue(clean(rest), len(lead.string), how, begin, end)
    marked = not rest.strip() or not lead["stamp"][0].isdigit()
    return Cue("", offset, "time" if marked else "prose", begin, end)


def _untimed(text: str) -> Cue | None:
    marks = _MARKS.match(text)
    indent = marks.end() if marks else 0
    core = text[indent:]
    for how, pattern in _PATTERNS:
        found = pattern.fullmatch(core)
        if not found or not plausible(found["label"]):
            continue
        groups = found.groupdict()
        if (groups.get("body") or "").startswith("//"):
            continue
        begin, end = span_of(groups.get("stamp") or "")
        body = indent + found.start("body") if "body" in groups else len(text)
        timed: How = "stamp" if begin is not None else how
        return Cue(clean(found["label"]), body, timed, begin, end)
    alone = core.strip()
    if len(alone) > 1 and alone[-1].isalnum() and plausible(alone):
        return Cue(clean(alone), len(text), "alone")
    return None


_PATTERNS: tuple[tuple[How, re.Pattern[str]], ...] = (
    ("stamp", _TRAIL),
    ("colon", _COLON),
    ("tab", _TAB),
    ("numbered", _NUMBERED),
    ("dash", _DASH),
)


def _bold(line: Line) -> Cue | None:
    """A bold beginning that is a label, with or without colon, perhaps with a time behind it."""
    head = line.text[: line.bold]
    rest = line.text[line.bold : line.bold + _HEAD]
    label = head.strip().rstrip(TIDY)
    if not plausible(label) or ":" in label or len(label.split()) > 5:
        return None
    stamp = re.match(rf"[ \t]*:?[ \t]*({STAMP})[ \t]*:?", rest)
    begin, end = span_of(stamp.group()) if stamp else (None, None)
    skip = stamp.end() if stamp else len(rest) - len(rest.lstrip(" \t:"))
    how: How = "colon" if ":" in head or rest.lstrip().startswith(":") else "bold"
    return Cue(clean(label), line.bold + skip, "stamp" if stamp else how, begin, end)


def _name_lines_under_ranges(lines: Sequence[Line], found: list[Cue | None]) -> None:
    """Older Teams files have three lines a turn: `0:0:0.0 --> 0:0:3.2`, the name, the words."""
    ranges = [index for index, line in enumerate(lines[:-1]) if _RANGE.fullmatch(line.text)]
    names = Counter(clean(lines[index + 1].text) for index in ranges)
    for index in ranges:
        begin, end = (seconds(part) for part in lines[index].text.split("-->"))
        found[index] = Cue("", len(lines[index].text), "time", begin, end)
        name = clean(lines[index + 1].text)
        if plausible(name) and (known(name) or (names[name] >= 2 and name_like(name))):
            found[index + 1] = Cue(name, len(lines[index + 1].text), "told", begin, end)

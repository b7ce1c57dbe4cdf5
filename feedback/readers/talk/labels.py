"""Which lines begin a speaker's turn: labels, times, and how to tell a label from `Two things:`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from feedback.readers.shapes import Line
from feedback.readers.talk.acceptance import accepted_cues
from feedback.readers.talk.candidates import HEAD, candidate
from feedback.readers.talk.cues import Cue, readings
from feedback.readers.talk.speakers import clean, key_of, known, name_like, plausible
from feedback.readers.talk.times import STAMP, seconds, span_of

_HEADER_KEY = re.compile(
    r"(?:date|time|location|venue|place|duration|length|project|study|title|file(?: ?name)?|recording"
    r"|recorded|audio(?: file)?"
    r"|transcri(?:pt|ption|ber|bed)(?: by| date)?|interview(?: (?:no|number|id|date))?"
    r"|participant (?:id|no|number|code)|case(?: id)?|id|pseudonym|consent|version|present|attendees|speakers"
    r"|in attendance|participants|facilitators|moderators|interviewers|interviewees|group members"
    r"|subject|setting|mode|method|language|cohort|programme|role|region)\s*[.#]?\s*[:\t]",
    re.IGNORECASE,
)
# Otter heads its lists with a line of their own.
_LIST_OF = re.compile(r"SUMMARY KEYWORDS|KEYWORDS|SPEAKERS")
_KEY_VALUE = re.compile(r"[^:\t\n]{1,40}[:\t][ \t]*(?P<value>.*)")
_RANGE = re.compile(r"\s*-?\d{1,3}:[-\d:.]{1,16}\s*-->\s*-?\d{1,3}:[-\d:.]{1,16}\s*")
_ONLY_TIME = re.compile(rf"\s*{STAMP}\s*")


def find_cues(
    lines: Sequence[Line], interviewers: Collection[str] = (), participants: Collection[str] = ()
) -> list[Cue | None]:
    """For every line the cue that begins a turn there, or None.

    A label is accepted when it occurs at least twice or is of a known kind (Interviewer, P1, Q, ...; also
    the names in `interviewers` and `participants`), so that "Two things:" stays speech. Pronouns and roles
    in brackets are part of it; user names in small letters are labels where turns begin with them. Without
    colons, a name before a dash, in brackets or alone on its line counts where the file is written so.
    """
    found = [None if line.dropped else candidate(line) for line in lines]
    for index in range(header_lines(lines)):
        found[index] = None
    _name_lines_under_ranges(lines, found)
    _times_under_names(lines, found)
    _names_under_times(lines, found)
    asking, answering = ({name.casefold() for name in names} for names in (interviewers, participants))
    return accepted_cues(lines, found, asking, answering)


def without_header(lines: Sequence[Line], cues: Sequence[Cue | None]) -> list[Cue | None]:
    """Cues without those of a header block (`Speakers: Ann, Bo`), however it is set out."""
    header = header_lines(lines)
    said = Counter(cue.label for cue in cues if cue)
    return [
        None if cue and row < header and said[cue.label] == 1 and _heads(line.text.strip()) else cue
        for row, (line, cue) in enumerate(zip(lines, cues, strict=True))
    ]


def header_lines(lines: Sequence[Line]) -> int:
    """How many lines at the top are a header block (`Date: ...`, `Participant: P07`), 0 if there is none."""
    end = 0
    keys = Counter(_key_of_row(line.text) for line in lines)
    for index, line in enumerate(lines[:40]):
        text = line.text.strip()
        if _HEADER_KEY.match(text) and len(text) < 120 and keys[_key_of_row(text)] == 1:
            end = index + 1
        elif _LIST_OF.fullmatch(text):
            end = index + 2
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


def _heads(text: str) -> bool:
    return bool(_HEADER_KEY.match(text) or _LIST_OF.fullmatch(text))


def _key_of_row(text: str) -> str:
    return key_of(text[:HEAD].partition(":")[0])


def _short_value(text: str) -> bool:
    found = _KEY_VALUE.fullmatch(text)
    if not found:
        return False
    value = found["value"].strip()
    return len(value.split()) <= 5 and value[-1:] not in ".?!…" and bool(value)


def _name_lines_under_ranges(lines: Sequence[Line], found: list[Cue | None]) -> None:
    """Older Teams files have three lines a turn: `0:0:0.0 --> 0:0:3.2`, the name, the words."""
    ranges = [index for index, line in enumerate(lines[:-1]) if _RANGE.fullmatch(line.text)]
    names = Counter(clean(lines[index + 1].text[:HEAD]) for index in ranges)
    for index in ranges:
        begin, end = (seconds(part) for part in lines[index].text.split("-->"))
        found[index] = Cue("", len(lines[index].text), "time", begin, end)
        name = clean(lines[index + 1].text[:HEAD])
        if plausible(name) and (known(name) or (names[name] >= 2 and name_like(name))):
            found[index + 1] = Cue(name, len(lines[index + 1].text), "told", begin, end)


def _times_under_names(lines: Sequence[Line], found: list[Cue | None]) -> None:
    """A name alone on its line with nothing but a time below it: the time is the name's."""
    for index, line in enumerate(lines[1:], start=1):
        if len(line.text) > HEAD or not _ONLY_TIME.fullmatch(line.text):
            continue
        above = next(
            (cue for cue in readings(found[index - 1]) if cue.body == len(lines[index - 1].text)), None
        )
        if above and above.label and above.begin_s is None and name_like(above.label):
            begin, end = span_of(line.text)
            found[index - 1] = replace(above, how="stamp", begin_s=begin, end_s=end, otherwise=None)


def _names_under_times(lines: Sequence[Line], found: list[Cue | None]) -> None:
    """A time alone on its line with a name alone below it, where two or more names stand so repeatedly."""
    below: dict[int, tuple[Cue, Line]] = {}
    for index, line in enumerate(lines[:-1]):
        if len(line.text) <= HEAD and found[index] and _ONLY_TIME.fullmatch(line.text):
            name = next((cue for cue in readings(found[index + 1]) if cue.how == "alone"), None)
            if name and name_like(name.label):
                below[index + 1] = (name, line)
    counts = Counter(name.key for name, _ in below.values())
    again = {key for key, count in counts.items() if count >= 2}
    if len(again) >= 2:
        for index, (name, line) in below.items():
            begin, end = span_of(line.text)
            found[index] = replace(name, how="stamp", begin_s=begin, end_s=end, otherwise=None)

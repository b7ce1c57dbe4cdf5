"""Tables that hold a transcript: a row an utterance, with columns for the speaker, the words and the time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback.model import Dropped, Turn
from feedback.readers.shapes import Reading, left_out
from feedback.readers.tables.personal import plain_heading
from feedback.readers.talk.spelling import one_spelling
from feedback.readers.talk.times import seconds

_SPEAKER = re.compile(r"(?:name of )?speakers?(?: s)?(?: (?:name|label|id))?|who")
_PERHAPS_SPEAKER = re.compile(r"name|participant|person|user|display name|role|label")
_WORDS = re.compile(
    r"(?:spoken |transcript )?text|transcript(?:ion)?|content|words|said|segment|sentence|caption|line"
    r"|message|paragraph"
)
# Words that head nothing but speech.
_SPEECH = re.compile(r"utterances?|speech|what was said|dialogue|spoken (?:text|words)")
_BEGIN = re.compile(
    r"(?:start|begin)(?: (?:time|timecode|seconds|s|ms))?|started|time ?stamp|time ?span|time ?code"
    r"|time(?: in)?|from|in|offset"
)
_END = re.compile(r"(?:end|stop)(?: (?:time|timecode|seconds|s|ms))?|to|out|time out|finish")
_NUMBER = re.compile(r"(?:line|turn|segment)?(?: ?(?:id|no|number))?|index|row|turn|sequence|cue|line")
_LOOK = 15
_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class _Where:
    header: int
    speaker: int | None
    words: int
    begin: int | None
    end: int | None


def speech_reading(rows: Sequence[Sequence[str]], *, forced: bool = False) -> Reading | None:
    """The reading of a table that is a transcript, or None where it is not.

    It is one when a column is called speaker and one text (transcript, content, words, ...), or when name,
    text and time stand side by side and names come back; `forced`: the user says that it is one. Rows of one
    speaker that follow each other are one turn.
    """
    where = _where(rows, forced)
    if where is None:
        return None
    parts: list[str] = []
    turns: list[Turn] = []
    position, speaker = 0, ""
    begin_name = plain_heading(_cell(rows[where.header], where.begin))
    scale = 0.001 if begin_name.endswith(" ms") or _of_whisper(rows, where) else 1.0
    for row in rows[where.header + 1 :]:
        words = _cell(row, where.words)
        label = " ".join(_cell(row, where.speaker).rstrip(":").split()) if where.speaker is not None else ""
        if not words:
            speaker = label or speaker
            continue
        goes_on = bool(turns) and bool(speaker) and label in ("", speaker)
        speaker = label or speaker
        end = position + len(words)
        begin_s, end_s = (None if time is None else time * scale for time in _times(row, where))
        if goes_on:
            turns[-1] = replace(turns[-1], end=end, end_s=end_s or turns[-1].end_s)
        else:
            turns.append(Turn(position, end, speaker or None, begin_s=begin_s, end_s=end_s))
        parts.append(words)
        position = end + 1
    if not turns:
        return None
    return Reading("\n".join(parts), one_spelling(turns), _others(rows, where), reason=_reason(rows, where))


def _where(rows: Sequence[Sequence[str]], forced: bool) -> _Where | None:
    for at, row in enumerate(rows[:_LOOK]):
        plain = [plain_heading(cell) for cell in row]
        speech = _at(plain, _SPEECH)
        words = _at(plain, _WORDS) if speech is None else speech
        begin = _at(plain, _BEGIN)
        speaker = _at(plain, _SPEAKER)
        if words is None or not any(map(str.strip, row)):
            continue
        if speaker is None and (begin is not None or speech is not None or forced):
            named = _at(plain, _PERHAPS_SPEAKER)
            speaker = named if named is not None and (forced or _come_back(rows[at + 1 :], named)) else None
        timed = begin is not None and _are_times(rows[at + 1 :], begin)
        only = len([name for name in plain if name]) <= _SENTENCES
        if speaker is not None or (timed and (only or forced)):
            return _Where(at, speaker, words, begin, _at(plain, _END))
    return None


def _at(names: Sequence[str], known: re.Pattern[str]) -> int | None:
    return next((at for at, name in enumerate(names) if name and known.fullmatch(name)), None)


def _cell(row: Sequence[str], at: int | None) -> str:
    return row[at].strip() if at is not None and at < len(row) else ""


def _come_back(rows: Sequence[Sequence[str]], at: int) -> bool:
    said = [_cell(row, at) for row in rows if _cell(row, at)]
    return bool(said) and len(set(said)) < len(said)


def _are_times(rows: Sequence[Sequence[str]], at: int) -> bool:
    said = [_cell(row, at) for row in rows if _cell(row, at)]
    return bool(said) and all(seconds(cell) is not None or _is_number(cell) for cell in said)


def _is_number(cell: str) -> bool:
    return cell.isascii() and cell.replace(".", "", 1).isdigit()


def _times(row: Sequence[str], where: _Where) -> tuple[float | None, float | None]:
    """Begin and end in seconds; a time span in one cell holds both."""
    first, _, second = _cell(row, where.begin).replace("–", "-").partition("-")
    return _seconds(first), _seconds(_cell(row, where.end) or second)


def _of_whisper(rows: Sequence[Sequence[str]], where: _Where) -> bool:
    """Whether this is Whisper's own table (start, end, text), whose times are whole milliseconds."""
    names = [cell.strip() for cell in rows[where.header]]
    cells = [_cell(row, at) for row in rows[where.header + 1 :] for at in (where.begin, where.end)]
    return names == ["start", "end", "text"] and all(cell.isdecimal() for cell in cells if cell)


def _seconds(cell: str) -> float | None:
    return float(cell) if _is_number(cell.strip()) and cell.strip() else seconds(cell)


def _others(rows: Sequence[Sequence[str]], where: _Where) -> list[Dropped]:
    """A note for each further column that holds something, and for rows above the header."""
    notes = [left_out("title above the header") for row in rows[: where.header] if any(map(str.strip, row))]
    header = rows[where.header]
    known = {where.speaker, where.words, where.begin, where.end}
    for at, name in enumerate(header):
        held = sum(len(_cell(row, at)) for row in rows[where.header + 1 :])
        if at not in known and held and not _NUMBER.fullmatch(plain_heading(name)):
            notes.append(left_out(f"column {name.strip() or at + 1!r} of the transcript ({held} characters)"))
    return notes


def _reason(rows: Sequence[Sequence[str]], where: _Where) -> str:
    header = rows[where.header]
    speaker = f"{header[where.speaker].strip()!r} and " if where.speaker is not None else ""
    return f"a transcript: the columns are {speaker}{header[where.words].strip()!r}"

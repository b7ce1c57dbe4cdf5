"""Pieces of speech with times, as captions and recognisers write them -> the text and its turns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from feedback.model import Turn
from feedback.readers.shapes import Line, Options
from feedback.readers.talk.labels import find_cues

_SENTENCE_END = re.compile(r"[.?!…][\"'”’)]*$")
_PAUSE_S = 1.5
_NAMED = 0.9
_PREFIXED = frozenset({"colon", "bold", "bracket", "dash", "gap"})


@dataclass(frozen=True, slots=True)
class Said:
    """What one voice says in one go; `utterance` is what Teams marks as one breath."""

    words: str
    speaker: str | None
    begin_s: float | None = None
    end_s: float | None = None
    utterance: str = ""


def named_by_prefix(said: Sequence[Said], options: Options) -> list[Said]:
    """Speakers from `Name: words`; accepted as anywhere else, so that `Two things:` stays speech."""
    said = [part for piece in said for part in _by_dashes(piece)]
    lines = [Line(piece.words) for piece in said]
    found = find_cues(lines, options.interviewers, options.participants)
    # Where nearly every cue has its name, one without is somebody whom Zoom did not know.
    unknown = sum(bool(cue and cue.label) for cue in found) >= _NAMED * len(found)
    named: list[Said] = []
    speaker: str | None = None
    for piece, cue in zip(said, found, strict=True):
        words = piece.words
        speaker = None if unknown else speaker
        if cue and cue.label and cue.how in _PREFIXED:
            speaker, words = cue.label, words[cue.body :].strip()
        named.append(replace(piece, words=words, speaker=speaker))
    return named


def _by_dashes(piece: Said) -> list[Said]:
    """The parts of a caption in which two speak, each after a dash on a line of its own."""
    rows = piece.words.split("\n")
    if len(rows) < 2 or not all(row.startswith(("- ", "– ", "— ")) for row in rows):
        return [piece]
    return [replace(piece, words=row) for row in rows]


def joined(said: Sequence[Said]) -> tuple[str, list[Turn]]:
    """The text, one line for each piece, and its turns: those of one speaker in a row are one turn.

    Without any speaker a turn ends at the end of an utterance, or with a sentence and a pause of 1.5 s.
    """
    turns: list[Turn] = []
    position = 0
    for index, piece in enumerate(said):
        end = position + len(piece.words)
        if index and _goes_on(said[index - 1], piece):
            ends = [time for time in (turns[-1].end_s, piece.end_s) if time is not None]
            turns[-1] = replace(turns[-1], end=end, end_s=max(ends, default=None))
        else:
            turns.append(Turn(position, end, piece.speaker, begin_s=piece.begin_s, end_s=piece.end_s))
        position = end + 1
    return "\n".join(piece.words for piece in said), turns


def _goes_on(before: Said, piece: Said) -> bool:
    if before.speaker or piece.speaker:
        return before.speaker == piece.speaker
    if piece.utterance and before.utterance:
        return piece.utterance == before.utterance
    pause = (piece.begin_s or 0.0) - (before.end_s or 0.0)
    return pause < _PAUSE_S or not _SENTENCE_END.search(before.words)

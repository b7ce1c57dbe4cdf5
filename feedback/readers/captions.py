"""WebVTT and SubRip: cues -> turns. The text holds what was said; times and voices go to the turns."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from feedback.errors import FeedbackError
from feedback.model import Dropped, Turn
from feedback.readers.encodings import decode, tidy
from feedback.readers.labels import find_cues
from feedback.readers.rolling import without_repeats
from feedback.readers.shapes import Line, Options, Reading, left_out
from feedback.readers.times import seconds
from feedback.readers.turns import one_spelling

# Old Teams files are off the standard (`0:0:-6.-820`), so the digits are not counted.
_CLOCK = r"-?\d{1,3}:-?\d{1,2}(?::-?\d{1,2})?(?:[.,]-?\d{1,3})?"
_TIMING = re.compile(rf"\s*({_CLOCK})\s*-->\s*({_CLOCK})(?:\s.*)?")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t]+([^<>]*))?>|</v>")
_MARKUP = re.compile(
    r"</?(?:c|i|b|u|ruby|rt|lang|font|s)(?:\.[^\s<>]*)?(?:\s[^<>]*)?>|<\d{1,3}:\d{2}[\d:.]*>|\{\\an?\d\}",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s.*)?")
_UTTERANCE = re.compile(r"(.+[-/]\d+)-\d+|([0-9a-f]{8}-[0-9a-f-]{27})-\d+")
_SENTENCE_END = re.compile(r"[.?!…][\"'”’)]*$")
_PAUSE_S = 1.5
_LONGEST_ID = 100
_NAMED = 0.9
_PREFIXED = frozenset({"colon", "bold", "bracket", "dash", "gap"})


@dataclass(slots=True)
class _Cue:
    begin_s: float | None
    end_s: float | None
    id: str = ""
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Said:
    """What one voice says in one cue; `cue` is its number, `utterance` what Teams marks as one breath."""

    words: str
    speaker: str | None
    begin_s: float | None
    end_s: float | None
    utterance: str
    begins: bool = True


def read_captions(data: bytes, file_name: str, options: Options) -> Reading:
    """A WebVTT or SubRip file as a reading; consecutive cues of one speaker make one turn.

    Speakers come from voice tags (`<v Name>`), else from `Name: ` at the beginning of a cue (Zoom), where a
    cue without a name goes on. Without any name a turn ends at the end of an utterance, or with a sentence
    and a pause of 1.5 s.
    """
    text, dropped = decode(data, file_name)
    cues, notes = _cues(text.split("\n"))
    if not cues:
        raise FeedbackError(
            f"{file_name} has no captions in it: no line like 00:00:01.000 --> 00:00:04.000",
            hint="check that it is a transcript, or name it .txt if it is plain text",
        )
    fresh, repeats = without_repeats([_MARKUP.sub("", "\n".join(cue.lines)).split("\n") for cue in cues])
    for cue, rest in zip(cues, fresh, strict=True):
        cue.lines = rest
    said = [piece for cue in cues for piece in _voices(cue)]
    if not any(piece.speaker for piece in said):
        said = _prefixed(said, options)
    whole, turns = _joined(_spoken(said))
    if not turns:
        raise FeedbackError(f"{file_name} has captions but no words", hint="check that it is the right file")
    return Reading(whole, one_spelling(turns), dropped + notes + repeats)


def _cues(lines: Sequence[str]) -> tuple[list[_Cue], list[Dropped]]:
    """The cues, and a note for each block that is no cue (header, NOTE, STYLE, REGION)."""
    cues: list[_Cue] = []
    notes: list[Dropped] = []
    skipping = False
    for index, line in enumerate(lines):
        before = lines[index - 1].strip() if index else ""
        if timing := _TIMING.fullmatch(line):
            cue = _Cue(seconds(timing[1]), seconds(timing[2]), id=_take_id(before, cues))
            cues.append(cue)
            skipping = False
        elif not before and _BLOCK.fullmatch(line):
            notes.append(left_out("file note"))
            skipping = True
        elif not line.strip():
            skipping = False
        elif cues and not skipping:
            cues[-1].lines.append(line)
        elif not cues and not skipping and not _is_id(lines, index) and line.strip() != "WEBVTT":
            notes.append(left_out("file note"))
    return [cue for cue in cues if cue.lines], notes


def _is_id(lines: Sequence[str], index: int) -> bool:
    return index + 1 < len(lines) and bool(_TIMING.fullmatch(lines[index + 1]))


def _take_id(before: str, cues: list[_Cue]) -> str:
    """The line above a timing, taken back from the cue before, where it is an identifier and not speech."""
    if not before or len(before) > _LONGEST_ID or _TIMING.fullmatch(before):
        return ""
    if not cues:
        return before
    lines = cues[-1].lines
    long = " " not in before and len(before) > 20
    counted = before.isdigit() or long or bool(_UTTERANCE.fullmatch(before))
    if lines and lines[-1].strip() == before and counted:
        lines.pop()
        return before
    return ""


def _voices(cue: _Cue) -> list[_Said]:
    """What a cue's voices say: usually one, two where a cue holds two voice tags."""
    payload = "\n".join(cue.lines)
    found = _UTTERANCE.fullmatch(cue.id)
    utterance = (found[1] or found[2]) if found else ""
    pieces: list[_Said] = []
    speaker: str | None = None
    position = 0
    for tag in [*_VOICE.finditer(payload), None]:
        words = payload[position : tag.start() if tag else len(payload)]
        if words.strip():
            words = tidy(html.unescape(words))[0].strip()
            pieces.append(_Said(words, speaker, cue.begin_s, cue.end_s, utterance, not pieces))
        if tag:
            name = " ".join(html.unescape(tag[1] or "").split())
            speaker, position = name or None, tag.end()
    return [piece for piece in pieces if piece.words]


def _prefixed(said: Sequence[_Said], options: Options) -> list[_Said]:
    """Speakers from `Name: words`; accepted as anywhere else, so that `Two things:` stays speech."""
    found = find_cues([Line(piece.words) for piece in said], options.interviewers, options.participants)
    # Where nearly every cue has its name, one without is somebody whom Zoom did not know.
    unknown = sum(bool(cue and cue.label) for cue in found) >= _NAMED * len(found)
    named: list[_Said] = []
    speaker: str | None = None
    for piece, cue in zip(said, found, strict=True):
        words = piece.words
        speaker = None if unknown else speaker
        if cue and cue.label and cue.how in _PREFIXED:
            speaker, words = cue.label, words[cue.body :].strip()
        named.append(replace(piece, words=words, speaker=speaker))
    return named


def _spoken(said: Sequence[_Said]) -> list[_Said]:
    return [piece for piece in said if piece.words]


def _joined(said: Sequence[_Said]) -> tuple[str, list[Turn]]:
    """The text, one line for each cue, and its turns."""
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


def _goes_on(before: _Said, piece: _Said) -> bool:
    if before.speaker or piece.speaker:
        return before.speaker == piece.speaker
    if piece.utterance and before.utterance:
        return piece.utterance == before.utterance
    pause = (piece.begin_s or 0.0) - (before.end_s or 0.0)
    return pause < _PAUSE_S or not _SENTENCE_END.search(before.words)

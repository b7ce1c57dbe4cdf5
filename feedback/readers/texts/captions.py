"""WebVTT and SubRip: cues -> turns. The text holds what was said; times and voices go to the turns."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from feedback.errors import FeedbackError
from feedback.model import Dropped
from feedback.readers.encodings import decode, tidy
from feedback.readers.shapes import Options, Reading, left_out
from feedback.readers.talk.rolling import without_repeats
from feedback.readers.talk.said import Said, joined, named_by_prefix
from feedback.readers.talk.spelling import settled
from feedback.readers.talk.times import seconds

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
_WEBEX = re.compile(r'\d+ "(?P<name>[^"]{1,80})" \(\d+\)')
_SHORT_ID = re.compile(r"[\w/:.-]*[\w/:-]")
_LONGEST_ID = 100
_DASHES = " \t\n-–—"
_LEAST_CUES = 2


@dataclass(slots=True)
class _Cue:
    begin_s: float | None
    end_s: float | None
    id: str = ""
    lines: list[str] = field(default_factory=list)


def read_captions(data: bytes, file_name: str, options: Options) -> Reading:
    """A WebVTT or SubRip file as a reading; consecutive cues of one speaker make one turn.

    Speakers come from voice tags (`<v Name>`), else from `Name: ` at the beginning of a cue (Zoom), where a
    cue without a name goes on. Without any name a turn ends at the end of an utterance, or with a sentence
    and a pause of 1.5 s.
    """
    text, dropped = decode(data, file_name)
    return captions_reading(text, dropped, file_name, options)


def are_captions(text: str) -> bool:
    """Whether a plain text is captions under another name: a header, or timings with a number above each."""
    lines = text.split("\n")
    if lines[0].strip().startswith("WEBVTT"):
        return any(map(_TIMING.fullmatch, lines))
    timed = [index for index, line in enumerate(lines) if len(line) < _LONGEST_ID and _TIMING.fullmatch(line)]
    return len(timed) >= _LEAST_CUES and all(index and lines[index - 1].strip().isdigit() for index in timed)


def captions_reading(text: str, dropped: list[Dropped], file_name: str, options: Options) -> Reading:
    """The reading of captions whose bytes are decoded, `dropped` being what was left out with that."""
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
        said = named_by_prefix(said, options)
    whole, turns = joined(_spoken(said))
    if not turns:
        raise FeedbackError(f"{file_name} has captions but no words", hint="check that it is the right file")
    turns, reasons = settled(turns, [*options.interviewers, *options.participants])
    return Reading(whole, turns, dropped + notes + repeats, reason="; ".join(reasons))


def _cues(lines: Sequence[str]) -> tuple[list[_Cue], list[Dropped]]:
    """The cues, and a note for each block that is no cue (header, NOTE, STYLE, REGION)."""
    cues: list[_Cue] = []
    notes: list[Dropped] = []
    skipping = False
    for index, line in enumerate(lines):
        before = lines[index - 1].strip() if index else ""
        if timing := _TIMING.fullmatch(line):
            fresh = index < 2 or not lines[index - 2].strip()
            cues.append(_Cue(seconds(timing[1]), seconds(timing[2]), _take_id(before, cues, fresh=fresh)))
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


def _take_id(before: str, cues: list[_Cue], *, fresh: bool) -> str:
    """The line above a timing, taken back from the cue before, where it is an identifier and not speech.

    `fresh`: an empty line stands above it.
    """
    if not before or len(before) > _LONGEST_ID or _TIMING.fullmatch(before):
        return ""
    if not cues:
        return before
    lines = cues[-1].lines
    long = " " not in before and (len(before) > 20 or (fresh and bool(_SHORT_ID.fullmatch(before))))
    counted = before.isdigit() or long or bool(_UTTERANCE.fullmatch(before) or _WEBEX.fullmatch(before))
    if lines and lines[-1].strip() == before and counted:
        lines.pop()
        return before
    return ""


def _voices(cue: _Cue) -> list[Said]:
    """What a cue's voices say: usually one, two where a cue holds two voice tags."""
    payload = "\n".join(cue.lines)
    found = _UTTERANCE.fullmatch(cue.id)
    utterance = (found[1] or found[2]) if found else ""
    pieces: list[Said] = []
    # Webex names the speaker in the line above the time.
    named = _WEBEX.fullmatch(cue.id)
    speaker: str | None = named["name"] if named else None
    position = 0
    tags = list(_VOICE.finditer(payload))
    for tag in [*tags, None]:
        words = payload[position : tag.start() if tag else len(payload)]
        # Where a cue holds two voices some programs set a dash before each.
        if words.strip(_DASHES if tags else None):
            words = tidy(html.unescape(words))[0].strip()
            pieces.append(Said(words, speaker, cue.begin_s, cue.end_s, utterance))
        if tag:
            name = " ".join(html.unescape(tag[1] or "").split())
            speaker, position = name or None, tag.end()
    return [piece for piece in pieces if piece.words]


def _spoken(said: Sequence[Said]) -> list[Said]:
    return [piece for piece in said if piece.words]

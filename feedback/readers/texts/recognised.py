"""What speech recognisers write as JSON: segments with words, times, speakers (Whisper, WhisperX, aTrain)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from feedback.errors import FeedbackError
from feedback.model import Dropped
from feedback.readers.encodings import decode, tidy
from feedback.readers.shapes import Options, Reading, left_out
from feedback.readers.talk.said import Said, joined, named_by_prefix
from feedback.readers.talk.spelling import settled

_LISTS = ("segments", "utterances", "monologues", "transcript", "results", "chunks", "captions", "entries")
_WORDS = ("text", "transcript", "content", "words", "body")
_SPEAKER = ("speaker", "speaker_label", "speakerName", "speaker_name", "name", "speaker_id")
_BEGIN = ("start", "begin", "start_time", "startTime", "from", "offset")
_END = ("end", "stop", "end_time", "endTime", "to")
_DEEPEST = 60


def read_json(data: bytes, file_name: str, options: Options) -> Reading:
    """A transcript in JSON: a list of segments with their text, and perhaps times and speakers.

    The list may stand alone or under a name such as `segments`; times are seconds (numbers, or `timestamp`
    pairs). What else the file holds (tokens, scores, single words) is no speech and not taken.

    Errors: FeedbackError when the file is no JSON or holds no segments.
    """
    text, dropped = decode(data, file_name)
    if text.count("[") + text.count("{") > _DEEPEST and _depth(text) > _DEEPEST:
        raise FeedbackError(f"{file_name} is nested too deeply", hint="export the transcript as .vtt or .txt")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedbackError(
            f"{file_name} is damaged or no JSON",
            hint="export the transcript once more, as .json, .vtt or .txt",
        ) from error
    said = [piece for segment in _segments(found) if (piece := _said(segment))]
    if not said:
        raise FeedbackError(
            f"{file_name} has no segments with words in it",
            hint='it should hold {"segments": [{"start": 0.0, "end": 2.5, "text": "..."}, ...]}',
        )
    reading = _reading(said, options)
    reading.dropped.extend([*dropped, *_rest(found)])
    return reading


def _rest(found: Any) -> list[Dropped]:
    """A note of what else the file holds: language, tokens, single words with their times."""
    if not isinstance(found, dict):
        return []
    names = sorted(name[:40] for name in found if name not in (*_LISTS, "text"))
    return [left_out(f"other parts of the file: {', '.join(names[:10])}")] if names else []


def _reading(said: Sequence[Said], options: Options) -> Reading:
    if not any(piece.speaker for piece in said):
        said = [piece for piece in named_by_prefix(said, options) if piece.words]
    whole, turns = joined(said)
    turns, reasons = settled(turns, [*options.interviewers, *options.participants])
    return Reading(whole, turns, reason="; ".join(reasons))


def _depth(text: str) -> int:
    deep = most = 0
    quoted = escaped = False
    for letter in text:
        if quoted:
            escaped, quoted = letter == "\\" and not escaped, escaped or letter != '"'
        elif letter == '"':
            quoted = True
        elif letter in "[{":
            deep += 1
            most = max(most, deep)
        elif letter in "]}":
            deep -= 1
    return most


def _segments(found: Any) -> Iterator[dict[str, Any]]:
    if isinstance(found, list):
        yield from (one for one in found if isinstance(one, dict))
    elif isinstance(found, dict):
        for name in _LISTS:
            held = found.get(name)
            if isinstance(held, list | dict):
                yield from _segments(held)
                return
        if isinstance(found.get("text"), str):
            yield {"text": found["text"]}


def _said(segment: dict[str, Any]) -> Said | None:
    words = next((value for name in _WORDS if isinstance(value := segment.get(name), str)), "")
    words = " ".join(tidy(words)[0].split())
    if not words:
        return None
    speaker = next((value for name in _SPEAKER if isinstance(value := segment.get(name), str | int)), None)
    label = " ".join(str(speaker).split()) if speaker is not None else ""
    pair = segment.get("timestamp")
    if isinstance(pair, list) and len(pair) == 2:
        segment = {"start": pair[0], "end": pair[1]}
    return Said(words, label or None, _number(segment, _BEGIN), _number(segment, _END))


def _number(segment: dict[str, Any], names: Sequence[str]) -> float | None:
    for name in names:
        value = segment.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9:
            return round(float(value), 3)
    return None

"""What programs and transcribers write around a talk, and nobody said."""

from __future__ import annotations

import re

from feedback.readers.talk.speakers import name_like

_TIME = r"(?:\d{1,2}:)?\d{1,2}:\d{2}"
_NOTE = re.compile(
    r"WEBVTT"
    r"|(?:automatically )?transcri(?:bed|ption) (?:by|with|using|from|provided by)"
    r" (?:https?://\S+|otter\S*"
    r"|(?:noscribe|atrain|sonix|rev|trint|descript|happy scribe|whisper|zoom|teams)\b.{0,60})"
    r"|transcription for .{1,100}\.(?:mp[34]|wav|m4a|ogg|flac|mov|mkv|webm|wma|aac)"
    r"|audio (?:source|file): .{1,200}"
    r"|(?P<who>.{1,80}) (?:(?:started|stopped) (?:the )?(?:transcription|recording)"
    r"|(?:has )?(?:joined|left) the (?:meeting|call|conversation))\.?"
    r"|(?:this )?transcript (?:was )?(?:auto-?generated|generated automatically).*"
    r"|this (?:editable )?transcript was (?:computer generated|exported on) .*"
    rf"|meeting ended(?: after| at)? {_TIME}.*"
    rf"|(?:meeting|recording|transcription|interview) (?:started|begins?|ends?|ended|paused|resumed)"
    rf"(?:[ :]*(?:at )?{_TIME})?\.?"
    r"|[\[(*<= -]*(?:end|start) of (?:the )?(?:recorded (?:material|interview)|recording|transcript(?:ion)?"
    rf"|interview|audio|tape|file)(?:[ :]*(?:at )?{_TIME})?[\])*>= .-]*"
    r"|[\[(*<= -]+(?:recording|tape|audio|transcript) (?:starts?|begins?|ends?|stops?|paused|resumed)"
    rf"(?:[ :]*(?:at )?{_TIME})?[\])*>= .-]+"
    r"|[\[(*<= -]+(?:end|ends|start)[\])*>= .-]+"
    r"|\(start: [^|)]{1,40}\|[^()]{1,200}\)"
    r"|[-–— ]*page \d{1,4}(?: of \d{1,4})?[-–— ]*",
    re.IGNORECASE,
)
_LONGEST = 240


def is_note(line: str) -> bool:
    """Whether a line is a program's or transcriber's note (`Transcribed by ...`, `[end of recording]`)."""
    found = _NOTE.fullmatch(line.strip()) if len(line) < _LONGEST else None
    # "Ruth Adams left the meeting" is a note, "Then I left the meeting" was said.
    return bool(found and (not found["who"] or (name_like(found["who"]) and found["who"].strip() != "I")))

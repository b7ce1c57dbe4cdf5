"""Transcripts as plain text files: labelled text, Markdown and Teams captions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from manuscripts import Manuscript, turn_times


@dataclass(frozen=True)
class Labels:
    """How a file names its speakers, and how its lines are laid out.

    `interviewer` and `participant` may hold {interviewer}, {participant}, {first_i}, {first_p}, {initials_i}
    and {initials_p}. `layout` is a word that only the writer of that format reads.
    """

    interviewer: str
    participant: str
    layout: str = ""
    title: str = ""

    def of(self, manuscript: Manuscript, role: str) -> str:
        """Return the label of one role in this manuscript."""
        names = {}
        for letter, name in (("i", manuscript.interviewer), ("p", manuscript.participant)):
            names[f"first_{letter}"] = name.split(" ")[0]
            names[f"initials_{letter}"] = "".join(part[0] for part in name.split())
        pattern = self.interviewer if role == "I" else self.participant
        return pattern.format(interviewer=manuscript.interviewer, participant=manuscript.participant, **names)


def clock(seconds: float, *, hours: bool = True) -> str:
    """Return h:mm:ss with two-digit hours, or m:ss without them."""
    whole = int(seconds)
    if hours:
        return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
    return f"{whole // 60}:{whole % 60:02}"


def labelled_text(manuscript: Manuscript, labels: Labels) -> bytes:
    """Write a .txt transcript; the layout says where times stand and how lines end."""
    blocks = [labels.title] if labels.title else []
    for each, (begin, _) in zip(manuscript.turns, turn_times(manuscript), strict=True):
        label, text = labels.of(manuscript, each.role), "\n\n".join(each.paragraphs)
        if labels.layout == "time-above":  # as recorders write it: name, two spaces, m:ss, then the words
            blocks.append(f"{label}  {clock(begin, hours=False)}\n{text}")
        elif labels.layout == "time-before":
            blocks.append(f"[{clock(begin)}] {label} {text}")
        else:
            blocks.append(f"{label} {text}")
    if labels.title:
        blocks.append("[End of recording]")
    joined = "\n\n".join(blocks) + "\n"
    if labels.layout == "windows":
        joined = joined.replace("\n", "\r\n")
    return joined.encode("utf-8")


def plain_text(manuscript: Manuscript) -> bytes:
    """Write a testimony as paragraphs with an empty line between them."""
    return ("\n\n".join(p for each in manuscript.turns for p in each.paragraphs) + "\n").encode("utf-8")


def teams_captions(manuscript: Manuscript, labels: Labels) -> bytes:
    """Write Teams captions (WebVTT): an utterance is cut into cues as they come, each with its voice tag."""
    recording = uuid.uuid5(uuid.NAMESPACE_URL, f"leavers/{manuscript.stem}")
    blocks = ["WEBVTT"]
    for number, (each, (begin, end)) in enumerate(
        zip(manuscript.turns, turn_times(manuscript), strict=True), start=3
    ):
        words = each.text.split()
        voice, done = voice_tag(labels.of(manuscript, each.role)), 0
        for part, piece in enumerate(cut(words)):
            start = begin + (end - begin) * done / len(words)
            done += len(piece)
            stop = begin + (end - begin) * done / len(words)
            text = " ".join(piece).replace("&", "&amp;").replace("<", "&lt;")
            close = "" if labels.layout == "unclosed" else "</v>"
            identifier = "" if labels.layout == "old" else f"{recording}/{number}-{part}\n"
            times = " --> ".join(caption_time(t, old=labels.layout == "old") for t in (start, stop))
            blocks.append(f"{identifier}{times}\n<v {voice}>{text}{close}")
    return ("\n\n".join(blocks) + "\n").encode("utf-8")


def voice_tag(label: str) -> str:
    """Turn "First Last (Org)" into "Last, First (Org)", the way a tenant's directory lists people."""
    name, _, rest = label.partition(" (")
    first, _, last = name.partition(" ")
    return f"{last}, {first}" + (f" ({rest}" if rest else "")


def cut(words: list[str]) -> list[list[str]]:
    """Cut words into cues of six to fifteen, after a sentence's end where one comes."""
    cues: list[list[str]] = [[]]
    for word in words:
        full = len(cues[-1]) >= 15 or (len(cues[-1]) >= 6 and cues[-1][-1][-1] in ".?!,")
        if full:
            cues.append([])
        cues[-1].append(word)
    return cues


def caption_time(seconds: float, *, old: bool) -> str:
    """Return hh:mm:ss.mmm, or the h:m:s.mmm without leading noughts of older exports."""
    thousandths = round(seconds * 1000)
    whole, rest = divmod(thousandths, 1000)
    if old:
        return f"{whole // 3600}:{whole // 60 % 60}:{whole % 60}.{rest:03}"
    return f"{clock(whole)}.{rest:03}"

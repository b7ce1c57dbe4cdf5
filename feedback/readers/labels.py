"""Which lines begin a speaker's turn: labels, times, and how to tell a label from `Two things:`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from feedback.readers.shapes import Line
from feedback.readers.times import STAMP, seconds, span_of
from feedback.readers.words import KINDS, LETTERS, NO_SPEAKER, NO_START, PARTICLES

How = Literal[
    "told", "colon", "stamp", "bare", "ended", "tab", "dash", "bold", "alone", "numbered", "time", "prose"
]

_KNOWN = re.compile(
    rf"(?:(?:{'|'.join(sorted(word.replace('_', '[ _]') for word in KINDS))})s?[ _.#-]*(?:\d{{1,3}}|[a-z])?"
    rf"|[{''.join(sorted(LETTERS))}][ .]?\d{{0,3}}|(?:fg|s)\d+[ _-]?p\d+)"
    r"(?:[ ,]*[(\[][^()\[\]]{1,40}[)\]])?",
    re.IGNORECASE,
)
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
_LOOSE = frozenset({"alone", "dash", "numbered", "ended", "time", "prose"})
_MARKS = re.compile(r"[ \t>]*(?:[-*•][ \t]+)?")
_HEAD = 240  # characters of a line in which a label and a time can stand; no line costs more than these
_TIDY = " \t.:?`´'*_"


@dataclass(frozen=True, slots=True)
class Cue:
    """A line that may begin a turn: its label ("" when there is only a time) and where its words begin."""

    label: str
    body: int
    how: How
    begin_s: float | None = None
    end_s: float | None = None

    @property
    def key(self) -> str:
        """The label without case, spaces and brackets around it, to know a speaker again."""
        return " ".join(self.label.casefold().split())


def find_cues(lines: Sequence[Line], interviewers: Collection[str] = ()) -> list[Cue | None]:
    """For every line the cue that begins a turn there, or None.

    A label is accepted when it occurs at least twice or is of a known kind (Interviewer, P1, Q, ...; also
    the names in `interviewers`), so that "Two things:" stays speech.
    """
    found = [None if line.dropped else _candidate(line) for line in lines]
    for index in range(header_lines(lines)):
        found[index] = None
    _name_lines_under_ranges(lines, found)
    full = sum(bool(line.text.strip()) for line in lines)
    accepted = _accepted(found, {name.casefold() for name in interviewers}, full)
    return [cue if cue and accepted(cue) else None for cue in found]


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
    while end < len(lines) and _short_value(lines[end].text.strip()):
        end += 1
    return end


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
    label = line.text[slice(*line.label)].strip(_TIDY + "[]") if line.label else ""
    begin, end = span_of(line.text[slice(*line.time)]) if line.time else (None, None)
    return Cue(label, max(span[1] for span in spans), "told" if label else "time", begin, end)


def _after_time(lead: re.Match[str]) -> Cue:
    begin, end = span_of(lead["stamp"])
    rest, offset = lead["rest"], lead.start("rest")
    colon = _COLON.fullmatch(rest)
    if colon and plausible(colon["label"]) and not colon["body"].startswith("//"):
        return Cue(_clean(colon["label"]), offset + colon.start("body"), "stamp", begin, end)
    tab = _TAB.fullmatch(rest)
    if tab and plausible(tab["label"]):
        return Cue(_clean(tab["label"]), offset + tab.start("body"), "stamp", begin, end)
    if rest.strip() and plausible(rest.strip().rstrip(_TIDY)) and len(rest.split()) <= 5:
        how: How = "ended" if rest.rstrip()[-1] in ".?!" else "bare"
        return Cue(_clean(rest), len(lead.string), how, begin, end)
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
        return Cue(_clean(found["label"]), body, timed, begin, end)
    alone = core.strip()
    if len(alone) > 1 and alone[-1].isalnum() and plausible(alone):
        return Cue(_clean(alone), len(text), "alone")
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
    label = head.strip().rstrip(_TIDY)
    if not plausible(label) or ":" in label or len(label.split()) > 5:
        return None
    stamp = re.match(rf"[ \t]*:?[ \t]*({STAMP})[ \t]*:?", rest)
    begin, end = span_of(stamp.group()) if stamp else (None, None)
    skip = stamp.end() if stamp else len(rest) - len(rest.lstrip(" \t:"))
    how: How = "colon" if ":" in head or rest.lstrip().startswith(":") else "bold"
    return Cue(_clean(label), line.bold + skip, "stamp" if stamp else how, begin, end)


def _clean(label: str) -> str:
    """The label as it stands, without brackets around it and punctuation at its ends."""
    label = label.strip().strip(_TIDY)
    if label.startswith("[") and label.endswith("]"):
        label = label[1:-1]
    return " ".join(label.split())


def plausible(label: str) -> bool:
    """Whether this could be somebody's label at all: short, begins with a letter, no sentence in it."""
    label = _clean(label)
    if not label or len(label) > 60 or len(label.split()) > 7:
        return False
    if not (label[0].isalpha() or label[0] == "(") or re.search(r"[?!;\"“”=/\\]|\.\s+[a-z]", label):
        return False
    return label.casefold() not in NO_SPEAKER and label.casefold().split()[0] not in {"http", "https"}


def known(label: str) -> bool:
    """Whether the label is of a kind that transcripts use (Interviewer, P1, Q, Speaker 2, ...)."""
    return bool(_KNOWN.fullmatch(_clean(label)))


def name_like(label: str) -> bool:
    """Whether every word begins with a capital or digit, as in a name: `van der Berg, Ann (Student)`."""
    words = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", " ", label).replace(",", " ").split()
    if not words or (words[0].casefold() in NO_START and len(words) > 1):
        return False
    return all(
        word[0].isupper() or word[0].isdigit() or word.casefold() in PARTICLES
        or word.startswith(("iPhone", "iPad", "&", "-")) or (not word[0].isalpha() and len(word) < 3)
        or not (word[0].isupper() or word[0].islower())
        for word in words
    )  # fmt: skip


def is_named(label: str, names: Collection[str]) -> bool:
    """Whether a label is one of the names (casefolded), or holds every word of one."""
    key = " ".join(label.casefold().split())
    words = set(re.findall(r"\w+", key))
    return any(key == name or ((parts := set(re.findall(r"\w+", name))) and parts <= words) for name in names)


def _name_lines_under_ranges(lines: Sequence[Line], found: list[Cue | None]) -> None:
    """Older Teams files have three lines a turn: `0:0:0.0 --> 0:0:3.2`, the name, the words."""
    ranges = [index for index, line in enumerate(lines[:-1]) if _RANGE.fullmatch(line.text)]
    names = Counter(_clean(lines[index + 1].text) for index in ranges)
    for index in ranges:
        begin, end = (seconds(part) for part in lines[index].text.split("-->"))
        found[index] = Cue("", len(lines[index].text), "time", begin, end)
        name = _clean(lines[index + 1].text)
        if plausible(name) and (known(name) or (names[name] >= 2 and name_like(name))):
            found[index + 1] = Cue(name, len(lines[index + 1].text), "told", begin, end)


def _accepted(found: Sequence[Cue | None], interviewers: Collection[str], full: int) -> Callable[[Cue], bool]:
    """A function that says of a candidate whether it begins a turn; `full` counts the lines with words."""
    cues = [cue for cue in found if cue]
    count = Counter(cue.key for cue in cues if cue.label and cue.how not in _LOOSE)
    every = Counter(cue.key for cue in cues if cue.label)
    timed = sum(cue.how in {"stamp", "told"} for cue in cues)
    prose = sum(cue.how == "prose" for cue in cues) >= 3 and not timed
    sure = {cue.key for cue in cues if known(cue.label) or is_named(cue.label, interviewers)}
    names = {cue.key for cue in cues if count[cue.key] >= 2 and name_like(cue.label)}
    numbered = {cue.key[0] for cue in cues if cue.how == "numbered"}
    # "Participant 3" alone on a line is a label only where that is how the file writes them all.
    alone = 2 * sum(cue.how == "alone" and cue.key in sure for cue in cues) > sum(
        cue.key in sure for cue in cues
    )
    # Where most lines have a label, a first name and a surname that speak once are a label too.
    dense = sum(cue.key in names or cue.key in sure for cue in cues) >= 0.6 * full

    def by_label(cue: Cue) -> bool:
        if cue.how in {"alone", "dash"}:
            fits = alone if cue.how == "alone" else True
            return fits and cue.key in sure and every[cue.key] >= 2 and len(cue.key) > 2
        if cue.how == "numbered":
            return numbered == {"q", "a"}
        if cue.key in sure or cue.key in names:
            # "A:" may head a list; I, P and Q do not.
            single = cue.key in {"a", "f", "m", "r", "s"} and len(sure | names) == 1
            return count[cue.key] >= 2 or not (single or cue.how == "tab")
        if cue.how in {"stamp", "bare"}:
            return name_like(cue.label) and len(cue.key.split()) <= 4 and timed >= 2
        first, *more = cue.key.split()
        if dense and more and len(more) <= 3 and first not in NO_START and name_like(cue.label):
            return True
        role_like = len(more) <= 2 and first not in NO_START and count[cue.key] >= 3
        return role_like and bool(sure or names)

    def accepted(cue: Cue) -> bool:
        if cue.how in {"told", "time", "prose"}:
            return cue.how != "prose" or prose
        return by_label(cue)

    return accepted

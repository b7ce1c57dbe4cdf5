"""What a line could begin with: every way in which transcripts write a label, a time, or both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from feedback.readers.shapes import Line
from feedback.readers.talk.cues import Cue, How
from feedback.readers.talk.speakers import TIDY, clean, plausible
from feedback.readers.talk.times import CLOCK, MARKED, STAMP, span_of

HEAD = 240  # characters of a line in which a label and a time can stand; no line costs more than these

_DATE = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}"  # as chats write it before the time
_LEAD = re.compile(
    rf"\s*(?:>>\s*)?(?:\[?{_DATE},?[ \t]+)?(?:\d{{1,4}}[.)]?[ \t]+(?=[\[(#]))?"
    rf"(?P<stamp>{STAMP})[ \t]*[-–—:|]?[ \t]*(?P<rest>.*)",
    re.DOTALL,
)
_COLON = re.compile(
    rf"(?P<label>[^:\n\t：]{{1,60}}?)[ \t]*(?P<stamp>{STAMP})?[ \t]*[:：](?P<body>.*)", re.DOTALL
)
_TRAIL = re.compile(
    rf"(?P<label>[^:\n]{{1,60}}?)(?:[ \t]*[,–|@•·-])?[ \t]*(?P<stamp>{STAMP})[ \t]*:?[ \t]*", re.DOTALL
)
_TIMED = re.compile(rf"(?P<label>[^:\n]{{1,60}}?)[ \t]*(?P<stamp>{MARKED})[ \t]+(?P<body>.*\S.*)", re.DOTALL)
_TAB = re.compile(r"(?P<label>[^\t\n]{1,60})\t+(?P<body>.*\S.*)", re.DOTALL)
_DASH = re.compile(
    r"(?P<label>[^\n–—>|»;~/=→-]{1,40}?)"
    r"(?:[ \t]+[-–—]{1,2}[ \t]+|[ \t]*(?:[-=]{1,2}>|[-–—>|»;~/=→])[ \t]+|[–—])(?P<body>[^\s–—].*)",
    re.DOTALL,
)
_NUMBERED = re.compile(r"(?P<label>[QA]\d{0,3})[.)][ \t]+(?P<body>.*\S.*)", re.DOTALL)
_DOT = re.compile(r"(?P<label>[^\W\d_][\w ]{0,24}?)\.[ \t]+(?P<body>.*\S.*)", re.DOTALL)
_GAP = re.compile(r"(?P<label>\S{1,24}(?: \S{1,24}){0,2})[ \t]{2,}(?P<body>.*\S.*)", re.DOTALL)
_BRACKET = re.compile(
    r"(?:\[(?P<a>[^\[\]\n]{1,40})\]|<(?P<b>[^<>\n]{1,40})>|\((?P<c>[^()\n]{1,40})\)|\{(?P<d>[^{}\n]{1,40})\})"
    r"[ \t]*[:–-]?[ \t]*(?P<body>.*\S.*)",
    re.DOTALL,
)
# [00:12 Ann] words, and [Ann, 00:12] words
_BOTH = re.compile(
    rf"[\[(](?:(?P<stamp>{CLOCK})[ \t,|–-]+(?P<a>[^\[\]()\n]{{1,40}})"
    rf"|(?P<b>[^\[\]()\n]{{1,40}}?)[ \t,|–-]+(?P<later>{CLOCK}))[\])][ \t]*:?[ \t]*(?P<body>.*)",
    re.DOTALL,
)
_MARKS = re.compile(r"[ \t>]*(?:[-*•‣◦·▪●][ \t]+)?(?:\(?\d{1,4}[.)]?[ \t]+)?")
_BODY_STAMP = re.compile(
    rf"[ \t]*({MARKED}|{STAMP}(?=\t)|(?<=\t){STAMP}(?=[ \t]*$))[ \t]*(?:[-–—|][ \t]+)?\t*"
)

_SOUNDS = frozenset({"inaudible", "crosstalk", "unclear", "silence", "laughter", "pause", "music", "overlap"})

_BOLD_STAMP = re.compile(rf"[ \t]*:?[ \t]*({STAMP})[ \t]*:?")
_PATTERNS: tuple[tuple[How, re.Pattern[str]], ...] = (
    ("stamp", _TRAIL),
    ("stamp", _TIMED),
    ("colon", _COLON),
    ("bracket", _BRACKET),
    ("tab", _TAB),
    ("numbered", _NUMBERED),
    ("dash", _DASH),
    ("gap", _GAP),
    ("dot", _DOT),
)
_AFTER_TIME: tuple[tuple[How, re.Pattern[str]], ...] = (
    ("stamp", _COLON),
    ("stamp", _TAB),
    ("bracket", _BRACKET),
    ("dash", _DASH),
    ("gap", _GAP),
)


def candidate(line: Line) -> Cue | None:
    """The cue that may begin a turn at this line, the likeliest reading first; `otherwise` has the next."""
    if line.label or line.time:
        return _told(line)
    text = line.text[:HEAD]
    if (both := _BOTH.fullmatch(text.lstrip())) and (label := _label_of(both)):
        begin, end = span_of(both["stamp"] or both["later"])
        return Cue(label, len(text) - len(text.lstrip()) + both.start("body"), "stamp", begin, end)
    if lead := _LEAD.match(text):
        return _chain([*_after_time(lead), _time_alone(lead)])
    found = [_bold(line)] if line.bold else []
    return _chain([*(cue for cue in found if cue), *_untimed(text)])


def _chain(cues: list[Cue]) -> Cue | None:
    chained: Cue | None = None
    for cue in reversed(cues):
        chained = replace(cue, otherwise=chained) if chained else cue
    return chained


def _told(line: Line) -> Cue:
    """A cue from the container itself: its spans are the label and the time, whatever they say."""
    spans = [span for span in (line.label, line.time) if span]
    label = line.text[slice(*line.label)].strip(TIDY + "[]") if line.label else ""
    begin, end = span_of(line.text[slice(*line.time)]) if line.time else (None, None)
    return Cue(label, max(span[1] for span in spans), "told" if label else "time", begin, end)


def _after_time(lead: re.Match[str]) -> Iterator[Cue]:
    begin, end = span_of(lead["stamp"])
    rest, offset = lead["rest"], lead.start("rest")
    for how, pattern in _AFTER_TIME:
        found = pattern.fullmatch(rest)
        if found and (label := _label_of(found)) and not found["body"].startswith("//"):
            yield Cue(label, offset + found.start("body"), how, begin, end)
    if rest.strip() and plausible(rest.strip().rstrip(TIDY)) and len(rest.split()) <= 5:
        how = "ended" if rest.rstrip()[-1] in ".?!" else "bare"
        yield Cue(clean(rest), len(lead.string), how, begin, end)


def _time_alone(lead: re.Match[str]) -> Cue:
    begin, end = span_of(lead["stamp"])
    marked = not lead["rest"].strip() or not lead["stamp"][0].isdigit()
    return Cue("", lead.start("rest"), "time" if marked else "prose", begin, end)


def _untimed(text: str) -> Iterator[Cue]:
    marks = _MARKS.match(text)
    indent = marks.end() if marks else 0
    core = text[indent:]
    for how, pattern in _PATTERNS:
        found = pattern.fullmatch(core)
        label = _label_of(found) if found else ""
        if not found or not label:
            continue
        groups = found.groupdict()
        if (groups.get("body") or "").startswith("//"):
            continue
        begin, end = span_of(groups.get("stamp") or "")
        body = indent + found.start("body") if "body" in groups else len(text)
        timed: How = "stamp" if begin is not None else how
        yield _with_time_behind(Cue(label, body, timed, begin, end), text)
    alone = core.strip()
    if len(alone) > 1 and alone[-1].isalnum() and plausible(alone):
        yield Cue(clean(alone), len(text), "alone")


def _label_of(found: re.Match[str]) -> str:
    """The label that a pattern found, "" where it can be nobody's."""
    groups = found.groupdict()
    label = groups.get("label") or next((groups[name] for name in "abcd" if groups.get(name)), "")
    if label.casefold().rstrip(": ") in _SOUNDS:
        return ""
    return clean(label) if plausible(label) else ""


def _with_time_behind(cue: Cue, text: str) -> Cue:
    """`S00: [00:00:01] words`: the time between label and words is the turn's, and not said."""
    if cue.begin_s is not None or not (stamp := _BODY_STAMP.match(text, cue.body)):
        return cue
    begin, end = span_of(stamp[1])
    return replace(cue, body=stamp.end(), begin_s=begin, end_s=end)


def _bold(line: Line) -> Cue | None:
    """A bold beginning that is a label, with or without colon, perhaps with a time behind it."""
    head = line.text[: line.bold]
    rest = line.text[line.bold : line.bold + HEAD]
    label = head.strip().rstrip(TIDY)
    if not plausible(label) or ":" in label or len(label.split()) > 5:
        return None
    stamp = _BOLD_STAMP.match(rest)
    begin, end = span_of(stamp.group()) if stamp else (None, None)
    skip = stamp.end() if stamp else len(rest) - len(rest.lstrip(" \t:"))
    how: How = "colon" if ":" in head or rest.lstrip().startswith(":") else "bold"
    return Cue(clean(label), line.bold + skip, "stamp" if stamp else how, begin, end)

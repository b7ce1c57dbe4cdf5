"""Tidying a transcript without touching what was meant: spaces, broken lines, timestamps, fillers, noises.

Every rule is an Edit inside one turn; the original stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

import regex

from feedback.edits.text.words import word_set
from feedback.errors import FeedbackError
from feedback.model import Turn
from feedback.spans import Edit, Span

ALL_KINDS = ("spaces", "lines", "timestamps", "fillers", "inaudible")

_BLANK = r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_SPACES = regex.compile(
    rf"(?P<gone>{_BLANK}+(?=\n|\Z)|(?<=\n|\A){_BLANK}+|[\u200b\u2060\ufeff\u00ad]+)"
    rf"|{_BLANK}{{2,}}|(?! ){_BLANK}"
)

# Most turns have nothing of this, which the plain pattern sees in half the time.
_ANY_SPACES = re.compile(
    r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]{2}|[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
    r"|[\u200b\u2060\ufeff\u00ad]| \n|\n | \Z|\A "
)
_NEWLINE = regex.compile(r"(?<!\n)[ \t\u00a0]*\n[ \t\u00a0]*(?!\s)")
_HYPHEN = regex.compile(r"(?<![\p{L}-])(\p{L}+)-\n[ \t]*(\p{L}+)")
_BULLET = regex.compile(r"[-*•–—]\s|\(?\w{1,2}[.)]\s|\d")
_MID_SENTENCE = regex.compile(r"[\p{Ll}\p{N},–—&/]\Z")
# Words that keep their hyphen at a line end: "well-" + "being", "part-" + "time".
_HYPHEN_BEFORE = word_set(
    "well self non ex semi half part full long short high low cross mid all one two three four five six "
    "seven eight nine ten twenty thirty forty fifty sixty seventy eighty ninety face day step hard ill co "
    "anti pro multi post pre quick so old new third second first early late good bad much vice"
)
_HYPHEN_AFTER = word_set(
    "up to off in out on based led being term time level hand old year making face day wide free related "
    "focused like looking by"
)

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_LONG_CLOCK = r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?"
_TIME = regex.compile(
    rf"\[{_CLOCK}(?:\s*[-–]+>?\s*{_CLOCK})?\]|\({_LONG_CLOCK}\)|(?<![\w:.]){_LONG_CLOCK}(?![\w:]|\.\d)"
    rf"|(?<=\A\s*|\n[ \t]*)\(?{_CLOCK}\)?(?=[ \t]*(?:\n|\Z))|(?<=\A\s*)\({_CLOCK}\)|\({_CLOCK}\)(?=\s*\Z)"
)

_NOISE = (
    r"laugh(?:s|ing|ter|ed)?|chuckl(?:es?|ing)|giggl(?:es?|ing)|paus(?:e|es|ed|ing)|cross[- ]?talk"
    r"|silence|sigh(?:s|ing)?"
    r"|cough(?:s|ing)?|sniff(?:s|ing)?|overlapping(?: speech| talk)?|background noise|noise|music"
    r"|applause|cr(?:ies|ying)"
    r"|tearful|phone (?:rings|ringing)|door (?:slams|opens|closes)|interruption"
    r"|both (?:laugh|talking)|clears throat"
)
_UNHEARD = r"inaudible|unclear|indistinct|unintelligible|muffled"
_BEFORE = r"(?:(?:long|short|brief|slight|all|both|nervous|everyone|they|he|she)\s+)?"
_AFTER = (
    r"(?:[\s,;:@-]+(?:\d[\d:.]*\s*(?:s|secs?|seconds?|minutes?)?|speech|words?|section|together|softly"
    r"|quietly))?"
)
_HEARD = regex.compile(
    rf"(?i)[\[(<*]\s*{_BEFORE}(?:(?P<gap>{_UNHEARD})|{_NOISE}){_AFTER}[\s.?!]*[\])>*]",
)

_FILLER = r"(?:[Uu]+m+|[Uu]h+m*|[Ee]r(?:r{2,})?|[Ee]r+m+)(?![\p{L}\p{N}'’-]|\s+huh)"
_YOU_KNOW = r"(?<!know[,\s]*)[Yy](?:ou|['’]) know"
_FILLERS = regex.compile(
    rf"(?P<before>\s*,)?(?P<space>\s*)(?<![\p{{L}}\p{{N}}'’-])(?:{_FILLER}|{_YOU_KNOW}(?=\s*,))"
    rf"(?:[\s,]+(?:{_FILLER}|{_YOU_KNOW}(?=\s*,)))*(?P<after>\s*,)?"
)
_ANY_FILLER = re.compile(r"(?i)\b(?:u+[mh]|er+(?:m|\b)|(?:you|y['’]) know\b)")
_KNOW_END = regex.compile(r",\s+you know(?=\s*[.?!](?:\s|\Z))")
_REPEATED = (
    r"the|an?|I|we|he|she|they|my|our|your|his|their|and|but|or|of|if|because|when|it['’]s|we['’](?:re|ve|d|ll)"
    r"|I['’](?:m|ve|d|ll)|they['’](?:re|ve|d)|there['’]s|s?he['’](?:s|d)"
)
_REPEATS = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}'’-])({_REPEATED})((?:(?:\s*[,–—]\s*|\s*-\s+|\s+)(?:{_FILLER}(?:\s*,)?\s+)*\1(?![\p{{L}}\p{{N}}'’-]))+)",
    regex.IGNORECASE,
)
# A word that comes again before long, which is rare; only then is the slower pattern asked.
_AGAIN = re.compile(
    r"(?i)(?<!\w)([a-z]{1,7})(?:['’][a-z]{1,2})?(?:[\s,–—-]+(?:(?:um|uh|er|erm)+,?\s+)*)\1(?!\w)"
)


def clean_edits(
    text: str, turns: Iterable[Turn | Span], *, kinds: Collection[str] = ALL_KINDS, language: str = "en"
) -> list[Edit]:
    """Edits that tidy the turns of a text; nothing outside a turn is touched.

    `kinds` are some of "spaces", "lines", "timestamps", "fillers", "inaudible"; fillers are known for
    `language` "en" only. Edits may overlap: `merge_edits` lets the longest stand. Unknown kinds are an error.
    """
    check_kinds(kinds)
    rules: list[tuple[str, Callable[[str], Iterator[tuple[int, int, str]]]]] = [
        (kind, _RULES[kind])
        for kind in ALL_KINDS
        if kind in kinds and (kind != "fillers" or language == "en")
    ]
    return [
        clean_edit(turn.start + start, turn.start + end, replacement, kind)
        for turn in turns
        for kind, rule in rules
        for start, end, replacement in rule(text[turn.start : turn.end])
    ]


def clean_edit(start: int, end: int, replacement: str, kind: str) -> Edit:
    """An edit that tidies."""
    return Edit(start, end, replacement, "clean", kind, "clean")


def check_kinds(kinds: Collection[str]) -> None:
    """Raises FeedbackError when one of these is no kind of cleaning."""
    unknown = sorted(set(kinds) - set(ALL_KINDS))
    if unknown:
        raise FeedbackError(f"there is no cleaning called '{unknown[0]}'", hint=", ".join(ALL_KINDS))


def _spaces(words: str) -> Iterator[tuple[int, int, str]]:
    if not _ANY_SPACES.search(words):
        return
    for match in _SPACES.finditer(words):
        yield match.start(), match.end(), "" if match["gone"] else " "


def _lines(words: str) -> Iterator[tuple[int, int, str]]:
    broken = list(_HYPHEN.finditer(words))
    spelt = frozenset(regex.findall(r"\p{L}+(?:-\p{L}+)*", words.lower())) if broken else frozenset()
    for match in broken:
        at = match.end(1)
        keep = _keeps_hyphen(spelt, match[1], match[2])
        yield (at + 1 if keep else at), match.start(2), ""
    for match in _NEWLINE.finditer(words):
        start, end = match.span()
        if start > 0 and end < len(words) and words[start - 1] != "-" and _is_broken(words, start, end):
            yield start, end, " "


def _keeps_hyphen(spelt: frozenset[str], left: str, right: str) -> bool:
    """Whether a hyphen at a line end is part of the word; the text's own spelling elsewhere decides first."""
    if f"{left}-{right}".lower() in spelt:
        return True
    if f"{left}{right}".lower() in spelt:
        return False
    return left.lower() in _HYPHEN_BEFORE or right.lower() in _HYPHEN_AFTER or right[0].isupper()


def _is_broken(words: str, start: int, end: int) -> bool:
    """Whether the line end at [start, end) stands in mid-sentence."""
    line = words[words.rfind("\n", 0, start) + 1 : start]
    if not _MID_SENTENCE.search(line) or _BULLET.match(words, end):
        return False
    if words[end].islower() or regex.match(r"I\b", words[end : end + 2]):
        return True
    return len(line) >= 40 or line[-1] in ",&"


def _cut(words: str, start: int, end: int) -> tuple[int, int, str]:
    """The removal of [start, end) with the blank that it would leave double or at an edge."""
    before = start == 0 or words[start - 1] in " \t\n"
    after = end == len(words) or words[end] in " \t\n.,;:?!"
    if not (before and after):
        return start, end, ""
    if start == 0 or words[start - 1] == "\n":
        while end < len(words) and words[end] in " \t":
            end += 1
        if end < len(words) and words[end] == "\n":
            end += 1  # nothing is left of the line
        return start, end, ""
    while start > 0 and words[start - 1] in " \t":
        start -= 1
    return start, end, ""


def _timestamps(words: str) -> Iterator[tuple[int, int, str]]:
    for match in _TIME.finditer(words):
        yield _cut(words, *match.span())


def _inaudible(words: str) -> Iterator[tuple[int, int, str]]:
    for match in _HEARD.finditer(words):
        if match["gap"]:
            # A gap in what could be heard stays visible, else the words around it would seem to be one.
            yield match.start(), match.end(), "[...]"
        else:
            yield _cut(words, *match.span())


def _fillers(words: str) -> Iterator[tuple[int, int, str]]:
    if _AGAIN.search(words):
        for match in _REPEATS.finditer(words):
            if match[1] != "A":
                yield match.start(2), match.end(2), ""
    # Most turns have no filler, which the plain pattern sees sooner.
    if not _ANY_FILLER.search(words):
        return
    for match in _KNOW_END.finditer(words):
        yield match.start(), match.end(), ""
    for match in _FILLERS.finditer(words):
        edit = _without_filler(words, match)
        if edit:
            yield edit


def _without_filler(words: str, match: regex.Match[str]) -> tuple[int, int, str] | None:
    start, end = match.span()
    if match["before"] or not _opens(words, match.end("space")):
        if not match["before"] and "know" in match[0] and not regex.search(rf"\A\s*{_FILLER}", match[0]):
            return None
        if end < len(words) and words[end] not in " \t\n.,;:?!…)”’\"'":
            return None
        # The word before keeps one blank; at an end mark none is needed.
        return start, end, ""
    start = match.end("space")
    if end < len(words) and words[end] in ".…!?" and not match["after"]:
        end = regex.compile(r"[.…!?]+").match(words, end).end()
    if end >= len(words.rstrip()):
        return None
    end = regex.compile(r"[ \t]*").match(words, end).end()
    if words[start].isupper() and end < len(words) and words[end].islower():
        return start, end + 1, words[end].upper()
    return start, end, ""


def _opens(words: str, start: int) -> bool:
    before = words[:start].rstrip(" \t\"“‘'(")
    return not before or before[-1] in ".?!\n…:"


_RULES: dict[str, Callable[[str], Iterator[tuple[int, int, str]]]] = {
    "spaces": _spaces,
    "lines": _lines,
    "timestamps": _timestamps,
    "fillers": _fillers,
    "inaudible": _inaudible,
}

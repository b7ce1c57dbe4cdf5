"""People of whom only letters are left: "Mrs P", "RK informed", "Present: TJ, LB"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import regex

from feedback.edits.text.near import finditer
from feedback.edits.text.page import Page
from feedback.edits.text.words import fold, must_stay, word_set

PRESENT = regex.compile(
    r"(?i)\b(?:present|apologies|attendees|attending|in attendance|attended by|cc|minutes by)\b:\s"
    r"(?P<who>[^\n.]{2,300}(?:\b[A-Z]\.[^\n.]*)*)"
)
_LETTERS = re.compile(r"(?<![\w.])[A-Z]{2,3}(?![\w-])")
_NUMBERED = re.compile(r"(?:^|\n|(?<=\s)\(?\d{1,2}[.)]\s|(?<=\n)[a-z][.)]\s)(?P<who>[A-Z]{2})(?::\s|,\s)")
# "Mrs P", "mr b", "Baby J", "Mama T".
_TITLED = re.compile(
    r"(?<!\w)(?:(?:[Mm]rs?|[Mm]s|[Mm]iss|[Dd]r|Mama|Papa|Auntie|Aunty|Uncle|Baby|Little|Big|Young|Lady|"
    r"Sister|Nurse|"
    r"Judge|Unborn)\.?\s[A-Z]|(?:mrs?|ms|miss)\s[b-hj-z])(?![\w'’&/-]|\.\w)"
)
_DOING = (
    r"(?:to\s(?:chase|write|call|ring|phone|email|e-mail|mark|visit|see|speak|contact|refer|arrange|book|"
    r"send|"
    r"complete|update|follow|check|close|issue|draft|file|attend|discuss|ask|request|share|liaise|meet|"
    r"review|"
    r"confirm|do|make|take|cover|read)|informed|agreed|advised|reported|attended|visited|rang|stated|"
    r"tearful|"
    r"disclosed|said|says|noted|apologised|emailed|called|asked)\b"
)
_ACTING = regex.compile(
    rf"(?<![\w&/.-])(?P<who>[A-Z]{{2}})(?:\s{_DOING}|\s\(\d{{1,2}}\s?(?:yrs?|y|m|[mfMF])?\)"
    r"|['’]s\s\p{Ll})"
)
# "- H, Lottie (LAC)" in a list.
_SURNAME_LETTER = regex.compile(r"(?:^|\n)[-•*]\s?(?P<who>\p{Lu}),\s\p{Lu}\p{Ll}+")
# Two letters that in notes are a post, a service or a plan.
_POSTS = word_set(
    "SW PA YP FM IO HR HV GP MH DV CP CE EH LA SS EP ED DA SU TM SM TL CM PO IV FC BF GM GF MO FA UK US "
    "EU NI ID IT PC DC DS DI HT DT OT ST DR MR MS AD HO HQ PM AM TV AI CV QA OK XX CO RO VA WM MP PT TA"
)


def letters_in(page: Page) -> frozenset[str]:
    """The initials of people in a list of those present, of whom a point is about ("2. TJ: ..."), or who act.

    Wherever else in their document these letters stand they are the same people.
    """
    who = {letters for match in finditer(PRESENT, page) for letters in _LETTERS.findall(match["who"])}
    who |= {match["who"] for match in finditer(_ACTING, page)} - _POSTS
    who |= {match["who"] for match in _NUMBERED.finditer(page.text)}
    return frozenset(letters for letters in who if not must_stay((fold(letters),)))


def initials(page: Page, who: Collection[str]) -> Iterator[tuple[int, int, float]]:
    """Where people stand of whom only letters are left, these `who` among them."""
    for match in _SURNAME_LETTER.finditer(page.text):
        yield *match.span("who"), 0.6
    for match in finditer(_TITLED, page):
        yield match.start(), match.end(), 0.6
    if who:
        for match in re.finditer(rf"(?<![\w&/-])(?:{'|'.join(sorted(who))})(?![\w&/-])", page.text):
            yield match.start(), match.end(), 0.7

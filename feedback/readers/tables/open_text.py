"""Which columns of a survey hold open answers: by their answers, or by what their heading asks."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPEN_WORDS = 4.0
_LONGEST_WORDS = 6
_DIFFERENT = 0.5
# "Why?" is answered in words; "What is your role?" and "How long?" only sometimes.
_ASKS = re.compile(
    r"\b(?:anything else|comments?|please (?:say|tell|explain|describe)|why|tell us|describe"
    r"|own words|reasons?)\b",
    re.IGNORECASE,
)
_MAY_ASK = re.compile(r"\b(?:what|how)\b", re.IGNORECASE)
_FACT = re.compile(
    r"\bhow (?:long|many|much|old|often|likely|satisfied|well|far|would you rate)\b"
    r"|\bwhat(?:'s|’s| (?:is|was|are|were))? (?:(?:your|the) )?(?:\w+ )?(?:age|gender|sex|ethnicity|role|job"
    r"|title|post|position|team|service|region|area|cohort|programme|employer|authority|qualification|name|year"
    r"|month|date|grade|band|salary|status|e-?mail)\b",
    re.IGNORECASE,
)
_ONLY_COMMENTS = re.compile(r"(?:any |other |further |your )*(?:comments?|notes?)", re.IGNORECASE)
_NO_ANSWER = re.compile(r"n/?a|none|no|yes|nil|nothing|not applicable|[^\w]*", re.IGNORECASE)
_IN_WORDS = 3


def is_open(headings: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a column's answers are free text; `headings` are its name and its question.

    They differ, as fixed choices do not, and are long: four or more words on average. Where the heading asks
    an open question (why, anything else) it is enough that somebody answered in three words, or in six
    where it asks what or how; `No` and `n/a` are not counted then.
    """
    return _long(cells) or _asked_and_answered(headings, cells)


def is_clearly_open(headings: Sequence[str], cells: Sequence[str]) -> bool:
    """As `is_open`, but short remarks under "Comments", as a table of people has them, are not enough."""
    remarks = all(_ONLY_COMMENTS.fullmatch(heading.strip()) for heading in headings)
    return _long(cells) or (not remarks and _asked_and_answered(headings, cells))


def _long(cells: Sequence[str]) -> bool:
    words = [len(cell.split()) for cell in cells]
    if not words or sum(words) / len(words) < _OPEN_WORDS or max(words) < _LONGEST_WORDS:
        return False
    return len(set(cells)) >= _DIFFERENT * len(cells)


def _asked_and_answered(headings: Sequence[str], cells: Sequence[str]) -> bool:
    heading = " ".join(headings)
    least = _IN_WORDS if _ASKS.search(heading) else _LONGEST_WORDS if _MAY_ASK.search(heading) else 0
    answers = [cell.strip().casefold() for cell in cells if not _NO_ANSWER.fullmatch(cell.strip(" .!"))]
    if not least or not answers or _FACT.search(heading):
        return False
    longest = max(len(answer.split()) for answer in answers)
    return longest >= least and len(set(answers)) >= _DIFFERENT * len(answers)

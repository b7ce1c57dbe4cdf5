"""A reason without the words that say it is one: "I left because the pay was low" is about the pay.

Taken off before reasons are compared, since otherwise all of them are alike.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from feedback.masks import BRACKET
from feedback.tagging.cues import expression

_LEFT = (
    r"(?:left|leave|leaving|quit(?:ting)?|resign(?:ed|ing)?|went|go|going|"
    r"(?:decided|had|chose|wanted) to (?:leave|go|quit|resign)|walked out|"
    r"(?:handed|gave|put) (?:in )?my notice(?: in)?|handed in my notice)"
)
_FROM = r"(?: (?:the|my|this|that) (?:job|team|post|role|council|authority|service)| social work| it)?"
_WHY = r"(?:because(?: of)?|as|since|over|due to|on account of|was because(?: of)?)"
_OPENINGS = (
    r"(?:well|so|honestly|basically|um|er|yeah|and|but|to be honest|i think|i suppose|i guess|mainly|mostly|"
    r"ultimately|in the end|for me|really)\b,?",
    rf"(?:the |my |one |a )?(?:\w+ )?reasons? (?:why |that )?(?:i|for me|for my|for) ?{_LEFT}{_FROM}"
    r"(?: in the end)? (?:was|were|is)(?: that| because(?: of)?| the fact(?: that)?)?",
    rf"i (?:\w+ )?{_LEFT}{_FROM}(?: in the end)?,? {_WHY}",
    r"(?:what|the thing that) (?:made|drove|pushed|forced|finished) me(?: to)?(?: go| leave| out| off| quit| "
    r"resign)?(?: in the end)? was(?: that| the fact that)?",
    r"(?:my|the) (?:\w+ )?reason (?:was|is)(?: that)?",
    r"it was (?:mainly |mostly |really |just |simply )?(?:the fact that|because(?: of)?|down to)",
)
_ENDINGS = (
    rf"[,;]?\s+(?:so|and|and so|and that['’]?s (?:when|why)|that['’]?s (?:when|why)|"
    rf"which is why) i (?:\w+ )?{_LEFT}"
    rf"{_FROM}(?: in the end)?",
    rf"[,;]?\s+(?:was|were|is) (?:the|my) (?:\w+ )?reason (?:why |that )?i {_LEFT}{_FROM}",
    r",\s+(?:really|honestly|basically|to be honest|i think|i suppose|in the end|you know)",
)


def bare(text: str) -> str:
    """The text without masks, openings such as "I left because" and endings such as "so I left".

    The text itself where nothing else would be left of it.
    """
    words = BRACKET.sub(" ", text)
    short = _opening().sub("", " ".join(words.split()))
    short = _ending().sub("", short).strip(" ,;:-")
    return short[:1].upper() + short[1:] if any(sign.isalpha() for sign in short) else text


@cache
def _opening() -> Any:
    return expression(rf"^\W*(?:(?:{'|'.join(_OPENINGS)})\s*)+")


@cache
def _ending() -> Any:
    return expression(rf"(?:{'|'.join(_ENDINGS)})\W*$")

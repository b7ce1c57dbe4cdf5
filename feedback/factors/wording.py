"""A reason without the words that say it is one: "I left because the pay was low" is about the pay.

Taken off before reasons are compared, since otherwise all of them are alike.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from feedback.masks import BRACKET
from feedback.tagging.cues import expression, says

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
    r"(?:a bit of everything(?: really)?,? )?(?:but )?(?:my|the) (?:main|biggest|big|real|first|other|worst) "
    r"(?:thing|one|issue|problem|factor|push)(?: (?:for me|really))? (?:was|is)(?: that)?",
    r"it was (?:this|simple|easy)[:,]",
    r"it was (?:mainly |mostly |really |just |simply )?(?:the fact that|because(?: of)?|down to)",
)
_ENDINGS = (
    rf"[,;]?\s+(?:so|and|and so|and that['’]?s (?:when|why)|that['’]?s (?:when|why)|"
    rf"which is why) i (?:\w+ )?{_LEFT}"
    rf"{_FROM}(?: in the end)?",
    rf"[,;]?\s+(?:was|were|is) (?:the|my) (?:\w+ )?reason (?:why |that )?i {_LEFT}{_FROM}",
    r",\s+(?:really|honestly|basically|frankly|mostly|mainly|simply|to be honest|i think|i suppose|"
    r"in the end|you know|pure and simple|simple as that|full stop)",
)
# What is granted before "but" is no reason: "To be fair they tried, but", "I loved the children, but".
_CONCESSION = (
    r"^\W*(?:(?:well|um|honestly|yes|look),? )*(?:"
    r"(?:to be fair|in fairness|granted|don['’]t get me wrong|fair play)\b[^.;!?]*?|"
    r"(?:i|we) (?:\w+ )?(?:loved|liked|enjoyed|love|like|enjoy)\b[^.;!?]*?|"
    r"(?:my|the|our) (?:\w+ ){1,3}?(?:was|were|is|are) (?:\w+ )?(?:fine|great|lovely|good|ok|okay|all right|"
    r"brilliant|excellent|not the problem|not the issue)"
    r"),? (?:but|however|although)\b,? (?=\w+(?:['’]\w+)? \w+)"
)
_POINTS_BACK = (
    rf"^\W*(?:(?:and|so|well|then|in the end|eventually)\b,? )*(?:that(?:['’]s| was| is) (?:when|why|what) )?"
    rf"i (?:just |finally |eventually )?(?:{_LEFT}|knew|decided|had had enough){_FROM}(?: in the end)?\W*$|"
    r"^\W*(?:and )?that(?:['’]s| was| is) (?:when|why) i (?:\w+ )?(?:left|went|quit|knew|decided)\W*$"
)
# "The caseload was fine, the team was lovely": every clause, and nothing after it that takes it back.
_FINE = r"(?:fine|lovely|great|good|ok|okay|all right|alright|brilliant|excellent|manageable|not the problem)"
_CLAUSE = (
    rf"(?:the|my|our|his|her|their) (?:\w+ ){{1,2}}(?:was|were|is|are) (?:really |always |all |very )*{_FINE}"
)
_ALL_FINE = rf"^\W*(?:well|honestly|no|yes)?\W*{_CLAUSE}(?:(?:,| and|, and) {_CLAUSE})*\W*$"
# What a survey tool would have put a name for, with the word that leads to it: "with %[Institute]Q25LBL%".
_FIELD = re.compile(
    r"(?:\s+(?:with|within|at|in|of|from|by|to|for|the))*\s*"
    r"(?:%\[?(?=[^%\s]*[\]\[A-Z])[^%\s]{2,40}%|\$\{[^{}]{1,60}\}|\{\{[^{}]{1,60}\}\})"
)
_FIRST_PERSON = r"\b(?:i|me|my|mine|we|us|our)\b"
# "He said there's a vacancy", "he goes, it's the caseloads"; not "she went off sick".
_REPORTS = (
    r"(?:\b(?:he|she|they|somebody|someone|people|everybody|everyone|(?:the|my|our) \w+)|\])(?: \w+){0,3}? "
    r"(?:(?:said|says|asked|asks|reckons?|reckoned)\b[,:]?|(?:goes|went|was like)[,:])(?P<said>.*)$"
)
_STAYED_IN = (
    r"\b(?:left|leaving|quit|leave) (?:\w+ ){1,3}?(?:and )?not (?!because|for|over|due|since|only|just)"
    r"(?:\w+ ){0,2}\w+\W*$|"
    r"\b(?:did not|didn['’]?t|have not|haven['’]?t) (?:leave|left|quit) (?:\w+ ){1,3}?(?:but )?i "
    r"(?:only |just )?(?:left|quit) (?:\w+ ){0,2}\w+\W*$"
)


def approves(text: str) -> bool:
    """Whether all that is said is that things were fine."""
    return says(_ALL_FINE, text)


def reports(text: str) -> bool:
    """Whether a sentence ends in what somebody else said, and that is not of the speaker."""
    found = expression(_REPORTS).search(BRACKET.sub("]", text))
    return bool(found and found["said"].strip()) and not says(_FIRST_PERSON, found["said"])


def asks(text: str) -> bool:
    """Whether a text is a question, also one that is told of: "And she asked, was it the pay?"."""
    return text.rstrip(" \"'”’)").endswith("?")


def tells_what_was_left(text: str) -> bool:
    """Whether it only says what was left and what not: "Only left the council, not social work"."""
    return says(_STAYED_IN, text.replace(",", ""))


def points_back(text: str) -> bool:
    """Whether a sentence only says that the one before was the reason: "So I left."."""
    return says(_POINTS_BACK, text)


def without_concession(text: str) -> str:
    """The text without what is granted before a "but": "To be fair they tried, but the pay was low"."""
    return str(expression(_CONCESSION).sub("", text))


def without_fields(text: str) -> str:
    """The text without what a form failed to fill in: "Dissatisfaction with %[Institute]Q25LBL%"."""
    return _FIELD.sub("", text) if "%" in text or "{" in text else text


def bare(text: str) -> str:
    """The text without masks, openings such as "I left because" and endings such as "so I left".

    The text itself where nothing else would be left of it.
    """
    words = BRACKET.sub(" ", without_fields(text))
    short = _opening().sub("", " ".join(words.split()))
    short = _ending().sub("", short).strip(" ,;:-")
    return short[:1].upper() + short[1:] if any(sign.isalpha() for sign in short) else text


@cache
def _opening() -> Any:
    return expression(rf"^\W*(?:(?:{'|'.join(_OPENINGS)})\s*)+")


@cache
def _ending() -> Any:
    return expression(rf"(?:{'|'.join(_ENDINGS)})\W*$")

"""Which columns of a table point at a person or at a sitting, by their headings and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NUMBER = re.compile(r"^(?:q|question)?\s*\d{1,4}(?:[.-]?[a-z0-9]{1,2}){0,4}[.):]?\s+(?=\w)", re.IGNORECASE)
_CODE = re.compile(r"^\w{1,20}\.\s+(?=\w)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FILLER = re.compile(
    r"^(?:(?:please|kindly) )?(?:(?:enter|give|provide|write|type|tell us|add|state) )?"
    r"(?:(?:what is|what s) )?(?:(?:the|your|my) )?"
    r"(?:(?:participant|respondent|interviewee|recipient|contact|work|home|personal) (?:s )?)?"
)
_PERSONAL = re.compile(
    r"(?:(?:full|first|last|family|given|middle|preferred|christian|sur|nick) ?)?names?"
    r"|(?:employee|staff|collector|interviewer|(?:line )?manager|supervisor|mentor|author)(?: s)? name"
    r"|name of (?:the )?(?:interviewer|interviewee|participant|respondent|employee|leaver|person|manager)"
    r"|forenames?|surname|initials|signature|contact(?: details| number| me on)?"
    r"|(?:e ?mail|mail)(?: addresse?s?)?(?: or phone(?: number)?)?"
    r"|(?:tele)?phone(?: ?(?:number|no))?|mobile(?: phone)?(?: ?(?:number|no))?|tel(?: no)?"
    r"|(?:post(?:al)? |street )?address(?: line)?(?: \d)?|post ?code|zip(?: code)?"
    r"|date of birth|dob|birthday|ni(?:no| number)?|national insurance number|nhs number"
    r"|(?:staff|employee|payroll|personnel|sw|swe|registration) ?(?:id|no|number|code|ref)"
    r"|user ?names?|user ?id|handle|ip|ip ?address|(?:location ?)?(?:latitude|longitude)"
    r"|authors?|reviewer|commenter|posted by|twitter(?: handle)?|postal(?: code)?|recipient .*"
    r"|(?:first|last) name|e ?mail|external ?(?:data ?)?reference"
)
# What a form notes down about a sitting; the second means this only where the form's maker is known.
_SITTING = re.compile(
    r"(?:.* )?time ?stamp|(?:start|completion|last modified|submission|total|end|added) time|recorded date"
    r"|time zone"
    r"|duration(?: in seconds)?|distribution channel|user language|collector id|response set|network id|seed"
    r"|(?:date|time) (?:submitted|started|completed|created|modified|ended|taken|stamp|last action)|datestamp"
    r"|(?:submit|submission|stage) ?date|(?:submitted|started|completed) at|submission (?:id|started)"
    r"|last ?page|start ?language|response type|uuid|session ?id|contact id|tracking link"
    r"|(?:extended )?referr?er(?: url)?"
    r"|user agent|browser|operating system|device|validation status|(?:redcap )?survey identifier"
)
_SITTING_OF_MAKER = re.compile(
    r"(?:start|end) ?date|start|end|started|ended|status|progress|finished|name|custom data(?: \d)?|index"
    r"|.* complete"
)
_EMAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+|00?)[\d ()-]{9,18}")
_ADDRESS = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){5,7}", re.IGNORECASE)
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
_MOSTLY = 0.5
_SAMPLE = 500
# A longer heading is no name of a column; what says that it is personal stands at its beginning.
_LONGEST = 200


def plain_heading(heading: str) -> str:
    """A heading in small letters without numbering, codes and signs: `Q1. E-mail (work)` -> e mail."""
    text = _ASIDE.sub(" ", " ".join(heading[:_LONGEST].split()))
    text = _NUMBER.sub("", text)
    text = _CAMEL.sub(" ", _CODE.sub("", text))
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def is_personal(headings: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a column's headings say that it names or finds a person, or most of its cells do."""
    for heading in headings:
        plain = plain_heading(heading)
        if _PERSONAL.fullmatch(_FILLER.sub("", plain, count=1)) or _PERSONAL.fullmatch(plain):
            return True
    cells = cells[:_SAMPLE]
    found = sum(
        bool(sign.fullmatch(cell.strip())) for cell in cells for sign in (_EMAIL, _PHONE, _ADDRESS, _POSTCODE)
    )
    return bool(cells) and found > _MOSTLY * len(cells)


def is_of_sitting(headings: Sequence[str], *, maker: str = "") -> bool:
    """Whether a column says when and how a form was filled in; `maker`: the survey tool, if it is known."""
    known = [plain_heading(heading) for heading in headings]
    if any(heading.rstrip().endswith(("(UTC)", "(GMT)")) for heading in headings):
        return True
    return any(_SITTING.fullmatch(one) or (maker and _SITTING_OF_MAKER.fullmatch(one)) for one in known)

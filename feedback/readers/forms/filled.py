"""Forms that a person filled in: questions, answers and fields -> turns, each with its question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from feedback.model import Dropped, Turn
from feedback.readers.shapes import Line, Reading, left_out

Kind = Literal["question", "answer", "field", "aside", "end"]
# Names of fields that say who filled the form in, and what may be known of them in an analysis.
_FIELD = re.compile(
    r"(?:your |employee'?s? |staff |leaver'?s? |participant'?s? |respondent'?s? )?"
    r"(?:(?:full |first |last |family |middle |preferred )?name|fore ?names?|surname|initials|job title"
    r"|job|role"
    r"|position|post|occupation|job role|team|team ?/ ?\w+|department|dept|division|directorate|service"
    r"|unit|section"
    r"|area|(?:line |service |team )?manager(?:'?s)?(?: name)?|supervisor|date(?: of \w+(?: \w+)?"
    r"| \w+(?: \w+)?)?"
    r"|\w+ date|last (?:working )?day(?: of \w+)?|leaving date|location|office|site|base|workplace|region"
    r"|local authority|council|employer|organisation|grade|band|pay ?band|salary|length of (?:service"
    r"|employment)"
    r"|time in (?:post|role)|years? (?:in|of) [\w ]{1,20}|contract(?: type)?|hours|working pattern"
    r"|employment (?:type|status)|gender|sex|age(?: group| band)?|ethnicity|ethnic \w+|nationality|pronouns"
    r"|disability|e-?mail(?: address)?|tel(?:ephone)?(?: no\.?| number)?|phone(?: number)?|mobile(?: number)?"
    r"|contact (?:number|details)|(?:home |forwarding )?address|signature|signed(?: by)?|interviewer"
    r"|completed by"
    r"|interviewed by|hr \w+|(?:employee|staff|payroll|personnel) ?(?:no\.?|number|id|code)|cohort"
    r"|programme|course"
    r"|university|(?:participant |case |respondent |reference |form |record )?(?:id|code|no\.?|number"
    r"|ref(?:erence)?)"
    r"|reference|leaver|status|year|month|start|end|from|to|completed on|consent(?: given)?|caseload size)"
    r"(?: ?\([^()]{1,40}\))?",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    r"\bname|surname|initials|e-?mail|tel\b|telephone|phone|mobile|contact|address|sign|manager|supervisor"
    r"|interviewe[rd]|completed by|\bhr\b|birth|employee (?:no|number|id|code)|staff (?:no|number|id"
    r"|code)|payroll"
    r"|personnel|\bref",
    re.IGNORECASE,
)
_OWN_NAME = re.compile(
    r"(?:your |employee'?s? |staff |leaver'?s? |participant'?s? |respondent'?s? )?(?:full )?name",
    re.IGNORECASE,
)
_OWN_ID = re.compile(r"(?:participant |case |respondent )?(?:id|code)", re.IGNORECASE)
_ID = re.compile(r"(?=.*\d)[A-Za-z0-9_.-]{1,16}")
_NUMBER = re.compile(
    r"\s*(?:(?:question|q)\s*\d{1,2}[a-z]?\s*[.):–-]?|\d{1,2}[a-z]?\s*[.)]|\([a-z0-9]{1,2}\))\s*", re.I
)
_VALUE = re.compile(r"[ \t]*(?P<key>[^:\t\n]{1,60}?)[ \t]*(?::[ \t]*|\t+)(?P<value>[^\n]*)")
_GOES_ON = re.compile(
    r"\(|please (?:give|explain|tick|select|describe|provide|state|specify|comment|expand|list)\b"
    r"|if (?:yes|no|so|other)\b"
    r"|tick|select|e\.?g\b|for example|prompts?\b|you may",
    re.IGNORECASE,
)
BLANK = re.compile(r"[\s_.…·–—-]*")
MOST_VALUE_WORDS = 10


@dataclass(frozen=True, slots=True)
class Part:
    """A line or more of a form: a question, words that answer it, a field, or an aside with its reason.

    Behind an "end" (of a table) words answer no question.

    `key` names a field; its value is then what `text` holds behind `key`.
    """

    kind: Kind
    text: str
    key: str = ""
    value: str = ""
    reason: str = ""


def is_field_name(text: str) -> bool:
    """Whether this names a field of a form's head: Name, Job title, Date of leaving."""
    return bool(_FIELD.fullmatch(" ".join(text.split()).rstrip(" :*?").strip()))


def field_of(line: str) -> Part | None:
    """A line such as `Role: social worker` as a field, None for any other."""
    found = _VALUE.fullmatch(line)
    if not found or not is_field_name(found["key"]):
        return None
    value = "" if BLANK.fullmatch(found["value"]) else found["value"].strip()
    if len(value.split()) > MOST_VALUE_WORDS:
        return None
    return Part("field", line, " ".join(found["key"].split()), value)


def question_name(text: str) -> str:
    """A question without its number and the colon behind it, on one line."""
    plain = " ".join(re.sub(r"(?<=\w)-\n(?=[a-z])", "", text).split())
    bare = plain[found.end() :] if (found := _NUMBER.match(plain)) else plain
    return (bare or plain).rstrip(" :*").strip() or plain


def form_reading(
    parts: Sequence[Part], *, after: Sequence[Line] = (), title: str = "", reason: str = ""
) -> Reading:
    """The reading of one person's form.

    Each answer is a turn with its question; questions, fields and asides are dropped with their reasons.
    Fields become attributes, except those that point at a person; the person's own name is the speaker of
    all turns, so that it is masked wherever it stands, and their id, if there is one, the respondent.
    """
    form = _Form(parts)
    for part in parts:
        form.take(part)
    form.finish()
    lines = [part.text for part in parts]
    for line in after:
        if line.text.strip():
            form.drop(line.dropped, line.text)
            lines.append(line.text)
    return Reading(
        "\n".join(lines),
        form.turns,
        form.dropped,
        title=title,
        reason=reason,
        survey=True,
        attributes={form.respondent or "": form.attributes} if form.attributes else {},
    )


class _Form:
    """Goes down the parts of a form once."""

    def __init__(self, parts: Sequence[Part]) -> None:
        fields = {
            " ".join(part.key.split()).rstrip(":"): part.value for part in parts if part.kind == "field"
        }
        self.speaker = next((v for k, v in fields.items() if v and _OWN_NAME.fullmatch(k)), None)
        ids = (v for k, v in fields.items() if _OWN_ID.fullmatch(k) and _ID.fullmatch(v))
        self.respondent = next(ids, None)
        self.attributes = {
            key: value
            for key, value in fields.items()
            if value and not _PERSONAL.search(key) and value != self.respondent
        }
        self.turns: list[Turn] = []
        self.dropped: list[Dropped] = []
        self._question = ""
        self._fresh: list[tuple[int, int]] = []
        self._answer: tuple[int, int] | None = None
        self._position = 0

    def take(self, part: Part) -> None:
        start = self._position + len(part.text) - len(part.text.lstrip())
        end = self._position + len(part.text.rstrip())
        if part.kind == "end":
            self._end_answer()
            self._tell_questions(answered=False)
            self._question = ""
            self._position += 1
        elif start >= end:
            self._position += len(part.text) + 1
        elif part.kind == "answer":
            self._answer = (self._answer[0] if self._answer else start, end)
            self._position += len(part.text) + 1
        elif part.kind == "question":
            self._end_answer()
            self._ask(part.text, start, end)
            self._position += len(part.text) + 1
        else:
            self._end_answer()
            self.drop(_why(part), part.text)

    def drop(self, reason: str, text: str) -> None:
        """Puts a text behind what was taken, as dropped."""
        start = self._position + len(text) - len(text.lstrip())
        self._position += len(text) + 1
        if text.strip():
            self.dropped.append(left_out(reason, start, start + len(text.strip())))

    def finish(self) -> None:
        """Ends the last answer, and tells the questions that nobody answered."""
        self._end_answer()
        self._tell_questions(answered=False)

    def _ask(self, text: str, start: int, end: int) -> None:
        """A question; "(please give details)" behind an open one belongs to it."""
        name = question_name(text)
        if self._fresh and _GOES_ON.match(name):
            self._question += " " + name
            self._fresh[-1] = (self._fresh[-1][0], end)
            return
        self._question = name
        self._fresh.append((start, end))

    def _end_answer(self) -> None:
        if self._answer is None:
            return
        self._tell_questions(answered=True)
        start, end = self._answer
        asked = self._question or None
        self.turns.append(Turn(start, end, self.speaker, question=asked, respondent=self.respondent))
        self._answer = None

    def _tell_questions(self, *, answered: bool) -> None:
        for number, (start, end) in enumerate(self._fresh, start=1):
            had = answered and number == len(self._fresh)
            self.dropped.append(left_out("question" if had else "question without an answer", start, end))
        self._fresh = []


def _why(part: Part) -> str:
    if part.kind != "field":
        return part.reason or "before the first question"
    if _PERSONAL.search(part.key):
        return f"form field {part.key!r} points at a person: not kept"
    return "form field"

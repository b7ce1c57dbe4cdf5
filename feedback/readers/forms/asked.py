"""Who asks where nobody is labelled: questions in bold, as headings, in colour or with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

_ENDS_ASKING = re.compile(r"\?[\"'”’)\]]*(?:\s*\([^()]{1,120}\))?\s*[:*.]?\s*")
_ASKS = re.compile(
    r"(?:please|describe|explain|tell (?:us|me)|give|list|outline|state|share|add|provide"
    r"|any (?:other|further|additional)|comments?|suggestions?"
    r"|(?:other|further|additional|general|final) (?:comments?|thoughts|feedback|remarks)"
    r"|(?:main |primary |other )?reasons? for|is there|are there|would you|could you|can you|did you|do you"
    r"|have you|were you|was (?:there|your)|are you|talk me|walk me|take me|looking back"
    r"|(?:what|why|how|which|when|where|who) (?:\w+ )?(?:did|do|does|was|were|is|are|would|could|should"
    r"|have|has|had|made|led|will|can|might|attracted|prompted|caused|influenced|well|much|many|often|long|likely|satisfied)"
    r"|what, if|if you|in what|to what|on a scale|overall|best|worst|most|least)\b",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"(?:so|and|but|ok|okay|right|yeah|yes|mm+|mhm|great|thanks?|thank you|well|oh"
    r"|i see|sure|hmm|brilliant|lovely|can i|could i|i\b|let'?s|just)\b",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:u+m+|uh+|e+r+m*|mm+|hmm|you know|i mean|kind of|sort of|yeah)\b|\[(?:laugh|pause|inaud|cross)\w*",
    re.I,
)
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_ME = re.compile(r"\b(?:i|me|i'm|i'd|i've)\b", re.IGNORECASE)
NUMBERED = re.compile(
    r"\s*(?:(?:question|q)\s*\d{1,2}[a-z]?\s*[.):–-]?\s|\d{1,2}[a-z]?\s*[.)]\s*)\s*(?=\S)", re.I
)
_MARKS = ("bold", "heading", "typed number", "numbered", "italic", "colour", "underlined", "question mark")
_NUMBERS = frozenset({"typed number", "numbered"})
_MOST_FORM_QUESTIONS = 40
_TITLE_WORDS = 16
_ANSWERS = frozenset({"", "answer", "ticked"})
_LONG_ANSWER = 80  # words; the median answer on a form is shorter
_TITLE_FORM = re.compile(r"\b(?:form|questionnaire|survey|feedback)\b", re.IGNORECASE)
_TITLE_TALK = re.compile(
    r"\b(?:transcript|interview with|conversation with|q ?& ?a|recorded)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of a file, how all of it looks (bold, heading, ...), and whether a paragraph begins with it.

    `fixed` says what it is, where the container knows ("question", "answer", "field", "aside").
    """

    text: str
    marks: frozenset[str] = frozenset()
    fixed: str = ""
    reason: str = ""

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Asked:
    """Which units ask (by index), by which mark that was told, and whether people talked or wrote."""

    questions: frozenset[int]
    mark: str
    talked: bool


def asks(text: str) -> bool:
    """Whether a line asks for something: a question mark at its end, or the words of a prompt."""
    bare = NUMBERED.sub("", text.strip(), count=1).strip()
    if not bare:
        return False
    tail = bare[-160:]
    return bool(any(found.end() == len(tail) for found in _ENDS_ASKING.finditer(tail)) or _ASKS.match(bare))


def who_asks(
    units: Sequence[Unit], *, form: bool = False, fields: bool = False, title: str = ""
) -> Asked | None:
    """The units that ask, None where nobody clearly does.

    form: whether the file shows by other signs (boxes, controls, a table of questions) that it is a form;
    fields: whether it has a head with fields. Then, or where the title says that it is a form, fewer
    questions do. Most of those set apart by one mark must ask, few of the others may, and nearly all must
    be answered.
    """
    free = [index for index, unit in enumerate(units) if unit.text.strip() and unit.fixed in _ANSWERS]
    sure = form or fields or bool(_TITLE_FORM.search(title))
    for mark in (*_MARKS, *(["prompt"] if form else [])):
        chosen = _chosen(units, free, mark)
        if not chosen:
            continue
        layout = _Layout(units, free, chosen)
        if layout.is_plausible(mark, sure=sure, least=1 if form else 2 if sure else 3):
            talked = not form and _talked(layout, fields=fields, title=title)
            return Asked(chosen, mark, talked)
    return None


def _chosen(units: Sequence[Unit], free: Sequence[int], mark: str) -> frozenset[int]:
    """The units set apart by a mark, without titles and headings above the first that asks."""
    chosen = [index for index in free if _has(units[index], mark)]
    for place, index in enumerate(chosen):
        text = units[index].text.rstrip()
        if asks(text) or units[index].words > _TITLE_WORDS or text[-1] in ".!…":
            return frozenset(chosen[place:])
    return frozenset()


def _has(unit: Unit, mark: str) -> bool:
    if unit.fixed:
        return False
    if mark == "prompt":
        return _only_asks(unit.text) and unit.words <= 40
    if mark == "typed number":
        return bool(NUMBERED.match(unit.text)) and unit.words <= 80
    if mark == "question mark":
        return asks(unit.text) and "?" in unit.text and unit.words <= 60 and unit.text.count(".") <= 2
    return mark in unit.marks


class _Layout:
    """Runs of questions and of answers that follow each other, from the first question on."""

    def __init__(self, units: Sequence[Unit], free: Sequence[int], chosen: frozenset[int]) -> None:
        first = min(chosen)
        body = [index for index in free if index >= first]
        runs = [(asked, [units[i] for i in group]) for asked, group in groupby(body, key=chosen.__contains__)]
        self.questions = [group for asked, group in runs if asked]
        self.answers = [group for asked, group in runs if not asked]
        self.asked = [unit for group in self.questions for unit in group]
        self.said = [unit for group in self.answers for unit in group]
        self.before = sum(units[index].words for index in free if index < first)

    def is_plausible(self, mark: str, *, sure: bool, least: int) -> bool:
        """Whether these can be questions and answers; `sure` where other signs say that it is a form."""
        if len(self.asked) < least or len(self.answers) < (1 if sure else least - 1):
            return False
        asking = sum(any(asks(unit.text) for unit in group) for group in self.questions) / len(self.questions)
        answering = sum(_only_asks(unit.text) for unit in self.said) / len(self.said)
        enough = 0.0 if sure and mark in _NUMBERS else 0.4 if sure else 0.5
        if asking < enough or answering > 0.34:
            return False
        said, asked = (sum(unit.words for unit in group) for group in (self.said, self.asked))
        full = (said >= 0.7 * asked or asking >= 0.9) and self.before < 0.3 * (said + self.before) + 40
        return said > 0 and (sure or (full and self._is_addressed()))

    def _is_addressed(self) -> bool:
        """Whether the questions speak to somebody: headings such as "Why I left" and "What next?" do not."""
        texts = [unit.text for unit in self.asked if asks(unit.text)]
        return sum(bool(_YOU.search(text)) for text in texts) >= max(2, 0.25 * len(texts))


def _only_asks(text: str) -> bool:
    """Whether a line asks and holds no answer of its own, as "Please say more: the rota." does."""
    return asks(text) and text.rstrip()[-1] not in ".!…"


def _talked(layout: _Layout, *, fields: bool, title: str) -> bool:
    """Whether this is a conversation and no form: by small words, by "me" in questions, by long answers."""
    questions = [unit.text for unit in layout.asked]
    words = sum(unit.words for unit in layout.said)
    spoken = sum(len(_SPOKEN.findall(unit.text)) for unit in layout.said)
    small = sum(bool(_TALK.match(text)) or bool(_ME.search(text)) for text in questions)
    if small >= max(2, 0.15 * len(questions)) or (spoken >= 3 and spoken * 150 >= words):
        return True
    numbered = sum(bool(NUMBERED.match(text)) for text in questions)
    if _TITLE_FORM.search(title) or numbered >= 0.5 * len(questions):
        return False
    if _TITLE_TALK.search(title) or (small and not fields) or len(questions) > _MOST_FORM_QUESTIONS:
        return True
    return median(sum(unit.words for unit in group) for group in layout.answers) > _LONG_ANSWER


def split_leads(text: str, bold: int) -> Iterator[tuple[str, bool]]:
    """A line in one or two pieces, where a bold question at its beginning is answered on the same line."""
    lead = text[:bold].rstrip()
    rest = text[bold:]
    if 0 < bold < len(text) and rest.strip() and asks(lead) and any(map(str.isalpha, rest)):
        yield text[: len(lead)], True
        yield rest.strip(), False
    else:
        yield text, bool(text.strip()) and not rest.strip()

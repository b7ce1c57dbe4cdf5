"""Answers that say nothing without their question: "Was caseload an issue?" "Definitely."

That is about caseload. Only a reply made of words that carry no matter of their own (yes and no, degrees,
praise and blame) is read as speaking of what was asked. A reply that names anything is about that.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

_LONGEST = 10  # words
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_PROMPT = 8  # words; what an interviewer says without a question mark is a prompt when it is this short
_NO = re.compile(
    r"^\W*(?:(?:well|oh|um|er|erm|honestly|to be honest|i mean|actually)\b\W*)*"
    r"(?:no\b(?! (?:doubt|question))|nope|nah|none|nothing|not\b(?! half)|never|hardly|i wouldn['’]t say|"
    r"(?:it|that|they|he|she)(?: really)? (?:was|were|did|do|does|is|are|has|have|had)n['’]?t)\b",
    re.IGNORECASE,
)


class Place(NamedTuple):
    """Where a text was said: the turn that it is part of, and the question that the turn replies to."""

    document_id: Hashable
    turn: Hashable
    question: str = ""


def places_of(segments: pd.DataFrame, *, of: pd.DataFrame) -> list[Place]:
    """The place of each row of `of`, which are rows of table `segments`.

    A turn replies to the question that was asked just before it: the next turn of an interviewer's, or the
    question above a survey's column. What others say after that is no reply.
    """
    asked = set(
        segments.loc[segments["role"] == "interviewer", ["document_id", "turn"]].itertuples(
            index=False, name=None
        )
    )
    interviews = {document_id for document_id, _ in asked}
    found = []
    columns = zip(of["document_id"], of["turn"], of["question"], strict=True)
    for document_id, turn, question in columns:
        told = isinstance(question, str) and (
            document_id not in interviews or (document_id, turn - 1) in asked
        )
        found.append(Place(document_id, turn, question if told else ""))
    return found


def replies(texts: Sequence[str], places: Sequence[Hashable]) -> dict[int, str]:
    """The rows of texts that say something only with their question, and that question.

    Of a turn only the first text replies; `places` are Place where a question is known.
    """
    found, before = {}, None
    for row, (text, place) in enumerate(zip(texts, places, strict=True)):
        question = place.question if isinstance(place, Place) else ""
        if place != before and _asks(question) and is_bare(text):
            found[row] = question
        before = place
    return found


def is_bare(text: str) -> bool:
    """Whether a text answers and names nothing: it is all yes, no, degrees, numbers, praise and blame."""
    answers = False
    for place, match in enumerate(_WORD.finditer(text)):
        word = match.group().lower().replace("’", "'")
        if place >= _LONGEST or not (word in _EMPTY or word.isdigit()):
            return False
        answers = answers or word not in _FILLERS
    return answers and "?" not in text


def is_denial(text: str) -> bool:
    """Whether a bare reply says no."""
    return bool(_NO.match(text))


def _asks(question: str) -> bool:
    return bool(question) and ("?" in question or len(question.split()) <= _PROMPT)


_FILLERS = frozenset(
    _WORD.findall("okay ok so well right oh um er erm ah mm hmm mean like thanks and but or then")
)
_EMPTY = frozenset(
    _WORD.findall(
        """
        yes yeah yep yup aye no nope nah ok okay course of definitely absolutely totally completely
        entirely certainly exactly precisely indeed obviously clearly undoubtedly massively hugely
        enormously extremely very really quite rather fairly pretty so too much many more most less
        least few little lot lots bit all any some none nothing enough plenty loads tons hardly
        barely scarcely somewhat slightly partly mostly mainly largely never always often sometimes
        rarely usually constantly occasionally probably perhaps maybe possibly not n't a an the this
        that it its it's that's there there's they they're i i'd i'm i've we you he she was wasn't
        were weren't is isn't are aren't be been being did didn't do don't does doesn't had hadn't
        has hasn't have haven't would wouldn't could couldn't can can't should shouldn't will won't
        might must say said think thought suppose guess believe feel felt mean well oh um er erm ah
        mm mhm hmm like just only even also and or but if as at in on to for from with by than then
        when what which who how because about over up out one two three four five six seven eight
        nine ten eleven twelve thirteen fourteen fifteen twenty thirty forty fifty sixty hundred
        first second last time times once twice every each day days week weeks month months year
        years now start end whole beginning part point half main big biggest huge major real key
        important small minor large single number top thing things reason reasons issue issues
        problem problems factor factors one's question doubt good great excellent brilliant
        fantastic wonderful lovely amazing fine nice perfect helpful useful better best bad terrible
        awful horrible dreadful poor rubbish shocking appalling useless worse worst hard difficult
        tough impossible unbearable nightmare disaster joke mixed average decent alright right
        honest honestly frankly actually truthfully sadly unfortunately luckily thankfully yet still
        again ever else anything everything my your our me us them thanks
        """
    )
)

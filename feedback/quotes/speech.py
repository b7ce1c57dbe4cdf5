"""How well a passage stands alone on a page: what it leans on, what breaks it, what makes it hard to read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from feedback.settings import Quotes

from .passages import Passage, Sentence

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_UNREADABLE = re.compile(
    r"\[?(inaudible|unclear|unintelligible|indistinct|crosstalk|overlapping|redacted)\b", re.I
)
_OFF_RECORD = re.compile(
    r"off the record|(do not|don[’']?t|please don[’']?t) (quote|write|put|print|repeat|tell)|"
    r"between (you and me|us|ourselves|these (four )?walls)|(keep|leave) (that|this|it) out|"
    r"(strike|scratch|delete) (that|this)|(turn|switch) (that|it|this|the recorder) off",
    re.I,
)
_TO_INTERVIEWER = re.compile(
    r"\b(as|like) i (said|say|mentioned|told)|\byou (just )?(asked|said|mentioned|were (saying|asking))\b|"
    r"\byour (\w+ )?question|\bcan i (just )?(say|ask)\b|\b(good|interesting|difficult|tough|hard) question\b|"
    r"\b(do|did|are|were) you (mean|asking|saying|want)|\bcould you (repeat|say)|\bnext question|"
    r"\blet me (think|see|explain|give)|\bthank(s| you)\b|\brecording (this|now)|\bthis (interview|recording)\b|"
    r"\b(to )?answer (that|this|your|the) |\bwhat else\b|\bwhere was i\b|\bsend me\b|\bi forg[eo]t what|"
    r"\bi don[’']?t know (if|whether) (that|this) (answers|makes)|\bread into that\b|\bmy name is\b",
    re.I,
)
_THROWAWAY = re.compile(
    r"^\W*(?:(?:yeah|yes|yep|yup|no|nope|nah|ok|okay|right|so|well|um+|uh+|er+|erm|hm+|mm+|oh|ah|and|but|"
    r"exactly|absolutely|definitely|sure|true|correct|indeed|anyway|totally|maybe|probably|i know|i see|"
    r"i think so|i guess so|i don[’']?t know|i suppose|i suppose so|of course|not really|that[’']?s (it|all|right|"
    r"true)|you know|i mean|really|honestly|fine|good|great|all good|same|got it|fair enough|god|gosh)\b\W*)+$",
    re.I,
)
_REPLY = re.compile(
    r"^\W*(yeah|yes|yep|no|nope|okay|ok|right|exactly|absolutely|definitely|sure|true|agreed?|not really|"
    r"of course|oh|ah|hm+|mm+|um+|uh+|er+|erm|see|look|now|well|anyway|i (also )?(dis)?agree|same)\b(?! (one|body|matter|way|longer))",
    re.I,
)
# A sentence that begins so needs the one before it.
_LEANS = re.compile(
    r"^\W*(and|but|or|nor|which|whose|because|[’']?cause|[’']?cos|cuz|that|that[’']s|this|these|those|they|they[’']\w+|"
    r"them|he|he[’']\w+|she|she[’']\w+|his|her|him|their|theirs|its|then|than|otherwise|also|too|neither|"
    r"either|same|hence|therefore|thus|instead|except|plus|including|such|especially|likewise|though|"
    r"although that|yet|still|not|like|similarly|however|meanwhile|both|another|whereas|etc|"
    r"(the|an)?other|first|firstly|second|secondly|third|thirdly|finally|lastly|next|"
    r"the (same|other|latter|former|second|third|next|last one|only one)|for (example|instance)|"
    r"in (other words|this|that|those|these|such|addition|contrast|turn)|"
    r"(on|in) the (other|contrary|same)|at (that|this)|after (that|this)|from (that|there|this)|with (that|this)|"
    r"to (that|this)|by (that|this)|about (that|this)|(as|even) (well|so)|on top of (that|it|this)|apart from (that|this)|"
    r"as a result|of (those|these|that|them)|(some|one|two|most|all|none|many|each|half) of (them|those|these|that|it)|"
    r"there(?! (is|are|was|were|has|have|had|will|would|could|should|might|must|may|can|isn|wasn|weren|aren|"
    r"used|seems|seemed|comes|came|never|just|always|wouldn|won|hasn|hadn|haven|needs|simply|really)\b|[’']))\b",
    re.I,
)
_IT = re.compile(r"^\W*(it|it[’']\w+)\b", re.I)
_EXPLAINS_ITSELF = re.compile(
    r"^\W*(so |well,? |honestly,? |i think )*it(?:[’']s| is| was|[’']d be| would be| isn[’']t| wasn[’']t| has been|"
    r" takes| took| helps| helped| means a lot| matters| feels| felt| seems| seemed| makes| made)\b[^.!?]*"
    r"\b(to|that|who|when|how|if|having|being|because)\b",
    re.I,
)
_SO = re.compile(r"^\W*so\b(?! (much|many|few|little|often))", re.I)
_FILLER = re.compile(
    r"\b(um+|uh+|er|erm|hm+|you know|i mean|sort of|kind of|basically|literally|or something|and stuff|"
    r"whatever|like,)",
    re.I,
)
_STUTTER = re.compile(r"\b(\w+(?: \w+)?)(?:,|…|\.\.\.| -| –)? \1\b", re.I)
_MEANT_TWICE = {
    "had",
    "that",
    "very",
    "really",
    "no",
    "so",
    "never",
    "long",
    "years",
    "always",
    "many",
    "her",
}
_ASIDE = re.compile(r"[\[(](?:[a-z][\w ,]*)[\])]")
_BROKEN_END = re.compile(r"(\.\.\.?|…|[-–—,:;])[\"'”’)\]]*$")
_ENDED = re.compile(r"[.!?][\"'”’)\]]*$")
_QUESTION = re.compile(r"\?[)\]]*$")
_HANGING_END = re.compile(
    r"\b(and|but|or|so|the|a|an|to|of|with|because|which|that|my|our|their|for|in|on|at|if|when|is|was|were|are|"
    r"i|we|they|um|uh|er|like|just|very|as|than|by|from)$",
    re.I,
)
_ONE = re.compile(r"\b(that|this|last|first|other|good|same|next|only|which|the) ones?\b", re.I)
_STARTS = re.compile(r"^[\"'“‘(\[]*[A-Z0-9£]")


@dataclass(frozen=True, slots=True)
class Reading:
    """How a passage reads: `clarity` from 0 (not fit to print) to 1, and what speaks against it."""

    clarity: float
    against: str = ""


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(text)


def off_record(passage: Passage) -> bool:
    """Whether the speaker asked, anywhere in the turn, that it should stay in the room."""
    return any(_OFF_RECORD.search(sentence.text) for sentence in passage.turn.sentences)


def read_aloud(passage: Passage, limits: Quotes) -> Reading:
    """How well the passage stands alone: whole, not leaning on what went before, readable."""
    bar = _barred(passage, limits)
    if bar:
        return Reading(0.0, bar)
    clarity, against = 1.0, []
    for cost, what in _blemishes(passage):
        clarity *= 1 - cost
        against.append(what)
    return Reading(clarity, ", ".join(against))


def _barred(passage: Passage, limits: Quotes) -> str:
    """What rules the passage out, or nothing."""
    text, count = passage.text, len(words(passage.text))
    masks = sum(sentence.masks for sentence in passage.sentences)
    reasons = (
        (not limits.shortest <= count <= limits.longest, "length"),
        (_broken(passage), "broken off"),
        (_UNREADABLE.search(text), "not understood by the transcriber"),
        (_TO_INTERVIEWER.search(text), "speaks to the interviewer"),
        (masks > 3 or masks * 6 > count, "too much is masked"),
        (
            any(_QUESTION.search(end.text) for end in (passage.sentences[0], passage.sentences[-1])),
            "question",
        ),
        (_THROWAWAY.match(passage.sentences[0].text), "begins with a filler"),
        (_echoes(text, passage.turn.question), "the interviewer's words"),
        (off_record(passage), "off the record"),
        (leans(passage), "leans on what went before"),
    )
    return next((what for wrong, what in reasons if wrong), "")


def _broken(passage: Passage) -> bool:
    first, last = passage.sentences[0].text, passage.sentences[-1].text
    if not _STARTS.match(first) and passage.first > 0:
        return True
    if _BROKEN_END.search(last) or passage.text.count('"') % 2:
        return True
    if any(passage.text.count(a) != passage.text.count(b) for a, b in ("[]", "()", "“”")):
        return True
    ended = bool(_ENDED.search(last))
    return not ended and (passage.last + 1 < len(passage.turn.sentences) or bool(_HANGING_END.search(last)))


def _echoes(text: str, question: str) -> bool:
    """Whether most of what is said are the interviewer's own words."""
    asked = {word.lower() for word in words(question) if len(word) > 3}
    said = {word.lower() for word in words(text) if len(word) > 3}
    return len(asked & said) * 3 > len(said) * 2


def leans(passage: Passage) -> bool:
    """Whether the first sentence needs one that came before: it says "that", "it" or "they" of nothing yet."""
    first = passage.sentences[0].text
    if _LEANS.match(first):
        return True
    if _SO.match(first) and passage.first > 0:
        return True
    return fragment(first) or points_back(first)


@cache
def _tagger() -> Any:
    import spacy

    return spacy.load("en_core_web_sm", exclude=["parser", "ner", "lemmatizer", "senter"])


@cache
def _tokens(sentence: str) -> tuple[tuple[str, str], ...]:
    return tuple((token.lower_, token.tag_) for token in _tagger()(sentence))


_FINITE = {"VBD", "VBP", "VBZ", "MD"}
_NOUNS = {"NN", "NNS", "NNP", "NNPS"}
_BACK = {"he", "she", "they", "them", "him", "his", "their", "it", "its", "hers", "theirs"}
_POINTERS = {"this", "that", "these", "those"}
_VAGUE = {
    "thing",
    "things",
    "one",
    "ones",
    "way",
    "lot",
    "bit",
    "kind",
    "sort",
    "time",
    "day",
    "point",
    "people",
}


def fragment(sentence: str) -> bool:
    """Whether a sentence has no finite verb: "Same words." """
    return not any(tag in _FINITE for _, tag in _tokens(sentence))


def points_back(sentence: str) -> bool:
    """Whether a pronoun comes before anything that it could stand for."""
    if _EXPLAINS_ITSELF.match(sentence):
        return False
    if _IT.match(sentence):
        return True
    tokens = _tokens(sentence)
    for at, (word, tag) in enumerate(tokens):
        if tag in _NOUNS and word not in _VAGUE:
            return False
        if word in _BACK and tag in ("PRP", "PRP$"):
            return True
        if word in _POINTERS and tag == "DT" and at < 6:
            return True
    return bool(_ONE.search(sentence))


def _blemishes(passage: Passage) -> Iterable[tuple[float, str]]:
    """What makes the passage worse without ruling it out: (cost, words)."""
    text, sentences = passage.text, passage.sentences
    count = len(words(text))
    found = (
        (0.3 if _REPLY.match(sentences[0].text) else 0, "opens as a reply"),
        (0.15 if _SO.match(sentences[0].text) else 0, "opens with so"),
        (min(0.5, 3 * len(_FILLER.findall(text)) / count), "fillers"),
        (min(0.4, 0.15 * _stutters(text)), "repeats itself"),
        (min(0.3, 0.1 * len(_ASIDE.findall(text))), "stage directions"),
        (min(0.3, 0.1 * len(re.findall(r"\.\.\.|…|--| – ", text))), "halting"),
        (0.12 * sum(sentence.masks for sentence in sentences), "masks"),
        (0.1 * sum(_asks(sentence) for sentence in sentences), "questions"),
        (0.15 if count < 12 else 0.1 if count > 55 else 0, "length"),
        (_loose_ends(sentences), "loose ends"),
        (0.1 if not _ENDED.search(sentences[-1].text) else 0, "no full stop"),
        (0.1 if not _STARTS.match(sentences[0].text) else 0, "begins in lower case"),
    )
    return [(cost, what) for cost, what in found if cost > 0]


def _asks(sentence: Sentence) -> bool:
    return bool(_QUESTION.search(sentence.text))


def _stutters(text: str) -> int:
    return sum(match[1].lower() not in _MEANT_TWICE for match in _STUTTER.finditer(text))


def _loose_ends(sentences: tuple[Sentence, ...]) -> float:
    """The cost of sentences that say nothing ("So. Um. Yeah."), most of all at the end."""
    empty = [bool(_THROWAWAY.match(sentence.text)) for sentence in sentences]
    return min(0.8, 0.2 * sum(empty) + (0.4 if empty[-1] else 0))

"""Whose reason a sentence gives: the speaker's own, a denied one, an imagined one, or other people's.

Cue rules over clauses, in the manner of NegEx and ConText (Chapman and others 2001; Harkema and others
2009). A complaint in the negative ("there was no support") is the speaker's own; only a reason that is
itself denied ("it wasn't the money") counts as negated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

ASSERTIONS = ("own", "negated", "hypothetical", "other")
_TIMEOUT_S = 0.5

_NOT = r"(?:not|n['’]?t|never|by no means|hardly)"
_ADVERB = (
    r"(?:(?:really|actually|definitely|even|ever|so much|particularly|honestly|primarily|mainly|at all|"
    r"necessarily|exactly|been)\s+)*"
)
_NOUN = (
    r"(?:money|pay|salary|wages?|case[ -]?loads?|workload|hours|stress|burn[ -]?out|commut\w+|management|"
    r"managers?|supervision|support|paper ?work|recording|admin|bureaucracy|famil(?:y|ies)|kids|children|"
    r"team|numbers?|blame|travel|computers?|on[- ]call|rota|shifts?|progression|safety|values|threats?|"
    r"bullying|training|housing|rent|childcare|health)"
)
_LEAVE = (
    r"(?:left|leav(?:e|es|ing)|went|go(?:es|ne|ing)?|quit|resign(?:ed|s|ing)?|moved?|moving|walked(?: out)?|"
    r"dropped out|pushed out|driven out|burnt out|handed)"
)
_WHY = (
    r"(?:over|because|due to|on account of|for childcare|"
    rf"for (?:the |more |better |a better )?(?:\w+ )?{_NOUN})"
)

_NEGATED = (
    # "it wasn't the money", "that was never about pay"; not "it wasn't safe" or "it wasn't only the money"
    rf"\b(?:it|that|this|they|he|she|there)\s*(?:['’]s|was|is|were|has|had|could)?\s*{_NOT}\s+{_ADVERB}"
    rf"(?:about|because|down to|due to|over|to do with|anything to do|that\b|the fact|them\b|him\b|"
    rf"her\b(?! \w)|"
    rf"(?:the |my |our |a lack of |lack of |any )?{_NOUN}\b(?!\s+(?:i|we|they|you|he|she)\b)|"
    r"(?:the|my|our) (?!same|best|worst|right|kind|sort|way|place|end|point|first|only|most|\w+est\b)"
    r"[\w-]+\b(?!\s+(?:i|we|they|you|he|she|it)\b))",
    rf"{_NOT}\s+(?:\w+\s+)?(?:leave|left|leaving|go|went|quit|resign|move|pushed out|driven out)\s+{_WHY}",
    rf"{_NOT}\s+(?:pushed|driven|forced|put off)\s+(?:\w+\s+)?by\b",
    rf"{_NOT}\s+{_ADVERB}(?:an?|the|my|much of an?|any)?\s*(?:big |main |real )?"
    r"(?:problem|issue|reason|factor|concern|deciding)\b",
    rf"{_NOT}\s+{_ADVERB}(?:why (?:i|we)\b|what (?:made|drove|pushed|did|finished))",
    rf"\b(?:reason|leaving|going|decision|departure|resignation)\b(?: \w+)? (?:was|is|had)\s*{_NOT}",
    r"\bnothing to do with|\bno bearing|\b(?:played|had|took) no part|\bno complaints?\b|"
    r"\bnothing (?:really )?(?:bad|wrong|against)\b|\bcontrary to\b|\bneither\b.*\bnor\b",
    rf"{_NOT}\s+(?:really |even |ever )?(?:come|came|enter) into it|"
    rf"{_NOT}\s+(?:really |even |ever |once )?(?:bother(?:ed)?|matter(?:ed)?|worr(?:y|ied)|drive|drove|put)"
    r"(?: to)?(?: me)?(?: off| out)?\b(?! to)|"
    rf"{_NOT}\s+(?:really )?(?:figure|feature|play (?:a|any|much))|"
    rf"{_NOT}\s+(?:bothered (?:about|by)|mind(?:ed)?\b)|"
    rf"{_NOT}\s+(?:really |ever )?(?:had|have|got) (?:a|any|much of a) (?:problem|issue|complaint)",
    rf"\b(?:ca{_NOT}|cannot|could{_NOT}|could not) (?:really )?(?:fault|complain|blame (?:the|my|it|that)|"
    rf"say (?:it|that))",
    rf"(?:would|wo|will|going to|gonna)?\s*{_NOT} (?:going to |gonna )?(?:\w+ ){{0,3}}?"
    r"(?:say|said|saying|tell you|call(?:ed)?|pretend|claim) (?:that )?(?:it|that)\b",
    rf"\b(?:wouldn['’]?t|would not) (?:have )?call(?:ed)?\b|\b(?:do|did){_NOT} (?:really )?(?:blame|"
    rf"think (?:it|that) (?:was|is|were))",
    rf"\b(?:do|did){_NOT} (?:really )?think\b.*\b(?:reason|problem|issue|why)\b",
    r"^\W*(?:no\W+|well\W+|so\W+)*not\s+(?!only|just|enough|one|a\b|much|many|all|even|every|being|having|"
    r"to\b)"
    rf"(?:because|for|the|about|due|down|my|over|that|{_NOUN})\b",
    rf"^\W*rather than (?:the |my |any )?(?:\w+ )?{_NOUN}",
    rf"\b(?:it|that|which)\s*(?:was|is|did|were)\s*{_NOT}(?: true| it| so| right| the case)?\W*$",
)
_STAY_OR_GO = (
    r"(?:stay(?:ed)?|leave|left|go(?:ne)?\b(?! home| back| to bed| in\b| out\b| and\b)|quit|resign(?:ed)?|"
    r"managed?|"
    r"coped?|carried on|kept|lasted|remain(?:ed)?|hand(?:ed)? in|still be|be (?:there|gone|here|off)\b|"
    r"put up|"
    r"burnt? out|been (?:different|there|here|fine)|be different|considered?)"
)
_COULD = r"(?:['’]d|would|might|could|may|should)"
_HYPOTHETICAL = (
    rf"(?:\b|(?<=\w)){_COULD}\s*(?:n['’]t|not|never)?\s+(?:(?:probably|maybe|still|only|never|perhaps|"
    rf"easily|almost certainly)\s+)*have\s+(?:\w+ly\s+|still\s+|never\s+)*{_STAY_OR_GO}",
    rf"\b(?:i|we)\s*{_COULD}\s+(?:(?:probably|maybe|only|never|not|definitely)\s+)*"
    r"(?:leave|quit|resign|go|be off|be gone|walk)\s*(?:$|tomorrow|over|for|if|because|too\b|one day|"
    r"elsewhere|now)",
    rf"{_COULD}\s+(?:\w+ )?(?:keep|make|get|bring|persuade|tempt) me (?:back|to|stay|leave|go|here)|"
    r"(?:would|might|could)\s+have\s+(?:kept|made|persuaded|saved) (?:me|us)|to get me back",
    r"\bsee myself (?:leaving|going)|\b(?:may|might) (?:well )?(?:have to|leave|go|quit|resign|look)\b",
    r"\bif only\b|\bimagine (?:if|they|a)\b|\bsuppos(?:e|ing) (?:they|i|we|it|you)\b.*\b(?:would|['’]d)|"
    r"\bwhat if\b|"
    r"^\W*(?:supposing|unless)\b",
    rf"^\W*(?:and |but |so )?(?:had (?:they|it|i|we|he|she|some\w+|there|the|my)|were (?:the|i|my|they|"
    rf"it))\b.*"
    rf"(?:\b|(?<=\w)){_COULD}\b",
    rf"\bin an(?:other|y other) .*\b{_COULD}\b|\b(?:it|that) could have been\b",
    r"\b(?:maybe|perhaps) with .*(?:\b|(?<=\w))(?:['’]d|would|might)\b|\bwith (?:half|more|better|a better|"
    r"fewer|less) .*\bwould\b",
)
# "if" that sets no condition.
_IDLE_IF = (
    r"\b(?:if (?:i['’]?m|i am|we['’]?re|you['’]?re|i was|i['’]?m being|i['’]?m quite) (?:\w+ )?"
    r"(?:honest|frank|fair|truthful|blunt)|if (?:you ask me|you like|you will|anything|i (?:may|can|"
    r"could) say|"
    r"(?:that|it|this) makes (?:any )?sense|you (?:know|see|get) (?:what|where) i\w* \w+)|(?:as|even) if|"
    r"(?:know|knew|wonder|wondered|wondering|ask|asked|asking|see|check|sure|care|cared|tell) (?:me |us |"
    r"you )?if)\b"
)
_IF = r"\b(?:if|unless|provided)\b|^\W*(?:and |but )?had (?:they|i|we|he|she|it|some\w+|there|my|the) "
_THEN = (
    r"(?:\b|(?<=\w))(?:would|['’]d|might|could|['’]ll|will|may)\b|\bi['’]?m (?:off|gone|out)\b|"
    r"\b(?:i|we) (?:go|leave|quit)\b"
)
_SAID = (
    r"\b(?:i (?:would|['’]d)|i['’]d) (?:say|call|describe|put|add|argue)\b|"
    r"\b(?:would|could|['’]d) (?:have )?(?:rather |really )?(?:liked?|loved?|appreciated?|wanted|done with)\b"
)

_PEOPLE = (
    r"(?:colleagues?|people|others|some of (?:them|us|my|the)|most(?: of)?|many|a lot|lots|loads|half|"
    r"several|"
    r"every(?:one|body) else|social workers|(?:two|three|four|five|both|one) (?:of|newly|people|colleagues|"
    r"girls)|"
    r"the (?:two|three|girl|lad|woman|man|one|guy|person)|"
    r"(?:a|one) (?:woman|man|girl|lad|colleague|friend|mate|guy)|quite a few|"
    r"my (?:old |former |previous )?(?:friend|mate|colleagues?|predecessor|deputy|manager|boss|flatmate|team|"
    r"cohort|peers?|supervisor|partner|mentor|buddy)|they|she|he)"
)
_NOT_I = r"(?:(?!\b(?:i|me)\b)[^;])"
_NOT_ME = (
    r"\b(?:that|it) (?:wasn['’]?t|was not|isn['’]?t|is not) (?:really )?me\b(?! (?:who|that)\b)|\bnot me\W*$"
)
_OTHER = (
    rf"(?:^|\b){_PEOPLE}\b{_NOT_I}{{0,60}}?\b{_LEAVE}\s+(?:\w+\s+){{0,3}}?{_WHY}",
    rf"(?:^|\b){_PEOPLE}\b{_NOT_I}{{0,60}}?\b(?:left|went|leave|gone|go)\s+for\s+(?!good|the (?:day|night|"
    rf"weekend)|a (?:week|month|bit))",
    rf"^\W*(?:(?:and|but|so|then)\s+)?(?-i:(?!I\b)[A-Z][\w-]+)\s+(?:had\s+|"
    rf"has\s+)?{_LEAVE}\s+(?:\w+\s+){{0,3}}?{_WHY}",
    rf"(?:^|\b){_PEOPLE}\b{_NOT_I}{{0,60}}?\b(?:her|his|their) notice",
    r"\bfor (?:other people|(?:the )?others|them|some people|some|him|her|most people|my \w+)\W+(?:it|"
    r"that)\b",
    r"\bfor (?:the others|other people|(?:some|most) people|everyone else)\W*$",
    r"\bmade (?:him|her|them|\w+ people) (?:go|leave)",
    r"(?:\b(?:other people|others|every(?:one|body) else|some (?:of them|people|colleagues|of the others))|"
    r"^\W*some)\s+(?:really |had |have |were |was |are |did |do |would |all )*(?:struggl\w+|had|have|were|"
    r"was|are|"
    r"found|complain\w*|mind\w*|felt|feel|burn\w*|bullied|mention\w*|hate\w*)\b",
    _NOT_ME,
    r"\b(?:people|colleagues|others|they|every(?:one|body)|most) (?:\w+ )?(?:always |all |will |would |"
    r"might )*"
    r"(?:think|assumed?|thought|reckon|say|says|tell you)\b(?! (?:i was|i['’]m|me)\b)",
    r"\byou hear (?:about|of)\b|^\W*apparently\b",
    r"\b(?:told me|said) (?:he|she|they) (?:was|were) (?:leaving|going)\b",
)
_PLEASED = (
    r"\b(?:well paid|fine|good|love(?:d|ly)?|great|alright|all right|okay|ok|like(?:d)?|manageable|decent|"
    r"nice|"
    r"brilliant|excellent|enjoy(?:ed)?|happy|reasonable)\b"
)
_IDLE = (
    "a actually ah all always am and anyway as at basically been but did do end er erm fair fairly for "
    "god guess have honest honestly i if in is it just kind know like look maybe me mean mind mm more "
    "much my no not now obviously of oh ok okay on or perhaps personally quite really right say see so "
    "sort suppose sure that the then there they think this though to too truth um very was well were what "
    "which with yeah yes you your didn't wasn't isn't gather assume anyone everyone people us them "
)
_IDLE_WORDS = frozenset(_IDLE.split())

_SENTENCE_END = r"[.!?…]+(?=\s|$)|\n+|;"
_CLAUSE_END = (
    r",\s*|:\s+|\s+[-–—]+\s+|—|\s+(?=(?:but|although|though|whereas|however|rather than|and everything|"
    r"and if|and then|so it|because of all)\b)|\s+(?=if\b(?=.*\b(?:would|['’]d)\b.*\b(?:stay|stayed|leave|"
    r"left)))"
)


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    end: int
    label: str | None  # None: nothing said


def assertions(texts: Sequence[str]) -> list[str]:
    """One of "own", "negated", "hypothetical", "other" for each text, as a statement of a reason.

    A text with a reason of the speaker's own anywhere is "own"; otherwise what its clauses say, a denial
    before a supposition before other people's reasons.
    """
    return [_whole(text) for text in texts]


def assertion_at(text: str, start: int, end: int) -> str:
    """The same for the evidence text[start:end]: what the clause around it says.

    In "It wasn't the caseload, it was the recording" caseload is negated and recording own.
    """
    best, most = None, 0
    for clause in _clauses(text):
        shared = min(end, clause.end) - max(start, clause.start)
        if shared > most:
            best, most = clause, shared
    return (best.label if best else None) or "own"


def _whole(text: str) -> str:
    clauses = [clause for clause in _clauses(text) if clause.label]
    labels = [clause.label for clause in clauses]
    if labels[-1:] == ["negated"] and all(
        _found(_PLEASED, text[c.start : c.end]) for c in clauses if c.label == "own"
    ):
        return "negated"
    for label in ("own", "negated", "hypothetical", "other"):
        if label in labels:
            return label
    return "own"


def _clauses(text: str) -> list[_Clause]:
    found: list[_Clause] = []
    for start, end in _cut(text, 0, len(text), _SENTENCE_END):
        found += _labelled(text, _cut(text, start, end, _CLAUSE_END))
    return found


def _labelled(text: str, spans: list[tuple[int, int]]) -> list[_Clause]:
    """The clauses of one sentence; a condition reaches the clauses beside it that depend on it."""
    words = [_without_idle_if(text[start:end]) for start, end in spans]
    labels = [_label(clause) for clause in words]
    for at, clause in enumerate(words):
        if not _found(_IF, clause):
            continue
        beside = [near for near in (at, at + 1, at - 1) if 0 <= near < len(words) and _depends(words[near])]
        if beside and not _habit(clause, words[beside[0]]):
            for near in (at, *beside[:2]):
                labels[near] = "hypothetical"
    if any(_found(_NOT_ME, clause) for clause in words):
        labels = ["other" if label == "own" else label for label in labels]
    for at in range(1, len(words)):
        if labels[at] == "own" and _found(r"^\W*n?or\b", words[at]):
            labels[at] = labels[at - 1]
    return [_Clause(start, end, label) for (start, end), label in zip(spans, labels, strict=True)]


def _label(clause: str) -> str | None:
    if not _says_something(clause):
        return "negated" if _any(_NEGATED, clause) else None
    if not _found(_SAID, clause) and _any(_HYPOTHETICAL, clause):
        return "hypothetical"
    if _any(_OTHER, clause):
        return "other"
    return "negated" if _any(_NEGATED, clause) else "own"


def _depends(clause: str) -> bool:
    return _found(_THEN, clause) and not _found(_SAID, clause)


def _habit(condition: str, then: str) -> bool:
    """ "If you complained you'd get a letter": what used to happen, not what might have."""
    generic = _found(r"\bif (?:you|someone|anyone|a \w+|any \w+)\b", condition)
    perfect = _found(r"(?:would|['’]d|might|could)(?: \w+)? have\b", then)
    return generic and not perfect and not _found(_STAY_OR_GO, then)


def _says_something(clause: str) -> bool:
    return any(word not in _IDLE_WORDS for word in _expression(r"[^\W\d_][\w'’]*").findall(clause.lower()))


def _without_idle_if(clause: str) -> str:
    return str(_expression(_IDLE_IF).sub(lambda match: "~" * len(match.group()), clause, timeout=_TIMEOUT_S))


def _cut(text: str, start: int, end: int, ending: str) -> list[tuple[int, int]]:
    spans, at = [], start
    for match in _expression(ending).finditer(text, start, end):
        if match.start() > at:
            spans.append((at, match.start()))
        at = match.end()
    return [*spans, (at, end)] if at < end else spans


def _any(patterns: tuple[str, ...], text: str) -> bool:
    return any(_found(pattern, text) for pattern in patterns)


def _found(pattern: str, text: str) -> bool:
    try:
        return _expression(pattern).search(text, timeout=_TIMEOUT_S) is not None
    except TimeoutError:
        return False


@cache
def _expression(pattern: str) -> Any:
    import regex

    return regex.compile(pattern, regex.IGNORECASE)

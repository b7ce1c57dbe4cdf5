"""What was asked before each answer: about leaving, about what might have been, or about something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from feedback.tagging.cues import says_any
from feedback.tagging.pieces import sentences

if TYPE_CHECKING:
    import pandas as pd

_OUT = r"leav\w+|left(?! of\b)|resign\w*|quit\w*|mov(?:e|ed|ing) on|hand\w* (?:it )?in|departure"
# Going somewhere is no leaving, nor is deciding to do something: "go into testing", "decide to use Scrum".
_AWAY = (
    r"(?:go(?:ing)?|went)\b(?! (?:to (?!(?:an?|the|another|work)\b)|(?:bad|wrong|well|on|ahead|with|into|"
    r"through|back|for|about|over|up|down)\b))"
)
_DECIDE = (
    rf"decid\w+(?! (?:to|on|upon) (?!(?:\w+ )?(?:{_OUT}|{_AWAY}|(?:stop|get out|move|step (?:back|down)|"
    r"change (?:jobs?|careers?))\b)))"
)
_GO = rf"(?:{_OUT}|{_AWAY}|notice)"
# Beside "reasons" and "decision" it must be yours: not "they have reasons, and they're going to say five".
_YOU_GO = (
    rf"(?:{_OUT}|(?:your|my|in|gave|give|giving) notice|"
    rf"(?:you|your|for|of|behind|about|in|to) (?:\w+ )?{_AWAY})"
)
_DECISION = rf"(?:reasons?|factors?|decision|{_DECIDE})"
_ASKED = (
    rf"\bwhy (?:did|do|have|had) you (?:\w+ )?(?:{_DECIDE}|leave|{_AWAY}|quit|resign|move on|hand)|"
    r"\bwhy you (?:left|went)\b",
    r"\b(?:what|which \w+|anything|something)(?: \w+){0,4} (?:made|led|prompted|pushed|drove|caused|got|"
    r"brought) you\b"
    rf"(?: \w+){{0,5}} (?:{_GO}\b|{_DECIDE}|decision\b|that point\b)|\bwhat (?:pushed|drove) you\b",
    rf"\b{_DECISION}\b[^?.]{{0,40}}\b{_YOU_GO}\b|\b{_YOU_GO}\b[^?.]{{0,40}}\b{_DECISION}",
    r"\b(?:in|behind|to|about|into) your (?:\w+ )?(?:decision|leaving|departure|resignation|notice)\b|"
    r"\byour (?:own )?(?:leaving|resignation|departure)\b",
    rf"\bwhen did you (?:\w+ )?(?:{_DECIDE}|know you)|\b(?:tell me|talk me|take me)\b[^?]{{0,60}}\b(?:left|"
    r"leaving|you went|"
    r"your decision)\b|\byou left\b[^?]{0,40}\btell me|\bpoint of leaving\b|\bwhat was behind (?:it|that|"
    r"your)\b",
    r"\bhow you (?:came|come) to (?:leave|go|decide|that)|\bhow did you come to (?:leave|go|decide)",
    r"\b(?:final|last) straw|\b(?:tipping|turning|breaking) point|\bwas there a (?:\w+ )?(?:moment|point)\b",
    r"\bwas there (?:any|one|a|some)\b[^.?]{0,60}\byou (?:thought|knew|decided|realised)\b",
    r"\bmain reasons?\b|\b(?:leaving|exit) form\b|\bso what was it\b|\bwhat was it,? (?:that|then|"
    r"would you say)\b",
)
_OFF = (
    r"^\W*(?:\w+\W+){0,2}(?:how long|when(?! did you (?:\w+ )?(?:decide|know))|where|who)\b|"
    r"\bon that date\b|\bleave (?:you|us|me|it|that|in|out|there)\b|"
    r"\b(?:did|do|have) (?:other )?(?:people|others|colleagues|they|many) (?:\w+ )?(?:leave|left|go)\b",
)
_SUPPOSED = (
    r"\bwould you (?:have |still )?(?:stay|be|leave|consider|go back)|\bcould they have kept\b|"
    r"\bmight (?:you )?have (?:stayed|kept)\b|\bwhat (?:would|could|might) (?:have )?"
    r"(?:kept|keep|made|make|changed|help)|\bwould have (?:kept|made|changed)|\bif (?:they|you)(?:['’]d|"
    r" had)\b",
)
_FOREMOST = (
    r"(?:main|primary|principal|chief|biggest|greatest|single|key|top|overriding|deciding|most important|"
    r"number one|no\.? ?1)"
)
# One reason is asked for: "main reasons" asks for several, of which none is the main one.
_MAIN = (
    rf"\b{_FOREMOST} (?:\w+ ){{0,2}}(?:reason|factor|cause|driver|motive|thing)\b|"
    rf"\breason\b[^?.]{{0,30}}\b{_FOREMOST}\b|"
    r"\b(?:which|what)\b[^?.]{0,40}\b(?:mattered|counted|weighed) (?:the )?most\b",
)
# "Main reason" as a field's whole name; "Main reason for joining" asks for something else.
_OTHER_ACT = (
    r"\b(?:reasons?|factors?) (?:for|to|(?:why )?(?:that )?you(?:r|['’]ve| have| had)?)\b"
    r"(?![^?.]*\b(?:leav\w*|left|resign\w*|quit\w*|departure)\b)[^?.]{0,30}\b(?:join|appl|choos|chose|train|stay|becom|"
    r"became|accept|remain|return|coming (?:back|here)|came|enrol|regist|interest|going into|score|rating|"
    r"answer|visit)",
)
_MAIN_ALONE = (
    rf"^\W*(?:\w{{1,3}}[.):]\s*)?(?:your |the )?{_FOREMOST} (?:reason|factor|cause)\W*(?:\([^)]*\)\W*)?$",
    rf"\b{_FOREMOST} thing (?:that )?(?:made|led|drove|pushed|got|caused) you\b(?: \w+){{0,3}} {_GO}",
)
_FURTHER_FIELD = (
    r"^\W*(?:\w{1,3}[.):]\s*)?(?:any |your |the )?(?:other|further|additional|secondary|second|contributing|"
    r"all other)(?: contributing)? (?:reasons?|factors?|causes?)\W*(?:\([^)]*\)\W*)?$",
    # A column for each option: "Contributing Factors. Ill Health".
    r"^\W*(?:other |further |additional )?contributing (?:reasons?|factors?|causes?)\s*[.:\[(/–-]",
)
_SAYS_MAIN = (
    rf"\b(?:my|the) (?:{_FOREMOST}|real|only) (?:reason|factor|cause)\b (?:was|is|i |for |why |that )",
)
# A turn of the interviewer that does not end an answer: "Okay. Go on.", "Could you say more about that?"
_BACKCHANNEL = 4  # words
_ASIDE = 2  # words, when it is a question: "Really?"; "And since then?" asks for something else
_MORE = (
    r"\b(?:say|tell me) (?:a (?:little|bit) |any |some )?more\b|\bgo on\b|\bin what way\b|"
    r"\bhow do you mean\b|"
    r"\bwhat do you mean\b|\bsuch as\?|\bfor (?:example|instance)\?|\bwhat else\b|"
    r"\banything else\b.*\b(?:left|leav)",
    r"^\W*(?:\w+\W+)?why\b(?: \w+){0,3}\?",
)

_NON_ANSWER = re.compile(
    r"(?:n ?/ ?a|n\.a\.?|none?|no|nil|nothing(?: (?:really|else|to (?:add|say)))?|not applicable|(?:see|"
    r"as) above|"
    r"same(?: as above)?|idk|(?:i )?(?:do not|don['’]?t|dont) know(?: really)?|not sure|no (?:comments?|"
    r"thanks?(?: you)?|"
    r"reason|answer)|(?:i(?:['’]d| would) )?(?:rather|prefer) not(?: to)? say|unsure|various|\?+|yes|ok|"
    r"test|-+|"
    r"n/a\W.*|not leaving\b.*|haven['’]?t left\b.*|[\W_]*)",
    re.IGNORECASE,
)


ASKED_MAIN = "asked for the main reason"


@dataclass(frozen=True, slots=True)
class Row:
    """A participant's segment and what was asked before it."""

    segment_id: str
    document_id: str
    case_id: str
    turn: int
    text: str
    context: str  # "asked", "supposed", "all" or ""
    why: str
    interview: bool


@dataclass(frozen=True)
class Study:
    """What is asked in all of a study, where only a part of it is looked at: its written questions, sorted,
    and whether anybody asks aloud.
    """

    questions: tuple[str, ...]
    interviewers: bool


def study_of(segments: pd.DataFrame) -> Study:
    """What is asked in these segments."""
    questions = sorted(map(str, segments["question"].dropna().unique()))
    return Study(tuple(questions), bool(segments["role"].eq("interviewer").any()))


def spoken(segments: pd.DataFrame, *, main: Sequence[str] = (), study: Study | None = None) -> Iterator[Row]:
    """The participants' segments in the order they were said, each with the question that stands over it.

    main: questions that ask for the main reason for leaving, as they are named, `*` standing for any letters.
    study: what is asked in the whole study; by default the segments are all of it.
    """
    ordered = segments.sort_values(["document_id", "turn", "start", "segment_id"], kind="stable")
    study = study or study_of(segments)
    plain = not study.questions and not study.interviewers
    ask = _Asking(study.questions, tuple(main))
    for document_id, document in ordered.groupby("document_id", sort=False, observed=True):
        interview = bool(document["role"].eq("interviewer").any())
        asked, context, why, turn_before, before = "", "", "", None, None
        for row in document.itertuples(index=False):
            if row.role == "interviewer":
                asked = f"{asked} {row.text}" if row.turn == turn_before else str(row.text)
                turn_before = row.turn
                continue
            written = row.question if isinstance(row.question, str) and not interview else ""
            question = asked or written
            person = case_of(row.case_id, document_id)
            if not interview and person != before:
                # What one respondent was asked says nothing of the next.
                context, why, before = "", "", person
            if question and not (interview and context and _goes_on(question)):
                context, why = ask.about(question)
            asked, turn_before = ("" if interview else asked), None
            told = ("", "") if _repeats(str(row.text), question) else (context, why)
            yield Row(
                row.segment_id,
                str(document_id),
                person,
                row.turn,
                str(row.text),
                *(("all", "a text by itself") if plain else told),
                interview,
            )


def _repeats(text: str, question: str) -> bool:
    """Whether it is the head of the question: "Contributing factors." of one that goes on "Ill health"."""
    head = _plain(text)
    return head.endswith((".", ":")) and len(head) < len(question) and _plain(question).startswith(head)


def _goes_on(question: str) -> bool:
    most = _ASIDE if question.rstrip().endswith("?") else _BACKCHANNEL
    return len(question.split()) <= most or says_any(_MORE, question)


class _Asking:
    """What questions ask, where some are named as asking for the main reason; each is looked at once."""

    def __init__(self, questions: Iterable[Any], main: Sequence[str]) -> None:
        self._main = tuple(_plain(one) for one in main)
        # "Other reasons" as a whole heading means those for leaving, beside a field for the main one.
        self._forms = any(self.asks_main(str(one)) for one in questions)
        self.about = lru_cache(maxsize=None)(self._about)

    def _about(self, question: str) -> tuple[str, str]:
        """Whether leaving is asked about ("asked", "supposed", ""), and how, in words."""
        if self.asks_main(question):
            return "asked", ASKED_MAIN
        if self._forms and says_any(_FURTHER_FIELD, question):
            return "asked", "asked for further reasons"
        return _context(question)

    def asks_main(self, question: str) -> bool:
        """Whether a question asks for one main reason, or is named as asking for it."""
        plain = _plain(question)
        return any(fnmatchcase(plain, one) for one in self._main) or asks_main(question)


def asks_main(question: str) -> bool:
    """Whether a question asks for one main reason for leaving: "Main reason", "the key factor in going"."""
    if says_any(_MAIN_ALONE, question):
        return True
    return says_any(_MAIN, question) and _context(question)[0] == "asked"


def main_answers(
    segments: pd.DataFrame, *, among: Collection[str], main: Sequence[str] = (), study: Study | None = None
) -> frozenset[str]:
    """Which of the segments `among` (their ids) say what somebody's main reason is.

    Answers to a question for it (all that is written there; in a conversation the first that is said), and
    sentences that call it the main one themselves. main, study: as of `spoken`.
    """
    found, turn_before = set(), None
    for row in spoken(segments, main=main, study=study):
        first, turn_before = (row.document_id, row.turn) != turn_before, (row.document_id, row.turn)
        if row.segment_id not in among:
            continue
        told = row.why == ASKED_MAIN and not is_non_answer(row.text)
        if (told and (first or not row.interview)) or says_any(_SAYS_MAIN, row.text):
            found.add(row.segment_id)
    return frozenset(found)


def asks_why(segments: pd.DataFrame, *, main: Sequence[str] = ()) -> bool:
    """Whether anybody is asked about leaving, or texts stand by themselves, which may be about it."""
    study = study_of(segments)
    asking = _Asking(study.questions, tuple(main))
    if not (study.questions or study.interviewers) or any(
        asking.about(one)[0] == "asked" for one in study.questions
    ):
        return True
    talks = segments["document_id"].isin(
        segments.loc[segments["role"] == "interviewer", "document_id"].unique()
    )
    return any(row.context == "asked" for row in spoken(segments[talks], main=main, study=study))


def shortened(study: Study, main: Sequence[str]) -> Study:
    """A study in which the same is asked of each part as in this one, with one question at most.

    So that what was found in a part stays when others are asked something else.
    """
    asking = _Asking((), tuple(main))
    told = [one for one in study.questions if asking.asks_main(one)] or list(study.questions)
    return Study(tuple(sorted(told, key=lambda one: (len(one), one))[:1]), study.interviewers)


def not_there(study: Study, main: Sequence[str]) -> list[str]:
    """The names of `main` under which nobody answers anything."""
    asked = [_plain(one) for one in study.questions]
    return [name for name in main if not any(fnmatchcase(one, _plain(name)) for one in asked)]


def _plain(question: str) -> str:
    return " ".join(question.split()).casefold()


def _context(question: str) -> tuple[str, str]:
    last = "".join(question[span.start : span.end] for span in sentences(question)[-1:])
    if says_any(_SUPPOSED, last):
        return "supposed", "asked what might have been"
    if says_any(_OFF + _OTHER_ACT, last) or not says_any(_ASKED, question):
        return "", ""
    return "asked", "asked about leaving"


def is_non_answer(text: str) -> bool:
    """Whether a text answers nothing: "N/A", "see above", "-", "idk"."""
    return _NON_ANSWER.fullmatch(" ".join(text.split()).strip(" .!,;:*()")) is not None


def case_of(case_id: Any, document_id: Any) -> str:
    """Whose segment it is: the case, or the document where the case is not known."""
    return str(case_id) if isinstance(case_id, str) and case_id else str(document_id)

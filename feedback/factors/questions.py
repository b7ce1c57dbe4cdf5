"""What was asked before each answer: about leaving, about what might have been, or about something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.tagging.cues import says_any
from feedback.tagging.pieces import sentences

if TYPE_CHECKING:
    import pandas as pd

_GO = (
    r"(?:leav\w+|left|go(?:ing)?|went|resign\w*|quit\w*|mov(?:e|ed|ing) on|hand\w* (?:it )?in|notice|"
    r"departure)"
)
_ASKED = (
    r"\bwhy (?:did|do|have|had) you (?:\w+ )?(?:decide|leave|go\b|quit|resign|move on|hand)|"
    r"\bwhy you (?:left|went)\b",
    r"\b(?:what|which \w+|anything|something)(?: \w+){0,4} (?:made|led|prompted|pushed|drove|caused|got|"
    r"brought) you\b"
    rf"(?: \w+){{0,5}} (?:{_GO}|decid\w+|decision|that point)\b|\bwhat (?:pushed|drove) you\b",
    rf"\b(?:reasons?|factors?|decision|decided?|deciding)\b[^?.]{{0,40}}\b{_GO}\b|"
    rf"\b{_GO}\b[^?.]{{0,40}}\b(?:reasons?|decision|decided?|deciding)\b",
    r"\b(?:in|behind|to|about|into) your (?:\w+ )?(?:decision|leaving|departure|resignation|notice)\b|"
    r"\byour (?:own )?(?:leaving|resignation|departure)\b",
    r"\bwhen did you (?:\w+ )?(?:decide|know you)|\b(?:tell me|talk me|take me)\b[^?]{0,60}\b(?:left|"
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


def spoken(segments: pd.DataFrame) -> Iterator[Row]:
    """The participants' segments in the order they were said, each with the question that stands over it."""
    ordered = segments.sort_values(["document_id", "turn", "start", "segment_id"], kind="stable")
    plain = not segments["question"].notna().any() and not segments["role"].eq("interviewer").any()
    for document_id, document in ordered.groupby("document_id", sort=False, observed=True):
        interview = bool(document["role"].eq("interviewer").any())
        asked, context, why, turn_before = "", "", "", None
        for row in document.itertuples(index=False):
            if row.role == "interviewer":
                asked = f"{asked} {row.text}" if row.turn == turn_before else str(row.text)
                turn_before = row.turn
                continue
            written = row.question if isinstance(row.question, str) and not interview else ""
            question = asked or written
            if question and not (interview and context and _goes_on(question)):
                context, why = _context(question)
            asked, turn_before = ("" if interview else asked), None
            yield Row(
                row.segment_id,
                str(document_id),
                case_of(row.case_id, document_id),
                row.turn,
                str(row.text),
                "all" if plain else context,
                "a text by itself" if plain else why,
                interview,
            )


def _goes_on(question: str) -> bool:
    most = _ASIDE if question.rstrip().endswith("?") else _BACKCHANNEL
    return len(question.split()) <= most or says_any(_MORE, question)


def _context(question: str) -> tuple[str, str]:
    last = "".join(question[span.start : span.end] for span in sentences(question)[-1:])
    if says_any(_SUPPOSED, last):
        return "supposed", "asked what might have been"
    if says_any(_OFF, last) or not says_any(_ASKED, question):
        return "", ""
    main = re.search(r"\bmain|primary|biggest|most important\b", question, re.IGNORECASE)
    return "asked", "asked for the main reason" if main else "asked about leaving"


def silent(segments: pd.DataFrame, people: Collection[str]) -> int:
    """How many of these people's written answers to the question why they left answer nothing."""
    answers: dict[tuple[str, int], bool] = {}
    for row in spoken(segments):
        if row.case_id in people and row.context in ("asked", "all") and not row.interview:
            answer = (row.document_id, row.turn)
            answers[answer] = answers.get(answer, True) and is_non_answer(row.text)
    return sum(answers.values())


def is_non_answer(text: str) -> bool:
    """Whether a text answers nothing: "N/A", "see above", "-", "idk"."""
    return _NON_ANSWER.fullmatch(" ".join(text.split()).strip(" .!,;:*()")) is not None


def case_of(case_id: Any, document_id: Any) -> str:
    """Whose segment it is: the case, or the document where the case is not known."""
    return str(case_id) if isinstance(case_id, str) and case_id else str(document_id)

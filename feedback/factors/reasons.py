"""Which segments state a leaver's own reason for leaving, and why they are taken for one.

A segment counts when it answers a question about leaving, or says so itself ("that's when I knew"). Chat,
non-answers, questions, denials, suppositions and other people's reasons do not. Better too few than wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError
from feedback.tagging.assertion import assertions
from feedback.tagging.cues import says, says_any
from feedback.tagging.pieces import sentences

from .naming import says_much

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("main", "any", "hypothetical", "negated", "other")
_YES = frozenset({"yes", "y", "true", "1", "1.0", "left", "leaver", "leavers", "t"})

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
    r"\bmain reasons?\b|\b(?:leaving|exit) form\b|\bso what was it\b|\bwhat was it,? (?:that|then|"
    r"would you say)\b",
)
_OFF = (
    r"^\W*(?:\w+\W+){0,2}(?:how long|when(?! did you (?:\w+ )?(?:decide|know))|where|who)\b|"
    r"\bon that date\b|\bleave (?:you|us|me|it|that|in|out|there)\b|"
    r"\b(?:did|do|have) (?:other )?(?:people|others|colleagues|they|many) (?:\w+ )?(?:leave|left|go)\b",
)
_SUPPOSED = (
    r"\bwould you (?:have |still )?(?:stay|be|leave|consider|go back)|\bwhat (?:would|could|might) (?:have )?"
    r"(?:kept|keep|made|make|changed|help)|\bwould have (?:kept|made|changed)|\bif (?:they|you)(?:['’]d|"
    r" had)\b",
)
# A turn of the interviewer that does not end an answer: "Okay. Go on.", "Could you say more about that?"
_BACKCHANNEL = 4  # words
_MORE = (
    r"\b(?:say|tell me) (?:a (?:little|bit) |any |some )?more\b|\bgo on\b|\bin what way\b|"
    r"\bhow do you mean\b|"
    r"\bwhat do you mean\b|\bsuch as\?|\bfor (?:example|instance)\?|\bwhat else\b|"
    r"\banything else\b.*\b(?:left|leav)",
)

_CERTAIN = (
    r"\breasons? (?:why )?(?:that )?(?:i|for (?:me|my)) ?(?:\w+ ){0,2}(?:left|leaving|leave|went|going|go|"
    r"quit)\b|"
    r"\b(?:my|the) (?:\w+ )?(?:main |biggest |real |only )+reason\b|\bmy reason (?:was|is)\b",
    r"\bi (?:\w+ ){0,2}(?:left|quit|resigned|went|walked out) (?:\w+ ){0,2}(?:because|over\b|due to|"
    r"on account of)",
    r"\b(?:final|last) straw\b|\btipping point\b|\bstraw that broke\b|\bin the end it was\b",
    r"\bwhat (?:finished|broke|drove|pushed|sent|did for|ended) (?:it|me)\b|\bwhat did it for me\b",
    r"\b(?:made|drove|pushed|forced) me (?:to )?(?:out|go\b|leave|resign|quit|hand)",
    r"\b(?:so|and so|that['’]?s why) i (?:\w+ )?(?:left|quit|resigned|went\W*$|handed)\b(?! (?:the|it|them|"
    r"him|her|a)\b)",
)
_BACKWARDS = (
    r"\bthat(?:['’]?s| was) (?:when|why|where|the (?:day|moment|point|night)) (?:\w+ )?i (?:\w+ )?"
    r"(?:knew|decided|realised|thought|handed|left|went)\b",
    r"(?<!\b(?:when|time|after|before|once|until|day|if) (?:i )?)\b(?:handed|gave|put|wrote|"
    r"typed) (?:in )?my notice\b|"
    r"(?<!\b(?:when|time|after|before|once|until|day|if) (?:i )?)\bhanded it in\b|\bgave (?:\w+ )?(?:weeks|"
    r"notice)\b",
    r"\bcould(?:n['’]?t| not) (?:carry on|go on|do it any ?more|keep (?:on )?(?:doing|going)|stay\b|"
    r"take (?:it )?any ?more)",
    r"\bi(?:['’]d| had) had enough\b|\bi (?:just )?knew (?:then|that day|i (?:had|was going|couldn))",
)
_FIRST_PERSON = r"\b(?:i|me|my|mine|myself|we|us|our)\b"
_ABOUT_OTHERS = r"\b(?:they|them|their|he|she|him|her|his|you)\b|(?-i:\w \[?(?!I\b)[A-Z])"
_NO_QUESTION = "no question about leaving: every text is taken for a reason"
_BEFORE = 2  # sentences that "that's when I knew" speaks of

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
class _Row:
    """A participant's segment and what was asked before it."""

    segment_id: str
    document_id: str
    case_id: str
    turn: int
    text: str
    context: str  # "asked", "supposed", "all" or ""
    why: str
    interview: bool


def find_reasons(
    segments: pd.DataFrame, cases: pd.DataFrame | None = None, *, leaver: str = "leaver"
) -> pd.DataFrame:
    """The segments that speak of a leaver's reason for leaving: segment_id, case_id, kind, why.

    segments: table `segments`; cases: table `cases`, whose column `leaver` says who left (yes, true, 1,
    left). Without it everybody is taken for a leaver. Where no question was asked at all (plain texts), each
    text is taken for a reason. kind is "main" (called the main one, or the first thing said when asked for
    it) or "any"; "hypothetical", "negated" and "other" are spoken of but are no reasons. Sorted by
    segment_id. Raises FeedbackError when `cases` has no such column or it says yes for nobody.
    """
    import pandas as pd

    left = None if cases is None else leavers_of(cases, leaver=leaver)
    rows = list(_spoken(segments))
    own = [row for row in rows if left is None or row.case_id in left]
    found = [reason for turn in _by_turn(own) for reason in _in_turn(turn)]
    if not found and left is None and rows:
        unasked = [replace(row, context="all", why=_NO_QUESTION) for row in rows]
        found = [reason for turn in _by_turn(unasked) for reason in _in_turn(turn)]
    frame = pd.DataFrame(found, columns=["segment_id", "case_id", "kind", "why"])
    return frame.sort_values("segment_id", kind="stable", ignore_index=True)


def leavers_of(cases: pd.DataFrame, *, leaver: str = "leaver") -> frozenset[str]:
    """The case ids whose column `leaver` says yes."""
    if leaver not in cases.columns:
        attributes = ", ".join(str(name) for name in cases.columns if name not in ("case_id", "consent"))
        raise FeedbackError(
            f"the participants table has no column '{leaver}', so nobody is known to have left",
            hint=f"its columns are: {attributes or 'none'}; name the one that says who left",
        )
    said = cases[leaver].map(lambda value: str(value).strip().lower())
    left = frozenset(cases.loc[said.isin(_YES), "case_id"].astype(str))
    if not left:
        values = ", ".join(sorted(set(said))[:5]) or "nothing"
        raise FeedbackError(
            f"nobody left: the column '{leaver}' of the participants table says yes for none of "
            f"{len(cases)} people",
            hint=f"it says: {values}; leavers are marked yes, true, 1 or left",
        )
    return left


def is_non_answer(text: str) -> bool:
    """Whether a text answers nothing: "N/A", "see above", "-", "idk"."""
    return _NON_ANSWER.fullmatch(" ".join(text.split()).strip(" .!,;:*()")) is not None


def case_of(case_id: Any, document_id: Any) -> str:
    """Whose segment it is: the case, or the document where the case is not known."""
    return str(case_id) if isinstance(case_id, str) and case_id else str(document_id)


# What was asked


def _spoken(segments: pd.DataFrame) -> Iterator[_Row]:
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
            yield _Row(
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
    return len(question.split()) <= _BACKCHANNEL or says_any(_MORE, question)


def _context(question: str) -> tuple[str, str]:
    last = "".join(question[span.start : span.end] for span in sentences(question)[-1:])
    if says_any(_SUPPOSED, last):
        return "supposed", "asked what might have been"
    if says_any(_OFF, last) or not says_any(_ASKED, question):
        return "", ""
    main = re.search(r"\bmain|primary|biggest|most important\b", question, re.IGNORECASE)
    return "asked", "asked for the main reason" if main else "asked about leaving"


# What was said


def _by_turn(rows: list[_Row]) -> Iterator[list[_Row]]:
    turn: list[_Row] = []
    for row in rows:
        if turn and (row.document_id, row.turn) != (turn[-1].document_id, turn[-1].turn):
            yield turn
            turn = []
        turn.append(row)
    if turn:
        yield turn


def _in_turn(turn: list[_Row]) -> Iterator[dict[str, str]]:
    """The reasons in one answer; each segment at most once, for the strongest ground there is."""
    said = [row for row in turn if _tells(row, first=row is turn[0])]
    labels = _labels(said)
    found: dict[str, tuple[str, str]] = {}
    for at, row in enumerate(said):
        certain, backwards = says_any(_CERTAIN, row.text), says_any(_BACKWARDS, row.text)
        if certain or backwards:
            found[row.segment_id] = ("main" if certain else "any", "says so")
        if backwards:
            for before in said[max(0, at - _BEFORE) : at]:
                found.setdefault(before.segment_id, ("any", "said just before deciding"))
    for at, row in enumerate(said):
        if row.context != "supposed" or labels[at] == "hypothetical":
            main = at == 0 and "main" in row.why
            found.setdefault(row.segment_id, ("main" if main else "any", row.why))
        kind, why = found.get(row.segment_id, ("any", ""))
        if why:
            yield _reason(row, kind if labels[at] == "own" else labels[at], why)


def _labels(said: list[_Row]) -> list[str]:
    """Whose reason each sentence gives; talk of others goes on until the speaker is in it again."""
    labels = assertions([row.text for row in said])
    for at, row in enumerate(said):
        others = says(_ABOUT_OTHERS, row.text) and not says(_FIRST_PERSON, row.text)
        if at and labels[at - 1] == "other" and labels[at] == "own" and others:
            labels[at] = "other"
    return labels


def _tells(row: _Row, *, first: bool) -> bool:
    """Whether there is something in it; in an interview only the first words after a question may be few."""
    if is_non_answer(row.text) or row.text.rstrip().endswith("?"):
        return False
    fewest = 2 if row.interview and not first else 1
    return says_much(row.text) >= fewest or says_any(_CERTAIN + _BACKWARDS, row.text)


def _reason(row: _Row, kind: str, why: str) -> dict[str, str]:
    return {"segment_id": row.segment_id, "case_id": row.case_id, "kind": kind, "why": why}

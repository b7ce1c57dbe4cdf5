"""Which segments state a leaver's own reason for leaving, and why they are taken for one.

A segment counts when it answers a question about leaving, or says so itself ("that's when I knew"). Chat,
non-answers, questions, denials, suppositions and other people's reasons do not. Better too few than wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from feedback.cases import is_yes
from feedback.errors import FeedbackError
from feedback.tagging.assertion import assertions
from feedback.tagging.assertion.clauses import would_have_stayed
from feedback.tagging.cues import says, says_any

from .naming import says_much
from .questions import Row, Study, is_non_answer, spoken
from .wording import tells_what_was_left

if TYPE_CHECKING:
    import pandas as pd

SAYS_SO = "says so"
KINDS = ("main", "any", "hypothetical", "negated", "other")

# Of something else than leaving: "the reason for me going into testing", "I went to Spain because".
_TO = r"(?! (?:in|into|to|for|with|through|over|on|all|back|about|around|up|down|there|by|home)\b)"
_CERTAIN = (
    r"\breasons? (?:why )?(?:that )?(?:i|for (?:me|my)) ?(?:\w+ ){0,2}(?:left|leaving|leave|quit|"
    rf"(?:went|going|go){_TO})\b|\bmy (?:\w+ )?(?:(?:main|biggest|real|only) )+reason\b|"
    r"\bmy reason (?:was|is)\b",
    r"\bi (?:\w+ ){0,2}(?:left|quit|resigned|walked out) (?:\w+ ){0,2}(?:because|over\b|due to|"
    r"on account of)|\bi (?:\w+ )?went,? (?:in the end,? )?(?:because|over\b|due to|on account of)",
    r"\b(?:final|last) straw\b|\btipping point\b|\bstraw that broke\b|\bin the end it was\b",
    r"\bwhat (?:finished|broke|drove|pushed|sent|did for|ended) (?:it|me)\b|\bwhat did it for me\b",
    r"\b(?:made|drove|pushed|forced) me (?:to )?(?:out|go\b|leave|resign|quit|hand)",
    r"\b(?:so|and so|that['’]?s why) i (?:\w+ )?(?:left|quit|resigned|went\W*$|handed)\b(?! (?:the|it|them|"
    r"him|her|a)\b)",
)
# "The main reason" of what, is not said: of leaving only where that is asked.
_MAIN_REASON = r"\bthe (?:\w+ )?(?:(?:main|biggest|real|only) )+reason\b"
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
# "If it had only been the drive, I would have carried on": something else was the reason.
_NOT_ALONE = (
    r"\bif it (?:had |was |were )?(?:only|just|merely) |\bif it (?:had |['’]d )?(?:only |just )been |"
    r"\bif it['’]d (?:only |just )been |\bif (?:that|this) (?:had been|was|were) all\b"
)
_NO_QUESTION = "no question about leaving: every text is taken for a reason"
_BEFORE = 2  # sentences that "that's when I knew" speaks of


def find_reasons(
    segments: pd.DataFrame,
    cases: pd.DataFrame | None = None,
    *,
    leaver: str = "leaver",
    main: Sequence[str] = (),
    study: Study | None = None,
) -> pd.DataFrame:
    """The segments that speak of a leaver's reason for leaving: segment_id, case_id, kind, why.

    segments: table `segments`; cases: table `cases`, whose column `leaver` says who left (yes, true, 1,
    left). Without it everybody is taken for a leaver, and where nothing says that it is about leaving, each
    written text is taken for a reason. kind is "main" (called the main one, or the first thing said when
    asked for it) or "any"; "hypothetical", "negated" and "other" are spoken of but are no reasons. main:
    questions that ask for the main reason, beside those that say so. study: what is asked in all of the
    study, where the segments are a part of it. Sorted by segment_id. Raises FeedbackError when `cases` has
    no such column or it says yes for nobody.
    """
    import pandas as pd

    left = None if cases is None else leavers_of(cases, leaver=leaver)
    rows = list(spoken(segments, main=main, study=study))
    own = [row for row in rows if left is None or row.case_id in left]
    found = [reason for turn in _by_turn(own) for reason in _in_turn(turn)]
    if not found and left is None:
        unasked = [replace(row, context="all", why=_NO_QUESTION) for row in rows if not row.interview]
        found = [reason for turn in _by_turn(unasked) for reason in _in_turn(turn)]
    frame = pd.DataFrame(found, columns=["segment_id", "case_id", "kind", "why"])
    return frame.sort_values("segment_id", kind="stable", ignore_index=True)


def leavers_of(cases: pd.DataFrame, *, leaver: str = "leaver") -> frozenset[str]:
    """The case ids whose column `leaver` says yes."""
    if leaver not in cases.columns:
        attributes = ", ".join(str(name) for name in cases.columns if name not in ("case_id", "consent"))
        raise FeedbackError(
            f"the participants table has no column '{leaver}', so nobody is known to have left",
            hint=f"its columns are: {attributes or 'none'}; name the one that says who left, or say that all "
            "did: `leaver: everybody` under `factors:` in feedback.yaml",
        )
    left = frozenset(cases.loc[cases[leaver].map(is_yes), "case_id"].astype(str))
    if not left:
        values = ", ".join(sorted({str(value).strip() for value in cases[leaver]})[:5]) or "nothing"
        raise FeedbackError(
            f"nobody left: the column '{leaver}' of the participants table says yes for none of "
            f"{len(cases)} people",
            hint=f"it says: {values}; leavers are marked yes, true, 1 or left; if all of them left, say "
            "`leaver: everybody` under `factors:` in feedback.yaml",
        )
    return left


# What was said


def _by_turn(rows: list[Row]) -> Iterator[list[Row]]:
    turn: list[Row] = []
    for row in rows:
        if turn and (row.document_id, row.turn) != (turn[-1].document_id, turn[-1].turn):
            yield turn
            turn = []
        turn.append(row)
    if turn:
        yield turn


def _in_turn(turn: list[Row]) -> Iterator[dict[str, str]]:
    """The reasons in one answer; each segment at most once, for the strongest ground there is."""
    said: list[Row] = []
    for row in turn:
        if _tells(row, first=not said):
            said.append(row)
    found = _said_so(said)
    # Whose reason it is takes long to tell, and most answers give none.
    if not found and not any(row.why for row in said):
        return
    labels = _labels(said)
    for at, row in enumerate(said):
        if row.context != "supposed" or labels[at] == "hypothetical" or would_have_stayed(row.text):
            main = at == 0 and "main" in row.why
            found.setdefault(row.segment_id, ("main" if main else "any", row.why))
        kind, why = found.get(row.segment_id, ("any", ""))
        if why:
            yield _reason(row, kind if labels[at] == "own" else labels[at], why)


def _said_so(said: list[Row]) -> dict[str, tuple[str, str]]:
    """The segments that say themselves that they give a reason, or come before one that does."""
    found: dict[str, tuple[str, str]] = {}
    for at, row in enumerate(said):
        certain, backwards = _certain(row), says_any(_BACKWARDS, row.text)
        if certain or backwards:
            found[row.segment_id] = ("main" if certain else "any", SAYS_SO)
        if backwards:
            for before in said[max(0, at - _BEFORE) : at]:
                found.setdefault(before.segment_id, ("any", "said just before deciding"))
    return found


def _certain(row: Row) -> bool:
    return says_any(_CERTAIN, row.text) or (bool(row.context) and says(_MAIN_REASON, row.text))


def _labels(said: list[Row]) -> list[str]:
    """Whose reason each sentence gives; talk of others goes on until the speaker is in it again."""
    labels = assertions([row.text for row in said])
    for at, row in enumerate(said):
        if labels[at] in ("own", "hypothetical") and says(_NOT_ALONE, row.text):
            labels[at] = "negated"
        others = says(_ABOUT_OTHERS, row.text) and not says(_FIRST_PERSON, row.text)
        if at and labels[at - 1] == "other" and labels[at] == "own" and others:
            labels[at] = "other"
    return labels


def _tells(row: Row, *, first: bool) -> bool:
    """Whether there is something in it; in an interview only the first words after a question may be few."""
    if is_non_answer(row.text) or row.text.rstrip().endswith("?") or tells_what_was_left(row.text):
        return False
    fewest = 2 if row.interview and not first else 1
    return says_much(row.text) >= fewest or _certain(row) or says_any(_BACKWARDS, row.text)


def _reason(row: Row, kind: str, why: str) -> dict[str, str]:
    return {"segment_id": row.segment_id, "case_id": row.case_id, "kind": kind, "why": why}

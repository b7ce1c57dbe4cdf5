"""A person's answer about one thing that may identify, and the decision that it makes."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from feedback.edits.reviewed.decided import (
    CHANGE,
    GENERALISE,
    KEEP,
    MASK,
    NAMES,
    SAME,
    Anchor,
    anchor,
    flag_label,
    kind_of_flag,
)
from feedback.edits.text.words import fold, keys, words
from feedback.errors import FeedbackError
from feedback.masks import MASK as MASK_FORM
from feedback.model import Document
from feedback.residue import Place, Residue
from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd

HERE = "here"
_ACTS = {"m": MASK, "k": KEEP, "c": CHANGE, "=": SAME, "g": GENERALISE}
KEY = ("what", "before", "after")
_LONGEST = 38
_WORDING = re.compile(r"[\w][\w ,.'’&/-]*")


@dataclass(frozen=True, slots=True)
class Answer:
    """What to do with a find: the act, the wording that shows, the kind of name, and whether here only."""

    act: str
    wording: str = ""
    label: str = ""
    here: bool = False


def answer_of(said: str, about: Residue, pseudonyms: Collection[str]) -> Answer:
    """What somebody typed, as an answer.

    "" hides it as shown; "m", "k" and "g" mask, keep and take the safe wording; "m place" says what a name
    names; "c a colleague" gives another wording, "= Person 3" says who it is as well; "here" at the end means
    this place only. pseudonyms: all that there are, for "=".

    Raises FeedbackError for what means nothing, and for a wording that shows the words it should hide.
    """
    act, rest, here = _parsed(said)
    flag = about.label == flag_label(about.kind)
    answer = Answer(act, label=about.label, here=here or flag)
    if act == KEEP:
        return answer
    if act == CHANGE:
        return replace(answer, wording=_wording(rest, about))
    if act == SAME:
        return _same(answer, rest, about, pseudonyms)
    if flag:
        return replace(answer, act=GENERALISE, wording=about.shown)
    if about.label not in NAMES:
        return replace(answer, act=MASK, wording=about.shown)
    return replace(answer, act=MASK, label=_label(rest) if rest else about.label)


def _parsed(said: str) -> tuple[str, str, bool]:
    """The act, what comes with it, and whether it holds here only."""
    words_ = said.split()
    here = words_[-1:] == [HERE]
    said = " ".join(words_[:-1] if here else words_)
    letter, rest = said[:1], said[1:].strip()
    act = _ACTS.get(letter or "m")
    spaced = not rest or letter == "=" or said[1:2] == " "
    if act is None or not spaced or (rest and act in (KEEP, GENERALISE)):
        raise FeedbackError(f"'{said}' is no answer", hint="? shows what can be answered")
    return act, rest, here


def _wording(said: str, about: Residue) -> str:
    said = " ".join(said.strip("[] ").split())
    if not said:
        raise FeedbackError("what should it say?", hint="write c and the wording: c a colleague")
    if len(said) > _LONGEST or not _WORDING.fullmatch(said):
        raise FeedbackError(f"a wording has at most {_LONGEST} letters and figures", hint="c a colleague")
    hidden = set(keys(about.words)) & set(keys(said))
    if any(len(word) > 2 for word in hidden) and about.label in (*NAMES, "number"):
        raise FeedbackError("this wording shows the very words that it should hide")
    return f"[{said}]"


def _same(answer: Answer, said: str, about: Residue, pseudonyms: Collection[str]) -> Answer:
    if about.label not in NAMES:
        raise FeedbackError("only a name can be the same as another")
    wanted = fold(said.strip("[] "))
    found = next((one for one in pseudonyms if fold(one.strip("[]")) == wanted), None)
    if not MASK_FORM.fullmatch(about.shown):
        raise FeedbackError(f"{about.shown} is nobody's pseudonym, so it cannot be the same as another")
    if found is None:
        raise FeedbackError(f"nobody is called '[{said.strip('[] ')}]'", hint="for example: = Person 3")
    return replace(answer, wording=found, act=CHANGE if answer.here or about.kind != "mask" else SAME)


def _label(said: str) -> str:
    found = [label for label in NAMES if label.startswith(said.lower())]
    if len(found) != 1:
        raise FeedbackError(f"'{said}' is no kind of name", hint="m person, m place or m organisation")
    return found[0]


def anchor_of(document: Document, place: Place, label: str, secret: bytes) -> Anchor | None:
    """The anchor of a place in its document; None where no word stands there."""
    return anchor(words(document.text), place.start, place.end, label, secret)


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that was made, and what was decided about the same before: both rows of the table."""

    row: pd.DataFrame
    before: pd.DataFrame


def with_decision(
    table: pd.DataFrame, at: Anchor, answer: Answer, about: Residue, *, coder: str, decided: str
) -> tuple[pd.DataFrame, Made]:
    """The table `private/decisions` with this decision in the place of an earlier one about the same."""
    row = conform("private/decisions", [_row(at, answer, about, coder=coder, decided=decided)])
    same = _about_the_same(table, row)
    return _joined(table[~same], row), Made(row, table[same])


def taken_back(table: pd.DataFrame, made: Made) -> pd.DataFrame:
    """The table without a decision, and with what it replaced."""
    return _joined(table[~_about_the_same(table, made.row)], made.before)


def _row(at: Anchor, answer: Answer, about: Residue, *, coder: str, decided: str) -> dict[str, Any]:
    return {
        "what": at.what,
        "size": at.size,
        "before": at.before if answer.here else "",
        "after": at.after if answer.here else "",
        "label": answer.label,
        "act": answer.act,
        "wording": answer.wording,
        "was": about.shown if answer.act == SAME else "",
        "rule": about.source,
        "coder": coder,
        "decided": decided,
    }


def _about_the_same(table: pd.DataFrame, row: pd.DataFrame) -> pd.Series:
    """Which decisions are about the same words and places; a flag of each kind is something else."""
    one = row.iloc[0]
    same = (table[list(KEY)] == one[list(KEY)].tolist()).all(axis=1)
    return same & (table["label"].map(kind_of_flag) == kind_of_flag(one["label"]))


def _joined(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    parts = [part for part in (table, rows) if len(part)]
    return conform("private/decisions", pd.concat(parts, ignore_index=True) if parts else table)

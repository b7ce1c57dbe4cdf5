"""Words that cells of participants tables use for yes, no and unknown, and lists for messages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fnmatch import fnmatchcase

from feedback.cases import is_no, is_yes

UNKNOWN = (
    "unknown", "not known", "not stated", "not recorded", "n/k", "nk", "?", "lost", "lost to follow-up",
    "lost to follow up", "no contact", "not contacted", "no response", "no reply", "no answer", "don't know",
    "dont know", "unclear", "missing", "untraced", "not traced", "tbc",
)  # fmt: skip
_STILL_THERE = (
    "-", "--", "–", "n/a", "na", "none", "still here", "still there", "still employed", "current",
    "currently", "present", "remains", "retained", "employed", "not left", "has not left", "ongoing",
)  # fmt: skip
_MOST_NAMED = 8


def plain(cell: object) -> str:
    """A cell's words in small letters with single spaces; "" for an empty one."""
    return " ".join(cell.split()).casefold() if isinstance(cell, str) else ""


def is_unknown(cell: str, *, further: Collection[str] = ()) -> bool:
    """Whether a cell says that nobody knows."""
    said = plain(cell)
    return bool(said) and (said in UNKNOWN or said in {plain(word) for word in further})


def says_stayed(cell: str) -> bool:
    """Whether a cell of a leaving column says that somebody has not left; an empty one does too."""
    return not plain(cell) or plain(cell) in _STILL_THERE or is_no(cell)


def says_left(cell: str) -> bool:
    """Whether a cell says that somebody left, without saying when."""
    return is_yes(cell)


def fits(cell: str, rule: Sequence[str]) -> bool:
    """Whether a cell is one of a rule's words; `*` in a word stands for any letters."""
    said = plain(cell)
    return bool(said) and any(fnmatchcase(said, plain(word)) for word in rule)


def listed_ids(ids: Sequence[str]) -> str:
    """Case ids for a message: `P07`, `P07 and P12`, `P01, P02 ... and 5 more`."""
    ordered = sorted(ids)
    if len(ordered) == 1:
        return ordered[0]
    if len(ordered) > _MOST_NAMED:
        return f"{', '.join(ordered[:_MOST_NAMED])} and {len(ordered) - _MOST_NAMED} more"
    return f"{', '.join(ordered[:-1])} and {ordered[-1]}"


def listed(words: Sequence[str]) -> str:
    """Words for a message, in their order: `a, b and c`."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)

"""What a reader of the push factors must know, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .leftover import LeftOver
from .matched import Matched
from .people import Heard

if TYPE_CHECKING:
    import pandas as pd

_SPOKEN_OF = {"negated": "denied", "hypothetical": "supposed", "other": "other people's"}

UNASKED = "Nobody here is asked why they left, as far as the questions show."
ONLY_UNASKED = f"{UNASKED} Counted is only what was said of it unasked."
# Of the leavers who gave a reason, so many name a theme of the list that ships in words that show it: social
# workers 62 %, education staff who ticked reasons 85 and 71 %, planted reasons of which half are on the list
# 40 to 55 %; answers on another subject (why health is not talked of) 3 and 13 %.
_FITS, _FEWEST = 1 / 3, 20
UNFIT = (
    "The theme list hardly fits what was said: fewer than a third of the leavers who gave a reason name one "
    "of its push factors in words that show it; the others who are counted under it only say something "
    "faintly alike. Read what they say (`feedback factors show ID`), look for what the list lacks (`feedback "
    "themes suggest`), change themes.yaml and run again."
)


def told(
    who: Heard,
    reasons: pd.DataFrame,
    rest: pd.DataFrame,
    matched: Matched,
    left_over: LeftOver,
    *,
    listed: bool,
) -> tuple[str, ...]:
    """Sentences on who was counted, what was left out and which groups did not hold.

    listed: whether there is a theme list, which may not fit.
    """
    return (
        *_counted(who, reasons),
        *([UNFIT] if listed and who.asked and _unfit(reasons, matched) else []),
        *_returning(matched),
        *_left_out(who, reasons),
        *_unmatched(rest, matched),
        *_grouped(rest, left_over),
        *_not_there(who),
    )


def _unfit(reasons: pd.DataFrame, matched: Matched) -> bool:
    """Whether too few of those who gave a reason name a theme for the list to be about what they said."""
    gave = set(reasons.loc[reasons["kind"].isin(["main", "any"]), "case_id"])
    return len(gave) >= _FEWEST and len(gave & matched.named) < _FITS * len(gave)


def _not_there(who: Heard) -> list[str]:
    return [
        f"Nobody answers a question '{name}', which the settings name as asking for the main reason. A "
        "column counts when it was added as text (`feedback add FILE --text COLUMN`)."
        for name in who.not_there
    ]


def _returning(matched: Matched) -> list[str]:
    number = matched.returning
    if not number:
        return []
    return [
        f"For {_n(number, 'leaver')} a theme counts because the interview keeps coming back to it, "
        "not because they said that it was why they left."
    ]


def _unmatched(rest: pd.DataFrame, matched: Matched) -> list[str]:
    others = set(rest["case_id"]) - set(matched.members["case_id"])
    if not others or not matched.labels:
        return []
    return [f"{_n(len(others), 'leaver')} gave no reason that a theme of the list covers."]


def _counted(who: Heard, reasons: pd.DataFrame) -> list[str]:
    own = reasons[reasons["kind"].isin(["main", "any"])]
    gave, number = own["case_id"].nunique(), len(who.leavers)
    notes = []
    if not number:
        notes.append("No leaver was heard: none of the people who speak here is marked as having left.")
    elif not gave:
        notes.append(f"No reason for leaving was found in the words of {_n(number, 'leaver')}.")
    else:
        notes.append(f"{gave} of {_n(number, 'leaver')} heard gave a reason for leaving.")
    if number and not who.asked:
        notes.append(ONLY_UNASKED)
    if number == 1:
        notes.append("Only one leaver was heard: what this person said is no finding about leavers.")
    if who.named > number:
        notes.append(f"{_n(who.named - number, 'leaver')} in the participants table said nothing here.")
    if who.unknown:
        notes.append(f"{_n(who.unknown, 'person', 'people')} not in the participants table left out.")
    return notes


def _left_out(who: Heard, reasons: pd.DataFrame) -> list[str]:
    notes = []
    if who.silent:
        notes.append(f'{_n(who.silent, "non-answer")} (such as "N/A" or "see above") left out.')
    counts = reasons["kind"].value_counts()
    found = [f"{counts[kind]} {words}" for kind, words in _SPOKEN_OF.items() if counts.get(kind)]
    if found:
        notes.append(f"Spoken of, but not counted as the speaker's own reason: {', '.join(found)}.")
    return notes


def _grouped(rest: pd.DataFrame, left_over: LeftOver) -> list[str]:
    if not len(rest):
        return []
    inside = set(left_over.members["segment_id"]) & set(rest["segment_id"])
    shown = len(left_over.labels)
    notes = [
        f"{_n(len(rest), 'statement')} about leaving fit no theme: {len(inside)} in {_n(shown, 'group')}, "
        f"{len(rest) - len(inside)} in none."
    ]
    hidden = left_over.stability[~left_over.stability["shown"].astype(bool)]
    if len(hidden):
        names = "; ".join(sorted(hidden["label"]))
        notes.append(f"{_n(len(hidden), 'group')} not stable, so not shown as a factor: {names}.")
    return notes


def _n(count: int, one: str, many: str | None = None) -> str:
    return f"{count} {one if count == 1 else many or one + 's'}"

"""What retention figures are not given, why, and what there is instead."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from feedback.outcomes.cohort import Cohort, Followed
from feedback.outcomes.definitions import LABELS, Refused
from feedback.outcomes.shares import NOT_REACHED, UNEQUAL, Share
from feedback.outcomes.words import listed
from feedback.settings.outcomes import DEFINITIONS

if TYPE_CHECKING:
    import pandas as pd


def only_leavers(cohort: Cohort) -> Refused | None:
    """Why there can be no share of people who left: next to nobody in the table stayed."""
    if not cohort.leavers_only:
        return None
    return Refused(
        "a share of people who left",
        f"the table has leavers only ({len(cohort.people)}): among leavers the share is always 100 %, "
        "whatever it was among all",
        "how long the leavers had served, and where they went; for a share, add everybody who started. If "
        "all of them do stand in the table, say --set population=everybody",
        "the participants table has leavers only, among whom the share is always 100 %",
    )


def contradictions(cohorts: Mapping[str, Cohort]) -> list[str]:
    """What two columns say that cannot both be: to leave the profession is to leave the first employer too.

    cohorts: the people by definition.
    """
    known = [one for one in DEFINITIONS if one in cohorts]
    found = []
    for wider, narrower in combinations(known, 2):
        stayed = {one.case_id for one in cohorts[wider].people if one.left is None and not one.unknown}
        left = {one.case_id for one in cohorts[narrower].people if one.left is not None}
        if both := len(stayed & left):
            found.append(
                f"by the table {both} {'person' if both == 1 else 'people'} {LABELS[narrower]} and never "
                f"{LABELS[wider]}: look at both columns"
            )
    return found


def not_reached(
    groups: Mapping[str, Sequence[Followed]], months: Sequence[float], *, k: int
) -> list[Refused]:
    """The months at which groups are not compared: fewer than k people in some were followed that long.

    No month is named that fewer than k people were followed up to: it would be somebody's own.
    """
    found = []
    longest = {name: _longest(people, k) for name, people in groups.items()}
    every = min(longest.values(), default=0.0)
    together = f"all groups can be shown at {_whole(every)} months or before" if every else "larger groups"
    for month in months:
        short = [name for name in groups if longest[name] < month]
        if short:
            said = ", ".join(f"{name}: {_whole(longest[name])} months" for name in short if longest[name])
            found.append(
                Refused(
                    f"comparing {listed(short)} with others at {month:g} months",
                    f"fewer than {k} people there were followed that long"
                    + (f" ({k} or more of {said})" if said else ""),
                    together + (f"; the others at {month:g}" if len(short) < len(groups) else ""),
                    f"fewer than {k} people there were followed that long",
                )
            )
    return found


def no_share(people: Sequence[Followed], shares: Sequence[Share], *, k: int) -> list[Refused]:
    """The months at which there is no share of everybody: not followed so long, or not all of them."""
    found = []
    unequal = [share for share in shares if share.why_not == UNEQUAL]
    if unequal:
        short = f"{_about(max(share.not_followed for share in unequal), k)} of {len(people)} people"
        found.append(
            Refused(
                f"a share at {_months(unequal)}",
                f"{short} had not left when last heard of, but earlier than that: they can neither count as "
                "stayed, nor be left out while leavers count who were followed no longer",
                "Kaplan-Meier, which counts each for as long as they were followed; or say the day of the "
                "last check of everybody (--set until=2025-10-01, with start)",
                "not everybody who had not left was followed that long",
            )
        )
    beyond = [share for share in shares if share.why_not == NOT_REACHED]
    if beyond:
        longest = _whole(_longest(people, k))
        found.append(
            Refused(
                f"a share at {_months(beyond)}",
                f"nobody was followed that long; {k} people or more were for {longest} months",
                f"--at {longest} or less",
                "nobody was followed that long",
            )
        )
    return found


def _months(shares: Sequence[Share]) -> str:
    return f"{listed([f'{share.month:g}' for share in shares])} months"


def _longest(people: Sequence[Followed], k: int) -> float:
    """How long k people at least were followed; 0 where they are fewer."""
    reach = [one.reach for one in people if one.reach is not None]
    left = [one.left[0] for one in people if one.left is not None and one.reach is None]
    return sorted([*reach, *left], reverse=True)[k - 1] if len(reach) + len(left) >= max(k, 1) else 0.0


def _about(n: int, k: int) -> str:
    """How many people, no closer than by k: "fewer than 5", "45 or more"."""
    return f"fewer than {k}" if n < k else f"{n - n % k} or more"


def _few(n: int, k: int) -> str:
    return f"fewer than {k}" if n < k else str(n)


def _whole(months: float) -> str:
    return str(math.floor(months + 1e-9))


def too_few(rows: pd.DataFrame, k: int, percentages_from: int) -> list[Refused]:
    """What is hidden or without a percentage in the rows of a retention table, and why."""
    found = []
    if rows["hidden"].any():
        found.append(
            Refused(
                "what would single people out",
                f"hidden are groups and counts of fewer than {k} people, a month at which fewer than {k} "
                "more had left than at the one before, and others from which these could be worked out",
                "larger groups, or months further apart",
                f"figures of fewer than {k} people are hidden, and what they could be worked out from",
            )
        )
    open_ = rows[~rows["hidden"].astype(bool)]
    if len(open_) and (open_["n"].notna() & open_["share"].isna()).any():
        why = f"there are fewer than {percentages_from} people; n of N is given"
        found.append(Refused("percentages of small groups", why))
    return found


def remarks(people: Sequence[Followed], last: float, *, k: int) -> list[str]:
    """What a reader of the figures must know of the people: nobody left, unknown, known by the year only."""
    found = []
    if not any(one.left is not None for one in people):
        found.append("nobody left by this definition, as far as the table says")
    unknown = sum(one.unknown and one.known < last for one in people)
    vague = sum(one.left is not None and one.left[0] < one.left[1] for one in people)
    if unknown:
        found.append(
            f"nobody knows what became of {_few(unknown, k)} of {len(people)} people: the figures are ranges"
        )
    if vague:
        found.append(
            f"of {_few(vague, k)} who left only the month, the year or nothing more is known of when"
        )
    if not unknown and not vague:
        found.append("of everybody it is known what became of them")
    return found

"""Who was in a senior role after so many months, by a rule that is shown beside the figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.disclosure.values import NOT_RECORDED
from feedback.errors import FeedbackError
from feedback.outcomes.cohort import EVERYBODY, Cohort, cells_of, column_of
from feedback.outcomes.definitions import Refused
from feedback.outcomes.shares import Share
from feedback.outcomes.small import hidden_groups
from feedback.outcomes.words import fits, is_unknown, listed
from feedback.settings.outcomes import Outcomes

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "group", "months", "n", "not_followed", "senior", "unknown", "senior_most", "share", "share_most", "low",
    "high", "hidden",
)  # fmt: skip


@dataclass(frozen=True)
class Progression:
    """Senior roles: `rows` (columns `COLUMNS`), the `rule`, and the roles that it does and does not take.

    Of `n` people followed for `months`, `senior` were in a senior role, senior_most if all those without a
    recorded role (`unknown`) were. Only roles of k people or more are named.
    """

    rows: pd.DataFrame
    rule: tuple[str, ...]
    senior: tuple[str, ...]
    others: tuple[str, ...]
    refused: tuple[Refused, ...] = ()


def progression(
    people: pd.DataFrame,
    cohort: Cohort,
    *,
    columns: Outcomes,
    k: int = 5,
    percentages_from: int = 20,
) -> Progression:
    """Senior roles at the months that the columns `columns.roles` name, by the cohort's groups.

    Who has no role there counts as unknown; who left is told apart when "left" stands there. Errors: a
    column without a number of months in its name.
    """
    by_month = {_months(name): cells_of(people, column_of(people, name, "roles")) for name in columns.roles}
    said = Counter(
        cell for cells in by_month.values() for cell in {(case, cell) for case, cell in cells.items() if cell}
    )
    names = sorted({cell for (_, cell), _ in said.items() if sum(c == cell for _, c in said) >= k})
    if not columns.senior:
        why = Refused(
            "progression to senior roles",
            "nothing says which roles are senior",
            'name them: --set "senior=team manager; *practice educator*"; roles here: '
            + (listed(names) or "none that so many hold that it may be named"),
        )
        return Progression(_frame([]), (), (), tuple(names), (why,))
    rows = [
        row
        for month, cells in sorted(by_month.items())
        for row in _rows(cells, cohort, month, columns, k, percentages_from)
    ]
    senior = tuple(name for name in names if fits(name, columns.senior))
    others = tuple(name for name in names if name not in senior)
    return Progression(_frame(rows), columns.senior, senior, others)


def _months(column: str) -> float:
    found = re.findall(r"\d+", column)
    if len(found) != 1 or int(found[0]) == 0:
        raise FeedbackError(
            f"'{column}' (outcomes: roles) does not say how many months it is about",
            hint="name such columns role_12, role_36",
        )
    return float(found[0])


def _rows(
    cells: Mapping[str, str],
    cohort: Cohort,
    month: float,
    columns: Outcomes,
    k: int,
    percentages_from: int,
) -> list[dict[str, Any]]:
    groups = cohort.groups()
    groups = {} if set(groups) == {""} else groups
    shares = {}
    for name, people in {**groups, EVERYBODY: cohort.people}.items():
        # A leaver of whom only the time of leaving is told could have been followed for any time.
        followed = [one for one in people if one.reach is None or one.reach >= month]
        roles = [cells.get(one.case_id, "") for one in followed]
        senior = sum(fits(role, columns.senior) for role in roles)
        unknown = sum(not role or is_unknown(role, further=columns.unknown) for role in roles)
        shares[name] = Share(month, len(followed), senior, unknown, len(people) - len(followed))
    counts = {name: (one.left, one.stayed) for name, one in shares.items()}
    whole = counts.pop(EVERYBODY)
    hidden = hidden_groups(counts, whole, k=k)
    return [_row(name, one, name in hidden or one.n < k, percentages_from) for name, one in shares.items()]


def _row(group: str, share: Share, hidden: bool, percentages_from: int) -> dict[str, Any]:
    row: dict[str, Any] = dict.fromkeys(COLUMNS)
    row |= {"group": group or NOT_RECORDED, "months": share.month, "hidden": hidden}
    if hidden:
        return row
    row |= {"n": share.n, "not_followed": share.not_followed}
    row |= {"senior": share.left, "unknown": share.unknown, "senior_most": share.most}
    if share.n >= percentages_from:
        low, high = (round(limit, 4) for limit in share.interval())
        least, most = round(share.left / share.n, 4), round(share.most / share.n, 4)
        row |= {"share": least, "share_most": most, "low": low, "high": high}
    return row


def _frame(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(list(rows), columns=list(COLUMNS), dtype=object)
    return frame.where(frame.notna(), None)

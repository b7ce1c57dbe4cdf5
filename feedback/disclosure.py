"""What may be shown of small groups: attribution lines that fit many, and tables with cells hidden."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from feedback.cases import is_yes
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    import pandas as pd

ANYBODY = "a participant"
_LEFT = " who left"


def attribution(
    case: str | Mapping[str, Any],
    roster: pd.DataFrame,
    *,
    k: int = 5,
    attributes: Sequence[str] = ("role", "cohort", "region"),
    leaver: str = "leaver",
) -> str:
    """The most exact line about a person that fits at least `k` people of the roster.

    case: a case_id of the roster, or a row of it. roster: table `cases`, everybody and not only those who
    are quoted. attributes: what may be said; the first is the noun and goes last, the others go in the order
    given: "a social worker, 2018 cohort, North West", "a social worker, North West", "a social worker",
    "a participant". "who left" is added where the attribute `leaver` says yes and k people still fit. Who has
    no value of an attribute fits no line that names it. Errors: FeedbackError for a case not in the roster.
    """
    person = _person(case, roster)
    said = [name for name in attributes if name in roster and _value(person.get(name))]
    for names in _steps(said, attributes[0] if attributes else ""):
        fitting = _fitting(person, roster, names)
        if len(fitting) >= k:
            left = leaver in roster and is_yes(person.get(leaver))
            who_left = sum(map(is_yes, fitting[leaver])) if left else 0
            return _line(person, names, attributes, left=left and who_left >= k)
    return ANYBODY


def _person(case: str | Mapping[str, Any], roster: pd.DataFrame) -> Mapping[str, Any]:
    if isinstance(case, Mapping):
        return case
    if not isinstance(case, str):
        return dict(case)
    rows = roster[roster["case_id"] == case].to_dict("records")
    if not rows:
        raise FeedbackError(f"'{case}' is not one of the {len(roster)} people of the participants table")
    return {str(column): value for column, value in rows[0].items()}


def _value(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _steps(said: Sequence[str], noun: str) -> Iterator[list[str]]:
    """What to name, step by step less of it: the noun goes last, the others in order, then nothing."""
    named = list(said)
    yield list(named)
    while named:
        others = [name for name in named if name != noun]
        named.remove(others[0] if others else noun)
        yield list(named)


def _fitting(person: Mapping[str, Any], roster: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    fitting = roster
    for name in names:
        fitting = fitting[fitting[name].map(_value) == _value(person[name])]
    return fitting


def _line(person: Mapping[str, Any], names: Sequence[str], attributes: Sequence[str], *, left: bool) -> str:
    noun = _value(person[attributes[0]]) if attributes and attributes[0] in names else "participant"
    article = "an" if noun[:1].lower() in "aeiou" else "a"
    rest = [_worded(name, _value(person[name])) for name in names if name != attributes[0]]
    return ", ".join([f"{article} {noun}{_LEFT if left else ''}", *rest])


def _worded(name: str, value: str) -> str:
    return f"{value} {name}" if name == "cohort" and name not in value.lower() else value


def suppress(
    counts: pd.DataFrame, k: int = 5, *, rows_total: bool = True, columns_total: bool = True
) -> pd.DataFrame:
    """The counts with small cells hidden (<NA>), and as many more that none can be worked out again.

    counts: groups of people by groups of people, whole numbers, without totals. Cells from 1 to k - 1 are
    hidden; then, where a reader who knows the totals of rows and of columns (as `rows_total` and
    `columns_total` say) could work a hidden cell out, the smallest cell that prevents it is hidden too,
    those above 0 first. Returns Int64 of the same shape. Where even hiding everything would not help (one
    row or column whose total is shown), hide the total as well: `protected` says so.
    Source: cell suppression, Willenborg and de Waal, Elements of Statistical Disclosure Control (2001).
    """
    import numpy as np

    values = counts.to_numpy(dtype="int64")
    hidden = (values > 0) & (values < k)
    while True:
        bare = next(iter(_solvable(values, hidden, rows_total, columns_total)), None)
        more = [] if bare is None else _company(values, hidden, bare, rows_total, columns_total)
        if not more:
            break
        for cell in more:
            hidden[cell] = True
    result = counts.astype("Int64").copy()
    for row, column in np.argwhere(hidden):
        result.iat[row, column] = None
    return result


def protected(
    counts: pd.DataFrame, shown: pd.DataFrame, *, rows_total: bool = True, columns_total: bool = True
) -> bool:
    """Whether no hidden cell of `shown` can be worked out from the rest of it and the totals of `counts`."""
    values, hidden = counts.to_numpy(dtype="int64"), shown.isna().to_numpy()
    return not list(_solvable(values, hidden, rows_total, columns_total))


def _solvable(values: Any, hidden: Any, rows_total: bool, columns_total: bool) -> Iterator[tuple[int, int]]:
    """Hidden cells whose least and greatest possible value are the same, given what is shown."""
    import numpy as np

    cells = [(int(row), int(column)) for row, column in np.argwhere(hidden)]
    if not cells or not (rows_total or columns_total):
        return
    lines = _lines(cells, rows_total, columns_total, hidden.shape)
    sums = lines @ np.array([values[cell] for cell in cells])
    for at, cell in enumerate(cells):
        if _fixed(at, lines, sums):
            yield cell


def _lines(
    cells: Sequence[tuple[int, int]], rows_total: bool, columns_total: bool, shape: tuple[int, int]
) -> Any:
    import numpy as np

    lines = []
    if rows_total:
        lines += [[cell[0] == row for cell in cells] for row in range(shape[0])]
    if columns_total:
        lines += [[cell[1] == column for cell in cells] for column in range(shape[1])]
    return np.array([line for line in lines if any(line)], dtype=float)


def _fixed(at: int, lines: Any, sums: Any) -> bool:
    import numpy as np
    from scipy.optimize import linprog

    goal = np.zeros(lines.shape[1])
    goal[at] = 1
    least = linprog(goal, A_eq=lines, b_eq=sums, method="highs")
    greatest = linprog(-goal, A_eq=lines, b_eq=sums, method="highs")
    return bool(-greatest.fun - least.fun < 0.5)


def _company(
    values: Any, hidden: Any, bare: tuple[int, int], rows_total: bool, columns_total: bool
) -> list[tuple[int, int]]:
    """The cells to hide with `bare`: a rectangle's other corners, or one cell of its line, the smallest."""
    row, column = bare
    rows, columns = (range(length) for length in values.shape)
    if rows_total and columns_total:
        sets = [[(row, c), (r, column), (r, c)] for r in rows for c in columns if r != row and c != column]
    elif rows_total:
        sets = [[(row, c)] for c in columns]
    else:
        sets = [[(r, column)] for r in rows]
    new = [[cell for cell in cells if not hidden[cell]] for cells in sets]
    costs = [
        (sum(values[cell] == 0 for cell in cells), sum(values[cell] for cell in cells), cells)
        for cells in new
    ]
    return min((cost for cost in costs if cost[2]), default=(0, 0, []))[2]

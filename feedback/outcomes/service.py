"""How long leavers had served: what a table of leavers alone can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from feedback.disclosure import BOTH, suppress
from feedback.disclosure.values import NOT_RECORDED, band_of, in_order
from feedback.outcomes.cohort import EVERYBODY, Cohort, Followed
from feedback.outcomes.small import hidden_months
from feedback.outcomes.words import is_unknown

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("group", "of", "service", "n", "n_most")
NOT_TOLD = "not told"


def service_by_month(cohort: Cohort, at: Sequence[float], *, k: int = 5) -> pd.DataFrame:
    """How many of the leavers had left within so many months of starting; columns `COLUMNS`.

    of: leavers in the group; n had left by then for certain, n_most at most, where only a year is known of
    when. This is length of service and no retention: those who stayed are not in it. Figures of fewer than k
    people are missing, and what they could be worked out from.
    """
    import pandas as pd

    months = sorted(set(at))
    groups = {name: _spans(people) for name, people in _groups(cohort).items()}
    counts = {name: [(_by(spans, month),) for month in months] for name, spans in groups.items()}
    hidden = hidden_months(counts, k=k)
    rows: list[dict[str, Any]] = []
    for name, spans in groups.items():
        for at_, month in enumerate(months):
            is_hidden = at_ in hidden[name] or len(spans) < k
            n = None if is_hidden else counts[name][at_][0][0]
            most = None if is_hidden else sum(lo <= month for lo, _ in spans)
            of = len(spans) if len(spans) >= k else None
            rows.append(
                {"group": name, "of": of, "service": f"within {month:g} months", "n": n, "n_most": most}
            )
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return frame.where(frame.notna(), None)


def service_by_band(
    bands: Mapping[str, str],
    groups: Mapping[str, str] | None = None,
    *,
    unknown: Sequence[str] = (),
    k: int = 5,
) -> pd.DataFrame:
    """How many leavers had served for how long, in the bands that a column has; columns `COLUMNS`.

    bands, groups: what stands in the columns, by case id. Bands are in the order of their numbers, mended
    where a spreadsheet took them for days (see `band_of`). Figures of fewer than k people are missing, with
    as many others that they cannot be worked out.
    """
    import pandas as pd

    said = {
        case: NOT_TOLD if not band or is_unknown(band, further=unknown) else band_of(band)
        for case, band in bands.items()
    }
    of = {case: (groups or {}).get(case) or NOT_RECORDED if groups else EVERYBODY for case in said}
    columns = sorted(set(said.values()), key=lambda band: (band == NOT_TOLD, in_order(band)))
    names = sorted(set(of.values()), key=in_order)
    counts = Counter((of[case], band) for case, band in said.items())
    table = pd.DataFrame([[counts[name, band] for band in columns] for name in names], names, columns)
    sizes = suppress(pd.DataFrame([table.sum(axis=1).tolist()]), k=k, totals=("rows",)).isna().to_numpy()[0]
    forced = [[bool(small)] * len(columns) for small in sizes]
    totals = BOTH if len(names) > 1 else ("rows",)
    shown = suppress(table, k=k, totals=totals, hidden=forced)
    rows = [
        {
            "group": name,
            "of": None if sizes[at] else int(table.loc[name].sum()),
            "service": band,
            "n": None if pd.isna(shown.loc[name, band]) else int(shown.loc[name, band]),
        }
        for at, name in enumerate(names)
        for band in columns
    ]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    frame["n_most"] = frame["n"]
    return frame.where(frame.notna(), None)


def _groups(cohort: Cohort) -> dict[str, Sequence[Followed]]:
    groups = cohort.groups()
    named: dict[str, Sequence[Followed]] = {} if set(groups) == {""} else dict(groups)
    return {**named, EVERYBODY: cohort.people}


def _spans(people: Sequence[Followed]) -> list[tuple[float, float]]:
    return [one.left for one in people if one.left is not None]


def _by(spans: Sequence[tuple[float, float]], month: float) -> tuple[int, int]:
    """How many had left by a month for certain, and how many others."""
    left = sum(hi <= month for _, hi in spans)
    return left, len(spans) - left

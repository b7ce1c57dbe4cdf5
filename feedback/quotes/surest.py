"""Which segments of a heading are looked at where it has very many: everybody's surest before any second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    Column = np.ndarray[Any, Any]

# How many segments of a heading are looked at: enough for any choice of quotes.
MOST = 3000


def surest(rows: pd.DataFrame) -> Column:
    """Whether each row is of a segment that is looked at: bool (len(rows),).

    rows: heading, segment, person (numbers or words; segments sort as their ids do), sure, and manner:
    whether it is spoken as one's own. Those and all others are listed apart, so that counter-voices are not
    crowded out. All rows of a segment under a heading go together.
    """
    import numpy as np

    if rows.empty or rows.groupby("heading", observed=True).size().max() <= MOST:
        return np.ones(len(rows), dtype=bool)
    listed = rows.sort_values(["sure", "segment"], ascending=[False, True], kind="stable")
    listed["turn"] = listed.groupby(["heading", "manner", "person"], observed=True).cumcount()
    listed = listed.sort_values(["turn", "sure", "segment"], ascending=[True, False, True], kind="stable")
    first = listed[listed.groupby(["heading", "manner"], observed=True).cumcount() < MOST]
    pairs = first[["heading", "segment"]].drop_duplicates()
    chosen = rows[["heading", "segment"]].merge(pairs, how="left", indicator=True)
    found: Column = (chosen["_merge"] == "both").to_numpy()
    return found

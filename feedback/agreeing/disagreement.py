"""Where two coders disagree, what matters most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from feedback.agreeing.decisions import Decisions, decisions

if TYPE_CHECKING:
    import pandas as pd

_COUNTED_ANYWAY = 0.1
COLUMNS = ["theme_id", "segment_id", "case_id", "said_by", "cost", "text"]


def disagreements(
    tags_a: pd.DataFrame,
    tags_b: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    names: tuple[str, str] = ("a", "b"),
    read: Collection[str] | None = None,
) -> pd.DataFrame:
    """Each theme that one of two coders gave a unit and the other did not, the costliest first.

    Reports count people, so the cost is what a disagreement does to a theme's number of people, as a share
    of the people whom either coder gave the theme: 1 over their number where the two also disagree on the
    person as a whole, shared among the person's units; a tenth of that where the person counts either way. A
    disagreement on a rare theme costs more. Columns: theme_id, segment_id, case_id, said_by (who gave
    the theme), cost, text.
    """
    import pandas as pd

    found = decisions(tags_a, tags_b, segments, read=read)
    rows = [row for theme in found.themes for row in _of_theme(theme, found, names)]
    table = pd.DataFrame(rows, columns=["theme_id", "segment_id", "said_by", "cost"])
    table = table.merge(segments[["segment_id", "case_id", "text"]], on="segment_id", how="left")
    order = ["cost", "theme_id", "segment_id"]
    return table.sort_values(order, ascending=[False, True, True])[COLUMNS].reset_index(drop=True)


def _of_theme(theme: str, found: Decisions, names: tuple[str, str]) -> Iterator[tuple[str, str, str, float]]:
    one, other = set(found.one[theme].tolist()), set(found.other[theme].tolist())
    people = [{int(found.cases[row]) for row in rows} for rows in (one, other)]
    everybody, either = len(people[0] | people[1]), people[0] ^ people[1]
    split = one ^ other
    rows_of = Counter(int(found.cases[row]) for row in split)
    for row in sorted(split):
        person = int(found.cases[row])
        share = 1 / everybody if person in either else _COUNTED_ANYWAY / everybody
        yield theme, found.segment_ids[row], names[0 if row in one else 1], share / rows_of[person]

"""Which groups' figures must not be shown at which months, so that nobody is singled out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedback.disclosure import protected, suppress
from feedback.outcomes.cohort import EVERYBODY

Counts = tuple[int, int]


def hidden_months(
    table: Mapping[str, Sequence[Sequence[Counts | None]]],
    *,
    k: int,
    followed: Mapping[str, Sequence[int | None]] | None = None,
) -> dict[str, set[int]]:
    """At which places of its list each group is hidden; "everybody" is one of the groups.

    table: for each month in order, pairs of counts that make up people whose number is shown: who had left by
    then, and who had not; None where no such figure is given. The first pair, which all have, also tells who
    left since the month before that was shown: fewer than k, and not nobody, are hidden. followed: for each
    month how many people a figure is out of, which are hidden too where they are fewer by less than k.
    """
    names = [name for name in table if name != EVERYBODY]
    found: dict[str, set[int]] = {name: set() for name in table}
    shown = dict.fromkeys(table, 0)
    sizes = {name: sum(table[name][0][0] or (0, 0)) if table[name] else 0 for name in table}
    for at in range(len(table[EVERYBODY])):
        left = {name: _left(table[name][at][0]) for name in table}
        there = {name: own[at] for name, own in (followed or {}).items()}
        close = [name for name in table if 0 < left[name] - shown[name] < k]
        close += [name for name, n in there.items() if n is not None and 0 < sizes[name] - n < k]
        for pair in range(len(table[EVERYBODY][at])):
            given = {name: table[name][at][pair] for name in names}
            groups = {name: counts for name, counts in given.items() if counts is not None}
            for name in hidden_groups(groups, table[EVERYBODY][at][pair], k=k, close=close):
                found[name].add(at)
        seen = [name for name in table if at not in found[name]]
        shown |= {name: left[name] for name in seen}
        sizes |= {name: n for name in seen if (n := there.get(name)) is not None}
    return found


def _left(counts: Counts | None) -> int:
    return counts[0] if counts else 0


def hidden_groups(
    groups: Mapping[str, Counts], whole: Counts | None, *, k: int, close: Sequence[str] = ()
) -> list[str]:
    """The groups, "everybody" among them, of which the two counts must not be shown.

    groups: two counts that make a group's size, which is shown; whole: those of everybody, None where they
    are not given. close: groups whose figure is too close to one that is shown already.
    """
    import pandas as pd

    whole_hidden = whole is None or EVERYBODY in close or any(0 < n < k for n in whole)
    found = [EVERYBODY] if whole is not None and whole_hidden else []
    if not groups:
        return found
    sizes = [sum(pair) for pair in groups.values()]
    few = suppress(pd.DataFrame([sizes]), k=k, totals=("rows",)).isna().to_numpy()[0]
    forced = [bool(few[at]) or name in close or 0 < groups[name][1] < k for at, name in enumerate(groups)]
    left = pd.DataFrame([[pair[0] for pair in groups.values()]])
    # Without everybody's figure there is no sum that a hidden one could be worked out from.
    totals = () if whole_hidden else ("rows",)
    shown = suppress(left, k=k, totals=totals, hidden=forced, most=sizes)
    if not protected(left, shown, k=k, totals=totals, hidden=forced, most=sizes):
        # All groups are hidden, and their sum still gives one away.
        found = [EVERYBODY]
    hidden = shown.isna().to_numpy()[0]
    return [*found, *(name for at, name in enumerate(groups) if hidden[at])]

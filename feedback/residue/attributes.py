"""Which attributes, put together, fit one person of the roster only, or fewer than k."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

_TOGETHER = 3
# Beyond this many columns only pairs are looked at: who knows three of thirty things is known anyway.
_MANY = 12


class Rare(NamedTuple):
    """`alone`: the cases that these attributes single out and no part of them does; `few`: those below k."""

    attributes: tuple[str, ...]
    alone: tuple[str, ...]
    few: int
    of: int


def rare_combinations(roster: pd.DataFrame, *, k: int = 5) -> list[Rare]:
    """Sets of one to three attributes that single people out, fewest attributes first, then most people.

    roster: table `cases`, everybody and not only those who are quoted. A missing value fits nobody. Everybody
    is counted with the smallest sets that single them out. After Samarati and Sweeney's k-anonymity (1998).
    """
    names = [name for name in roster.columns if name not in ("case_id", "consent")]
    most = _TOGETHER if len(names) <= _MANY else 2
    known: dict[str, list[frozenset[str]]] = defaultdict(list)
    found: list[Rare] = []
    for size in range(1, most + 1):
        for chosen in combinations(names, size):
            rare = _rare(roster, chosen, k)
            alone = tuple(case for case in rare.alone if not any(part <= {*chosen} for part in known[case]))
            if alone:
                found.append(rare._replace(alone=alone))
        for one in found:
            if len(one.attributes) == size:
                for case in one.alone:
                    known[case].append(frozenset(one.attributes))
    return sorted(found, key=lambda one: (len(one.attributes), -len(one.alone), one.attributes))


def _rare(roster: pd.DataFrame, chosen: Sequence[str], k: int) -> Rare:
    said = roster[["case_id", *chosen]].dropna()
    sizes = said.groupby(list(chosen), observed=True)["case_id"].transform("size")
    alone = said["case_id"][sizes == 1].astype(str)
    return Rare(tuple(chosen), tuple(sorted(alone)), int((sizes < k).sum()), len(said))

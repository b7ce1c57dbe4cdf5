"""All that comparisons of a project are made from, whichever of them is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from feedback.comparing.groups import TESTIMONIES, Grouping, every_grouping
from feedback.comparing.ids import Ids
from feedback.comparing.lines import FACTOR, Material, material_of
from feedback.comparing.release import released
from feedback.model import Report
from feedback.report.hiding import Shown
from feedback.report.summary import summarise
from feedback.tables import empty

if TYPE_CHECKING:
    import pandas as pd

_TABLES = ("documents", "cases", "segments", "themes", "tags", "factors", "members", "quotes", "dropped")


@dataclass(frozen=True)
class Basis:
    """A project's lines and groupings; `first`: the attributes that its report looks at.

    Nothing in it depends on what is compared, so that two runs fit together.
    """

    report: Report
    cases: pd.DataFrame
    material: Material
    every: tuple[Grouping, ...]
    first: tuple[str, ...]
    leaver: str

    @cached_property
    def ids(self) -> Ids:
        """The ids of all numbers that a comparison may show."""
        return Ids([self.with_testimonies(one) for one in self.every], self.material.lines)

    def with_testimonies(self, grouping: Grouping) -> Grouping:
        """A grouping with those pooled from testimonies, in a group of their own: last, if there are any.

        Among the others they would change each group by a few people, whom whoever knows the figures without
        testimonies could work out.
        """
        pooled = self.material.pooled
        return replace(grouping, groups={**grouping.groups, TESTIMONIES: pooled}) if pooled else grouping

    def shown(self, names: list[str]) -> dict[str, Shown]:
        """What may be shown of these groupings, as `with_testimonies` has them."""
        found = released(self.every, self.material, names, self.report)
        return {name: _beside_testimonies(one, self) for name, one in found.items()}


def basis_of(tables: Mapping[str, pd.DataFrame], *, report: Report | None = None, **as_report: Any) -> Basis:
    """The basis of a project's tables; as_report: options of `summarise`; report: what it gives of them."""
    tables = {name: tables.get(name, empty(name)) for name in _TABLES}
    report = report or summarise(tables, **as_report)
    leaver = as_report.get("leaver", "leaver")
    options = {name: as_report[name] for name in ("group", "audience", "broader") if name in as_report}
    material = material_of(report, tables, leaver=leaver, **options)
    asked = as_report.get("attributes", ())
    every, first = every_grouping(tables["cases"], material.heard, first=asked, leaver=leaver)
    return Basis(report, tables["cases"], material, tuple(every), first, leaver)


def _beside_testimonies(shown: Shown, basis: Basis) -> Shown:
    """The figures with those of the testimonies behind them.

    Where the latter are too few to show, a row is not shown either: with the total of all it would tell them.
    """
    material, k = basis.material, basis.report.smallest_group
    pooled = material.pooled
    if not pooled:
        return shown
    cells = []
    for line, row in zip(material.lines, shown.cells, strict=True):
        n = len(line.people & pooled) if line.kind == FACTOR else 0
        hidden = 0 < n < k or n == len(pooled)
        seen = (None,) * len(row) if hidden and None not in row else row
        cells.append((*seen, None if hidden else n))
    parts = zip(shown.parts, material.parts.people, strict=True)
    return Shown(
        (*shown.totals, len(pooled)),
        tuple(cells),
        tuple((*sizes, len(part & pooled)) for sizes, part in parts),
    )

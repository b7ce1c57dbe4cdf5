"""What of all comparisons may be shown: settled once for all attributes, whichever a run asks for.

So two runs can be laid beside each other and beside the report, and nothing hidden in one comes out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedback.comparing.groups import Grouping
from feedback.comparing.lines import FACTOR, Material
from feedback.model import Crosstab, Report, Split
from feedback.report.hiding import Figures, Shown, shown_tables


def released(
    every: Sequence[Grouping], material: Material, wanted: Sequence[str], report: Report
) -> dict[str, Shown]:
    """The figures of the wanted groupings that may be shown, by their names.

    every: all groupings, in their order. Those of which the report shows anything come first, as they stand
    there, and every other is fitted to all before it: what a grouping shows depends on those and on nothing
    else, least of all on what was asked.
    """
    tables = {table.attribute: table for table in report.tables}
    split = {one.attribute for card in report.factors for one in card.splits}
    ranked = sorted(every, key=lambda one: 0 if one.name in tables else 1 if one.name in split else 2)
    n = sum(one.name in tables or one.name in split for one in every)
    out = [_published(one, tables.get(one.name), _splits(one.name, report), material) for one in ranked[:n]]
    people = [line.people for line in material.lines]
    last = max(at for at, one in enumerate(ranked) if one.name in wanted)
    for stop in [*([n] if n else []), *range(n + 1, last + 2)]:
        out = shown_tables(
            {one.name: one.groups for one in ranked[:stop]},
            people,
            k=report.smallest_group,
            known=material.known,
            whole=True,
            parts=material.parts,
            out=out,
        )
    return {one.name: shown for one, shown in zip(ranked, out, strict=False) if one.name in wanted}


def _splits(attribute: str, report: Report) -> dict[str, Split] | None:
    """What the cards show of an attribute, by push factor; None where no card shows anything by attribute."""
    if not any(card.splits for card in report.factors):
        return None
    found = [(card.factor_id, one) for card in report.factors for one in card.splits]
    return {factor: one for factor, one in found if one.attribute == attribute}


def _published(
    grouping: Grouping, table: Crosstab | None, splits: Mapping[str, Split] | None, material: Material
) -> Shown:
    """What the report shows of a grouping; of what it does not show at all, everything is still open."""
    hidden: Figures = (None,) * len(grouping.groups)
    rows = dict(table.rows) if table else {}
    cells: list[Figures] = []
    for line in material.lines:
        if line.kind == FACTOR:
            cells.append(() if splits is None else _cells(splits.get(line.id), hidden))
        else:
            cells.append(rows.get(line.label, hidden) if table else ())
    return Shown(table.totals if table else (), tuple(cells), _left(splits, hidden))


def _cells(split: Split | None, hidden: Figures) -> Figures:
    return tuple(n for _, n, _ in split.groups) if split else hidden


def _left(splits: Mapping[str, Split] | None, hidden: Figures) -> tuple[Figures, ...]:
    """How many of each group left, where a card says it."""
    if not splits:
        return ()
    sizes = [[of for _, _, of in one.groups] for one in splits.values()]
    return (tuple(next((of for of in each if of is not None), None) for each in zip(*sizes, strict=True)),)

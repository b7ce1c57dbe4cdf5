"""Themes and push factors by attribute: who says it, of how many, and how sure a difference is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from feedback.comparing.effects import corrected, p_value
from feedback.comparing.found import Compared, Comparison, Group
from feedback.comparing.groups import Grouping, chosen, every_grouping
from feedback.comparing.lines import FACTOR, THEME, Material, material_of
from feedback.comparing.release import released
from feedback.comparing.words import notes_of
from feedback.errors import FeedbackError
from feedback.intervals import difference_interval, wilson
from feedback.report.crosstabs import NOT_RECORDED
from feedback.report.hiding import Shown
from feedback.report.summarise import summarise
from feedback.tables import empty

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Compared", "Comparison", "Group", "compare"]
_TABLES = ("documents", "cases", "segments", "themes", "tags", "factors", "members", "quotes", "dropped")


def compare(
    tables: Mapping[str, pd.DataFrame],
    *,
    by: Sequence[str] = (),
    theme: str = "",
    factors: bool = False,
    kept_apart: Sequence[str] = (),
    seed: int = 0,
    **as_report: Any,
) -> Comparison:
    """Themes (or push factors) by attribute: people, not mentions, with tests corrected for their number.

    tables: as of `summarise`, such as `project.tables()`. by: columns of `cases`, or "months:quartiles" and
    "start:years"; without any, those that the report shows. theme: one theme or push factor, by its id.
    factors: push factors, among those who left, instead of themes. kept_apart: columns of the participants
    table that are no attributes, for a better hint. as_report: the options of `summarise`; with the approach
    "reflexive" nothing is tested. What is hidden is the same in every run, and fits the report. Every figure
    beside the counts is made from counts that are shown, so that it gives none away. Same tables, same
    Comparison. Errors: FeedbackError for unknown names and for what cannot be compared.
    """
    tables = {name: tables.get(name, empty(name)) for name in _TABLES}
    report = summarise(tables, **as_report)
    leaver = as_report.get("leaver", "leaver")
    material = material_of(report, tables, leaver=leaver, **_only(as_report, "group", "audience", "broader"))
    if factors and leaver in by:
        raise FeedbackError(
            f"push factors are counted among those who left: by '{leaver}' there is one group only",
            hint=f"compare themes --by {leaver}, or push factors by another attribute",
        )
    lines = _lines_of(material, factors=factors, note=report.factors_note)
    named = _named(material, lines, theme) if theme else lines
    every, first = every_grouping(
        tables["cases"], material.heard, first=as_report.get("attributes", ()), leaver=leaver
    )
    groupings = [
        chosen(name, every, tables["cases"], material.heard, kept_apart=kept_apart)
        for name in dict.fromkeys(by or first)
    ]
    if not groupings:
        raise FeedbackError(
            "there is no attribute to compare by: none has 2 to 8 values among the people heard",
            hint="name one with --by, or add columns to the participants table and add it again",
        )
    shown = released(every, material, [one.name for one in groupings], report)
    rules = _Rules(report.smallest_group, report.percentages_from, report.approach != "reflexive", seed)
    places = [(grouping, at) for grouping in groupings for at in lines]
    made = [_compared(one, at, material, shown[one.name], rules) for one, at in places]
    n = sum(line.why_not != _RARE for line in made) if rules.tested else 0
    # Whoever picks one theme has seen the others, or could have: it is corrected for all of them.
    made = [line for line, (_, at) in zip(_corrected(made, n), places, strict=True) if at in named]
    heard = {one.name: dict(zip(one.groups, shown[one.name].totals, strict=True)) for one in groupings}
    return Comparison(tuple(made), heard, n, tuple(notes_of(made, groupings, material, report, n)))


def _only(options: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: options[name] for name in names if name in options}


def _lines_of(material: Material, *, factors: bool, note: str) -> list[int]:
    """The places of the themes, or of the push factors."""
    kind = FACTOR if factors else THEME
    found = [at for at, line in enumerate(material.lines) if line.kind == kind]
    if not found:
        what = "push factor is given by anybody" if factors else "theme is spoken of by anybody"
        raise FeedbackError(f"there is nothing to compare: no {what}", hint=note or "`feedback status`")
    return found


def _named(material: Material, places: Sequence[int], theme: str) -> list[int]:
    """The place of one theme or push factor, by its id or label."""
    found = [at for at in places if theme in (material.lines[at].id, material.lines[at].label)]
    if not found:
        known = [material.lines[at].id for at in places]
        near = get_close_matches(theme.lower(), known, 1)
        kind = material.lines[places[0]].kind
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
        raise FeedbackError(f"nobody who was heard speaks of a {kind} '{theme}'", hint=hint)
    return found


@dataclass(frozen=True)
class _Rules:
    k: int
    percentages_from: int
    tested: bool
    seed: int


_RARE = "said, or not said, by too few to compare"
_HIDDEN = "too much of it is hidden to compare"


def _compared(grouping: Grouping, at: int, material: Material, shown: Shown, rules: _Rules) -> Compared:
    """One line by one attribute."""
    line, part = material.lines[at], material.parts.of[at]
    sizes = shown.totals if part is None else shown.parts[part]
    counts = shown.cells[at]
    groups = tuple(
        _group(name, n, of, rules) for name, n, of in zip(grouping.groups, counts, sizes, strict=True)
    )
    found = Compared(
        grouping.name,
        line.kind,
        line.id,
        line.label,
        groups,
        len(line.people),
        len(line.base),
        len(line.not_asked),
    )
    if not rules.tested:
        return found
    if min(found.n, found.of - found.n) < rules.k:
        return replace(found, why_not=_RARE)
    return _tested(found, rules)


def _group(name: str, n: int | None, of: int | None, rules: _Rules) -> Group:
    if n is None or of is None:
        return Group(name)
    if of < max(1, rules.percentages_from):
        return Group(name, n, of)
    return Group(name, n, of, n / of, wilson(n, of))


def _tested(found: Compared, rules: _Rules) -> Compared:
    """The line with its test and differences, all from what is shown.

    Groups that are hidden count together, where a reader can work their sum out from the total anyway.
    """
    seen = [one for one in found.groups if one.n is not None and one.of is not None]
    counts = [(one.n or 0, one.of or 0) for one in seen if one.of]
    recorded = [(one.n or 0, one.of or 0) for one in seen if one.of and one.name != NOT_RECORDED]
    rest = found.n - sum(n for n, _ in counts), found.of - sum(of for _, of in counts)
    unrecorded = [one for one in found.groups if one.name == NOT_RECORDED]
    if rest[1] and all(one.n is not None for one in unrecorded):
        recorded.append(rest)
    if len(recorded) < 2:
        return replace(found, why_not=_HIDDEN)
    whole = tuple(map(sum, zip(*recorded, strict=True)))
    groups = tuple(_against(one, whole) if one.name != NOT_RECORDED else one for one in found.groups)
    p = p_value(recorded, seed=rules.seed)
    return replace(found, groups=groups, compared=len(recorded), p=p)


def _against(one: Group, whole: tuple[int, ...]) -> Group:
    """A group with its difference from all others that are compared."""
    if not one.of or one.n is None or whole[1] == one.of:
        return one
    gap, *limits = difference_interval((one.n, one.of), (whole[0] - one.n, whole[1] - one.of))
    return replace(one, difference=gap, difference_limits=(limits[0], limits[1]))


def _corrected(made: Sequence[Compared], comparisons: int) -> list[Compared]:
    tested = [at for at, line in enumerate(made) if line.p is not None]
    values = corrected([made[at].p or 0.0 for at in tested], comparisons=comparisons)
    found = list(made)
    for at, value in zip(tested, values, strict=True):
        found[at] = replace(found[at], corrected=value)
    return found

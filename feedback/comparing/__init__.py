"""Themes and push factors by attribute: who says it, of how many, and how sure a difference is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from feedback.comparing.basis import Basis, basis_of
from feedback.comparing.drawn import Margins
from feedback.comparing.effects import corrected, fisher, p_of_shown
from feedback.comparing.found import Compared, Comparison, Group
from feedback.comparing.groups import APART, TESTIMONIES, Grouping, chosen
from feedback.comparing.lines import FACTOR, THEME, Material
from feedback.comparing.words import notes_of
from feedback.errors import FeedbackError, nearest
from feedback.intervals import difference_interval, wilson
from feedback.report.hiding import Shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Asked", "Compared", "Comparison", "Group", "compare", "comparison"]


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
    table that are no attributes, for a better hint. as_report: the options of `summarise`, and the `report`
    where it has been summed up before; with the approach "reflexive" nothing is tested. What is hidden is the
    same in every run, and fits the report. Every figure beside the counts is made from counts that are shown,
    so that it gives none away. Same tables, same Comparison. Errors: FeedbackError for unknown names and for
    what cannot be compared.
    """
    basis = basis_of(tables, **as_report)
    return comparison(basis, Asked(tuple(by), theme, factors, tuple(kept_apart), seed))


@dataclass(frozen=True)
class Asked:
    """What is to be compared; the meanings are those of `compare`."""

    by: tuple[str, ...] = ()
    theme: str = ""
    factors: bool = False
    kept_apart: tuple[str, ...] = ()
    seed: int = 0


def comparison(basis: Basis, asked: Asked) -> Comparison:
    """What is asked, compared on a basis; errors as of `compare`."""
    report, material = basis.report, basis.material
    lines = _lines_of(basis, asked)
    named = _named(material, lines, asked.theme) if asked.theme else lines
    groupings = _groupings(basis, asked)
    shown = basis.shown([one.name for one in groupings])
    rules = _Rules(report.smallest_group, report.percentages_from, report.approach != "reflexive", asked.seed)
    places = [(grouping, at) for grouping in groupings for at in lines]
    made = [_compared(one, at, basis, shown[one.name], rules) for one, at in places]
    n = sum(line.why_not != _RARE for line in made) if rules.tested else 0
    # Whoever picks one theme has seen the others, or could have: it is corrected for all of them.
    made = [line for line, (_, at) in zip(_corrected(made, n), places, strict=True) if at in named]
    heard, ids = _heard(basis, groupings, shown, factors=asked.factors)
    return Comparison(tuple(made), heard, n, tuple(notes_of(made, groupings, material, report, n)), ids)


def _groupings(basis: Basis, asked: Asked) -> list[Grouping]:
    cases, heard = basis.cases, basis.material.heard
    found = [
        basis.with_testimonies(chosen(name, basis.every, cases, heard, kept_apart=asked.kept_apart))
        for name in dict.fromkeys(asked.by or basis.first)
    ]
    if not found:
        raise FeedbackError(
            "there is no attribute to compare by: none has 2 to 8 values among the people heard",
            hint="name one with --by, or add columns to the participants table and add it again",
        )
    return found


def _heard(
    basis: Basis, groupings: Sequence[Grouping], shown: Mapping[str, Shown], *, factors: bool
) -> tuple[dict[str, dict[str, int | None]], dict[str, dict[str, str]]]:
    """How many people are in each group, and the ids of these numbers, those that are hidden without."""
    heard: dict[str, dict[str, int | None]] = {}
    ids: dict[str, dict[str, str]] = {}
    for one in groupings:
        sizes = zip(one.groups, shown[one.name].totals, strict=True)
        own = {name: n for name, n in sizes if factors or name != TESTIMONIES}
        heard[one.name] = own
        ids[one.name] = {name: "" if n is None else basis.ids.of(one.name, name) for name, n in own.items()}
    return heard, ids


def _lines_of(basis: Basis, asked: Asked) -> list[int]:
    """The places of the themes, or of the push factors."""
    if asked.factors and basis.leaver in asked.by:
        raise FeedbackError(
            f"push factors are counted among those who left: by '{basis.leaver}' there is one group only",
            hint=f"compare themes --by {basis.leaver}, or push factors by another attribute",
        )
    kind = FACTOR if asked.factors else THEME
    found = [at for at, line in enumerate(basis.material.lines) if line.kind == kind]
    if not found:
        if asked.factors:
            raise FeedbackError("there are no push factors to compare", hint=basis.report.factors_note)
        hint = "look at the list: `feedback themes coverage`" if basis.material.heard.people else _UNREAD
        raise FeedbackError("there is nothing to compare: no theme is spoken of by anybody", hint=hint)
    return found


def _named(material: Material, places: Sequence[int], theme: str) -> list[int]:
    """The place of one theme or push factor, by its id or label."""
    found = [at for at in places if theme in (material.lines[at].id, material.lines[at].label)]
    if not found:
        known = [material.lines[at].id for at in places]
        kind = material.lines[places[0]].kind
        raise FeedbackError(f"nobody who was heard speaks of a {kind} '{theme}'", hint=nearest(theme, known))
    return found


@dataclass(frozen=True)
class _Rules:
    k: int
    percentages_from: int
    tested: bool
    seed: int


_UNREAD = "nobody's words were read; name the columns of open answers: `feedback add FILE --text COLUMN`"
_RARE = "said, or not said, by too few to compare"
_HIDDEN = "too much of it is hidden to compare"


def _compared(grouping: Grouping, at: int, basis: Basis, shown: Shown, rules: _Rules) -> Compared:
    """One line by one attribute."""
    line, part = basis.material.lines[at], basis.material.parts.of[at]
    sizes = shown.totals if part is None else shown.parts[part]
    rows = [
        (name, n, of)
        for name, n, of in zip(grouping.groups, shown.cells[at], sizes, strict=True)
        if line.kind == FACTOR or name != TESTIMONIES
    ]
    groups = tuple(_group(*row, rules, basis.ids.of(grouping.name, row[0], at)) for row in rows)
    found = Compared(
        grouping.name, line.kind, line.id, line.label, groups,
        n=len(line.people), of=len(line.base), not_asked=len(line.not_asked),
        number=basis.ids.of(grouping.name, line=at),
        n_number=basis.ids.of(line=at),
        not_asked_number=basis.ids.of(line=at, not_asked=True) if line.not_asked else "",
    )  # fmt: skip
    if not rules.tested:
        return found
    if min(found.n, found.of - found.n) < rules.k:
        return replace(found, why_not=_RARE)
    return _tested(found, {name: of for name, _, of in rows}, rules)


def _group(name: str, n: int | None, of: int | None, rules: _Rules, number: str) -> Group:
    if n is None or of is None:
        return Group(name)
    if of < max(1, rules.percentages_from):
        return Group(name, n, of, number=number)
    return Group(name, n, of, n / of, wilson(n, of), number=number)


def _tested(found: Compared, sizes: Mapping[str, int | None], rules: _Rules) -> Compared:
    """The line with its test and differences, all from what is shown; sizes: those shown, by group."""
    apart = [one for one in found.groups if one.name in APART]
    own = [one for one in found.groups if one.name not in APART]
    seen = [(one.n, one.of) for one in own if one.n is not None and one.of]
    # The hidden ones are compared as one group: a reader can work their sum out from the total anyway.
    whole = all(one.n is not None for one in apart)
    n, of = (found.n - sum(one.n or 0 for one in apart), found.of - sum(one.of or 0 for one in apart))
    rest = (n - sum(n for n, _ in seen), of - sum(of for _, of in seen))
    pots = [*seen, rest] if seen and rest[1] and whole else seen
    if len(pots) < 2:
        return replace(found, why_not=_HIDDEN)
    if len(own) > 2:
        known = tuple(size for one in own if (size := sizes[one.name]))
        p = p_of_shown(seen, Margins(known, of - sum(known), n, rules.k, whole), seed=rules.seed)
        test = f"permutation test of {len(pots)} groups"
    else:
        p, test = fisher(pots), "Fisher's exact test"
    total = tuple(map(sum, zip(*pots, strict=True)))
    groups = tuple(_against(one, total) if one.name not in APART else one for one in found.groups)
    return replace(found, groups=groups, compared=len(pots), test=test, p=p)


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

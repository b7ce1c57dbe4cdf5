"""Push-factor cards made complete: intervals, the difference to stayers, groups, links, and a summary."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from feedback.intervals import difference_interval, wilson
from feedback.model import Crosstab, FactorCard, Split
from feedback.report.cards import words as card_words
from feedback.report.cards.part import FactorPart
from feedback.report.chosen import Choices
from feedback.report.crosstabs import groups_by
from feedback.report.heard import People
from feedback.report.hiding import Known, Parts, Shown, shown_tables
from feedback.report.quoted import Quotes

if TYPE_CHECKING:
    import pandas as pd

_MOST_LINKS, _LINKED_BY, _LINKED_PART = 3, 2, 0.25


def completed(
    part: FactorPart,
    tables: Mapping[str, pd.DataFrame],
    labels: Mapping[str, str],
    splits: Mapping[str, tuple[Split, ...]],
    chosen: Choices,
) -> tuple[FactorCard, ...]:
    """The cards with all that is counted from what they hold; labels: of themes; splits: of each card."""
    decided, reasons = _decided(tables["factors"]), part.evidence.has_reasons
    said = _Said(part.evidence.heard.words, tables["tags"])
    found = [
        replace(
            card,
            interval=_interval(card, chosen.percentages_from),
            gap=_gap(card, chosen.percentages_from),
            splits=splits.get(card.factor_id, ()),
            links=_links(card, part, said, labels),
            decided=decided.get(card.factor_id, ""),
            steady=card_words.steady(card),
        )
        for card in part.cards
    ]
    return tuple(
        replace(card, summary=card_words.summary(card, reasons=reasons, ranked=chosen.ranked))
        for card in found
    )


def _decided(factors: pd.DataFrame) -> dict[str, str]:
    if "decided" not in factors:
        return {}
    known = factors.dropna(subset=["decided"])
    return dict(zip(known["factor_id"], known["decided"], strict=True))


def _interval(card: FactorCard, least: int) -> tuple[float, float] | None:
    return wilson(card.n, card.of) if card.of >= max(least, 1) else None


def _gap(card: FactorCard, least: int) -> tuple[float, float, float] | None:
    """How much larger the share of leavers who speak of it is than that of stayers."""
    if min(card.of, card.of_stayers) < max(least, 1):
        return None
    return difference_interval((card.n_speak, card.of), (card.stayers, card.of_stayers))


class _Said:
    """Which themes are spoken of as one's own in the answers of which people.

    turns: the turn of each of the words, as a number; themes: theme_id, person and turn of each tag.
    """

    def __init__(self, words: pd.DataFrame, tags: pd.DataFrame) -> None:
        turns = words.groupby(["document_id", "turn"], sort=False, observed=True).ngroup()
        self.words = words[["segment_id", "person"]].assign(turn=turns)
        own = tags[tags["assertion"].isna() | (tags["assertion"] == "own")]
        self.themes = own[["segment_id", "theme_id"]].merge(self.words, on="segment_id")

    def beside(self, segment_ids: pd.Series, people: People) -> pd.DataFrame:
        """The tags in the turns in which these people say something of these segments."""
        words = self.words[self.words["segment_id"].isin(segment_ids) & self.words["person"].isin(people)]
        return self.themes[self.themes["turn"].isin(words["turn"])]


def _links(card: FactorCard, part: FactorPart, said: _Said, labels: Mapping[str, str]) -> tuple[str, ...]:
    """The themes that come up in the answers of those who give it: of two of them at least, and a quarter."""
    members, named = part.evidence.members, part.people[card.factor_id]["any"]
    beside = said.beside(members.loc[members["factor_id"] == card.factor_id, "segment_id"], named)
    people = beside.groupby("theme_id", observed=True)["person"].nunique()
    least = max(_LINKED_BY, math.ceil(_LINKED_PART * len(named)))
    found = sorted(
        (-int(n), str(theme))
        for theme, n in people.items()
        if n >= least and not _is_near(str(theme), card.factor_id)
    )
    return tuple(labels.get(theme, theme) for _, theme in found[:_MOST_LINKS])


def _is_near(theme: str, factor: str) -> bool:
    """Whether they are one theme, or one is inside the other."""
    return theme == factor or theme.startswith(f"{factor}/") or factor.startswith(f"{theme}/")


@dataclass(frozen=True)
class Published:
    """The tables by attribute of a report, and what a reader knows of their themes.

    names: the attributes people may be compared by; tables: those that the report shows. themes: the id,
    label and people of each row; known: what a reader knows of the rows besides.
    """

    names: tuple[str, ...] = ()
    tables: tuple[Crosstab, ...] = ()
    themes: tuple[tuple[str, str, People], ...] = ()
    known: Known = field(default_factory=Known)


def splits_of(
    part: FactorPart, cases: pd.DataFrame, published: Published, quotes: Quotes, *, k: int
) -> dict[str, tuple[Split, ...]]:
    """Who gives each push factor, by attribute, as far as nobody can work out what few people say.

    A reader is taken to know the report's tables by attribute, the sizes of groups among leavers, the lines
    under quotes, and that who gives a theme as a reason speaks of it. Where testimonies are pooled nothing is
    split: the report's tables do not count them.
    """
    if not part.cards or not published.names or part.pooled:
        return {}
    heard, themes = part.evidence.heard, [own for *_, own in published.themes]
    out = {table.attribute: table for table in published.tables}
    order = [*out, *(name for name in published.names if name not in out)]
    groups = {name: groups_by(cases, heard, name) for name in order}
    people = [part.people[card.factor_id]["any"] for card in part.cards]
    shown = shown_tables(
        groups,
        [*themes, *people],
        k=k,
        known=_with_factors(published, part.cards, people, quotes),
        whole=True,
        parts=Parts([heard.leavers], [*(None for _ in themes), *(0 for _ in people)]),
        out=[_as_shown(table, published) for table in out.values()],
    )
    found: dict[str, list[Split]] = {}
    for (name, group), table in zip(groups.items(), shown, strict=True):
        for at, card in enumerate(part.cards):
            cells = table.cells[len(themes) + at]
            if any(cells):
                sizes = [None if n is None else size for n, size in zip(cells, table.parts[0], strict=True)]
                rows = tuple(zip(group, cells, sizes, strict=True))
                found.setdefault(card.factor_id, []).append(Split(name, rows))
    return {factor: tuple(own) for factor, own in found.items()}


def _with_factors(
    published: Published, cards: Sequence[FactorCard], people: Sequence[People], quotes: Quotes
) -> Known:
    """What is known of push factors too: of whom all speak of a theme of the same id, they are inside it."""
    known, at = published.known, {theme: at for at, (theme, *_) in enumerate(published.themes)}
    inside = [
        place if (place := at.get(card.factor_id)) is not None and own <= published.themes[place][2] else None
        for card, own in zip(cards, people, strict=True)
    ]
    return replace(
        known,
        quoted=[*known.quoted, *(quotes.lines(card.factor_id) for card in cards)],
        parents=[*known.parents, *inside],
    )


def _as_shown(table: Crosstab, published: Published) -> Shown:
    """A table of the report as it was made; a theme that is not in it has nothing shown."""
    rows = dict(table.rows)
    nothing = (None,) * len(table.columns)
    return Shown(table.totals, tuple(rows.get(label, nothing) for _, label, _ in published.themes))

"""Themes and push factors as rows of a report: n of N people, in whose words, and who said otherwise."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from feedback.model import Quote, ThemeRow
from feedback.quotes.against import DENIES
from feedback.report.heard import SILENCE, Heard, People, Voices
from feedback.report.quoted import Quotes, records

if TYPE_CHECKING:
    import pandas as pd

NOT_FROM_LIST = (
    "Not on the theme list. Found by grouping reasons that no theme of the list covers; "
    "a person should read these words before relying on it."
)


NAMED = (
    "Not on the theme list. A person read these reasons, which no theme of the list covers, and named them."
)


@dataclass(frozen=True)
class Theme:
    """What a report says about a theme besides who speaks of it."""

    id: str
    label: str
    group: str
    parent: str
    means: str
    position: int


def list_themes(themes: pd.DataFrame, tags: pd.DataFrame) -> list[Theme]:
    """The theme list in its order, and after it, by id, themes that only coders know."""
    ordered = records(themes, ["position", "theme_id"])
    listed = [_theme(row, place) for place, row in enumerate(ordered)]
    known = {theme.id for theme in listed}
    extra = sorted({str(theme_id) for theme_id in tags["theme_id"].dropna()} - known)
    return listed + [Theme(name, name, "", "", "", len(listed) + i) for i, name in enumerate(extra)]


def _theme(row: Mapping[str, Any], place: int) -> Theme:
    said = {key: row[key] or "" for key in ("group", "parent", "means")}
    return Theme(row["theme_id"], row["label"] or row["theme_id"], position=place, **said)


def theme_rows(
    themes: Sequence[Theme], voices: Mapping[str, Voices], quotes: Quotes, *, of: int, kinds: Sequence[str]
) -> tuple[ThemeRow, ...]:
    """One row a theme, in the theme list's order; a theme that nobody speaks of has a row too."""
    rows = []
    for theme in themes:
        said = voices.get(theme.id, SILENCE)
        rows.append(
            ThemeRow(
                theme.id, theme.label, theme.group,
                n=len(said.own), of=of, n_segments=len(said.segments),
                negative=len(said.negative), positive=len(said.positive),
                quotes=_both_sides(quotes, theme.id, kinds),
                not_positive=len(said.not_positive), not_negative=len(said.not_negative),
                not_own=len(said.not_own),
                parent=theme.parent, definition=theme.means,
            )
        )  # fmt: skip
    return tuple(rows)


def by_people(rows: Sequence[ThemeRow]) -> tuple[ThemeRow, ...]:
    """Rows with their headings in the order given; within each most people first, children after parents."""
    people = {row.theme_id: row.n for row in rows}
    headings = list(dict.fromkeys(row.group for row in rows))

    def rank(row: ThemeRow) -> tuple[int, list[tuple[int, str]]]:
        parts = row.theme_id.split("/")
        path = ["/".join(parts[: i + 1]) for i in range(len(parts))]
        return headings.index(row.group), [(-people.get(step, 0), step) for step in path]

    return tuple(sorted(rows, key=rank))


def _both_sides(quotes: Quotes, theme_id: str, kinds: Sequence[str]) -> tuple[Quote, ...]:
    voices = quotes.pick("theme_id", theme_id, counter=False, kinds=kinds)
    return voices + quotes.pick("theme_id", theme_id, counter=True, kinds=kinds)


@dataclass(frozen=True)
class Reason:
    """A push factor before it is counted: a theme of the list, or a group of left-over reasons."""

    id: str
    label: str
    words: tuple[str, ...]
    definition: str
    stability: float | None
    from_list: bool
    position: int


def push_factors(factors: pd.DataFrame, themes: Sequence[Theme], *, group: str) -> list[Reason]:
    """The rows of table `factors`; where it is empty, the themes of the list under the heading `group`."""
    listed = {theme.id: theme for theme in themes}
    if factors.empty:
        return [
            Reason(theme.id, theme.label, (), theme.means, None, True, theme.position)
            for theme in themes
            if theme.group == group and not theme.parent
        ]
    return [_reason(row, listed) for row in records(factors, ["factor_id"])]


def _reason(row: Mapping[str, Any], listed: Mapping[str, Theme]) -> Reason:
    theme = listed.get(row["factor_id"])
    words = tuple(word.strip() for word in re.split(r"[,;|]", row["words"] or "") if word.strip())
    stable = row["stability"]
    return Reason(
        id=row["factor_id"],
        label=row["label"] or (theme.label if theme else row["factor_id"]),
        words=words,
        definition=theme.means if theme else NAMED if row.get("decided") else NOT_FROM_LIST,
        stability=None if stable is None or math.isnan(stable) else round(float(stable), 4),
        from_list=theme is not None,
        position=theme.position if theme else len(listed),
    )


@dataclass(frozen=True)
class Evidence:
    """All that a push-factor card is counted from. `members` has columns segment_id, factor_id and person.

    `against`: what `counter_voices` found in interviews and surveys. `own_main`: by those who say which is
    their main reason, its push factor, or None.
    """

    heard: Heard
    voices: Mapping[str, Voices]
    members: pd.DataFrame
    quotes: Quotes
    k: int
    against: pd.DataFrame
    own_main: Mapping[str, str | None] = field(default_factory=dict)

    @property
    def has_reasons(self) -> bool:
        """Whether reasons for leaving were looked for; without them, whoever complains of a thing counts."""
        return not self.members.empty

    def speaking(self, reason: Reason) -> People:
        """Those who speak of it as their own and do not only praise it, or whose words are among it."""
        return self.voices.get(reason.id, SILENCE).not_positive | self.grouped(reason)

    def grouped(self, reason: Reason) -> People:
        """Those with words among the factor's members: leavers' reasons, and others who say the same."""
        return frozenset(self.members.loc[self.members["factor_id"] == reason.id, "person"])

    def naming(self, reason: Reason) -> People:
        """The leavers who give it as a reason for leaving."""
        named = self.grouped(reason) if self.has_reasons else self.speaking(reason)
        return named & self.heard.leavers

    def speaking_against(self, reason: Reason) -> People:
        """Those who deny it, and those who clearly praise it and did not leave over it."""
        found = self.against[self.against["theme_id"] == reason.id]
        deny = frozenset(found.loc[found["note"] == DENIES, "person"])
        return self.heard.people & (deny | (frozenset(found["person"]) - self.naming(reason)))

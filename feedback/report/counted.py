"""Who is counted in a report's numbers, and with which words: made anew from the tables it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from feedback.model import Report
from feedback.report.cards.part import SPOKEN, FactorPart, factor_part
from feedback.report.chosen import Choices
from feedback.report.crosstabs import groups_by
from feedback.report.heard import (
    NOBODY,
    SILENCE,
    Heard,
    People,
    Voices,
    voices_by_theme,
    who_was_heard,
    with_parents,
)
from feedback.report.numbers import Number
from feedback.report.quoted import Quotes
from feedback.report.voices import Evidence, list_themes
from feedback.tables import empty

if TYPE_CHECKING:
    import pandas as pd

WRITTEN = ("testimony",)
_TABLES = ("documents", "cases", "segments", "themes", "tags", "factors", "members")
# What of a theme's tags of one's own a measure counts, by their valence; None: whatever it is.
_OWN: dict[str, tuple[str | None, ...] | None] = {
    "any": None,
    "critical": ("negative", "mixed"),
    "favourable": ("positive", "mixed"),
    "gained": (None, "positive", "mixed", "neutral"),
    "criticised": (None, "negative", "mixed", "neutral"),
    "spoken": (None, "negative", "mixed", "neutral"),
    "stayed": (None, "negative", "mixed", "neutral"),
}
_NOT_OWN = {
    "not-own": ("other", "hypothetical", "negated"),
    "others": ("other",),
    "if": ("hypothetical",),
    "denied": ("negated",),
}
_REASONS = ("any", "main")


class Counted:
    """The people behind each number of a report, those it is out of, and the segments that it rests on.

    tables: those that the report was made of, with the tags that count. leaver, group: as of `summarise`.
    """

    def __init__(
        self,
        report: Report,
        tables: Mapping[str, pd.DataFrame],
        *,
        leaver: str = "leaver",
        group: str = "Push factors",
    ) -> None:
        self.tables = {name: tables.get(name, empty(name)) for name in _TABLES}
        self.heard: Heard = who_was_heard(self.tables, leaver=leaver)
        self._report, self._leaver, self._group = report, leaver, group
        self._ids = {row.label: row.theme_id for row in reversed(report.themes)}

    @property
    def pooled(self) -> People:
        """The leavers who count for push factors and were heard in testimonies only."""
        return self._evidence.heard.leavers - self.heard.leavers if self._report.factors_pooled else NOBODY

    def people(self, number: Number) -> People | None:
        """Who is counted; None for numbers that do not count people one by one, as of documents."""
        if number.kind == "outcome":
            return None
        if number.kind == "read":
            return self._read.get(number.about)
        if number.kind == "factor":
            return self._factors.get(number.about, {}).get(number.measure)
        if number.kind == "group":
            said = self._voices.get(self.subject(number), SILENCE)
            return said.own & self._groups(number.attribute).get(number.measure, NOBODY)
        voices, everybody = self._voices, self.heard.people
        if number.kind == "testimony":
            voices, everybody = self._told, self.heard.witnesses
        return _of_theme(voices.get(number.about, SILENCE), everybody).get(number.measure)

    def among(self, number: Number) -> People:
        """Everybody whom the number is out of."""
        if number.kind == "factor":
            if number.measure == "main":
                return self._factors.get(number.about, {}).get("any", NOBODY)
            heard = self._evidence.heard
            whole = {"stayed": heard.stayers, "against": heard.people}
            return whole.get(number.measure, heard.leavers)
        if number.kind == "group":
            return self._groups(number.attribute).get(number.measure, NOBODY)
        if number.kind in ("read", "outcome"):
            return NOBODY
        return self.heard.witnesses if number.kind == "testimony" else self.heard.people

    def subject(self, number: Number) -> str:
        """The id of the theme or push factor that a number is about."""
        return self._ids.get(number.about, number.about) if number.kind == "group" else number.about

    def segments(self, number: Number) -> frozenset[str]:
        """The segments because of which people are counted; none where they are counted for silence."""
        about = self.subject(number)
        measure = "any" if number.kind == "group" else number.measure
        own = self._members.get(about, NOBODY)
        if number.kind == "factor":
            if measure == "against":
                against = self._evidence.against
                return frozenset(against.loc[against["theme_id"] == about, "segment_id"])
            if measure in _REASONS:
                return own if self._evidence.has_reasons else self._tagged(about, "spoken")
            return self._tagged(about, measure) | (own if measure in ("spoken", "stayed") else NOBODY)
        return self._tagged(about, measure)

    def about(self, number: Number) -> frozenset[str]:
        """All segments that are about the same theme or push factor, whatever they say of it."""
        subject, tags = self.subject(number), self._tags
        tagged = frozenset(tags.loc[tags["theme_id"] == subject, "segment_id"])
        return tagged | self._members.get(subject, NOBODY)

    @property
    def reasons(self) -> dict[str, frozenset[str]]:
        """The segments taken for a reason for leaving, or for the same said by others, by push factor."""
        return self._members

    def _tagged(self, theme: str, measure: str) -> frozenset[str]:
        tags = self._tags[self._tags["theme_id"] == theme]
        own = tags["assertion"].isna() | (tags["assertion"] == "own")
        if measure in _NOT_OWN:
            return frozenset(tags.loc[tags["assertion"].isin(_NOT_OWN[measure]), "segment_id"])
        if measure not in _OWN:
            return NOBODY
        wanted = _OWN[measure]
        if wanted is not None:
            own &= tags["valence"].isin(wanted) | (tags["valence"].isna() & (None in wanted))
        return frozenset(tags.loc[own, "segment_id"])

    @cached_property
    def _tags(self) -> pd.DataFrame:
        return with_parents(self.tables["tags"].dropna(subset=["theme_id"]))

    @cached_property
    def _voices(self) -> dict[str, Voices]:
        return voices_by_theme(self.heard, self.tables["tags"], kinds=SPOKEN)

    @cached_property
    def _told(self) -> dict[str, Voices]:
        return voices_by_theme(self.heard, self.tables["tags"], kinds=WRITTEN)

    @cached_property
    def _part(self) -> FactorPart:
        report = self._report
        chosen = Choices(
            report.approach, self._leaver, self._group, (), report.smallest_group, report.percentages_from,
            broader={}, pool=bool(report.factors_pooled), main_reason=report.main_reason,
        )  # fmt: skip
        themes = list_themes(self.tables["themes"], self.tables["tags"])
        quotes = Quotes(empty("quotes"), self.heard, empty("tags"))
        return factor_part(self.tables, self.heard, self._voices, themes, quotes, chosen)

    @property
    def _evidence(self) -> Evidence:
        return self._part.evidence

    @cached_property
    def _members(self) -> dict[str, frozenset[str]]:
        rows = self._evidence.members
        return {str(name): frozenset(own) for name, own in rows.groupby("factor_id")["segment_id"]}

    @property
    def _factors(self) -> Mapping[str, Mapping[str, People]]:
        return self._part.people

    def _groups(self, attribute: str) -> dict[str, People]:
        cases = self.tables["cases"]
        return groups_by(cases, self.heard, attribute) if attribute in cases else {}

    @cached_property
    def _read(self) -> dict[str, People]:
        """The people of what was read, by the words of `method.counts_of`."""
        heard = self.heard
        spoken = [said.own | said.not_own for said in self._voices.values()]
        return {
            "people heard in interviews": heard.interviewed,
            "people who answered a survey": heard.surveyed,
            "people heard in interviews and surveys": heard.people,
            "of them left": heard.leavers,
            "of them stayed": heard.stayers,
            "of them not recorded whether they left": heard.people - heard.leavers - heard.stayers,
            "people read who speak of no theme of the list": heard.people - NOBODY.union(*spoken),
            "people in the participants table who were not read": heard.not_read,
            "people who wrote testimonies, counted apart": heard.witnesses,
        }


def _of_theme(said: Voices, everybody: People) -> dict[str, People]:
    return {
        "any": said.own,
        "critical": said.negative,
        "favourable": said.positive,
        "gained": said.not_negative,
        "criticised": said.not_positive,
        "not-own": said.not_own,
        "silent": everybody - said.own - said.not_own,
    }

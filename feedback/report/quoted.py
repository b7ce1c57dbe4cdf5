"""The quotes a report can show: what each is on, how its speaker speaks of it, and who that is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from feedback.cases import with_consent
from feedback.model import Quote
from feedback.report.heard import Heard, People
from feedback.settings import CONSENTS

if TYPE_CHECKING:
    import pandas as pd

COUNTER = "counter-voice"
ANYBODY = "a participant"
CRITICAL, FAVOURABLE, MIXED = "critical", "favourable", "mixed"
_STANCE = {"negative": {CRITICAL}, "positive": {FAVOURABLE}, "mixed": {CRITICAL, FAVOURABLE}}
_EDITED = re.compile(r" \([^()]* left out\)$")
_LEFT = " who left"


class Quotes:
    """The quotes table by what its quotes are for, in order of rank, each only where its person was heard."""

    def __init__(self, table: pd.DataFrame, heard: Heard, tags: pd.DataFrame) -> None:
        words = heard.words[heard.words["segment_id"].isin(table["segment_id"])]
        kinds = dict(zip(words["segment_id"], words["kind"], strict=True))
        self._rows = [
            row for row in records(table, ["rank", "quote_id"]) if row["segment_id"] in kinds and row["text"]
        ]
        self._kinds = kinds
        self._stances = stances(tags[tags["segment_id"].isin({row["segment_id"] for row in self._rows})])

    def pick(
        self, column: str, wanted: str, *, counter: bool, kinds: Sequence[str], among: People | None = None
    ) -> tuple[Quote, ...]:
        """Quotes whose theme_id or factor_id is `wanted`, voices or counter-voices, of these people only."""
        return tuple(
            _quote(row, self._stances.get((row["segment_id"], wanted), ""))
            for row in self._rows
            if row[column] == wanted
            and str(row["why"] or "").startswith(COUNTER) == counter
            and self._kinds[row["segment_id"]] in kinds
            and (among is None or (row["case_id"] or row["document_id"]) in among)
        )

    def lines(self, about: str) -> dict[str, str]:
        """The line of each person of interviews and surveys who is quoted on a theme or push factor."""
        return {
            str(row["case_id"]): row["attribution"] or ANYBODY
            for row in self._rows
            if about in (row["theme_id"], row["factor_id"])
            and row["case_id"]
            and self._kinds[row["segment_id"]] != "testimony"
        }


def agreed(quotes: pd.DataFrame, cases: pd.DataFrame, *, audience: str) -> pd.DataFrame:
    """The quotes of people whose consent reaches the audience, whoever put them into the table.

    Without `cases` nobody was asked, as for `pick_quotes`. With them, a quote without a case is nobody's who
    agreed, and is left out.
    """
    if cases.empty:
        return quotes
    return quotes[quotes["case_id"].isin(with_consent(cases, least=audience, levels=CONSENTS))]


def labels_of(themes: pd.DataFrame, factors: pd.DataFrame) -> dict[str, str]:
    """The labels of themes and push factors by id; where both have an id, the push factor's."""
    return {
        **dict(zip(themes["theme_id"], themes["label"], strict=True)),
        **dict(zip(factors["factor_id"], factors["label"], strict=True)),
    }


def records(table: pd.DataFrame, by: list[str]) -> list[dict[str, Any]]:
    """The rows of a table as dicts, sorted."""
    rows = table.sort_values(by, kind="stable").to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in rows]


def stances(tags: pd.DataFrame) -> dict[tuple[str, str], str]:
    """How each (segment, theme) is spoken of by what all its tags say together; neutral ones say nothing."""
    found: dict[tuple[str, str], set[str]] = {}
    for segment, theme, valence in zip(tags["segment_id"], tags["theme_id"], tags["valence"], strict=True):
        found.setdefault((segment, theme), set()).update(_STANCE.get(valence, ()))
    return {key: MIXED if len(said) > 1 else said.pop() for key, said in found.items() if said}


def _quote(row: Mapping[str, Any], stance: str) -> Quote:
    return Quote(
        text=row["text"],
        attribution=(row["attribution"] or ANYBODY)
        + (f" ({row['edited']} left out)" if row["edited"] else ""),
        segment_id=row["segment_id"],
        why=row["why"] or "",
        stance=stance,
    )


def described_as(attribution: str) -> tuple[str, ...]:
    """What a line about a speaker says, one by one: ("social worker", "who left", "2018 cohort").

    From the line alone, so that whoever sorts quotes by it learns nothing that does not stand under them.
    """
    first, *rest = _EDITED.sub("", attribution).split(", ")
    noun = re.sub(r"^an? ", "", first.removesuffix(_LEFT))
    left = [_LEFT.strip()] if first.endswith(_LEFT) else []
    return tuple(part.strip() for part in (noun, *left, *rest) if part.strip())

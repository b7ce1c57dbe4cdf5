"""Who speaks of what: the sentences behind every theme and push factor, and those that speak against it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from feedback.cases import is_yes

from .passages import Passage, Turn, turns_of
from .score import Voice

if TYPE_CHECKING:
    import pandas as pd

# How many segments of a heading are looked at: enough for any choice of quotes.
_MOST = 3000
# How much each further theme of a segment takes from the certainty of all.
_SPREAD = 0.3
# A counter-voice must be about the theme about as surely as the surest voice.
_LEAST_COUNTER = 0.6
_DENIES, _PRAISES = "says it was not so", "speaks well of it"


@dataclass(frozen=True, slots=True)
class Heading:
    """What quotes are picked for: a theme, a push factor, or (`counter`) those who speak against a factor."""

    theme_id: str | None
    factor_id: str | None
    voices: tuple[Voice, ...]
    counter: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    """A tagged segment: where its sentences are, and how its speaker speaks of the theme."""

    turn: Turn
    at: tuple[int, ...]
    sure: float
    valence: str
    assertion: str

    def voices(self, note: str = "") -> Iterator[Voice]:
        for at in self.at:
            yield Voice(Passage(self.turn, at, at), at, self.sure, note or self.valence)


def headings_of(
    segments: pd.DataFrame,
    tags: pd.DataFrame,
    *,
    cases: pd.DataFrame | None,
    members: pd.DataFrame | None,
    edits: pd.DataFrame | None,
    allowed: Collection[str] | None,
    leaver: str,
) -> list[Heading]:
    """Themes, then push factors with their counter-voices, by id; voices in order of documents.

    allowed: the cases that may be quoted; None for everybody.
    """
    own = segments[segments["role"] == "participant"]
    own = own if allowed is None else own[own["case_id"].isin(allowed)]
    tags = _listed(tags[tags["theme_id"].notna()], "theme_id", own)
    belongs = None if members is None else _listed(members[members["factor_id"].notna()], "factor_id", own)
    wanted = set(tags["segment_id"]) | (set() if belongs is None else set(belongs["segment_id"]))
    places = _places(_whole_turns(own, wanted), edits)
    spots = _spots(tags, places)
    found = [Heading(theme, None, _own(spots[theme].values())) for theme in sorted(spots)]
    if belongs is not None:
        left = _leavers(cases, leaver)
        for factor, group in belongs.groupby("factor_id", sort=True, observed=True):
            found += _factor(str(factor), group, spots, places, left)
    return found


def _listed(rows: pd.DataFrame, heading: str, own: pd.DataFrame) -> pd.DataFrame:
    """The rows about `own` segments; where a heading has very many, everybody's surest before any second.

    Those spoken as one's own and all others are listed apart, so that counter-voices are not crowded out.
    """
    rows = rows[rows["segment_id"].isin(own["segment_id"])]
    if rows.groupby(heading, observed=True).size().max() <= _MOST or rows.empty:
        return rows
    person = own["case_id"].where(own["case_id"].notna(), own["document_id"])
    listed = rows[[heading, "segment_id"]].assign(
        sure=rows["score"].fillna(1.0),
        person=rows["segment_id"].map(dict(zip(own["segment_id"], person, strict=True))),
        manner=rows["assertion"].fillna("own") == "own" if "assertion" in rows else True,
    )
    listed = listed.sort_values(["sure", "segment_id"], ascending=[False, True], kind="stable")
    listed["turn"] = listed.groupby([heading, "manner", "person"], observed=True).cumcount()
    listed = listed.sort_values(["turn", "sure", "segment_id"], ascending=[True, False, True], kind="stable")
    first = listed[listed.groupby([heading, "manner"], observed=True).cumcount() < _MOST]
    return rows.merge(first[[heading, "segment_id"]].drop_duplicates(), on=[heading, "segment_id"])


def _whole_turns(own: pd.DataFrame, wanted: set[str]) -> pd.DataFrame:
    """All segments of the turns in which something wanted is said."""
    turns = own.loc[own["segment_id"].isin(wanted), ["document_id", "turn"]].drop_duplicates()
    return own.merge(turns, on=["document_id", "turn"])


@dataclass(frozen=True, slots=True)
class _Place:
    turn: Turn
    at: tuple[int, ...]


def _places(segments: pd.DataFrame, edits: pd.DataFrame | None) -> dict[str, _Place]:
    """Where the sentences of each segment stand."""
    at: dict[str, tuple[Turn, list[int]]] = {}
    for turn in turns_of(segments, edits):
        for number, sentence in enumerate(turn.sentences):
            for segment_id in sentence.segment_ids:
                at.setdefault(segment_id, (turn, []))[1].append(number)
    return {segment_id: _Place(turn, tuple(numbers)) for segment_id, (turn, numbers) in at.items()}


def _spots(tags: pd.DataFrame, places: Mapping[str, _Place]) -> dict[str, dict[str, _Spot]]:
    """For each theme, its segments; the tags of several coders on one segment are one spot."""
    spots: dict[str, dict[str, _Spot]] = {}
    known = tags[tags["segment_id"].isin(places.keys())]
    known = known.sort_values(["theme_id", "segment_id", "coder", "start", "end"], kind="stable")
    for row in known.itertuples(index=False):
        place = places[row.segment_id]
        spot = _Spot(
            place.turn, _evidence(place, row), _number(row.score), _text(row.valence), _text(row.assertion)
        )
        theme = spots.setdefault(row.theme_id, {})
        theme[row.segment_id] = _merged(theme.get(row.segment_id), spot)
    return _specific(spots)


def _specific(spots: dict[str, dict[str, _Spot]]) -> dict[str, dict[str, _Spot]]:
    """Spots less sure the more themes their segment has: what is about everything is about nothing much."""
    themes = Counter(segment_id for found in spots.values() for segment_id in found)
    return {
        theme: {
            segment_id: replace(spot, sure=spot.sure * themes[segment_id] ** -_SPREAD)
            for segment_id, spot in found.items()
        }
        for theme, found in spots.items()
    }


def _evidence(place: _Place, row: Any) -> tuple[int, ...]:
    """The sentences of the segment that hold the evidence; all of them where it is the whole segment."""
    touched = [
        at
        for at in place.at
        if place.turn.sentences[at].start < row.end and row.start < place.turn.sentences[at].end
    ]
    return tuple(touched) or place.at


def _merged(one: _Spot | None, other: _Spot) -> _Spot:
    """Doubt of one coder is doubt: what any calls not the speaker's own is not; two valences are mixed."""
    if one is None:
        return other
    assertion = next((a for a in (one.assertion, other.assertion) if a not in ("", "own")), "own")
    valences = {valence for valence in (one.valence, other.valence) if valence}
    valence = valences.pop() if len(valences) == 1 else ("mixed" if valences else "")
    at = tuple(sorted({*one.at, *other.at}))
    return _Spot(one.turn, at, max(one.sure, other.sure), valence, assertion)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float:
    """A score between 0 and 1; a person's tag has none and is sure."""
    return min(1.0, max(0.0, float(value))) if value is not None and not math.isnan(value) else 1.0


def _own(spots: Any) -> tuple[Voice, ...]:
    return tuple(voice for spot in spots if spot.assertion in ("", "own") for voice in spot.voices())


def _leavers(cases: pd.DataFrame | None, leaver: str) -> set[str] | None:
    """Who left; None where that is not known."""
    if cases is None or leaver not in cases:
        return None
    return set(cases.loc[cases[leaver].map(is_yes), "case_id"])


def _factor(
    factor: str,
    group: pd.DataFrame,
    spots: Mapping[str, Mapping[str, _Spot]],
    places: Mapping[str, _Place],
    left: set[str] | None,
) -> Iterator[Heading]:
    """A push factor's own voices and its counter-voices."""
    themes = _themes_of(factor, set(group["segment_id"]), spots)
    own: dict[str, _Spot] = {}
    for row in group.sort_values("segment_id", kind="stable").itertuples(index=False):
        place = places.get(row.segment_id)
        if place is None or (left is not None and place.turn.case_id not in left):
            continue
        said = [spots[theme][row.segment_id] for theme in themes if row.segment_id in spots[theme]]
        spot = said[0] if said else _Spot(place.turn, place.at, _number(row.score), "", "own")
        if spot.assertion in ("", "own") and spot.valence != "positive":
            own[row.segment_id] = spot
    if not own:
        return
    yield Heading(None, factor, _own(own.values()))
    against = {segment_id: spot for theme in themes for segment_id, spot in spots[theme].items()}
    least = _LEAST_COUNTER * max((spot.sure for spot in against.values()), default=0)
    noted = [
        (_against(spot), spot)
        for key, spot in sorted(against.items())
        if key not in own and spot.sure >= least
    ]
    notes = {note for note, _ in noted}
    # Who says that it was not so speaks before who merely likes it.
    wanted = _DENIES if _DENIES in notes else _PRAISES
    voices = [voice for note, spot in noted if note == wanted for voice in spot.voices(note)]
    yield Heading(None, factor, tuple(voices), counter=True)


def _against(spot: _Spot) -> str:
    if spot.assertion == "negated":
        return _DENIES
    return _PRAISES if spot.valence == "positive" and spot.assertion in ("", "own") else ""


def _themes_of(factor: str, segment_ids: set[str], spots: Mapping[str, Mapping[str, _Spot]]) -> list[str]:
    """The theme that a factor is about: that of its name, or the surest one of most of its segments."""
    if factor in spots:
        return [factor]
    shared = {theme: segment_ids & found.keys() for theme, found in spots.items()}
    sure = {
        theme: sum(spots[theme][segment_id].sure for segment_id in found)
        for theme, found in shared.items()
        if len(found) * 2 > len(segment_ids)
    }
    return [max(sorted(sure), key=sure.__getitem__)] if sure else []

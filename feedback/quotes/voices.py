"""Who speaks of what: the sentences behind every theme and push factor, and those that speak against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from .against import AS_REASON, DENIES, ON_THEME, PRAISES, RULES, alone, counter_voices, sounds_fine, sureness
from .passages import Passage, Turn, turns_of
from .phrasing import OWN_VOICE
from .score import Voice
from .surest import surest

if TYPE_CHECKING:
    import pandas as pd

# How much each further theme of a segment takes from the certainty of all.
_SPREAD = 0.3


@dataclass(frozen=True, slots=True)
class Heading:
    """What quotes are picked for: a theme, a push factor, or (`counter`) those who speak against a factor."""

    theme_id: str | None
    factor_id: str | None
    voices: tuple[Voice, ...]
    counter: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    """A tagged segment: what each coder found in which sentence, and how its speaker speaks of the theme.

    `spread` takes some certainty off where the segment has many themes.
    """

    turn: Turn
    found: Mapping[int, Mapping[str, float]] = field(hash=False)
    valence: str
    assertion: str
    spread: float = 1.0

    def voices(self, least: float, note: str = "") -> Iterator[Voice]:
        """A voice for each sentence that is on the theme at least so surely."""
        for at, scores in sorted(self.found.items()):
            sure = sureness(scores)
            if sure >= least:
                yield Voice(Passage(self.turn, at, at), at, sure * self.spread, note or self.valence)


def headings_of(
    segments: pd.DataFrame,
    tags: pd.DataFrame,
    *,
    members: pd.DataFrame | None,
    edits: pd.DataFrame | None,
    allowed: Collection[str] | None,
    left: Collection[str] | None,
    apart: Collection[str] = (),
) -> list[Heading]:
    """Themes, then push factors with their counter-voices, by id; voices in order of documents.

    allowed: the cases that may be quoted; None for everybody. left: who left; None where that is not known.
    apart: documents (testimonies) that say nothing for or against a push factor.
    """
    own = segments[segments["role"] == "participant"]
    own = own if allowed is None else own[own["case_id"].isin(allowed)]
    tags = _listed(tags[tags["theme_id"].notna()], "theme_id", own)
    belongs = None if members is None else _listed(members[members["factor_id"].notna()], "factor_id", own)
    wanted = set(tags["segment_id"]) | (set() if belongs is None else set(belongs["segment_id"]))
    places = _places(_whole_turns(own, wanted), edits)
    spots = _spots(tags, places)
    found = [Heading(theme, None, _own(spots[theme].values(), alone(ON_THEME))) for theme in sorted(spots)]
    if belongs is not None:
        said = own[~own["document_id"].isin(apart)]
        against = counter_voices(said, tags)
        study = _Study(places, spots, left, against)
        for factor, group in belongs.groupby("factor_id", sort=True, observed=True):
            found += _factor(str(factor), group[group["segment_id"].isin(said["segment_id"])], study)
    return found


def _listed(rows: pd.DataFrame, heading: str, own: pd.DataFrame) -> pd.DataFrame:
    """The rows about `own` segments; where a heading has very many, those that are looked at."""
    import pandas as pd

    rows = rows[rows["segment_id"].isin(own["segment_id"])]
    person = own["case_id"].where(own["case_id"].notna(), own["document_id"])
    listed = pd.DataFrame(
        {
            "heading": rows[heading],
            "segment": rows["segment_id"],
            "person": rows["segment_id"].map(dict(zip(own["segment_id"], person, strict=True))),
            "sure": rows["score"].fillna(1.0),
            "manner": rows["assertion"].fillna("own") == "own" if "assertion" in rows else True,
        }
    )
    return rows[surest(listed)]


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
        score = float("nan") if row.score is None else float(row.score)
        found = {at: {str(row.coder): score} for at in _evidence(place, row)}
        spot = _Spot(place.turn, found, _text(row.valence), _text(row.assertion))
        theme = spots.setdefault(row.theme_id, {})
        theme[row.segment_id] = _merged(theme.get(row.segment_id), spot)
    return _specific(spots)


def _specific(spots: dict[str, dict[str, _Spot]]) -> dict[str, dict[str, _Spot]]:
    """Spots less sure the more themes their segment has: what is about everything is about nothing much."""
    themes = Counter(segment_id for found in spots.values() for segment_id in found)
    return {
        theme: {
            segment_id: replace(spot, spread=themes[segment_id] ** -_SPREAD)
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
    found = {at: dict(scores) for at, scores in one.found.items()}
    for at, scores in other.found.items():
        for coder, score in scores.items():
            found.setdefault(at, {})[coder] = max(score, found.get(at, {}).get(coder, score))
    return _Spot(one.turn, found, valence, assertion)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _own(spots: Iterable[_Spot], least: float) -> tuple[Voice, ...]:
    return tuple(voice for spot in spots if spot.assertion in ("", "own") for voice in spot.voices(least))


@dataclass(frozen=True, slots=True, eq=False)
class _Study:
    """What a push factor's voices are found in. `against`: see `counter_voices`."""

    places: Mapping[str, _Place]
    spots: Mapping[str, Mapping[str, _Spot]]
    left: Collection[str] | None
    against: pd.DataFrame


def _factor(factor: str, group: pd.DataFrame, study: _Study) -> Iterator[Heading]:
    """A push factor's own voices and its counter-voices."""
    themes = _themes_of(factor, set(group["segment_id"]), study.spots)
    rows = [
        (row, place)
        for row in group.sort_values("segment_id", kind="stable").itertuples(index=False)
        if (place := study.places.get(row.segment_id))
        and (study.left is None or place.turn.case_id in study.left)
    ]
    if not rows:
        return
    named = {_person(place) for _, place in rows}
    against = study.against[study.against["theme_id"].isin(themes)]
    against = against[(against["note"] == DENIES) | ~against["person"].isin(named)]
    told = [(row, place) for row, place in rows if _person(place) not in set(against["person"])]
    own = tuple(voice for row, place in told for voice in _reason(row, place, themes, study.spots))
    yield Heading(None, factor, _with_stories(own))
    # Who says that it was not so speaks before who merely likes it.
    note = DENIES if (against["note"] == DENIES).any() else PRAISES
    voices = [
        voice
        for row in against[against["note"] == note].itertuples(index=False)
        for voice in study.spots[row.theme_id][row.segment_id].voices(0.0, note)
    ]
    yield Heading(None, factor, tuple(voices), counter=True)


def _with_stories(voices: Sequence[Voice]) -> tuple[Voice, ...]:
    """The voices; what follows a first sentence that names the reason ("Bureaucracy.") tells of it too."""
    named = {voice.place[:2] for voice in voices if voice.names and voice.at == 0}
    return tuple(replace(voice, names=voice.names or voice.place[:2] in named) for voice in voices)


def _person(place: _Place) -> str:
    return place.turn.case_id or place.turn.document_id


def _reason(
    row: Any, place: _Place, themes: Sequence[str], spots: Mapping[str, Mapping[str, _Spot]]
) -> Iterator[Voice]:
    """The voices of a segment that gives a push factor as a reason; none where it sounds like praise."""
    said = [spots[theme][row.segment_id] for theme in themes if row.segment_id in spots[theme]]
    if not said:
        # A group of left-over reasons has no theme to be sure of.
        scores = {"": 1.0 if row.score is None else float(row.score)}
        said = [_Spot(place.turn, dict.fromkeys(place.at, scores), "", "own")]
    least = alone(AS_REASON) if themes else 0.0
    for voice in said[0].voices(least) if said[0].assertion in ("", "own") else ():
        text, found = voice.passage.text, said[0].found[voice.at]
        # A phrase alone, in words about somebody else ("someone had gone off sick"), is nobody's reason.
        others = set(found) == {RULES} and not OWN_VOICE.search(text) and not voice.passage.is_answer
        if said[0].valence != "positive" and not others and not sounds_fine(text):
            yield replace(voice, names=not themes or sureness(found) >= alone(ON_THEME))


def _themes_of(factor: str, segment_ids: set[str], spots: Mapping[str, Mapping[str, _Spot]]) -> list[str]:
    """The theme that a factor is about: that of its name, or the surest one of most of its segments."""
    if factor in spots:
        return [factor]
    shared = {theme: segment_ids & found.keys() for theme, found in spots.items()}
    sure = {
        theme: sum(_surest(spots[theme][segment_id]) for segment_id in found)
        for theme, found in shared.items()
        if len(found) * 2 > len(segment_ids)
    }
    return [max(sorted(sure), key=sure.__getitem__)] if sure else []


def _surest(spot: _Spot) -> float:
    return max(sureness(scores) for scores in spot.found.values()) * spot.spread

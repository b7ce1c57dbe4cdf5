"""Picks the quotes of a set: for every theme and push factor, fair to the people and within their consent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.cases import is_yes, with_consent
from feedback.disclosure import ANYBODY, Broader, attributions
from feedback.errors import FeedbackError
from feedback.settings import CONSENTS, Quotes
from feedback.tables import conform

from .choices import Choices, choices_of
from .edited import left_out
from .passages import Passage
from .score import Candidate, Embed, Voice, candidates, scored, vectors_of
from .speech import Reader
from .voices import Heading, headings_of

if TYPE_CHECKING:
    import pandas as pd

AUDIENCES = CONSENTS[2:]
COUNTER = "counter-voice"
_LIKENESS, _STALE, _HEARD = 0.35, 0.15, 0.15
_VOICES_PER_PERSON, _VOICES = 8, 400


def pick_quotes(  # noqa: PLR0913
    segments: pd.DataFrame,
    tags: pd.DataFrame,
    *,
    cases: pd.DataFrame | None = None,
    members: pd.DataFrame | None = None,
    edits: pd.DataFrame | None = None,
    documents: pd.DataFrame | None = None,
    audience: str = "internal",
    per_theme: int = 3,
    limits: Quotes | None = None,
    smallest_group: int = 5,
    broader: Broader | None = None,
    embed: Embed | None = None,
    leaver: str = "leaver",
    choices: pd.DataFrame | None = None,
    heard: Collection[str] | None = None,
) -> pd.DataFrame:
    """Table `quotes`: up to `per_theme` passages a theme and push factor, and a counter-voice a factor.

    segments, tags, members, edits, documents: the tables of those names; testimonies, which `documents` tells
    apart, are not quoted for or against push factors. cases: consent and attributes; only people
    whose consent reaches `audience` ("internal" or "publication") are quoted. Without `cases` consent is not
    known, everybody may be quoted and is "a participant". limits: words (shortest, longest) and how many
    different passages of one person the whole set may hold (per_person). smallest_group: an attribution fits
    at least so many of the people heard, and with fewer leavers heard no push factor has quotes. embed: texts
    to rows of length 1; without it likeness is counted in words. leaver: the attribute that says who left; a
    push factor's own voices are leavers, where it is known. choices: table `choices`: what is pinned comes
    first under its heading as long as consent and tags allow it, banned words come nowhere. heard: whose
    words were read, where `segments` are not all of them.

    A quote is one to four whole sentences of one turn, as rendered; sentences are joined by a space. It needs
    no question and no sentence before it, and holds the words that it was tagged for; what is not surely on a
    theme is left out, and a heading has fewer quotes, or none. Under a heading nobody speaks again while
    somebody else has something fit to print. A passage stands under one theme and one push factor, and under
    a second only where nothing else is there. `edited` says what cleaning left out of it ("fillers"). Rows
    are ordered by heading and rank; counter-voices have `why` beginning "counter-voice". Errors:
    FeedbackError for an audience that there is no consent for.
    Source: maximal marginal relevance, Carbonell and Goldstein (1998).
    """
    if audience not in AUDIENCES:
        raise FeedbackError(f"'{audience}' is not an audience", hint="one of: " + ", ".join(AUDIENCES))
    limits = limits or Quotes()
    allowed = None if cases is None else with_consent(cases, least=audience, levels=CONSENTS)
    if heard is None:
        heard = set(segments.loc[segments["role"] == "participant", "case_id"].dropna())
    roster = None if cases is None else _heard(cases, heard)
    left = _leavers(roster, leaver)
    few = left is not None and len(left) < smallest_group
    headings = headings_of(
        segments,
        tags,
        members=None if few else members,
        edits=edits,
        allowed=allowed,
        left=left,
        apart=_testimonies(documents),
    )
    found = _all_scored(headings, limits, per_theme, embed, choices_of(choices))
    chosen = _Choice(per_theme, limits.per_person, found).fill()
    lines = {} if roster is None else attributions(roster, k=smallest_group, leaver=leaver, broader=broader)
    return _table(chosen, lines, edits)


def _heard(cases: pd.DataFrame, spoken: Collection[str]) -> pd.DataFrame:
    """The people whose words were read: those who withdrew or were never heard hide nobody."""
    allowed = with_consent(cases, least="analysis", levels=CONSENTS)
    return cases[cases["case_id"].isin(spoken) & cases["case_id"].isin(allowed)]


def _leavers(roster: pd.DataFrame | None, leaver: str) -> set[str] | None:
    """Who left; None where that is not known."""
    if roster is None or leaver not in roster:
        return None
    return set(roster.loc[roster[leaver].map(is_yes), "case_id"])


def _testimonies(documents: pd.DataFrame | None) -> set[str]:
    if documents is None:
        return set()
    return set(documents.loc[documents["kind"] == "testimony", "document_id"])


@dataclass(frozen=True, slots=True)
class _Scored:
    """A heading with its candidates, best first, and what they need to be compared."""

    heading: Heading
    found: tuple[Candidate, ...]

    @property
    def name(self) -> tuple[bool, str, bool]:
        """Themes before factors, a factor's own voices before its counter-voices."""
        heading = self.heading
        return heading.factor_id is not None, heading.factor_id or heading.theme_id or "", heading.counter


def _all_scored(
    headings: Sequence[Heading], limits: Quotes, per_theme: int, embed: Embed | None, choices: Choices
) -> tuple[list[_Scored], Any]:
    """Every heading's candidates with scores, and the vectors that `Candidate.row` points to."""
    most = max(60, 10 * per_theme)
    reader = Reader(limits)
    lists = [
        _with_pins(
            choices.pins((heading.theme_id, heading.factor_id), heading.voices),
            candidates(_surest(heading.voices), _spoken(heading), reader, most=most, barred=choices.bars),
        )
        for heading in headings
    ]
    texts = sorted({one.passage.text for found in lists for one in found})
    vectors, row_of = vectors_of(texts, embed), {text: row for row, text in enumerate(texts)}
    scores = [scored(found, vectors, [row_of[one.passage.text] for one in found]) for found in lists]
    return [_Scored(h, tuple(found)) for h, found in zip(headings, scores, strict=True)], vectors


def _with_pins(pins: Sequence[Candidate], found: Sequence[Candidate]) -> list[Candidate]:
    return [*pins, *(one for one in found if not any(one.passage.overlaps(pin.passage) for pin in pins))]


def _spoken(heading: Heading) -> frozenset[tuple[str, int, int]]:
    return frozenset(voice.place for voice in heading.voices if voice.names)


def _surest(voices: Sequence[Voice]) -> list[Voice]:
    """The voices worth a closer look: each person's eight surest, and 400 in all."""
    heard: dict[str, int] = {}
    kept: list[tuple[int, int, Voice]] = []
    for voice in sorted(voices, key=lambda voice: (-voice.sure, _at(voice.passage))):
        person = voice.passage.turn.case_id or voice.passage.turn.document_id
        heard[person] = heard.get(person, 0) + 1
        if heard[person] <= _VOICES_PER_PERSON:
            kept.append((heard[person], len(kept), voice))
    return [voice for *_, voice in sorted(kept, key=lambda rank: rank[:2])][:_VOICES]


def _at(passage: Passage) -> tuple[str, int, int]:
    return passage.turn.document_id, passage.start, passage.end


class _Choice:
    """The set of quotes as it fills: one heading after another gets its next quote, few voices first."""

    def __init__(self, per_theme: int, per_person: int, scored: tuple[list[_Scored], Any]) -> None:
        self.per_theme, self.per_person = per_theme, per_person
        self.headings, self.vectors = scored
        self.chosen: dict[tuple[bool, str, bool], list[Candidate]] = {one.name: [] for one in self.headings}
        self.passages: dict[str, set[tuple[str, int, int]]] = {}
        self.all: list[tuple[bool, Candidate]] = []

    def fill(self) -> list[tuple[_Scored, list[Candidate]]]:
        order = sorted(self.headings, key=lambda one: (len({c.case_id for c in one.found}), one.name))
        for heading in order:
            self._pinned(heading)
        for turn in range(self.per_theme):
            for heading in order:
                most = 1 if heading.heading.counter else turn + 1
                if len(self.chosen[heading.name]) < most:
                    self._next(heading)
        rank = {
            one.name: sorted(self.chosen[one.name], key=lambda c: (not c.pinned, -c.score, _at(c.passage)))
            for one in order
        }
        return [(one, rank[one.name]) for one in sorted(self.headings, key=lambda one: one.name)]

    def _pinned(self, heading: _Scored) -> None:
        for one in heading.found:
            if one.pinned:
                self._take(heading, one)

    def _take(self, heading: _Scored, one: Candidate) -> None:
        self.chosen[heading.name].append(one)
        self.all.append((heading.name[0], one))
        self.passages.setdefault(one.case_id, set()).add(_at(one.passage))

    def _next(self, heading: _Scored) -> None:
        here = self.chosen[heading.name]
        kind = heading.name[0]
        fit = [one for one in heading.found if self._may(one, here)]
        # A push factor is counted by people: three quotes under it are three people's.
        fit = [one for one in fit if not (kind and self._unfair(one, here))]
        if not fit:
            return
        best = min(
            fit,
            key=lambda one: (
                self._unfair(one, here), self._elsewhere(one, kind), -self._worth(one, here), _at(one.passage)
            ),
        )  # fmt: skip
        if here and self._elsewhere(best, kind):
            return
        self._take(heading, best)

    def _may(self, one: Candidate, here: Sequence[Candidate]) -> bool:
        if any(one.passage.overlaps(other.passage) for other in here):
            return False
        used = self.passages.get(one.case_id, set())
        return _at(one.passage) in used or len(used) < self.per_person

    def _elsewhere(self, one: Candidate, kind: bool) -> bool:
        """Whether its words stand under another heading of the same kind: themes, or push factors."""
        return any(
            kind == other_kind and one.passage.overlaps(other.passage) for other_kind, other in self.all
        )

    def _unfair(self, one: Candidate, here: Sequence[Candidate]) -> int:
        """How often the person speaks under this heading already: before all else."""
        return sum(other.case_id == one.case_id for other in here)

    def _worth(self, one: Candidate, here: Sequence[Candidate]) -> float:
        """Its score, less for likeness to what is chosen here, for words and people heard elsewhere."""
        likeness = max(
            (float(self.vectors[one.row] @ self.vectors[other.row]) for other in here), default=0.0
        )
        stale = sum(one.passage.overlaps(other.passage) for _, other in self.all)
        heard = one.case_id in self.passages
        return one.score - _LIKENESS * max(0.0, likeness) - _STALE * stale - _HEARD * heard


def _table(
    chosen: Sequence[tuple[_Scored, list[Candidate]]], lines: dict[str, str], edits: pd.DataFrame | None
) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    own = {one.name[:2]: len(found) for one, found in chosen if not one.heading.counter}
    for heading, found in chosen:
        before = own.get(heading.name[:2], 0) if heading.heading.counter else 0
        for rank, one in enumerate(found, start=before + 1):
            rows.append(_row(heading.heading, one, rank, lines))
    width = max(3, len(str(len(rows))))
    table = conform("quotes", [{"quote_id": f"q{n:0{width}d}", **row} for n, row in enumerate(rows, start=1)])
    return conform("quotes", table.assign(edited=left_out(table, edits)))


def _row(heading: Heading, one: Candidate, rank: int, lines: dict[str, str]) -> dict[str, Any]:
    passage = one.passage
    return {
        "segment_id": passage.turn.sentences[one.voice.at].segment_ids[0],
        "document_id": passage.turn.document_id,
        "case_id": passage.turn.case_id,
        "theme_id": heading.theme_id,
        "factor_id": heading.factor_id,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "attribution": lines.get(one.case_id, ANYBODY),
        "rank": rank,
        "score": one.score,
        "why": _why(heading, one),
        "approved": one.pinned,
    }


def _why(heading: Heading, one: Candidate) -> str:
    if one.pinned:
        return (f"{COUNTER}: {one.voice.valence}; " if heading.counter else "") + "pinned"
    typical = f"typical {one.centrality:.2f}, sure {one.voice.sure:.2f}, clear {one.clarity:.2f}"
    against = f" ({one.against})" if one.against else ""
    return (f"{COUNTER}: {one.voice.valence}; " if heading.counter else "") + typical + against

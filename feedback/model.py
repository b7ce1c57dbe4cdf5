"""What is read and what is reported: plain frozen things, no behaviour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Role = Literal["participant", "interviewer"]
DocumentKind = Literal["interview", "testimony", "survey"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's stretch of a document: text[start:end], without its label and time.

    `speaker` is the label as it stands in the file (None: no label). `begin_s` and `end_s` are seconds
    from the start of the recording. In a survey or form a turn is one answer: `question` is the column or
    question it answers, `respondent` the row's own id.
    """

    start: int
    end: int
    speaker: str | None = None
    role: Role = "participant"
    begin_s: float | None = None
    end_s: float | None = None
    question: str | None = None
    respondent: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """What a stage could not use, and why; positions point into the document's text, if it is in there."""

    stage: str
    reason: str
    document_id: str | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file's words as they were read, and who said which.

    `text` never changes after reading: line ends are LF, no byte order mark, containers' markup is not in it.
    Every character of it that is not white space lies in a turn or in a `Dropped` of stage "read".
    `attributes` holds, for surveys, the other columns of each respondent: {respondent: {column: value}};
    `private` those that point at a person or at a sitting (names, e-mail, addresses of machines, dates of
    filling in), which find people and mask them and are never compared. `header` stands for the names of
    its columns: two surveys with the same columns have the same.
    """

    document_id: str
    kind: DocumentKind
    format: str
    text: str
    turns: tuple[Turn, ...]
    file_name: str = ""
    title: str = ""
    sha256: str = ""
    role_reason: str = ""
    attributes: dict[str, dict[str, str]] = field(default_factory=dict, compare=False)
    private: dict[str, dict[str, str]] = field(default_factory=dict, compare=False)
    header: str = ""

    def words(self, turn: Turn) -> str:
        """What was said in a turn, as it stands in the original."""
        return self.text[turn.start : turn.end]


@dataclass(frozen=True, slots=True)
class Quote:
    """A person's rendered words with a line that says who spoke, no closer than disclosure allows.

    `stance`: how the theme it stands under is spoken of: "critical", "favourable", "mixed" or "" (neither).
    """

    text: str
    attribution: str
    segment_id: str = ""
    before: str = ""
    after: str = ""
    why: str = ""
    stance: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """Who of the leavers gives a push factor, by an attribute: (value, n, out of), both None where hidden."""

    attribute: str
    groups: tuple[tuple[str, int | None, int | None], ...]


@dataclass(frozen=True, slots=True)
class FactorCard:
    """One push factor: who named it, out of how many, in whose words, and who said otherwise.

    All numbers are people. `n` of `of` leavers give it as a reason for leaving (where no reasons were looked
    for: speak of it as their own experience and do not only praise it), `n_main` of them as the main one:
    `n_own_main` say that it is, the rest say more about it than about any other. `n_speak` leavers and
    `stayers` of `of_stayers` who stayed speak of it in that way at all; `of_stayers` is 0 where stayers were
    not counted. Leavers who do not speak of it so: `n_other` tell it of others, `n_hypothetical` as an if,
    `n_denied` say that it was not so. `n_counter` of `read_for_counter` people heard speak well of it or say
    it was not so; both are 0 where nobody looked for them, because the factor is not on the theme list.

    Shares, from 0 to 1, only where enough people were read: `interval` is the 95 % interval of n of `of`;
    `gap` how much larger the share of `n_speak` is than that of `stayers`, with its interval. `splits`: by
    attribute, where enough people are in a group. `links`: labels of themes that come up in the same answers.
    `steady`: how far a group that was found is found again, in words. `decided`: what people did with it.
    """

    factor_id: str
    label: str
    words: tuple[str, ...]
    n: int
    of: int
    n_speak: int = 0
    n_main: int = 0
    n_own_main: int = 0
    n_other: int = 0
    n_hypothetical: int = 0
    n_denied: int = 0
    stayers: int = 0
    of_stayers: int = 0
    stability: float | None = None
    from_list: bool = True
    definition: str = ""
    quotes: tuple[Quote, ...] = ()
    counter: tuple[Quote, ...] = ()
    n_counter: int = 0
    read_for_counter: int = 0
    interval: tuple[float, float] | None = None
    gap: tuple[float, float, float] | None = None
    splits: tuple[Split, ...] = ()
    links: tuple[str, ...] = ()
    steady: str = ""
    decided: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """Two push factors, by id, that n of `of` leavers speak of; `more`: more often than by chance."""

    one: str
    other: str
    n: int
    of: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme: how many people speak of it as their own experience, and how. All but n_segments are people.

    Somebody can be in both `negative` and `positive`. `not_positive` leaves out those who only praise,
    `not_negative` those who only blame. `not_own` people speak of it only as somebody else's, as an if, or
    to say that it was not so; they are not in `n`.
    """

    theme_id: str
    label: str
    group: str
    n: int
    of: int
    n_segments: int
    negative: int = 0
    positive: int = 0
    quotes: tuple[Quote, ...] = ()
    not_positive: int = 0
    not_negative: int = 0
    not_own: int = 0
    parent: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Crosstab:
    """People by theme and attribute; a cell is None where it is hidden (fewer than k people)."""

    attribute: str
    columns: tuple[str, ...]
    totals: tuple[int | None, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class OutcomePoint:
    """Who had left by so many months, in one group or of everybody; what must not be shown is None.

    Of `n` people followed that long `left` had left for certain, `left_most` if all those of whom nobody
    knows had. The rest are shares from 0 to 1: `low` and `high` the 95 % limits of the share, `km` Kaplan and
    Meier's estimate with its limits, `km_least` and `km_most` if the unknown all stayed, or all left.
    """

    group: str
    months: float
    n: int | None = None
    left: int | None = None
    left_most: int | None = None
    low: float | None = None
    high: float | None = None
    km: float | None = None
    km_low: float | None = None
    km_high: float | None = None
    km_least: float | None = None
    km_most: float | None = None
    at_risk: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SideTable:
    """A table of words and figures as they are shown, with what to know of it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Retention by one definition: `label` ("left the profession"), figures, further tables, what to know."""

    definition: str
    label: str
    points: tuple[OutcomePoint, ...]
    tables: tuple[SideTable, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that an exporter may show. It holds rendered text only, so no exporter can leak an original.

    A part that is empty says why in its note. `testimonies` were written for publicity: they have their own
    rows and their own N, and are in no other number; where it was asked to pool them, `factors_pooled` of the
    leavers of push factors were heard in nothing else. `main_reason`: questions that were named as asking for
    the main reason. Each line of `summary` is "What it is about: words".
    """

    title: str
    approach: str
    counts: tuple[tuple[str, int], ...]
    summary: tuple[str, ...] = ()
    factors: tuple[FactorCard, ...] = ()
    factors_note: str = ""
    factors_are_reasons: bool = True
    factors_pooled: int = 0
    main_reason: tuple[str, ...] = ()
    themes: tuple[ThemeRow, ...] = ()
    themes_note: str = ""
    tables: tuple[Crosstab, ...] = ()
    tables_note: str = ""
    testimonies: tuple[ThemeRow, ...] = ()
    testimonies_note: str = ""
    together: tuple[Together, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    outcomes_tables: tuple[SideTable, ...] = ()
    outcomes_note: str = ""
    quotes_note: str = ""
    method: tuple[tuple[str, tuple[str, ...]], ...] = ()
    dropped: tuple[tuple[str, str, int], ...] = ()
    settings: tuple[tuple[str, Any], ...] = ()
    percentages_from: int = 20
    smallest_group: int = 5
    versions: tuple[tuple[str, str], ...] = ()

    @property
    def labels(self) -> dict[str, str]:
        """What themes are called, by id in their order, then push factors that are not on the list."""
        listed = {row.theme_id: row.label for row in self.themes}
        return listed | {card.factor_id: card.label for card in self.factors if card.factor_id not in listed}

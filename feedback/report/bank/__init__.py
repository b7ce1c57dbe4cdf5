"""The quote bank: picked quotes with all that somebody needs who wants to print one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedback.errors import FeedbackError
from feedback.model import Crosstab
from feedback.report.crosstabs import choose_attributes, crosstab, groups_by
from feedback.report.heard import Heard, who_was_heard
from feedback.report.quoted import ANYBODY, COUNTER, agreed, described_as, labels_of, records, stances
from feedback.tables import empty

if TYPE_CHECKING:
    import pandas as pd

THEME, FACTOR, AGAINST = "theme", "push factor", "counter-voice"
VALENCES = {"negative": "critical", "positive": "favourable", "mixed": "mixed"}
MAY_BE_USED = {"internal": "inside the organisation only", "publication": "in publications"}
_TABLES = ("quotes", "segments", "tags", "cases", "themes", "factors", "documents", "edits")


@dataclass(frozen=True, slots=True)
class BankQuote:
    """One quote: what it is on, the words, who may be named, what stood around it, and how it may be used.

    `before` and `after` are the speaker's sentences around it, for judging, not for print. `until`: the last
    day on which the speaker agreed to its use, "" where no day was set.
    """

    quote_id: str
    about: str
    kind: str
    text: str
    attribution: str
    valence: str
    may_be_used: str
    until: str
    left_out: str
    why: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Bank:
    """Quotes to choose from. `chosen`: which these are; `fairness`: people quoted of people heard."""

    title: str
    chosen: str
    quotes: tuple[BankQuote, ...]
    n_people: int
    n_heard: int
    fairness: tuple[Crosstab, ...]
    expired: int = 0


@dataclass(frozen=True)
class Wanted:
    """Which quotes: a theme's or push factor's id, how it is spoken of, and what attributions say of people.

    `who` holds parts of attribution lines ("social worker", "2018 cohort", "who left"), all of which must
    stand there: chosen by more than that, a quote would tell more of its speaker than its line may. around:
    with the sentences before and after, which take longest to find.
    """

    about: str = ""
    valence: str = ""
    who: tuple[str, ...] = ()
    around: bool = True


def quote_bank(
    tables: Mapping[str, pd.DataFrame],
    wanted: Wanted | None = None,
    *,
    title: str = "",
    audience: str = "internal",
    until: Mapping[str, str] | None = None,
    today: str = "",
    attributes: Sequence[str] = (),
    leaver: str = "leaver",
    smallest_group: int = 5,
) -> Bank:
    """The Bank of a project's tables: quotes, segments, tags, cases, themes, factors, documents, edits.

    until: the last day (2027-03-31) of consent by case_id; quotes of people whose day is before `today` are
    left out and counted. A person whose consent does not reach `audience` is never in it, whatever the table
    quotes holds. attributes: by which to say who is quoted; without any as in the report.
    Errors: FeedbackError for a part that no attribution has.
    """
    tables = {name: tables.get(name, empty(name)) for name in _TABLES}
    wanted, until = wanted or Wanted(), until or {}
    _check_who(wanted.who, [line or "" for line in tables["quotes"]["attribution"]])
    fit = [row for row in _consented(tables, audience) if _fits(row, wanted)]
    ended = [row["quote_id"] for row in fit if today and "" < _until(row, until) < today]
    open_ = [row for row in fit if row["quote_id"] not in ended]
    quotes = _bank_quotes(open_, tables, until, wanted)
    kept = {one.quote_id for one in quotes}
    speakers = {_person(row) for row in open_ if row["quote_id"] in kept}
    heard = who_was_heard(tables, leaver=leaver)
    return Bank(
        title,
        _chosen(wanted, labels_of(tables["themes"], tables["factors"])),
        quotes,
        len(speakers),
        len(heard.people | heard.witnesses),
        _fairness(tables["cases"], heard, speakers, attributes, leaver, smallest_group),
        len(ended),
    )


def _consented(tables: Mapping[str, pd.DataFrame], audience: str) -> list[dict[str, Any]]:
    """The quotes that this audience may have, each with what its speaker agreed to as `consent`."""
    cases = tables["cases"]
    consents = dict(zip(cases["case_id"], cases["consent"], strict=True))
    rows = records(agreed(tables["quotes"], cases, audience=audience), ["quote_id"])
    return [{**row, "consent": consents.get(row["case_id"], audience)} for row in rows]


def _bank_quotes(
    rows: Sequence[Mapping[str, Any]],
    tables: Mapping[str, pd.DataFrame],
    until: Mapping[str, str],
    wanted: Wanted,
) -> tuple[BankQuote, ...]:
    """The rows as quotes of the bank, those spoken of as wanted."""
    tags = tables["tags"]
    labels = labels_of(tables["themes"], tables["factors"])
    how = stances(tags[tags["segment_id"].isin({row["segment_id"] for row in rows})])
    near = {row["document_id"] for row in rows} if wanted.around else set()
    around = _Around(tables["segments"], tables["edits"], near)
    quotes = [_bank_quote(row, labels, how, _until(row, until), around) for row in rows]
    said = VALENCES.get(wanted.valence, "")
    return tuple(one for one in quotes if not said or one.valence == said)


def _check_who(who: Sequence[str], lines: Iterable[str]) -> None:
    said = sorted({part for line in lines for part in described_as(line)})
    for wanted in who:
        if wanted.lower() not in {part.lower() for part in said}:
            raise FeedbackError(
                f"no quote's attribution says '{wanted}'",
                hint="they say: " + (", ".join(said) or "nothing; nobody can be told apart"),
            )


def _person(row: Mapping[str, Any]) -> str:
    return str(row["case_id"] or row["document_id"])


def _fits(row: Mapping[str, Any], wanted: Wanted) -> bool:
    about = not wanted.about or wanted.about in (row["theme_id"], row["factor_id"])
    said = {part.lower() for part in described_as(row["attribution"] or "")}
    return about and bool(row["text"]) and {part.lower() for part in wanted.who} <= said


def _until(row: Mapping[str, Any], until: Mapping[str, str]) -> str:
    return until.get(_person(row), "")


def _bank_quote(
    row: Mapping[str, Any],
    labels: Mapping[str, str],
    how: Mapping[tuple[str, str], str],
    until: str,
    around: _Around,
) -> BankQuote:
    about = row["factor_id"] or row["theme_id"]
    against = str(row["why"] or "").startswith(COUNTER)
    before, after = around.of(row["document_id"], int(row["start"]), int(row["end"]))
    return BankQuote(
        quote_id=row["quote_id"],
        about=labels.get(about, about),
        kind=AGAINST if against else FACTOR if row["factor_id"] else THEME,
        text=row["text"],
        attribution=row["attribution"] or ANYBODY,
        valence=how.get((row["segment_id"], about), ""),
        may_be_used=MAY_BE_USED[row["consent"]],
        until=until,
        left_out=row["edited"] or "",
        why=row["why"] or "",
        before=before,
        after=after,
    )


class _Around:
    """The sentence of the same speaker before and after a passage."""

    def __init__(self, segments: pd.DataFrame, edits: pd.DataFrame, documents: set[str]) -> None:
        own = segments[segments["document_id"].isin(documents) & (segments["role"] == "participant")]
        self._turns: dict[str, list[Any]] = {}
        if not len(own):
            return
        from feedback.quotes.passages import turns_of

        for turn in turns_of(own, edits[edits["document_id"].isin(documents)]):
            self._turns.setdefault(turn.document_id, []).append(turn)

    def of(self, document_id: str, start: int, end: int) -> tuple[str, str]:
        for turn in self._turns.get(document_id, ()):
            before = [one.text for one in turn.sentences if one.end <= start]
            after = [one.text for one in turn.sentences if one.start >= end]
            if len(before) + len(after) < len(turn.sentences):
                return before[-1] if before else "", after[0] if after else ""
        return "", ""


def _chosen(wanted: Wanted, labels: Mapping[str, str]) -> str:
    said = [
        f"on {labels.get(wanted.about, wanted.about)}" if wanted.about else "",
        f"{VALENCES[wanted.valence]} ones" if wanted.valence else "",
        f"of people said to be {' and '.join(wanted.who)}" if wanted.who else "",
    ]
    return ", ".join(one for one in said if one) or "on all themes and push factors"


def _fairness(
    cases: pd.DataFrame,
    heard: Heard,
    speakers: set[str],
    attributes: Sequence[str],
    leaver: str,
    k: int,
) -> tuple[Crosstab, ...]:
    """Per attribute: people heard, and how many of them are quoted; small numbers hidden."""
    if not heard.people:
        return ()
    wanted = [name for name in attributes if name in cases]
    names = choose_attributes(cases, heard, asked=wanted, leaver=leaver)
    names = tuple(dict.fromkeys([*([leaver] if leaver in cases else []), *names]))
    quoted = frozenset(speakers) & heard.people
    found = [crosstab(name, groups_by(cases, heard, name), [("quoted", quoted)], k=k) for name in names]
    return tuple(table for table in found if table.rows)

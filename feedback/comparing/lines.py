"""What is compared: each theme and each push factor with the people who say it and those it is out of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedback.disclosure import Broader, attributions
from feedback.model import Report
from feedback.report.cards.part import SPOKEN
from feedback.report.counted import Counted
from feedback.report.heard import Heard, People, with_parents
from feedback.report.hiding import Known, Parts, known_of
from feedback.report.numbers import Numbers
from feedback.report.quoted import Quotes, agreed

if TYPE_CHECKING:
    import pandas as pd

THEME, FACTOR = "theme", "push factor"


@dataclass(frozen=True)
class Line:
    """A theme or push factor: `people` of `base` say it; `base` is everybody heard, or all who left.

    `not_asked`: those of the base whose questions gave no room for it; they are not in `base` any more.
    """

    id: str
    label: str
    kind: str
    people: People
    base: People
    not_asked: People = frozenset()


@dataclass(frozen=True)
class Material:
    """All lines of a project, themes first, with what a reader of the report knows of them.

    pooled: the leavers who were heard in testimonies only, where those count for push factors.
    """

    lines: tuple[Line, ...]
    heard: Heard
    known: Known
    parts: Parts
    n_themes: int
    pooled: People = frozenset()


def material_of(
    report: Report,
    tables: Mapping[str, pd.DataFrame],
    *,
    leaver: str = "leaver",
    group: str = "Push factors",
    audience: str = "internal",
    broader: Broader | None = None,
) -> Material:
    """The lines of a report, in its order: themes that somebody speaks of, and its push factors."""
    counted = Counted(report, tables, leaver=leaver, group=group)
    heard, cases, k = counted.heard, tables["cases"], report.smallest_group
    themes = [row for row in report.themes if row.n]
    numbers = Numbers(report)
    found = [
        Line(row.theme_id, row.label, THEME, _people(counted, numbers, "theme", row.theme_id), heard.people)
        for row in themes
    ]
    leavers = heard.leavers | counted.pooled
    found += [
        Line(card.factor_id, card.label, FACTOR, _people(counted, numbers, "factor", card.factor_id), leavers)
        for card in report.factors
    ]
    lines = _asked(found, heard, tables, k=k, pooled=counted.pooled)
    quotes = Quotes(agreed(tables["quotes"], cases, audience=audience), heard, tables["tags"])
    roster = cases[cases["case_id"].isin(heard.people | heard.witnesses)]
    said = attributions(roster, k=k, leaver=leaver, broader=broader)
    known = known_of(themes, quotes, said)
    known, parts = _with_factors(known, lines, quotes), _parts(lines, heard, leavers)
    return Material(lines, heard, known, parts, len(themes), counted.pooled)


def _people(counted: Counted, numbers: Numbers, kind: str, about: str) -> People:
    number = numbers.by_key(kind, about, "any")  # type: ignore[arg-type]
    return (counted.people(number) if number else None) or frozenset()


def _with_factors(known: Known, lines: tuple[Line, ...], quotes: Quotes) -> Known:
    """What is known of the push factors as well; one of whom all speak of its theme is inside the theme."""
    themes = {line.id: at for at, line in enumerate(lines) if line.kind == THEME}
    factors = [line for line in lines if line.kind == FACTOR]
    inside = [
        at if (at := themes.get(line.id)) is not None and line.people <= lines[at].people else None
        for line in factors
    ]
    return replace(
        known,
        quoted=[*known.quoted, *(quotes.lines(line.id) for line in factors)],
        parents=[*known.parents, *inside],
    )


def _parts(lines: tuple[Line, ...], heard: Heard, leavers: People) -> Parts:
    """The bases that are not everybody heard, each once, leavers first, and the base of each line."""
    others = [line.base for line in lines if line.base != heard.people]
    bases = list(dict.fromkeys([leavers, *others]))
    return Parts(bases, [bases.index(line.base) if line.base != heard.people else None for line in lines])


def _asked(
    lines: list[Line], heard: Heard, tables: Mapping[str, pd.DataFrame], *, k: int, pooled: People
) -> tuple[Line, ...]:
    """The lines without those who were not asked, where they are k or more."""
    words = heard.words[heard.words["kind"].isin(SPOKEN)]
    rooms = _rooms(lines, words, tables)
    questions = words["question"].astype(object).where(words["question"].notna(), "")
    # A conversation gives room for everything; a form for what its questions ask.
    in_talk = heard.interviewed | pooled | frozenset(words.loc[questions == "", "person"])
    answered: dict[str, set[str]] = {}
    for person, question in zip(words["person"], questions, strict=True):
        answered.setdefault(str(person), set()).add(str(question))
    found = []
    for line, room in zip(lines, rooms, strict=True):
        out = frozenset(one for one in line.base - in_talk if not answered.get(one, set()) & room)
        out -= line.people
        found.append(replace(line, base=line.base - out, not_asked=out) if len(out) >= k else line)
    return tuple(found)


def _rooms(
    lines: list[Line], words: pd.DataFrame, tables: Mapping[str, pd.DataFrame]
) -> list[frozenset[str]]:
    """The questions under which anybody speaks of each line; for push factors, gives any reason."""
    asked = dict(zip(words["segment_id"], words["question"], strict=True))
    tags = with_parents(tables["tags"].dropna(subset=["theme_id"]))
    by_theme = {str(theme): frozenset(own) for theme, own in tags.groupby("theme_id")["segment_id"]}
    reasons = frozenset(tables["members"]["segment_id"])
    if not reasons:
        reasons = frozenset().union(*(by_theme.get(line.id, frozenset()) for line in lines))
    segments = [reasons if line.kind == FACTOR else by_theme.get(line.id, frozenset()) for line in lines]
    return [frozenset(str(asked[one]) for one in own if isinstance(asked.get(one), str)) for own in segments]

"""Tables as a Report: everything that an exporter may show, counted by people and already made safe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from feedback.disclosure import Broader, attributions
from feedback.model import FactorCard, Report, ThemeRow
from feedback.report import wording
from feedback.report.cards import Published, completed, splits_of
from feedback.report.cards.part import SPOKEN, factor_part
from feedback.report.chosen import Choices
from feedback.report.crosstabs import EMPTY, SMALL, choose_attributes, comparable, compared
from feedback.report.heard import Heard, Voices, voices_by_theme, who_was_heard
from feedback.report.hiding import known_of
from feedback.report.method import counts_of, method_of, why_dropped
from feedback.report.quoted import Quotes, agreed
from feedback.report.together import pairs_of
from feedback.report.voices import Theme, by_people, list_themes, theme_rows
from feedback.tables import empty

if TYPE_CHECKING:
    import pandas as pd

WRITTEN = ("testimony",)
# The tables that a report is made of, and the columns that it looks at in the largest of them.
TABLES = ("documents", "cases", "segments", "themes", "tags", "factors", "members", "quotes", "dropped")
SEGMENTS = ("segment_id", "document_id", "case_id", "turn", "start", "role", "question", "text")


def summarise(  # noqa: PLR0913
    tables: Mapping[str, pd.DataFrame],
    *,
    title: str = "",
    approach: str = "codebook",
    leaver: str = "leaver",
    group: str = "Push factors",
    attributes: Sequence[str] = (),
    smallest_group: int = 5,
    percentages_from: int = 20,
    broader: Broader | None = None,
    audience: str = "internal",
    pool: bool = False,
    main_reason: Sequence[str] = (),
    settings: Sequence[tuple[str, object]] = (),
    versions: Sequence[tuple[str, str]] = (),
) -> Report:
    """The Report of a project's tables: push factors, themes, comparisons, quotes and method.

    tables: documents, cases, segments, themes, tags, factors, members, quotes, dropped; one that is missing
    counts as empty. approach: "reflexive" leaves out rankings. leaver: the column of `cases` that says who
    left. group: the heading of themes that can be push factors. attributes: columns of `cases` to compare
    by; without any, eight of 2 to 8 values. smallest_group: groups of fewer people are hidden. broader: what
    values widen to in the lines under quotes. audience: quotes of people who did not agree to it are left
    out. percentages_from: the least N for percentages. pool: testimonies count for push factors too.
    main_reason: questions that ask for the main reason, besides those that say so. settings, versions: shown
    on the method page as are. Counts are people in interviews and surveys; testimonies have their own part.
    Same tables, same Report.
    """
    tables = {name: tables.get(name, empty(name)) for name in TABLES}
    chosen = Choices(
        approach, leaver, group, tuple(attributes), smallest_group, percentages_from, broader or {}, pool,
        tuple(main_reason),
    )  # fmt: skip
    heard = who_was_heard(tables, leaver=leaver)
    themes = list_themes(tables["themes"], tables["tags"])
    ids = [theme.id for theme in themes]
    voices = voices_by_theme(heard, tables["tags"], kinds=SPOKEN, themes=ids)
    tables["quotes"] = agreed(tables["quotes"], tables["cases"], audience=audience)
    quotes = Quotes(tables["quotes"], heard, tables["tags"])
    rows = theme_rows(themes, voices, quotes, of=len(heard.people), kinds=SPOKEN) if heard.people else ()
    rows = by_people(rows) if chosen.ranked else rows
    published, crosstabs_note = _crosstabs(tables["cases"], heard, rows, voices, quotes, chosen)
    part = factor_part(tables, heard, voices, themes, quotes, chosen)
    splits = splits_of(part, tables["cases"], published, quotes, k=smallest_group)
    labels = {theme.id: theme.label for theme in themes}
    cards, note = completed(part, tables, labels, splits, chosen), part.note
    told, told_note = _testimonies(tables["tags"], heard, themes, quotes, chosen)
    coders = sorted({str(coder) for coder in tables["tags"]["coder"].dropna()})
    return Report(
        title=title or "What people told us",
        approach=approach,
        counts=counts_of(heard, voices, tagged=not tables["tags"].empty, k=smallest_group),
        summary=_summary(heard, cards, note, rows, coders, chosen),
        factors=cards,
        factors_note=note,
        factors_are_reasons=part.evidence.has_reasons,
        factors_pooled=part.pooled,
        main_reason=chosen.main_reason,
        together=pairs_of(cards, part.people, k=smallest_group) if chosen.ranked else (),
        themes=rows,
        themes_note=_about_themes(heard, themes, coders, chosen),
        tables=published.tables,
        tables_note=crosstabs_note,
        testimonies=told,
        testimonies_note=told_note,
        quotes_note=_about_quotes(tables["quotes"], rows, cards),
        method=method_of(tables, heard, approach=approach, coders=coders, k=smallest_group),
        dropped=why_dropped(tables["dropped"]),
        settings=tuple((name, _plain(value)) for name, value in settings),
        percentages_from=percentages_from,
        smallest_group=smallest_group,
        versions=tuple((str(name), str(version)) for name, version in versions),
    )


def _plain(value: object) -> object:
    """A setting as JSON and people can read it: lists as lists of words, the rest as it is."""
    if isinstance(value, tuple | list):
        return tuple(str(one) for one in value)
    if isinstance(value, Mapping):
        return tuple(f"{name}: {one}" for name, one in value.items())
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _about_themes(heard: Heard, themes: Sequence[Theme], coders: Sequence[str], chosen: Choices) -> str:
    if not heard.people:
        return "No interviews or survey answers were read."
    if not themes:
        return "There is no theme list yet, so no themes are counted."
    if not coders:
        return "The material has not been tagged yet, so no themes are counted."
    order = "in the order of the theme list" if not chosen.ranked else "by number of people"
    return (
        f"Themes stand {order} within each heading, out of {wording.figure(len(heard.people))} people read "
        "in interviews and surveys. Whoever is not counted was read and said nothing of the theme as "
        "their own experience."
    )


def _crosstabs(
    cases: pd.DataFrame,
    heard: Heard,
    themes: Sequence[ThemeRow],
    voices: Mapping[str, Voices],
    quotes: Quotes,
    chosen: Choices,
) -> tuple[Published, str]:
    """The tables by attribute that are worth showing, and why others are not."""
    names = choose_attributes(cases, heard, asked=chosen.attributes, leaver=chosen.leaver)
    spoken = [theme for theme in themes if theme.n]
    if not spoken:
        return Published(), "No theme is spoken of, so there is nothing to compare."
    rows = [(theme.label, voices[theme.theme_id].own) for theme in spoken]
    roster = cases[cases["case_id"].isin(heard.people | heard.witnesses)]
    lines = attributions(roster, k=chosen.k, leaver=chosen.leaver, broader=chosen.broader)
    known = known_of(spoken, quotes, lines)
    made = compared(cases, heard, names, rows, k=chosen.k, known=known)
    verdicts = {name: verdict for name, (_, verdict) in made.items()}
    every = names if chosen.attributes else comparable(cases, heard, leaver=chosen.leaver)
    shown = tuple(table for table, verdict in made.values() if not verdict)
    people = tuple((theme.theme_id, *row) for theme, row in zip(spoken, rows, strict=True))
    return Published(names, shown, people, known), _not_shown(verdicts, len(every), chosen)


def _not_shown(verdicts: Mapping[str, str], n: int, chosen: Choices) -> str:
    """Why attributes have no table; verdicts: of those looked at, `n`: how many there are."""
    if not verdicts:
        return "The participants table has no attribute with 2 to 8 values to compare by."
    reasons = {
        SMALL: f"fewer than two groups have {chosen.k} people or more",
        EMPTY: "most of their numbers would be hidden",
    }
    notes = []
    if n > len(verdicts):
        notes.append(
            f"Of {n} attributes with 2 to 8 values the {len(verdicts)} with the fewest are looked at; those "
            "that `report: attributes:` in feedback.yaml names take their place."
        )
    for verdict, why in reasons.items():
        if without := [name for name, found in verdicts.items() if found == verdict]:
            notes.append(f"Not shown, as {why}: {wording.listed(without)}.")
    return " ".join(notes)


def _testimonies(
    tags: pd.DataFrame, heard: Heard, themes: Sequence[Theme], quotes: Quotes, chosen: Choices
) -> tuple[tuple[ThemeRow, ...], str]:
    if not heard.witnesses:
        return (), "No testimonies were read."
    if len(heard.witnesses) < chosen.k:
        return (), f"Testimonies by fewer than {chosen.k} people were read; so few are not counted."
    voices = voices_by_theme(heard, tags, kinds=WRITTEN)
    rows = theme_rows(themes, voices, quotes, of=len(heard.witnesses), kinds=WRITTEN)
    rows = tuple(row for row in rows if row.n)
    return by_people(rows) if chosen.ranked else rows, (
        f"Testimonies by {wording.figure(len(heard.witnesses))} people, written to be published. People who "
        "write them are chosen, so they are counted here on their own and are in no other number of this "
        "report."
    )


def _about_quotes(table: pd.DataFrame, rows: Sequence[ThemeRow], cards: Sequence[FactorCard]) -> str:
    if any(row.quotes for row in rows) or any(card.quotes for card in cards):
        return (
            "Every quote is verbatim; words in square brackets stand for something that was masked. Where "
            'fillers such as "um" were left out, the line under the quote says so.'
        )
    if table.empty:
        return (
            "There are no quotes. Quotes are chosen only from people whose consent to be quoted is "
            "recorded: add a 'consent' column (internal or publication) to the participants table and "
            "run again."
        )
    return "There are no quotes from people whose interviews or survey answers are in this report."


def _summary(
    heard: Heard,
    cards: Sequence[FactorCard],
    note: str,
    rows: Sequence[ThemeRow],
    coders: Sequence[str],
    chosen: Choices,
) -> tuple[str, ...]:
    ranked = chosen.ranked
    lines = [("What was read", wording.what_was_read(heard, k=chosen.k))]
    if cards or note:
        lines.append(("Why people left", wording.why_people_left(cards, note, ranked=ranked)))
    if cards:
        lines.append(("Other voices", wording.other_voices(cards)))
    if coders and any(wording.is_about_programme(row.group) for row in rows):
        lines.append(("What people say the programme changed", wording.what_changed(rows, ranked=ranked)))
    if coders and any(wording.is_criticism(row.group) for row in rows):
        lines.append(("Criticism of the programme", wording.criticism(rows, ranked=ranked)))
    trust = wording.how_far_to_trust(coders, percentages_from=chosen.percentages_from)
    lines.append(("How far to trust it", trust))
    lines.append(("What the words mean", "; ".join(wording.MEANINGS) + "."))
    return tuple(f"{lead}: {words}" for lead, words in lines)

"""The part of a report that is about push factors: who is counted, what is found, and what must be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.factors.notes import ONLY_UNASKED, UNASKED, UNFIT
from feedback.factors.questions import asks_why
from feedback.model import FactorCard
from feedback.quotes.against import counter_voices
from feedback.report import wording
from feedback.report.cards.counts import factor_cards, people_of
from feedback.report.cards.main_reasons import own_main
from feedback.report.chosen import Choices
from feedback.report.heard import Heard, People, Voices, voices_by_theme, who_was_heard
from feedback.report.quoted import Quotes
from feedback.report.voices import Evidence, Theme, push_factors

if TYPE_CHECKING:
    import pandas as pd

SPOKEN = ("interview", "survey")
_ALL_LEFT = "; if all of them left, say so in feedback.yaml: `leaver: everybody` under `factors:`."


@dataclass(frozen=True)
class FactorPart:
    """Push factors as they are counted; `note` says who was counted, or why nobody is.

    people: who stands behind each card's numbers, by factor and measure. pooled: how many of the leavers were
    heard in testimonies only, which are in here only where it was asked.
    """

    cards: tuple[FactorCard, ...]
    note: str
    evidence: Evidence
    people: Mapping[str, Mapping[str, People]]
    pooled: int = 0


def factor_part(
    tables: Mapping[str, pd.DataFrame],
    heard: Heard,
    voices: Mapping[str, Voices],
    themes: Sequence[Theme],
    quotes: Quotes,
    chosen: Choices,
) -> FactorPart:
    """The push factors of a study, and what a reader must know of them; tables: those of `summarise`.

    heard, voices: of interviews and surveys, to which testimonies are added where that is asked.
    """
    heard, pooled = _pooled(tables, heard, chosen)
    spoken = heard.words["kind"].isin(SPOKEN)
    words = heard.words if spoken.all() else heard.words[spoken]
    given = tables["members"][["segment_id", "factor_id"]].merge(
        words[["segment_id", "person"]], on="segment_id"
    )
    if pooled:
        voices = voices_by_theme(heard, tables["tags"], kinds=SPOKEN, themes=list(voices))
    against = counter_voices(words, tables["tags"])
    main = own_main(tables["segments"], given, asking=chosen.main_reason)
    evidence = Evidence(heard, voices, given.dropna(), quotes, chosen.k, against, main)
    if not _asks(heard, themes, chosen):
        return FactorPart((), "", evidence, {})
    if note := _nobody(heard, chosen):
        return FactorPart((), note, evidence, {})
    asked = asks_why(tables["segments"], main=chosen.main_reason)
    if not asked and not evidence.has_reasons:
        return FactorPart((), _unasked(heard, given), evidence, {})
    reasons = push_factors(tables["factors"], themes, group=chosen.group)
    cards = factor_cards(reasons, evidence, ranked=chosen.ranked)
    note = _about(cards, evidence, given, len(pooled), chosen)
    note = note if asked else f"{note} {ONLY_UNASKED}"
    note = f"{note} {UNFIT}" if _unfit(tables) else note
    return FactorPart(cards, note, evidence, people_of(reasons, evidence), len(pooled))


def _unfit(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether the search for reasons noted that the theme list hardly fits what was said."""
    dropped = tables.get("dropped")
    return dropped is not None and bool(dropped["reason"].eq(UNFIT).any())


def _pooled(tables: Mapping[str, pd.DataFrame], heard: Heard, chosen: Choices) -> tuple[Heard, People]:
    """Who is counted for push factors, and which leavers among them were heard in testimonies only.

    Testimonies are pooled where that was asked and they add k leavers or more.
    """
    if not chosen.pool or not heard.witnesses:
        return heard, frozenset()
    documents = tables["documents"]
    told = documents.assign(kind=documents["kind"].replace({"testimony": "interview"}))
    together = who_was_heard({**tables, "documents": told}, leaver=chosen.leaver)
    added = together.leavers - heard.leavers
    # Who knows the number without them could work out what few say.
    return (heard, frozenset()) if len(added) < chosen.k else (together, added)


def _asks(heard: Heard, themes: Sequence[Theme], chosen: Choices) -> bool:
    """Whether the study asks why people left: its list has push factors, or it marks who left."""
    return heard.marks_leavers or not themes or chosen.group in {theme.group for theme in themes}


def _nobody(heard: Heard, chosen: Choices) -> str:
    """Why there can be no push factors at all, or nothing."""
    if not heard.people:
        return "No interviews or survey answers were read, so there are no push factors to count."
    if not heard.marks_leavers:
        return (
            f"It is not recorded who left: the participants table has no '{chosen.leaver}' column with yes "
            "or no in it, so no push factors are counted. Add that column, add the table again, and run "
            f"again{_ALL_LEFT} What everybody says of each theme is under Themes in the report."
        )
    if not heard.leavers:
        return (
            "Nobody who was heard is marked as having left, so there are no push factors to count. Mark "
            f"leavers with yes in the column '{chosen.leaver}'{_ALL_LEFT} What the "
            f"{wording.figure(len(heard.people))} people heard say of each theme is under Themes in the "
            "report."
        )
    if len(heard.leavers) < chosen.k:
        return (
            f"Fewer than {chosen.k} people who left were heard. What so few people say is not counted "
            "here, because it could be traced to them. What everybody says of each theme is under Themes "
            "in the report."
        )
    return ""


def _unasked(heard: Heard, given: pd.DataFrame) -> str:
    """That nobody was asked why they left, and that what they talk of is no reason for leaving."""
    gave = heard.leavers & frozenset(given["person"])
    few = wording.n_of(len(gave), len(heard.leavers))
    told = f"{few} say why they left unasked, in words that fit no push factor."
    said = told if gave else "Nobody speaks of leaving."
    return (
        f"{UNASKED} {said} So no push factors are counted: what people talk of is not why they left. What "
        "everybody says of each theme is under Themes in the report."
    )


def _about(
    cards: Sequence[FactorCard], evidence: Evidence, given: pd.DataFrame, pooled: int, chosen: Choices
) -> str:
    heard = evidence.heard
    said = [_counted(heard, pooled, chosen)]
    if not cards:
        said.append(
            f"None of them names a reason that the heading '{chosen.group}' of the theme list covers, and no "
            "other reasons are alike enough to be a group."
        )
        return " ".join([*said, *([] if given.empty else [_gave(given, heard.leavers)])])
    if evidence.has_reasons:
        said.append(_gave(given, heard.leavers))
    else:
        said.append(
            "No leaver gives a reason for leaving that was found, so what follows is what leavers complain "
            "of: it is not said that they left over it."
            if given.empty
            else "The reasons that leavers give fit no push factor; what follows is what they complain of: "
            "it is not said that they left over it."
        )
    if chosen.ranked and len(heard.leavers) >= chosen.percentages_from:
        said.append("In brackets after a percentage: its 95% interval.")
    if len(heard.stayers) < chosen.k:
        said.append(f"People who stayed are not set beside them: fewer than {chosen.k} were heard.")
    if alone := len(heard.people - heard.leavers - heard.stayers):
        said.append(f"For {wording.plural(alone, 'person', 'people')} it is not recorded whether they left.")
    return " ".join(said)


def _counted(heard: Heard, pooled: int, chosen: Choices) -> str:
    left = wording.figure(len(heard.leavers))
    said = f"Counted are the {left} people who left and were heard; one leaver can name several."
    if pooled:
        return (
            f"{said} Pooled, as was asked: {pooled} of them were heard only in testimonies written to be "
            "published, in which nobody asked them why they left."
        )
    if chosen.pool and heard.witnesses:
        return (
            f"{said} Testimonies are not pooled, though it was asked: they add fewer than {chosen.k} leavers."
        )
    return said


def _gave(given: pd.DataFrame, leavers: People) -> str:
    """How many leavers give any reason, and how many only reasons that fit no push factor."""
    gave = leavers & frozenset(given["person"])
    fits = leavers & frozenset(given.loc[given["factor_id"].notna(), "person"])
    said = f"{wording.n_of(len(gave), len(leavers))} give a reason for leaving that was found"
    if alone := len(gave - fits):
        said += f"; the reasons of {alone} of them fit no push factor"
    return said + "."

"""The method page: what was counted, how, by whom, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from feedback.report import wording
from feedback.report.heard import Heard, Voices

if TYPE_CHECKING:
    import pandas as pd

FACTORS = "factors"
_APPROACHES = {
    "codebook": (
        "Codebook analysis (Braun and Clarke): themes come from a written list with definitions, and "
        "their prevalence is counted by people."
    ),
    "reflexive": (
        "Reflexive thematic analysis (Braun and Clarke): themes are the researchers' reading, so this "
        "report ranks nothing and draws no charts of frequencies. Numbers only say how many people a "
        "theme rests on."
    ),
    "reliability": (
        "Coding reliability: themes come from a written list, and how far two coders agree is measured "
        "with `feedback agree` and belongs beside this report."
    ),
}


def counts_of(
    heard: Heard, voices: Mapping[str, Voices], *, tagged: bool, k: int
) -> tuple[tuple[str, int], ...]:
    """What was read, as (words, number); groups of leavers or stayers under k are not among them."""
    counts = [
        ("interviews", heard.n_documents.get("interview", 0)),
        ("people heard in interviews", len(heard.interviewed)),
        ("people who answered a survey", len(heard.surveyed)),
        ("people heard in interviews and surveys", len(heard.people)),
    ]
    if heard.marks_leavers and min(len(heard.leavers), len(heard.stayers)) >= k:
        counts += [
            ("of them left", len(heard.leavers)),
            ("of them stayed", len(heard.stayers)),
            ("of them not recorded whether they left", len(heard.people - heard.leavers - heard.stayers)),
        ]
    if tagged:
        spoken = frozenset().union(*(said.own | said.not_own for said in voices.values()))
        counts.append(("people read who speak of no theme of the list", len(heard.people - spoken)))
    counts.append(("people in the participants table who were not read", len(heard.not_read)))
    counts.append(("people who wrote testimonies, counted apart", len(heard.witnesses)))
    return tuple((words, n) for words, n in counts if n)


def method_of(
    tables: Mapping[str, pd.DataFrame], heard: Heard, *, approach: str, coders: Sequence[str], k: int
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The method in fixed wording, as (heading, paragraphs)."""
    return (
        ("Approach", (_APPROACHES.get(approach, approach),)),
        ("What counts", _counting()),
        ("Push factors", (*_factors(k), *_notes(tables["dropped"], heard, k))),
        ("Who tagged", (_tagging(coders),)),
        ("Quotes", _quotes(tables["quotes"])),
        ("Privacy", (wording.PSEUDONYMISED, _hiding(k))),
        ("What these numbers cannot say", _limits(heard)),
        ("What the words mean", ("; ".join(wording.MEANINGS) + ".",)),
    )


def _counting() -> tuple[str, ...]:
    return (
        "Everything is counted by people, never by mentions: somebody who speaks of a theme ten times "
        "counts once. What interviewers say never counts. Interviews and survey answers of one person "
        "are one person.",
        "Only what people say of themselves counts as theirs. What they tell of others, as an if, or "
        "only to say that it was not so, is counted apart. A theme inside another one counts for both.",
        "Somebody who was read and said nothing of a theme is in the N. Somebody who was not read is in "
        "no number.",
    )


def _factors(k: int) -> tuple[str, ...]:
    return (
        "A push factor is counted for a leaver who gives it as a reason for leaving: in answer to a "
        "question about it, or in so many words. Where no reasons were looked for, it is counted for a "
        "leaver who complains of it.",
        "Whether people speak of it at all is counted alike for leavers and for people who stayed: as "
        "their own experience, and not only to speak well of it. What both speak of alike may be part of "
        "the work and not why people leave.",
        "Where somebody is asked for the main reason, or names one, that is the main one. Otherwise it is "
        "the one said most about, which is a matter of sentences and not the leaver's own ranking. A "
        "counter-voice says in so many words that it was not so, or clearly praises it and does not give "
        "it as a reason.",
        "An interval (95%; Wilson's for a share, Newcombe's for a difference) says how far off the number "
        "could be by chance if the people heard were drawn at random, which they were not. Of twenty "
        "differences that are all chance, one lies outside its interval. Leavers are asked what drove them "
        "away and people who stayed often are not, which parts them too. Themes in the same answers are "
        "those that two leavers who give the push factor, and a quarter of them, speak of beside it.",
        f"Nothing is counted for leavers, or for people who stayed, when fewer than {k} of them were heard.",
    )


def _notes(dropped: pd.DataFrame, heard: Heard, k: int) -> tuple[str, ...]:
    """What the search for push factors has to say of itself, unless it is about too few people."""
    if len(heard.leavers) < k:
        return ()
    notes = dropped.loc[dropped["stage"] == FACTORS, "reason"].dropna()
    said = " ".join(str(note).strip().rstrip(".") + "." for note in notes)
    return (f"What the search for reasons noted: {said}",) if said else ()


def _tagging(coders: Sequence[str]) -> str:
    if not coders:
        return "Nothing has been tagged yet."
    return (
        f"Coders: {wording.listed(list(coders))}. 'rules' finds the phrases of the theme list, 'meaning' "
        "compares sentences with the theme list's definitions and examples; both are machines. Any other "
        "name is a person or a model that a person trained. A theme counts for somebody when at least "
        "one coder found it; where a person has read a segment, only what people found in it counts."
    )


def _quotes(quotes: pd.DataFrame) -> tuple[str, ...]:
    if quotes.empty:
        return ("No quotes were chosen.",)
    approved = int(quotes["approved"].fillna(False).astype(bool).sum())
    agreed = f"; a person has approved {approved} of {len(quotes)}" if approved else ""
    return (
        f"{wording.plural(len(quotes), 'quote was', 'quotes were')} chosen by rule{agreed}. Quotes are "
        "verbatim after masking, or say that fillers were left out. "
        "A passage is quoted on a theme only where it is surely about it: where "
        "phrases and meaning agree, or one of them leaves little doubt. So a theme can have fewer quotes "
        "than others, or none. Each person is described in one way only, and no more closely than fits "
        "enough of the people heard.",
    )


def _hiding(k: int) -> str:
    return (
        f"In comparisons, groups and counts of fewer than {k} people are hidden, and further numbers "
        "where a hidden one could be worked out from the rest."
    )


def _limits(heard: Heard) -> tuple[str, ...]:
    silent = len(heard.not_read)
    said = (
        "The people heard chose to speak. Their shares say how many of them, and hold for nobody else. "
        "That more people name one thing than another does not make it weigh more for each of them.",
    )
    if not silent:
        return said
    people = wording.plural(silent, "person", "people")
    return (
        *said,
        f"{people} of the participants table are not in any number because no words of theirs were read.",
    )


def why_dropped(dropped: pd.DataFrame) -> tuple[tuple[str, str, int], ...]:
    """What stages could not use, as (stage, reason, how often), sorted; notes on push factors stand apart."""
    dropped = dropped[dropped["stage"] != FACTORS]
    if dropped.empty:
        return ()
    named = dropped.assign(
        stage=dropped["stage"].fillna("?"), reason=dropped["reason"].fillna("no reason given")
    )
    counted = named.groupby(["stage", "reason"], sort=True).size().reset_index(name="n")
    rows = zip(counted["stage"], counted["reason"], counted["n"], strict=True)
    return tuple((str(stage), str(reason), int(n)) for stage, reason, n in rows)

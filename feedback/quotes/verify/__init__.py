"""Checks that the quotes of a finished document were said: word by word, by whom, and with whose consent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedback.disclosure import Broader
from feedback.model import Document
from feedback.quotes.verify.index import Near, Originals, candidates, edits_in, plain_words, runs_of
from feedback.quotes.verify.people import People, shown_names
from feedback.quotes.verify.search import Found, Looked, Search
from feedback.quotes.verify.words import Element, elements_of
from feedback.readers.published import Passage

if TYPE_CHECKING:
    import pandas as pd

VERIFIED, EDITED = "verified", "edited within policy"
ALTERED, NOT_FOUND, JOINED = "altered", "not found", "joined from two places"
SPEAKER, INTERVIEWER = "another speaker's words", "the interviewer's words"
CONSENT, NARROW, MASKED = "no consent", "attribution too narrow", "masked in the project"
SHORT, ASKED = "too short to check", "not a quote of a person"
FAILING = (MASKED, NOT_FOUND, ALTERED, JOINED, INTERVIEWER, SPEAKER, CONSENT, NARROW)
_SHORT = 4
WORDS_BACK = "put the words back as they were said"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found about one passage. `verdict` is the worst of what holds, `also` the rest of it.

    `start` and `end` point into the original; `edits` are changes within the policy; `notes` want a look;
    `difference` has pairs (what was said, what the quote says); `said` is the rendered original of an altered
    quote; `advice` says what to do. Nothing in here is a word that the project masks, but `passage` may be.
    """

    passage: Passage
    verdict: str
    also: tuple[str, ...] = ()
    document_id: str | None = None
    turn: int | None = None
    case_id: str | None = None
    start: int | None = None
    end: int | None = None
    edits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    difference: tuple[tuple[str, str], ...] = ()
    said: str = ""
    advice: str = ""

    @property
    def fails(self) -> bool:
        return self.verdict in FAILING


@dataclass(frozen=True)
class Rules:
    """Who will read the document, and what `disclosure` and the settings say of attributions.

    `broader`: what attributes' values widen to, as in `disclosure.attributions`.
    `own_words`: texts of the study that are no quotes: questions asked, definitions of the theme list.
    """

    audience: str = "internal"
    smallest_group: int = 5
    leaver: str = "leaver"
    own_words: tuple[str, ...] = ()
    broader: Broader | None = None


def verify_quotes(
    passages: Sequence[Passage],
    documents: Sequence[Document],
    *,
    edits: pd.DataFrame | None = None,
    links: pd.DataFrame | None = None,
    cases: pd.DataFrame | None = None,
    pseudonyms: pd.DataFrame | None = None,
    rules: Rules | None = None,
) -> list[Checked]:
    """A verdict for each passage, in their order.

    documents: the originals. edits: table `edits`, which says what cleaning took out and what is masked;
    words are found as rendered and as they were said, and masked words are never shown. links: whose turn
    each is; without it each document is its own person's. cases: consent and attributes; without it neither
    is checked.
    pseudonyms: table `private/pseudonyms`, for the shown names of the study's own people.

    A passage is looked up by runs of three words, then aligned word by word with the turns that share most of
    them: one word more, less or other is "altered". Several places with the same words: the one that speaks
    for the quote is taken.
    """
    rules = rules or Rules()
    originals = Originals(documents, edits_in(edits), _cases_by_turn(links))
    people = None
    if cases is not None:
        heard = {turn.case_id for turn in originals.turns if turn.case_id}
        people = People(
            cases, heard, audience=rules.audience, k=rules.smallest_group, leaver=rules.leaver,
            names=shown_names(pseudonyms), broader=rules.broader,
        )  # fmt: skip
    checker = _Checker(Search(originals), people, rules)
    parts = [elements_of(passage.text) for passage in passages]
    near = candidates([runs_of(elements) for elements in parts], originals)
    return [
        checker.check(passage, elements, turns)
        for passage, elements, turns in zip(passages, parts, near, strict=True)
    ]


def _cases_by_turn(links: pd.DataFrame | None) -> dict[tuple[str, int], str] | None:
    if links is None:
        return None
    return {
        (str(document), int(turn)): str(case)
        for document, turn, case in zip(links["document_id"], links["turn"], links["case_id"], strict=True)
    }


class _Checker:
    """Judges passage after passage."""

    def __init__(self, search: Search, people: People | None, rules: Rules) -> None:
        self.search, self.people, self.rules = search, people, rules
        self.own_words = [f" {' '.join(plain_words(text))} " for text in rules.own_words]

    def check(self, passage: Passage, elements: Sequence[Element], near: Sequence[Near]) -> Checked:
        """The verdict on one passage."""
        n_words = sum(element.part == "word" for element in elements)
        looked = self.search.look(elements, near)
        scare = n_words < _SHORT and passage.kind == "marks" and not passage.attribution
        if looked.whole:
            best = min((self._found(passage, one) for one in looked.whole), key=_badness)
            return Checked(passage, SHORT) if scare and best.fails and best.verdict != MASKED else best
        if scare:
            return Checked(passage, SHORT)
        if self._is_own(passage):
            return Checked(passage, ASKED, advice="the study's own words: a question or a definition")
        return self._not_whole(passage, elements, looked)

    def _is_own(self, passage: Passage) -> bool:
        words = f" {' '.join(plain_words(passage.text))} "
        return bool(words.strip()) and any(words in text for text in self.own_words)

    def _not_whole(self, passage: Passage, elements: Sequence[Element], looked: Looked) -> Checked:
        places = self.search.joined(elements, looked)
        if places:
            where = " and ".join(places)
            return Checked(
                passage, JOINED, notes=(f"from {where}",),
                advice="quote one place, or put [...] between them where it is one person's answer, in order",
            )  # fmt: skip
        close = self.search.closest(elements, looked)
        if close is None:
            return Checked(
                passage,
                NOT_FOUND,
                advice="nobody said this in these words: take it out, or find what was said",
            )
        found = self._found(passage, close)
        further = [one for one in (found.verdict, *found.also) if one in FAILING and one != ALTERED]
        hidden = not self._readable(close.case_id)
        return replace(
            found, verdict=MASKED if MASKED in further else ALTERED,
            also=tuple(ALTERED if one == MASKED else one for one in further),
            difference=() if hidden else close.difference, said="" if hidden else close.said,
            advice=WORDS_BACK,
        )  # fmt: skip

    def _readable(self, case: str | None) -> bool:
        return self.people is None or case is None or case in self.people.readable

    def _found(self, passage: Passage, one: Found) -> Checked:
        faults, advice = self._faults(passage, one)
        if one.judged.faults:
            faults[ALTERED] = WORDS_BACK
        if one.judged.leaks:
            faults[MASKED] = (
                "it shows what the project hides: use the words as the project's own quotes have them"
            )
        order = sorted(faults, key=FAILING.index)
        verdict = order[0] if order else EDITED if one.judged.edits else VERIFIED
        hidden = not self._readable(one.case_id)
        return Checked(
            passage, verdict, tuple(order[1:]), one.document_id, one.turn, one.case_id, one.start, one.end,
            tuple(one.judged.edits), (*one.judged.faults, *one.judged.notes, *advice),
            said=one.said if (one.judged.faults or one.judged.leaks) and not hidden else "",
            advice=faults[order[0]] if order else "",
        )  # fmt: skip

    def _faults(self, passage: Passage, one: Found) -> tuple[dict[str, str], tuple[str, ...]]:
        """What is wrong with whose words these are, each with what to do; and notes."""
        if one.role == "interviewer":
            asker = self.people is not None and self.people.line(passage.attribution).asker
            return (
                {} if asker else {INTERVIEWER: "these are the interviewer's words: take them out, or say so"}
            ), ()
        if self.people is None:
            return {}, ()
        faults = {}
        line = self.people.line(passage.attribution, passage.lead)
        if line.asker and not line.cases:
            faults[SPEAKER] = "the line says that the interviewer spoke, but a participant did"
        elif not self.people.is_of(line, one.case_id):
            faults[SPEAKER] = f"somebody else said it ({one.case_id}): change the line or the quote"
        elif self.people.too_narrow(line, one.case_id):
            faults[NARROW] = f"say “{self.people.advice(one.case_id)}” instead"
        if one.case_id not in self.people.agreed:
            faults[CONSENT] = f"{one.case_id} did not agree to {self.rules.audience} quotes: take it out"
        told = line.unknown and line.text != self.people.advice(one.case_id)
        note = f"not known to the project, so not checked: “{line.unknown}” in the line" if told else ""
        return faults, (note,) if note else ()


def _badness(one: Checked) -> tuple[int, int, int, int]:
    """Of several places with the same words the one that speaks for the quote comes first."""
    worst = len(FAILING) - FAILING.index(one.verdict) if one.fails else 0
    return worst, len(one.also), len(one.edits), len(one.notes)

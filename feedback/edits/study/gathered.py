"""What one part of a document says about names, before anything is decided; joined, what all of it says."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass
from typing import Any

from feedback.edits.clean import clean_edit, clean_edits
from feedback.edits.finding.asked import Question, Stretch, stretches
from feedback.edits.finding.candidates import votes
from feedback.edits.finding.dull import Dull
from feedback.edits.finding.votes import Tally
from feedback.edits.forms.digits import numbers_in
from feedback.edits.forms.short_forms import letters_in
from feedback.edits.reviewed.decided import Decided, Decision, Fit, Settled, settled
from feedback.edits.study.parts import Part
from feedback.edits.text.page import Page
from feedback.edits.text.words import fold
from feedback.masks import BRACKET
from feedback.spans import Alignment, Edit, Span, render

Fits = Sequence[tuple[Fit, tuple[str, ...]]]


@dataclass(frozen=True)
class Search:
    """What is looked for beside votes: what the language model may be asked, all words heard."""

    ask: bool = False
    heard: bool = False


@dataclass(frozen=True)
class Evidence:
    """What a part says: votes, how often each word is written (and how often small), what may be asked about.

    `letters` are initials of people, `masks` what stands in brackets as masks do, `heard` all words of the
    original (when wanted), `around` the words that stand only around what is the part's own, `clean` what
    tidies it, `numbers` the digits of longer numbers.
    """

    document_id: str
    clean: Sequence[Edit]
    tally: Tally
    written: dict[str, tuple[int, int]]
    around: frozenset[str]
    stretches: Sequence[Stretch]
    letters: frozenset[str]
    masks: frozenset[str]
    heard: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True)
class Tidy:
    """A part as it reads after cleaning, the way back, and what of it is the part's own."""

    page: Page
    home: Alignment
    turns: Sequence[Span]
    clean: Sequence[Edit]
    own: Span


def tidied(part: Part, clean: Sequence[Edit]) -> Tidy:
    """The part after cleaning, by all that tidies it."""
    home = Alignment(clean)
    turns = [home.to_rendered(turn.start, turn.end) for turn in part.turns]
    page = Page(render(part.text, home.edits))
    begin = home.to_rendered(part.begin, part.begin).start if part.begin else 0
    whole = part.end == len(part.text)
    end = len(page.text) if whole else home.to_rendered(part.end, part.end).start
    return Tidy(page, home, turns, clean, Span(begin, end))


def gathered(part: Part, search: Search) -> Evidence:
    """What a part says."""
    tidy = tidied(part, clean_edits(part.text, part.turns))
    tally = Tally()
    page, dull = tidy.page, Dull(tidy.page)
    for start, end in tidy.turns:
        if tidy.own.start <= start < tidy.own.end:
            first, last = bisect_left(page.starts, start), bisect_left(page.starts, end)
            cut = first > 0 and page.ends[first - 1] > start
            if cut or not dull.is_dull(first, last):
                tally.add(votes(page.text[start:end], ws=page.words_within(start, end)))
    written = _written(tidy)
    return Evidence(
        part.document_id,
        tidy.clean,
        tally,
        written,
        page.vocabulary - written.keys(),
        stretches(page, tidy.turns, tidy.own) if search.ask else (),
        letters_in(page),
        frozenset(match[0].casefold() for match in BRACKET.finditer(part.text)),
        Page(part.text).vocabulary if search.heard else frozenset(),
        numbers_in(part.text),
    )


def _written(tidy: Tidy) -> dict[str, tuple[int, int]]:
    """How often each word is written, and how often of these without a capital."""
    page, own = tidy.page, tidy.own
    first = next((at for at, start in enumerate(page.starts) if start >= own.start), len(page.starts))
    last = len(page.starts)
    while last > first and page.starts[last - 1] >= own.end:
        last -= 1
    small: dict[str, int] = {}
    all_: dict[str, int] = {}
    for written, n in Counter(page.written[first:last]).items():
        key = fold(written)
        all_[key] = all_.get(key, 0) + n
        small[key] = small.get(key, 0) + n * written[:1].islower()
    return {key: (n, small[key]) for key, n in all_.items()}


def fits(part: Part, decided: Decided) -> Fits:
    """The decisions that fit words of a part's own, each with the words it is about."""
    ws = Page(part.text).words()
    return [
        (fit, tuple(word.key for word in ws[fit.one.first : fit.one.last]))
        for fit in decided.fits(ws)
        if part.begin <= ws[fit.one.first].start < part.end
    ]


def written_down(one: Evidence) -> list[Any]:
    """Evidence in lists, for `read_again`."""
    tally = one.tally
    votes_ = [
        (words, list(tally.weights[words].items()), list(tally.sources[words].items()))
        for words in tally.weights
    ]
    counts = [(key, *n) for key, n in one.written.items()]
    asked = [
        (here.words, sorted(here.doubted), here.times, [astuple(place) for place in here.places])
        for here in one.stretches
    ]
    sets = (one.around, one.letters, one.masks, one.heard, one.numbers)
    near, thing = list(tally.near.items()), list(tally.thing.items())
    clean = [(edit.start, edit.end, edit.replacement, edit.label) for edit in one.clean]
    return [clean, votes_, near, thing, sorted(tally.sure), counts, asked, *map(sorted, sets)]


def read_again(document_id: str, told: Sequence[Any]) -> Evidence:
    """What `written_down` gave."""
    clean, votes_, near, thing, sure, counts, asked, *sets = told
    tally = Tally()
    for words, weights, sources in votes_:
        tally.weights[tuple(words)], tally.sources[tuple(words)] = dict(weights), dict(sources)
    tally.near.update((tuple(words), times) for words, times in near)
    tally.thing.update((tuple(words), times) for words, times in thing)
    tally.sure.update(map(tuple, sure))
    around, *others = map(frozenset, sets)
    here = [
        Stretch(tuple(words), frozenset(doubted), times, tuple(Question(*place) for place in places))
        for words, doubted, times, places in asked
    ]
    written = {key: (n, small) for key, n, small in counts}
    edits = [clean_edit(*edit) for edit in clean]
    return Evidence(document_id, edits, tally, written, around, here, *others)


def fits_written_down(found: Fits) -> list[Any]:
    """What fits, in lists, for `fits_read_again`."""
    return [(fit.fit, fit.one.first, fit.one.last, astuple(fit.one.decision), keys) for fit, keys in found]


def fits_read_again(_: str, told: Sequence[Any]) -> Fits:
    """What `fits_written_down` gave."""
    return [
        (Fit(fit, Settled(first, last, Decision(*decision))), tuple(keys))
        for fit, first, last, decision, keys in told
    ]


class Gathered:
    """What all parts say together, joined in their order."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self.tally = Tally()
        self.written: dict[str, tuple[int, int]] = {}
        self.stretches: list[Sequence[Stretch]] = []
        self.masks: set[str] = set()
        self.heard: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._vocabularies: list[array[int]] = []
        self._letters: dict[str, frozenset[str]] = {}
        self._documents: list[str] = []
        self.clean: list[Sequence[Edit]] = []
        self.numbers: list[frozenset[str]] = []
        for one in evidence:
            self._join(one)
        self._keys = list(self._numbers)

    def _join(self, one: Evidence) -> None:
        self.tally.join(one.tally)
        written, numbers = self.written, self._numbers
        for key, (n, small) in one.written.items():
            known = written.get(key)
            written[key] = (n, small) if known is None else (known[0] + n, known[1] + small)
        words = (*one.written, *one.around)
        self._vocabularies.append(array("I", [numbers.setdefault(key, len(numbers)) for key in words]))
        self.stretches.append(one.stretches)
        self._letters[one.document_id] = self._letters.get(one.document_id, frozenset()) | one.letters
        self._documents.append(one.document_id)
        self.clean.append(one.clean)
        self.numbers.append(one.numbers)
        self.masks |= one.masks
        self.heard |= one.heard

    def vocabulary(self, at: int) -> frozenset[str]:
        """The words of a part, by its number."""
        return frozenset(map(self._keys.__getitem__, self._vocabularies[at]))

    def letters_of(self, at: int) -> frozenset[str]:
        """The initials of people in the document of a part, by the part's number."""
        return self._letters[self._documents[at]]

    def settled_words(self, given: Iterable[Collection[str]]) -> set[str]:
        """The words about which nobody need be asked: those given, and those of sure votes."""
        return {word for words in (*given, *self.tally.sure) for word in words}


def settled_in(fitting: Sequence[Fits]) -> list[list[tuple[Settled, tuple[str, ...]]]]:
    """For each part what people decided about which of its words, with these words."""
    holds = settled([[fit for fit, _ in here] for here in fitting])
    words = [{(fit.one.first, fit.one.last): keys for fit, keys in here} for here in fitting]
    return [[(one, own[one.first, one.last]) for one in here] for here, own in zip(holds, words, strict=True)]

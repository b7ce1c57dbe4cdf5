"""What one part of a document says about names, before anything is decided; joined, what all of it says."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from feedback.edits.asked import Stretch, stretches
from feedback.edits.candidates import votes
from feedback.edits.clean import clean_edits
from feedback.edits.decided import Decided, Fit, Settled, settled
from feedback.edits.dull import Dull
from feedback.edits.page import Page
from feedback.edits.parts import Part
from feedback.edits.short_forms import letters_in
from feedback.edits.votes import Tally
from feedback.edits.words import fold
from feedback.masks import BRACKET
from feedback.spans import Alignment, Edit, Span, render


@dataclass(frozen=True)
class Search:
    """What is looked for: decisions that fit, what the language model may be asked, all words heard."""

    decided: Decided = field(default_factory=Decided)
    ask: bool = False
    heard: bool = False


@dataclass(frozen=True)
class Evidence:
    """What a part says: votes, how often each word is written (and how often small), what may be asked about.

    `letters` are initials of people, `masks` what stands in brackets as masks do, `heard` all words of the
    original (when wanted), `fits` the decisions that fit, each with the words it is about.
    """

    document_id: str
    tally: Tally
    written: dict[str, tuple[int, int]]
    stretches: Sequence[Stretch]
    letters: frozenset[str]
    masks: frozenset[str]
    heard: frozenset[str]
    fits: Sequence[tuple[Fit, tuple[str, ...]]]


@dataclass(frozen=True)
class Tidy:
    """A part as it reads after cleaning, the way back, and what of it is the part's own."""

    page: Page
    home: Alignment
    turns: Sequence[Span]
    clean: Sequence[Edit]
    own: Span


def tidied(part: Part) -> Tidy:
    """The part after cleaning."""
    clean = clean_edits(part.text, part.turns)
    home = Alignment(clean)
    turns = [home.to_rendered(turn.start, turn.end) for turn in part.turns]
    page = Page(render(part.text, home.edits))
    begin = home.to_rendered(part.begin, part.begin).start if part.begin else 0
    whole = part.end == len(part.text)
    end = len(page.text) if whole else home.to_rendered(part.end, part.end).start
    return Tidy(page, home, turns, clean, Span(begin, end))


def gathered(part: Part, search: Search) -> Evidence:
    """What a part says."""
    tidy = tidied(part)
    tally = Tally()
    page, dull = tidy.page, Dull(tidy.page)
    for start, end in tidy.turns:
        if tidy.own.start <= start < tidy.own.end:
            first, last = bisect_left(page.starts, start), bisect_left(page.starts, end)
            cut = first > 0 and page.ends[first - 1] > start
            if cut or not dull.is_dull(first, last):
                tally.add(votes(page.text[start:end]))
    original = Page(part.text) if search.decided or search.heard else None
    return Evidence(
        part.document_id,
        tally,
        _written(tidy),
        stretches(tidy.page, tidy.turns, tidy.own) if search.ask else (),
        letters_in(tidy.page),
        frozenset(match[0].casefold() for match in BRACKET.finditer(part.text)),
        original.vocabulary if original and search.heard else frozenset(),
        _fits(part, original, search.decided) if original and search.decided else (),
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


def _fits(part: Part, page: Page, decided: Decided) -> list[tuple[Fit, tuple[str, ...]]]:
    ws = page.words()
    return [
        (fit, tuple(word.key for word in ws[fit.one.first : fit.one.last]))
        for fit in decided.fits(ws)
        if part.begin <= ws[fit.one.first].start < part.end
    ]


class Gathered:
    """What all parts say together, joined in their order."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self.tally = Tally()
        self.written: dict[str, tuple[int, int]] = {}
        self.stretches: list[Sequence[Stretch]] = []
        self.letters: dict[str, frozenset[str]] = {}
        self.masks: set[str] = set()
        self.heard: set[str] = set()
        self.fits: list[Sequence[tuple[Fit, tuple[str, ...]]]] = []
        for one in evidence:
            self._join(one)

    def _join(self, one: Evidence) -> None:
        self.tally.join(one.tally)
        written = self.written
        for key, (n, small) in one.written.items():
            known = written.get(key)
            written[key] = (n, small) if known is None else (known[0] + n, known[1] + small)
        self.stretches.append(one.stretches)
        self.letters[one.document_id] = self.letters.get(one.document_id, frozenset()) | one.letters
        self.masks |= one.masks
        self.heard |= one.heard
        self.fits.append(one.fits)

    def settled(self) -> list[list[tuple[Settled, tuple[str, ...]]]]:
        """For each part what people decided about which of its words, with these words."""
        holds = settled([[fit for fit, _ in here] for here in self.fits])
        words = [{(fit.one.first, fit.one.last): keys for fit, keys in here} for here in self.fits]
        return [
            [(one, own[one.first, one.last]) for one in here] for here, own in zip(holds, words, strict=True)
        ]

    def settled_words(self, given: Iterable[Collection[str]]) -> set[str]:
        """The words about which nobody need be asked: those given, and those of sure votes."""
        return {word for words in (*given, *self.tally.sure) for word in words}

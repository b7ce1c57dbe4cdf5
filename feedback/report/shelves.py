"""All quotes of a report, each once, with what they can be sorted by, and what stands behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from feedback.model import Quote, Report
from feedback.report.arrange import is_counter
from feedback.report.numbers import Number, Numbers
from feedback.report.quoted import CRITICAL, FAVOURABLE, MIXED, described_as

OFF_LIST = "Push factors not on the theme list"
REASONS = "Push factors"
STANCES = (
    (CRITICAL, "Critically"),
    (FAVOURABLE, "Favourably"),
    (MIXED, "Both ways"),
    ("counter", "Other voices: well of it, or not so"),
)


@dataclass(frozen=True)
class Placed:
    """A quote in the list of all quotes: where it stands, and the names by which the filters know it.

    `topics` are such as "factor-pay" and "theme-pay", `stances` such as "critical" and "counter", `speaker`
    what the line under the quote says, as numbers into the sorted list of all that such lines say. `labels`:
    of all that it is quoted for. `again`: it stands on a push-factor card as well.
    """

    anchor: str
    quote: Quote
    labels: tuple[str, ...]
    topics: tuple[str, ...]
    stances: tuple[str, ...]
    speaker: tuple[int, ...]
    again: bool
    counter: bool


@dataclass(frozen=True)
class Shelf:
    """The quotes that stand under one theme or push factor; `subject` is its id."""

    heading: str
    label: str
    subject: str
    quotes: tuple[Placed, ...]

    @property
    def again(self) -> bool:
        """Whether all of it stands on cards as well."""
        return all(one.again for one in self.quotes)


@dataclass(frozen=True)
class Choice:
    """An option of a filter: its name, its words, how many quotes it fits; `heading` groups options."""

    value: str
    words: str
    n: int
    heading: str = ""


@dataclass(frozen=True)
class Entry:
    """What stands behind the numbers of one theme or push factor: what each counts, and who is quoted."""

    anchor: str
    label: str
    numbers: tuple[Number, ...]
    quotes: tuple[Placed, ...]


@dataclass(frozen=True)
class Shelves:
    """All quotes from interviews and surveys, each once, what to filter them by, and what they stand for."""

    all: tuple[Shelf, ...]
    topics: tuple[Choice, ...]
    stances: tuple[Choice, ...]
    speakers: tuple[Choice, ...]
    behind: tuple[Entry, ...]


@dataclass(frozen=True)
class _Use:
    """One place that a quote was picked for."""

    quote: Quote
    kind: str
    subject: str
    label: str
    heading: str


def shelves_of(report: Report, numbers: Numbers) -> Shelves:
    """A report's quotes under the theme list's headings, in the order of the report."""
    uses: dict[tuple[str, str], list[_Use]] = {}
    for use in _uses(report):
        uses.setdefault((use.quote.segment_id, use.quote.text), []).append(use)
    lines = sorted({part for own in uses.values() for part in described_as(own[0].quote.attribution)})
    placed = [_placed(place, own, numbers, lines) for place, own in enumerate(uses.values(), start=1)]
    shelves: dict[tuple[str, str, str], list[Placed]] = {}
    for one, own in zip(placed, uses.values(), strict=True):
        shelves.setdefault((own[0].heading, own[0].label, own[0].subject), []).append(one)
    speakers = [(str(number), line, "") for number, line in enumerate(lines)]
    return Shelves(
        tuple(Shelf(*key, tuple(found)) for key, found in shelves.items()),
        choices(_topics(report, numbers), [one.topics for one in placed]),
        choices([(value, words, "") for value, words in STANCES], [one.stances for one in placed]),
        choices(speakers, [[str(number) for number in one.speaker] for one in placed]),
        tuple(_behind(report, numbers, placed)),
    )


def _uses(report: Report) -> Iterator[_Use]:
    """Every place of every quote, theme by theme, cards first; cards that are not on the list at the end."""
    cards = {card.factor_id: card for card in report.factors}
    for row in report.themes:
        card = cards.pop(row.theme_id, None)
        heading = row.group or "Themes"
        for quote in (*card.quotes, *card.counter) if card else ():
            yield _Use(quote, "factor", row.theme_id, row.label, heading)
        yield from (_Use(quote, "theme", row.theme_id, row.label, heading) for quote in row.quotes)
    for card in cards.values():
        for quote in (*card.quotes, *card.counter):
            yield _Use(quote, "factor", card.factor_id, card.label, OFF_LIST)


def _placed(place: int, uses: Sequence[_Use], numbers: Numbers, lines: Sequence[str]) -> Placed:
    quote = uses[0].quote
    stances = {use.quote.stance for use in uses if use.quote.stance}
    stances |= {"counter"} if any(is_counter(use.quote) for use in uses) else set()
    return Placed(
        f"quote-{place}",
        quote,
        labels=tuple(dict.fromkeys(use.label for use in uses)),
        topics=tuple(dict.fromkeys(f"{use.kind}-{numbers.slug(use.subject)}" for use in uses)),
        stances=tuple(sorted(stances)),
        speaker=tuple(lines.index(part) for part in described_as(quote.attribution)),
        again=any(use.kind == "factor" for use in uses),
        counter=is_counter(quote),
    )


def _topics(report: Report, numbers: Numbers) -> list[tuple[str, str, str]]:
    """What can be quoted for, as (name, words, heading): push factors first, then themes."""
    cards = [(f"factor-{numbers.slug(card.factor_id)}", card.label, REASONS) for card in report.factors]
    return cards + [
        (f"theme-{numbers.slug(row.theme_id)}", row.label, f"Themes: {row.group}" if row.group else "Themes")
        for row in report.themes
    ]


def choices(known: Iterable[tuple[str, str, str]], held: Sequence[Sequence[str]]) -> tuple[Choice, ...]:
    """Those options that at least one quote fits; held: the names that each quote is known by."""
    counted = [(value, words, sum(value in own for own in held), heading) for value, words, heading in known]
    return tuple(Choice(*one) for one in counted if one[2])


def _behind(report: Report, numbers: Numbers, placed: Sequence[Placed]) -> Iterator[Entry]:
    """Themes in their order, then push factors that are not on the list."""
    for subject, label in report.labels.items():
        slug = numbers.slug(subject)
        own = {f"factor-{slug}", f"theme-{slug}"}
        quotes = tuple(one for one in placed if own & set(one.topics))
        yield Entry(f"behind-{slug}", label, tuple(numbers.about(subject)), quotes)

"""The quote bank as one HTML file: filtered and searched where scripts run, readable where they do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from feedback.model import Quote
from feedback.report.bank import AGAINST, Bank, BankQuote
from feedback.report.bank.words import CONTEXT, RULES, by_heading, fairness_lines, how_many, told
from feedback.report.html import embedded, environment
from feedback.report.quoted import described_as
from feedback.report.shelves import STANCES, Placed, Shelf, Shelves, choices
from feedback.report.wording import PSEUDONYMISED


def bank_html(bank: Bank) -> bytes:
    """The bank as UTF-8 HTML, where a button copies a quote with its attribution; same bank, same bytes."""
    page = environment().get_template("bank.html").render(
        bank=bank,
        shelves=_shelves(bank),
        told={_anchor(one): told(one) for one in bank.quotes},
        how_many=how_many(bank),
        lines=fairness_lines,
        pseudonymised=PSEUDONYMISED,
        rules=RULES,
        context=CONTEXT,
        style=embedded("report.css"),
        script=embedded("shared.js", "report.js"),
    )  # fmt: skip
    return page.encode("utf-8")


def _anchor(one: BankQuote) -> str:
    return f"quote-{one.quote_id}"


def _shelves(bank: Bank) -> Shelves:
    """The quotes under their headings, and the options of the filters."""
    lines = sorted({part for one in bank.quotes for part in described_as(one.attribution)})
    all_ = [
        Shelf("", about, topic, tuple(_placed(one, about, topic, lines) for one in quotes))
        for topic, (about, quotes) in zip(_topics(), by_heading(bank), strict=False)
    ]
    placed = [one for shelf in all_ for one in shelf.quotes]
    return Shelves(
        tuple(all_),
        choices([(shelf.subject, shelf.label, "") for shelf in all_], [one.topics for one in placed]),
        choices([(value, words, "") for value, words in STANCES], [one.stances for one in placed]),
        choices(
            [(str(number), line, "") for number, line in enumerate(lines)],
            [[str(number) for number in one.speaker] for one in placed],
        ),
        (),
    )


def _topics() -> Iterator[str]:
    return (f"topic-{place}" for place in count())


def _placed(one: BankQuote, about: str, topic: str, lines: Sequence[str]) -> Placed:
    stances = [one.valence] * bool(one.valence) + ["counter"] * (one.kind == AGAINST)
    return Placed(
        _anchor(one),
        Quote(one.text, one.attribution),
        labels=(about,),
        topics=(topic,),
        stances=tuple(stances),
        speaker=tuple(lines.index(part) for part in described_as(one.attribution)),
        again=False,
        counter=one.kind == AGAINST,
    )

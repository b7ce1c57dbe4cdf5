"""A quote bank in words: how many, of whom, under which heading, and who is quoted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from feedback.model import Crosstab
from feedback.report.bank import AGAINST, THEME, Bank, BankQuote

HIDDEN = "·"
CONTEXT = "The sentences before and after are for judging a quote, not for print."
RULES = (
    "Print a quote as it stands, with its attribution. [...] for words left out in order and [a word] for a "
    "mask are fair; then run `feedback quotes verify` over the finished document."
)


def by_heading(bank: Bank) -> Iterator[tuple[str, list[BankQuote]]]:
    """The quotes under what they are on, as they come: themes, then push factors and who speaks against."""
    for (about, factor), group in groupby(bank.quotes, key=lambda one: (one.about, one.kind != THEME)):
        yield (f"{about} (push factor)" if factor else about), list(group)


def how_many(bank: Bank) -> str:
    """How many quotes of how many people these are, and which."""
    said = f"{_count(len(bank.quotes), 'quote')} of {_count(bank.n_people, 'person', 'people')} "
    said += f"out of {bank.n_heard} heard, {bank.chosen}."
    if bank.expired:
        said += f" {_count(bank.expired, 'quote')} left out, since consent to using it has ended."
    return said


def told(quote: BankQuote) -> str:
    """What is worth knowing of a quote beside its words."""
    said = [
        quote.quote_id,
        "speaks against it" if quote.kind == AGAINST else quote.valence,
        f"may be used {quote.may_be_used}" + (f" until {quote.until}" if quote.until else ""),
        f"{quote.left_out} left out" if quote.left_out else "",
        f"before it: “{quote.before}”" if quote.before else "",
        f"after it: “{quote.after}”" if quote.after else "",
    ]
    return "; ".join(one for one in said if one)


def fairness_lines(table: Crosstab) -> Iterator[tuple[str, str, str]]:
    """Value, people heard, people quoted; a dot stands for what is hidden."""
    ((_, quoted),) = table.rows
    for value, heard, said in zip(table.columns, table.totals, quoted, strict=True):
        yield value, _shown(heard), _shown(said)


def fairness_said(bank: Bank) -> Iterator[str]:
    """A line an attribute: people quoted of people heard, where both may be shown."""
    for table in bank.fairness:
        said = [
            f"{value} {quoted} of {heard}"
            for value, heard, quoted in fairness_lines(table)
            if HIDDEN not in (heard, quoted)
        ]
        if said:
            yield f"Quoted of those heard, by {table.attribute}: {', '.join(said)}."


def _shown(number: int | None) -> str:
    return HIDDEN if number is None else str(number)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"

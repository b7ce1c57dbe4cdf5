"""How a Report's rows and quotes are laid out, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from feedback.masks import BRACKET
from feedback.model import FactorCard, Quote, Report, ThemeRow
from feedback.report.quoted import COUNTER
from feedback.report.wording import figure, n_of, percent, printable


@dataclass(frozen=True)
class Group:
    """A heading of the theme list with its rows."""

    heading: str
    rows: tuple[ThemeRow, ...]


@dataclass(frozen=True)
class ThemeQuotes:
    """The quotes of one theme, under the theme list's heading for it."""

    heading: str
    row: ThemeRow
    quotes: tuple[Quote, ...]


def grouped(rows: Sequence[ThemeRow]) -> list[Group]:
    """Rows under their headings, both in the order in which they come."""
    headings = dict.fromkeys(row.group for row in rows)
    return [Group(heading, tuple(row for row in rows if row.group == heading)) for heading in headings]


def further_quotes(report: Report) -> list[ThemeQuotes]:
    """Quotes by theme that stand neither on a push-factor card nor with an earlier theme."""
    cards = [quote for card in report.factors for quote in (*card.quotes, *card.counter)]
    shown = {(quote.segment_id, quote.text) for quote in cards}
    found = []
    for group in grouped(report.themes):
        for row in group.rows:
            fresh = {(quote.segment_id, quote.text): quote for quote in row.quotes}
            left = tuple(quote for key, quote in fresh.items() if key not in shown)
            shown |= set(fresh)
            if left:
                found.append(ThemeQuotes(group.heading or "Themes", row, left))
    return found


def is_ranked(report: Report) -> bool:
    """Whether the report ranks and draws frequencies; a reflexive one does not."""
    return report.approach != "reflexive"


def is_counter(quote: Quote) -> bool:
    """Whether the quote speaks well of what others complain of, or says that it was not so."""
    return quote.why.startswith(COUNTER)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The printable text in pieces, each with whether it stands in brackets: a mask such as [Person 1]."""
    text, at = printable(text), 0
    for mask in BRACKET.finditer(text):
        if mask.start() > at:
            yield text[at : mask.start()], False
        yield mask[0], True
        at = mask.end()
    if at < len(text):
        yield text[at:], False


def opening(text: str, *, words: int = 9) -> str:
    """The first words of a quote, for a link to it."""
    found = printable(text).split()
    return " ".join(found[:words]) + (" …" if len(found) > words else "")


def lead(line: str) -> tuple[str, str]:
    """A line of the summary as (what it is about, what it says)."""
    about, _, words = line.partition(": ")
    return about, words


def shown(value: object) -> str:
    """A setting as people write it."""
    if isinstance(value, tuple | list):
        return ", ".join(str(one) for one in value) or "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value in (None, "") else str(value)


def share_of(n: int, of: int, report: Report) -> str:
    """The share as ", 41%", or nothing where the report gives no percentages for so few people."""
    found = percent(n, of, least=report.percentages_from)
    return f", {found}" if found else ""


def main_reason(card: FactorCard) -> str:
    """For how many who give a push factor it is the main reason, and how that is known, or nothing."""
    n, told, one = card.n_main, card.n_own_main, card.n_main == 1
    if not n:
        return ""
    who = (
        f"{figure(n)} of the {figure(card.n)} leavers who give it"
        if card.n > 1
        else "The one leaver who gives it"
    )
    says, names, has = ("says", "names", "has") if one else ("say", "name", "have")
    if not told:
        return f"{who} {says} more about it than about any other reason."
    if told == n:
        return f"{who} {names} it as {'the' if one else 'their'} main reason."
    return (
        f"{who} {has} it as their main reason: {figure(told)} {'names' if told == 1 else 'name'} it as that, "
        f"{figure(n - told)} {'says' if n - told == 1 else 'say'} more about it than about any other."
    )


def about_counter_voices(n: int, of: int, quoted: int) -> str:
    """The line over a push factor's counter-voices: how many, or that none was found in so many read."""
    if not of:
        return "Other voices: not searched for, as it is not on the theme list"
    if not n:
        return f"Other voices: none found in {figure(of)} people read"
    verb = "speaks" if n == 1 else "speak"
    says = "says" if n == 1 else "say"
    unquoted = "" if quoted else "; nothing of it can be quoted"
    return (
        f"Other voices: {n_of(n, of)} people read clearly {verb} well of it or {says} it was not so{unquoted}"
    )

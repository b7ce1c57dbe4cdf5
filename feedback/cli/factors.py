"""`feedback factors`: why leavers left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import give_json, rows_of, say, say_quote
from feedback.cli.work import advance

if TYPE_CHECKING:
    from feedback.model import FactorCard
    from feedback.project import Project


@click.command("factors")
@click.option(
    "-n", "quotes", default=2, show_default=True, type=click.IntRange(min=0), help="Quotes for each."
)
@common
def command(quotes: int, folder: str, as_json: bool) -> None:
    """Finds push factors: why leavers left, counted by people, with quotes and counter-voices."""
    from feedback.leaving.publish import report_of
    from feedback.project import Project

    project = Project(folder)
    done = advance(project)
    if as_json:
        # What the report may not say of few leavers, no other output says.
        shown = None if report_of(project).factors else 0
        tables = {name: rows_of(project.table(name)[:shown]) for name in ("factors", "members")}
        give_json({"done": done, **tables})
        return
    say_factors(project, quotes=quotes)


def say_factors(project: Project, *, quotes: int, limit: int | None = None) -> None:
    """The push factors as cards on the screen: n of N leavers, stayers, quotes, counter-voices."""
    from feedback.leaving.publish import report_of

    report = report_of(project)
    if report.factors_note:
        say(report.factors_note)
    for card in report.factors[:limit]:
        _say_card(card, quotes, are_reasons=report.factors_are_reasons)
    if limit and len(report.factors) > limit:
        say(f"\n{len(report.factors) - limit} more in the report (or `feedback factors`).")
    say()


def _say_card(card: FactorCard, quotes: int, *, are_reasons: bool) -> None:
    said = f"{card.n} of {card.of} leavers" + (" give it as a reason" if are_reasons else "")
    spoken = f"; spoken of by {card.n_speak} of them" if are_reasons else ""
    stayers = f" and {card.stayers} of {card.of_stayers} stayers" if card.of_stayers else ""
    say(f"\n{card.label}: {said}{spoken}{stayers}")
    for quote in card.quotes[:quotes]:
        say_quote(quote.text, quote.attribution)
    if quotes > 1:
        _say_counter(card)


def _say_counter(card: FactorCard) -> None:
    from feedback.report.arrange import about_counter_voices

    say(f"  {about_counter_voices(card.n_counter, card.read_for_counter, len(card.counter))}.")
    if card.counter:
        say_quote(card.counter[0].text, card.counter[0].attribution)

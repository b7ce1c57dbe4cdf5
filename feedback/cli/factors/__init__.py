"""`feedback factors`: why leavers left; its verbs keep what people decide about single push factors."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from feedback.cli.factors.decide import free, merge, name, pin, split
from feedback.cli.factors.show import show
from feedback.cli.options import common
from feedback.cli.output import give_json, note, rows_of, say, say_quote
from feedback.cli.work import advance

if TYPE_CHECKING:
    from feedback.model import FactorCard, Report
    from feedback.project import Project


@click.group("factors", invoke_without_command=True)
@click.option(
    "-n", "quotes", default=2, show_default=True, type=click.IntRange(min=0), help="Quotes for each."
)
@common
@click.pass_context
def command(context: click.Context, quotes: int, folder: str, as_json: bool) -> None:
    """Finds push factors: why leavers left, counted by people, with quotes and counter-voices.

    `factors show ID` lists the sentences of one. `name`, `merge`, `split`, `pin` and `free` hold in every
    later run; they stand in factors.yaml.
    """
    if context.invoked_subcommand is None:
        _find(quotes, folder, as_json=as_json)


for _verb in (show, name, merge, split, pin, free):
    command.add_command(_verb)


def _find(quotes: int, folder: str, *, as_json: bool) -> None:
    from feedback.leaving.publish import report_of
    from feedback.project import Project

    project = Project(folder)
    done = advance(project)
    if not as_json:
        say_factors(project, quotes=quotes)
        return
    report = report_of(project)
    # What the report may not say of few leavers, no other output says.
    shown = None if report.factors else 0
    tables = {name: rows_of(project.table(name)[:shown]) for name in ("factors", "members")}
    cards = [asdict(card) for card in report.factors]
    give_json({"done": done, **tables, "cards": cards, "note": report.factors_note})


def say_factors(project: Project, *, quotes: int, limit: int | None = None) -> None:
    """The push factors as cards on the screen: n of N leavers, stayers, quotes, counter-voices."""
    from feedback.leaving.publish import report_of

    report = report_of(project)
    if report.factors_note:
        say(report.factors_note)
    for card in report.factors[:limit]:
        _say_card(card, report, quotes)
    if limit and len(report.factors) > limit:
        say(f"\n{len(report.factors) - limit} more in the report (or `feedback factors`).")
    say()
    if report.factors and limit is None:
        note("`feedback factors show ID` lists its sentences; the report's method page has what was noted.")


def _say_card(card: FactorCard, report: Report, quotes: int) -> None:
    from feedback.report.arrange import is_ranked, main_reason
    from feedback.report.cards import words as card_words

    ranked = is_ranked(report)
    say(f"\n{card.label} [{card.factor_id}]: {_counts(card, report)}")
    lines = [main_reason(card)] if ranked and card.n_main else []
    for line in [*lines, *card_words.facts(card, ranked), *card_words.splits(card)] if quotes > 1 else []:
        say(f"  {line}")
    for quote in card.quotes[:quotes]:
        say_quote(quote.text, quote.attribution)
    if quotes > 1:
        if not card.quotes:
            say(f"  {card_words.few_quotes(card)}")
        _say_counter(card)


def _counts(card: FactorCard, report: Report) -> str:
    from feedback.report.arrange import is_ranked
    from feedback.report.cards import words as card_words
    from feedback.report.wording import figure, n_of

    reasons = report.factors_are_reasons
    share = f", {words}" if is_ranked(report) and (words := card_words.share(card)) else ""
    said = (
        f"{n_of(card.n, card.of)} leavers" + (" give it as a reason" if reasons else " speak of it") + share
    )
    spoken = f"; spoken of by {figure(card.n_speak)} of them" if reasons else ""
    stayers = f" and {n_of(card.stayers, card.of_stayers)} stayers" if card.of_stayers else ""
    return said + spoken + stayers


def _say_counter(card: FactorCard) -> None:
    from feedback.report.arrange import about_counter_voices

    say(f"  {about_counter_voices(card.n_counter, card.read_for_counter, len(card.counter))}.")
    if card.counter:
        say_quote(card.counter[0].text, card.counter[0].attribution)

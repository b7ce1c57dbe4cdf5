"""`feedback quotes`: picks quotes; `quotes verify` checks those of a finished document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, rows_of, say, say_quote
from feedback.cli.quotes.choose import ban, free, pin
from feedback.cli.quotes.verify import command as verify
from feedback.cli.work import advance
from feedback.errors import FeedbackError, nearest
from feedback.report.bank.words import by_heading, fairness_said, how_many

if TYPE_CHECKING:
    from feedback.project import Project
    from feedback.report.bank import Bank


class _Save(NamedTuple):
    file: Path
    replace: bool


@click.group("quotes", invoke_without_command=True)
@click.option("--theme", help="Only this theme or push factor.")
@click.option("--valence", type=click.Choice(["negative", "positive", "mixed"]), help="How it is spoken of.")
@click.option("--who", multiple=True, help="What the attribution says, such as 'who left'.")
@click.option("-o", "--output", metavar="FILE", help="A quote bank: quotes.html, .docx or .xlsx.")
@click.option("--replace", is_flag=True, help="Write over a file that somebody has changed since.")
@common
@click.pass_context
def command(
    context: click.Context,
    theme: str | None,
    valence: str | None,
    who: tuple[str, ...],
    output: str | None,
    replace: bool,
    folder: str,
    as_json: bool,
) -> None:
    """Picks representative quotes: verbatim, consented, nobody twice while others are unheard.

    `quotes verify FILE` checks every quote in a finished document against the originals; `quotes pin` and
    `quotes ban` hold in every later run.
    """
    if context.invoked_subcommand is None:
        save = _Save(Path(output), replace) if output else None
        _pick((theme, valence or "", who), save, folder, as_json)


for _verb in (verify, pin, ban, free):
    command.add_command(_verb)


def _pick(
    asked: tuple[str | None, str, tuple[str, ...]], save: _Save | None, folder: str, as_json: bool
) -> None:
    from datetime import date

    from feedback.leaving.bank import bank_of, save_bank
    from feedback.project import Project
    from feedback.report.bank import Wanted
    from feedback.report.quoted import labels_of

    project = Project(folder)
    done = advance(project)
    theme, valence, who = asked
    labels = labels_of(project.table("themes"), project.table("factors"))
    wanted = Wanted(_heading(theme, labels) if theme else "", valence, who, around=save is not None)
    bank = bank_of(project, wanted, today=date.today().isoformat())
    if save:
        save_bank(project, bank, save.file, replace=save.replace)
    if as_json:
        kept = {one.quote_id for one in bank.quotes}
        quotes = project.table("quotes")
        give_json({"done": done, "quotes": rows_of(quotes[quotes["quote_id"].isin(kept)])})
    elif save:
        say(f"{how_many(bank)} Written: {save.file}")
    else:
        _say_bank(bank)
    _say_notes(project, bank, narrowed=wanted != Wanted(around=wanted.around))


def _say_bank(bank: Bank) -> None:
    for about, quotes in by_heading(bank):
        say(f"\n{about}")
        for one in quotes:
            left_out = f", {one.left_out} left out" if one.left_out else ""
            say_quote(one.text, f"{one.attribution} [{one.quote_id}{left_out}]")
    if not bank.quotes:
        say(f"No quotes {bank.chosen}.")


def _say_notes(project: Project, bank: Bank, *, narrowed: bool) -> None:
    from feedback.quotes.verdicts import lost_pins

    if bank.quotes:
        note("")
        note(how_many(bank))
        for line in () if narrowed else fairness_said(bank):
            note(line)
    quotes = project.table("quotes")
    if not len(quotes):
        note(why_no_quotes(project))
    lost = lost_pins(project.table("choices"), quotes)
    if lost:
        note(f"{count(lost, 'pinned quote')} cannot be shown any more: no consent, or no longer tagged so.")


def _heading(name: str, labels: dict[str, str]) -> str:
    """The id of the theme or push factor that is called so, by id or by label."""
    by_label = {label.lower(): about for about, label in labels.items()}
    if name in labels or name.lower() in by_label:
        return name if name in labels else by_label[name.lower()]
    known = list(dict.fromkeys([*labels, *labels.values()]))
    raise FeedbackError(f"there is no theme or push factor '{name}'", hint=nearest(name, known))


def why_no_quotes(project: Project) -> str:
    """Why there is nothing to quote, and what to do."""
    cases = project.table("cases")
    silent = int(cases["consent"].isin(["none", "analysis"]).sum())
    return (
        f"Consent to quotes is recorded for {len(cases) - silent} of {len(cases)} people. If they agreed, "
        "say so in a column 'consent' of the participants table (internal or publication), or set "
        "`consent:` in feedback.yaml for those about whom nothing is recorded."
    )

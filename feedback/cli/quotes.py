"""`feedback quotes`: picks quotes; `quotes verify` checks those of a finished document."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from feedback.cli.options import common
from feedback.cli.output import give_json, note, rows_of, say, say_quote
from feedback.cli.quotes_choose import ban, free, pin
from feedback.cli.quotes_verify import command as verify
from feedback.cli.work import advance
from feedback.errors import FeedbackError

if TYPE_CHECKING:
    from feedback.project import Project


@click.group("quotes", invoke_without_command=True)
@click.option("--theme", help="Only this theme or push factor.")
@common
@click.pass_context
def command(context: click.Context, theme: str | None, folder: str, as_json: bool) -> None:
    """Picks representative quotes: verbatim, consented, nobody twice while others are unheard.

    `quotes verify FILE` checks every quote in a finished document against the originals.
    """
    if context.invoked_subcommand is None:
        _pick(theme, folder, as_json)


for _verb in (verify, pin, ban, free):
    command.add_command(_verb)


def _pick(theme: str | None, folder: str, as_json: bool) -> None:
    from feedback.project import Project

    project = Project(folder)
    done = advance(project)
    quotes = project.table("quotes")
    labels = dict(project.table("themes")[["theme_id", "label"]].itertuples(index=False))
    labels.update(dict(project.table("factors")[["factor_id", "label"]].itertuples(index=False)))
    if theme:
        about = _heading(theme, labels)
        quotes = quotes[(quotes["theme_id"] == about) | (quotes["factor_id"] == about)]
    if as_json:
        give_json({"done": done, "quotes": rows_of(quotes)})
        return
    under = None
    for row in quotes.itertuples():
        about = row.factor_id or row.theme_id
        if about != under:
            say(f"\n{labels.get(about, about)}{' (push factor)' if row.factor_id else ''}")
            under = about
        edited = f", {row.edited} left out" if row.edited else ""
        say_quote(row.text, f"{row.attribution} [{row.quote_id}{edited}]")
    if not len(quotes):
        say("No quotes." if not theme else f"No quotes on {labels.get(about, about)}.")
        if not len(project.table("quotes")):
            note(why_no_quotes(project))


def _heading(name: str, labels: dict[str, str]) -> str:
    """The id of the theme or push factor that is called so, by id or by label."""
    by_label = {label.lower(): about for about, label in labels.items()}
    if name in labels or name.lower() in by_label:
        return name if name in labels else by_label[name.lower()]
    near = get_close_matches(name, [*labels, *labels.values()], 1)
    raise FeedbackError(
        f"there is no theme or push factor '{name}'", hint=f"did you mean '{near[0]}'?" if near else None
    )


def why_no_quotes(project: Project) -> str:
    """Why there is nothing to quote, and what to do."""
    cases = project.table("cases")
    silent = int(cases["consent"].isin(["none", "analysis"]).sum())
    return (
        f"Consent to quotes is recorded for {len(cases) - silent} of {len(cases)} people. If they agreed, "
        "say so in a column 'consent' of the participants table (internal or publication), or set "
        "`consent:` in feedback.yaml for those about whom nothing is recorded."
    )

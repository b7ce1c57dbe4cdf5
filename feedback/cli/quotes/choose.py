"""`feedback quotes pin`, `ban` and `free`: what people decided about single quotes."""

from __future__ import annotations

import re
from difflib import get_close_matches
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import click

from feedback.cli.options import common
from feedback.cli.output import count, give_json, note, say
from feedback.errors import FeedbackError
from feedback.quotes.verdicts import BANNED, PINNED

if TYPE_CHECKING:
    import pandas as pd

_PLACE = re.compile(r"(d\d+):(\d+)-(\d+)")
_SAID = {PINNED: "pinned", BANNED: "banned", None: "free again"}


def _verb(name: str, verdict: str | None, text: str) -> click.Command:
    @click.command(name, help=text)
    @click.argument("quote_ids", nargs=-1, required=True, metavar="QUOTE...")
    @common
    def command(quote_ids: tuple[str, ...], folder: str, as_json: bool) -> None:
        _choose(quote_ids, verdict, folder, as_json)

    return command


def _choose(quote_ids: tuple[str, ...], verdict: str | None, folder: str, as_json: bool) -> None:
    from feedback.project import Project
    from feedback.quotes.verdicts import with_choice

    project = Project(folder)
    with project.locked():
        quotes, choices = project.table("quotes"), project.table("choices")
        for quote_id in quote_ids:
            quote = _quote(quote_id, quotes, pin=verdict == PINNED)
            choices = with_choice(choices, quote, verdict)
            if verdict == BANNED:
                place = f"{quote.document_id}:{quote.start}-{quote.end}"
                note(f"{quote_id}: to take it back, feedback quotes free {place}")
        project.save("choices", choices)
        project.note("quotes", verdict=_SAID[verdict], quotes=len(quote_ids))
    if as_json:
        give_json({"pinned": int((choices["verdict"] == PINNED).sum()),
                   "banned": int((choices["verdict"] == BANNED).sum())})  # fmt: skip
        return
    say(f"{count(len(quote_ids), 'quote')} {_SAID[verdict]}.")
    note("Next: feedback quotes" + (f" -p {folder}" if folder != "." else "") + " (quotes are numbered anew)")


def _quote(quote_id: str, quotes: pd.DataFrame, *, pin: bool) -> Any:
    """A row of `quotes`, or for a ban the place that was written (d001:120-260)."""
    chosen = quotes[quotes["quote_id"] == quote_id]
    if len(chosen):
        return chosen.iloc[0]
    place = None if pin else _PLACE.fullmatch(quote_id)
    if place is None:
        raise _unknown(quote_id, list(quotes["quote_id"]))
    return SimpleNamespace(document_id=place[1], start=int(place[2]), end=int(place[3]))


def _unknown(quote_id: str, known: list[str]) -> FeedbackError:
    near = get_close_matches(quote_id, known, 1)
    hint = f"did you mean '{near[0]}'?" if near else "`feedback quotes` shows their numbers"
    return FeedbackError(f"there is no quote '{quote_id}'", hint=hint)


pin = _verb("pin", PINNED, "Has quotes stand first under their heading, in every later run.")
ban = _verb("ban", BANNED, "Has the words of quotes never be picked again.")
free = _verb("free", None, "Takes back what was pinned or banned.")

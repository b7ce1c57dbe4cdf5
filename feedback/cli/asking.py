"""Asking a person about one thing after another."""

from __future__ import annotations

from collections.abc import Callable

import click

from feedback.cli.output import WIDTH, note, plain
from feedback.errors import FeedbackError


def answer_to(prompt: str) -> str | None:
    """What the person typed; None when nobody answers any more: Ctrl-C, or the end of the input."""
    try:
        answer: str = click.prompt(prompt, default="", show_default=False, err=True)
    except click.Abort:
        return None
    return answer.strip()


def go_through(how_many: Callable[[], int], ask: Callable[[int], int | None]) -> None:
    """Asks about number 0, 1, ...; `ask` gives how many places to go on or back, None to stop."""
    at = 0
    while at < how_many():
        step = ask(at)
        if step is None:
            return
        at = max(0, at + step)


def say_error(error: FeedbackError) -> None:
    """What is wrong with an answer, so that it can be given again."""
    note(error.message + (f"; {error.hint}" if error.hint else ""))


def short(text: str) -> str:
    """A text on one line of the screen."""
    words = plain(" ".join(text.split()))
    return words if len(words) <= WIDTH else words[: WIDTH - 1] + "…"

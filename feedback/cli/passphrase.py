"""Asking for a project's passphrase: hidden on the terminal, or from FEEDBACK_PASSPHRASE."""

from __future__ import annotations

import os
import sys

from feedback.errors import FeedbackError

VARIABLE = "FEEDBACK_PASSPHRASE"


def ask(*, new: bool = False) -> str:
    """The passphrase that somebody types (a new one twice), or the variable's."""
    given = os.environ.get(VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise FeedbackError(
            "the passphrase is needed and nobody is there to type it",
            hint=f"run it in a terminal, or set {VARIABLE}",
        )
    import click

    words = "New passphrase" if new else "This project is locked. Passphrase"
    return str(click.prompt(words, hide_input=True, confirmation_prompt=new, err=True))

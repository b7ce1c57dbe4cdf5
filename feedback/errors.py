"""The two errors that a user can meet."""

from __future__ import annotations


class FeedbackError(Exception):
    """Something the user can mend: says what and where, and with `hint` what to do next.

    The command line prints it as `Error:` and `Hint:` and ends with exit code 1.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class CheckFailed(FeedbackError):
    """A check that the user asked for found something; the command line ends with exit code 3."""

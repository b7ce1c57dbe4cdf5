"""The two errors that a user can meet, and a hint for a wrong name."""

from __future__ import annotations

from collections.abc import Sequence


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


def nearest(wanted: str, names: Sequence[str], *, most: int = 20) -> str:
    """A hint: the name that was meant, by its spelling or as a part of it, or those that there are."""
    from difflib import get_close_matches

    low = wanted.casefold()
    near = get_close_matches(low, names, 1) or [name for name in names if low and low in name.casefold()]
    if near:
        return f"did you mean '{near[0]}'?"
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"there are: {', '.join(names[:most]) or 'none'}{more}"

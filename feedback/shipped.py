"""What ships with feedback: the corpus `leavers`, its theme list, and the model."""

from __future__ import annotations

from pathlib import Path

from feedback.errors import FeedbackError


def shipped(*parts: str) -> Path:
    """Where a shipped file or folder lies: inside the installed package, or beside it in a checkout.

    Raises FeedbackError when it is in neither place.
    """
    here = Path(__file__).resolve().parent
    for root in (here, here.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FeedbackError(f"{'/'.join(parts)} is missing from this installation", hint="install feedback again")


def starter_themes() -> str:
    """The starter theme list, as the text of a themes.yaml."""
    return shipped("corpora", "leavers", "themes.yaml").read_text(encoding="utf-8")

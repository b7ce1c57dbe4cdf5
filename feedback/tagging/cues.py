"""Looking for cues in what people said: in any case, and never for longer than half a second."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

TIMEOUT_S = 0.5


def says(pattern: str, text: str) -> bool:
    """Whether the cue stands in the text; one that takes longer than TIMEOUT_S does not."""
    try:
        return expression(pattern).search(text, timeout=TIMEOUT_S) is not None
    except TimeoutError:
        return False


def says_any(patterns: Iterable[str], text: str) -> bool:
    """Whether one of the cues stands in the text."""
    return any(says(pattern, text) for pattern in patterns)


@cache
def expression(pattern: str) -> Any:
    """The pattern compiled, once, by the library `regex`: its methods take a `timeout` in seconds.

    They raise TimeoutError after it.
    """
    import regex

    return regex.compile(pattern, regex.IGNORECASE)

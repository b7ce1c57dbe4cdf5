"""Quotes that may leave the house: verbatim, consented, self-contained, fair to who said them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .pick import pick_quotes

__all__ = ["pick_quotes"]


def __getattr__(name: str) -> Any:
    """Picking is imported when it is first used: what shows quotes does without it."""
    if name != "pick_quotes":
        raise AttributeError(f"module 'feedback.quotes' has no attribute '{name}'")
    from .pick import pick_quotes

    return pick_quotes

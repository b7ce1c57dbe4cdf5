"""Quotes that may leave the house: verbatim, consented, self-contained, fair to who said them."""

from __future__ import annotations

from .pick import pick_quotes

__all__ = ["pick_quotes"]

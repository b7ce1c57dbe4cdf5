"""What may be shown of small groups: lines about people that fit many, and tables with cells hidden."""

from __future__ import annotations

from feedback.disclosure.cells import BOTH, MANY, protected, suppress
from feedback.disclosure.lines import ANYBODY, attributions
from feedback.disclosure.values import Broader

__all__ = ["ANYBODY", "BOTH", "MANY", "Broader", "attributions", "protected", "suppress"]

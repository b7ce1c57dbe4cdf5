"""Cleaning and pseudonymising: a list of edits over texts that never change.

`find_edits` gives the table `edits`, `deidentify` also the key, `rendered` shows a document with its edits.
Each is imported when it is first used: hundreds of patterns are compiled on the way, and most commands look
for nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feedback.edits.clean import ALL_KINDS, clean_edits
    from feedback.edits.leaks import Leak, find_leaks
    from feedback.edits.study.together import Found
    from feedback.edits.whole import deidentify, edits_of, find_edits, rendered

__all__ = [
    "ALL_KINDS",
    "Found",
    "Leak",
    "clean_edits",
    "deidentify",
    "edits_of",
    "find_edits",
    "find_leaks",
    "rendered",
]
_WHERE = {
    "ALL_KINDS": "clean",
    "clean_edits": "clean",
    "Leak": "leaks",
    "find_leaks": "leaks",
    "Found": "study.together",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'feedback.edits' has no attribute '{name}'")
    value = getattr(import_module(f"feedback.edits.{_WHERE.get(name, 'whole')}"), name)
    globals()[name] = value
    return value

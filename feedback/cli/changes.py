"""What tidying would change in documents: for `feedback read --diff`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from feedback.cli.output import count, say

if TYPE_CHECKING:
    from feedback.model import Document

_AROUND = 24


def changes_of(document: Document, kinds: Sequence[str]) -> list[dict[str, object]]:
    """Every change that tidying makes in a document, in order, with what stands around it.

    kinds: of cleaning, as in the settings. Keys: document_id, start, end, kind, before (the words as they
    stand), after, left, right.
    """
    from feedback.edits.clean import clean_edits
    from feedback.spans import merge_edits

    text = document.text
    return [
        {
            "document_id": document.document_id,
            "start": edit.start,
            "end": edit.end,
            "kind": edit.label,
            "before": text[edit.start : edit.end],
            "after": edit.replacement,
            "left": text[max(0, edit.start - _AROUND) : edit.start],
            "right": text[edit.end : edit.end + _AROUND],
        }
        for edit in merge_edits(clean_edits(text, document.turns, kinds=kinds))
    ]


def say_changes(document: Document, kinds: Sequence[str]) -> None:
    """Every change that tidying makes, a line each: what stands there → what is analysed."""
    changes = changes_of(document, kinds)
    numbers = Counter(str(change["kind"]) for change in changes)
    by_kind = ", ".join(f"{kind} {n}" for kind, n in sorted(numbers.items()))
    say(f"  {count(len(changes), 'change')}" + (f": {by_kind}" if changes else ""))
    for change in changes:
        left, before, after, right = (_visible(change[key]) for key in ("left", "before", "after", "right"))
        say(f"    {change['kind']:<10} …{left}⟦{before}→{after}⟧{right}…")


def _visible(words: object) -> str:
    """Line ends and odd blanks as signs, so that every change can be seen."""
    shown = str(words).replace("\n", "⏎").replace("\t", "⇥").replace("\u00a0", "⍽")
    return shown.replace("\u200b", "∅").replace("\ufeff", "∅").replace("\u00ad", "-∅")

"""The last look before something leaves: does a name of the key stand in it?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedback.edits.names import Name, given_names, hunt, index
from feedback.edits.patterns import pattern_edits
from feedback.edits.words import keys

if TYPE_CHECKING:
    import pandas as pd

_NAMES = ("person", "place", "organisation")
_SHOWN = re.compile(r"\[(?:Person|Place|Organisation|Participant) \d+\]")


@dataclass(frozen=True, slots=True)
class Leak:
    """A surface of the key that stands in a text at [start, end), and what should stand there."""

    start: int
    end: int
    label: str
    pseudonym: str
    surface: str


def find_leaks(rendered: str, pseudonyms: pd.DataFrame, names: Iterable[str] = ()) -> list[Leak]:
    """Where a text that would leave still shows a surface of the pseudonym table, or one of `names`.

    Names are hunted in all their forms with word borders, those that are also ordinary words only with a
    capital; numbers and addresses are looked for as they were written and by their form.
    """
    ordered = pseudonyms.sort_values(["label", "surface", "pseudonym"], kind="stable")
    rows = [{str(k): str(v) for k, v in row.items()} for row in ordered.to_dict("records")]
    shown = {keys(row["surface"]): str(row["pseudonym"]) for row in rows if row["label"] in _NAMES}
    found = [
        *_names(rendered, rows, shown, names),
        *_numbers(rendered, rows),
    ]
    hidden = [match.span() for match in _SHOWN.finditer(rendered)]
    free = [leak for leak in found if not any(a <= leak.start and leak.end <= b for a, b in hidden)]
    return sorted(set(free), key=lambda leak: (leak.start, leak.end, leak.label))


def _names(
    rendered: str, rows: list[dict[str, str]], shown: dict[tuple[str, ...], str], names: Iterable[str]
) -> list[Leak]:
    known = [Name(keys(row["surface"]), row["label"], "key") for row in rows if row["label"] in _NAMES]
    hunted = index([*(name for name in known if name.words), *given_names(names)])
    return [
        Leak(m.start, m.end, m.label, shown.get(m.words, ""), rendered[m.start : m.end])
        for m in hunt(rendered, hunted)
    ]


def _numbers(rendered: str, rows: list[dict[str, str]]) -> list[Leak]:
    leaks = []
    for row in rows:
        if row["label"] in _NAMES or not row["surface"].strip():
            continue
        spaced = r"\s+".join(re.escape(part) for part in row["surface"].split())
        for match in re.finditer(rf"(?<!\w){spaced}(?!\w)", rendered, re.IGNORECASE):
            leaks.append(Leak(*match.span(), row["label"], row["pseudonym"], match[0]))
    seen = [(leak.start, leak.end) for leak in leaks]
    for edit in pattern_edits(rendered):
        if edit.label != "date" and not any(a <= edit.start and edit.end <= b for a, b in seen):
            surface = rendered[edit.start : edit.end]
            leaks.append(Leak(edit.start, edit.end, edit.label, edit.replacement, surface))
    return leaks

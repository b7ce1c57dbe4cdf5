"""Whether a finished file still holds what a project masks, and where."""

from __future__ import annotations

from dataclasses import dataclass

from feedback.checks.contents import units_of
from feedback.edits.leaks import Watch


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file shows what must not leave, and what should stand there; never the word itself.

    pseudonym: "" for a name of the project's list that has none. label: person, phone, file name, ...
    """

    where: str
    label: str
    pseudonym: str

    def said(self) -> str:
        """In words: "sheet 2, cell C7: should be [Person 3]"."""
        should = f"should be {self.pseudonym}" if self.pseudonym else f"a {self.label} of your lists"
        return f"{self.where}: {should}"


def scan(data: bytes, suffix: str, watch: Watch) -> list[Place]:
    """The places of a finished file's bytes where something of `watch` stands, each once, in its order.

    suffix: with its dot, as in ".xlsx"; titles, comments, properties, names of sheets and of parts are looked
    at like the text. Errors: FeedbackError for a file that cannot be opened.
    """
    units = list(units_of(data, suffix))
    texts = list(dict.fromkeys((unit.text, unit.forms) for unit in units))
    leaks = watch.find_all([text for text, _ in texts], by_form=[forms for _, forms in texts])
    known = dict(zip(texts, leaks, strict=True))
    found: dict[Place, None] = {}
    for unit in units:
        for leak in known[unit.text, unit.forms]:
            found[Place(unit.place, leak.label, leak.pseudonym)] = None
    return list(found)

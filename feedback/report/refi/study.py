"""What the parts of a .qdpx share: the handover, its GUIDs, the memos about each thing, the text files."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from feedback.codebook.text import guid
from feedback.report.refi.elements import Elements

if TYPE_CHECKING:
    from lxml import etree

    from feedback.coding.composed import Composed
    from feedback.report.handover import Handover

PROJECT = "urn:QDA-XML:project:1.0"


@dataclass
class Study:
    """A handover on its way into a .qdpx. `files` gathers the members of the folder sources."""

    handover: Handover
    make: Elements = field(default_factory=lambda: Elements(PROJECT))
    files: dict[str, str] = field(default_factory=dict)

    @property
    def project(self) -> str:
        """What tells this study's people from those of others with the same ids."""
        return guid("project", self.handover.title)

    @cached_property
    def coders(self) -> list[str]:
        """Everybody who tagged or wrote a memo."""
        memos = self.handover.table("memos")["coder"].dropna()
        return sorted({*self.handover.tags["coder"].dropna(), *memos})

    @cached_property
    def notes(self) -> dict[str, list[str]]:
        """The GUIDs of the memos about each thing, by its id."""
        found: dict[str, list[str]] = {}
        for row in self.handover.table("memos").sort_values("memo_id").itertuples(index=False):
            found.setdefault(row.about or "", []).append(self.note(row.memo_id))
        return found

    def notes_on_the_whole(self) -> list[str]:
        """The GUIDs of memos about no theme, document or segment."""
        placed = {*self.handover.codebook.ids, *(one.document_id for one in self.handover.documents)}
        placed |= {piece.segment_id for one in self.handover.documents for piece in one.pieces}
        return [note for about in sorted(self.notes) if about not in placed for note in self.notes[about]]

    def refer(self, element: etree._Element, about: str, *, at: int | None = None) -> None:
        """NoteRefs to the memos about a thing, at a place among the element's children, or at their end."""
        first = len(element) if at is None else at
        for number, note in enumerate(self.notes.get(about, [])):
            element.insert(first + number, self.make.root("NoteRef", targetGUID=note))

    def note(self, memo_id: str) -> str:
        return guid("note", self.project, memo_id)

    def variable(self, name: str) -> str:
        return guid("variable", self.project, name)

    def source(self, document: Composed) -> str:
        """A document's GUID; a changed text is another one, since positions in it may have moved."""
        return guid("source", self.project, document.document_id, document.text)

"""Memos as notes of a .qdpx, and references to them from the codes they are about."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from feedback.codebook.text import guid
from feedback.coding.composed import allowed
from feedback.report.refi.elements import NO_DATE, one_line
from feedback.report.refi.sources import NAMED
from feedback.report.refi.study import PROJECT

if TYPE_CHECKING:
    from lxml import etree

    from feedback.report.refi.study import Study


def add_memos(study: Study, root: etree._Element) -> None:
    """A note for every memo, its text in a file of its own: some readers cannot take it in the XML."""
    memos = study.handover.table("memos").sort_values("memo_id", kind="stable")
    if memos.empty:
        return
    notes = study.make.under(root, "Notes")
    for row in memos.itertuples(index=False):
        identity, text = study.note(row.memo_id), allowed(row.text or "")
        study.files[f"{identity}.txt"] = text
        by = {"creatingUser": guid("user", row.coder)} if row.coder else {}
        study.make.under(
            notes, "Note", guid=identity, name=one_line(text, most=NAMED) or str(row.memo_id),
            plainTextPath=f"internal://{identity}.txt", **by, creationDateTime=_date(row.written),
        )  # fmt: skip


def refer_from_codes(study: Study, book: etree._Element) -> None:
    """NoteRefs in the codes that memos are about: after the description, before the codes under them."""
    ids = {guid("code", theme_id): theme_id for theme_id in study.handover.codebook.ids}
    for code in list(book.iter(f"{{{PROJECT}}}Code")):
        own = sum(child.tag.endswith("}Description") for child in code)
        study.refer(code, ids.get(code.get("guid", ""), ""), at=own)


def _date(written: object) -> str:
    try:
        return datetime.fromisoformat(str(written)).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return NO_DATE

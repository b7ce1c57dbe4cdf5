"""Documents as sources of a .qdpx: their composed texts, and what each coder found where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedback.codebook.text import guid
from feedback.report.refi.elements import NO_DATE, one_line
from feedback.report.refi.people import is_shared, stretch_guid, stretches_of

if TYPE_CHECKING:
    import pandas as pd
    from lxml import etree

    from feedback.coding.composed import Composed
    from feedback.report.refi.study import Study

NAMED = 60  # characters of the words in a selection's name, so that a reader sees a shift


def add_sources(study: Study, root: etree._Element) -> None:
    """A text source for every document."""
    sources = study.make.under(root, "Sources")
    tags = dict(iter(study.handover.tags.groupby("document_id", sort=False, observed=True)))
    for document in study.handover.documents:
        name = study.source(document)
        study.files[f"{name}.txt"] = document.text
        source = study.make.under(
            sources, "TextSource", guid=name, name=document.document_id,
            plainTextPath=f"internal://{name}.txt", creationDateTime=NO_DATE,
        )  # fmt: skip
        study.make.described(source, document.kind.capitalize())
        if document.document_id in tags:
            _add_codings(study, source, document, tags[document.document_id])
        _add_stretches(study, source, document)
        _add_remarks(study, source, document)
        study.refer(source, document.document_id)


def _add_codings(study: Study, source: etree._Element, document: Composed, tags: pd.DataFrame) -> None:
    """A selection for each stretch that a coder tagged, with a coding for each theme."""
    for (begin, stop, coder), group in tags.groupby(["begin", "stop", "coder"], sort=True, observed=True):
        where = (study.source(document), begin, stop, coder)
        user = guid("user", coder)
        selection = _selection(
            study, source, document, (begin, stop), guid("selection", *where), creatingUser=user
        )
        for theme_id in sorted(set(group["theme_id"])):
            coding = study.make.under(
                selection, "Coding", guid=guid("coding", *where, theme_id), creatingUser=user,
                creationDateTime=NO_DATE,
            )  # fmt: skip
            study.make.under(coding, "CodeRef", targetGUID=guid("code", theme_id))


def _add_stretches(study: Study, source: etree._Element, document: Composed) -> None:
    """Selections that cases point at, where several people are heard in one document."""
    stretches = stretches_of(document)
    for begin, stop, case_id in stretches if is_shared(stretches) else ():
        identity = stretch_guid(study.source(document), begin, stop)
        selection = _selection(study, source, document, (begin, stop), identity)
        # Some programs show a selection without a code as a comment: it should say something.
        study.make.described(selection, f"Words of {case_id}")


def _add_remarks(study: Study, source: etree._Element, document: Composed) -> None:
    """Memos about a segment stand at its words."""
    for piece in document.pieces:
        if piece.segment_id in study.notes:
            identity = guid("remark", study.source(document), piece.segment_id)
            selection = _selection(study, source, document, (piece.begin, piece.stop), identity)
            study.refer(selection, piece.segment_id)


def _selection(
    study: Study, source: etree._Element, document: Composed, span: tuple[int, int], identity: str, **by: str
) -> etree._Element:
    begin, stop = span
    return study.make.under(
        source, "PlainTextSelection", guid=identity, name=one_line(document.text[begin:stop], most=NAMED),
        startPosition=str(begin), endPosition=str(stop), **by, creationDateTime=NO_DATE,
    )  # fmt: skip

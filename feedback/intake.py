"""Taking files into a project: documents, their turns, the people table, and what could not be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedback.cases import link_turns, merge_people, people_from_surveys, unclear_consents, unmatched
from feedback.errors import FeedbackError
from feedback.model import Document, Dropped
from feedback.project import Project
from feedback.tables import conform

if TYPE_CHECKING:
    import pandas as pd


UNREAD = "a file that could not be read"


@dataclass(frozen=True)
class Added:
    """What came in: new documents, files here already, unmatched ids both ways, unclear consents."""

    documents: tuple[Document, ...]
    here_already: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    people: int
    without_documents: tuple[str, ...]
    without_people: tuple[str, ...]
    unclear_consents: tuple[str, ...]


def add(
    project: Project,
    documents: Sequence[Document],
    dropped: Sequence[Dropped] = (),
    *,
    people: pd.DataFrame | None = None,
    today: str = "",
) -> Added:
    """Adds documents and people to a project; nothing is written unless all of it can be.

    A document whose words are here already (same bytes) is left out. people: table of a participants file;
    its rows win over what was known. today: the date for `documents.added`. Raises FeedbackError when there
    are documents and a people table, and not one of the people matches one of the documents.
    """
    with project.locked():
        old = project.table("private/originals")
        fresh, renamed, repeated = _fresh(documents, old)
        known = merge_people(*_people_of(fresh), project.table("private/people"), *_given(people))
        originals = _joined("private/originals", old, [_original(document) for document in fresh])
        turns = _joined(
            "private/turns", project.table("private/turns"), [row for one in fresh for row in _turns(one)]
        )
        links = link_turns(turns, originals, known)
        alone, unknown = unmatched(known, links)
        if people is not None and len(turns) and not (links["matched_by"] != "none").any():
            raise _nobody_matches(known, originals)
        rows = [_row(document, today) for document in fresh]
        lost = [_dropped_row(one, renamed) for one in dropped if one.document_id not in repeated]
        tables = {
            "private/people": known,
            "private/turns": turns,
            "documents": _joined("documents", project.table("documents"), rows),
            "dropped/read": _joined("dropped", project.table("dropped/read"), lost),
            "private/originals": originals,
        }
        for name, table in tables.items():
            project.save(name, table)
        project.note("add", documents=[document.document_id for document in fresh], people=len(known))
    return Added(
        tuple(fresh), tuple(sorted(repeated.values())), tuple(dropped), len(known), tuple(alone),
        tuple(unknown) if len(known) else (), tuple(unclear_consents(known)),
    )  # fmt: skip


def _given(people: pd.DataFrame | None) -> list[pd.DataFrame]:
    return [] if people is None else [people]


def _people_of(documents: Sequence[Document]) -> list[pd.DataFrame]:
    return [people_from_surveys(document.attributes) for document in documents if document.attributes]


def _fresh(
    documents: Sequence[Document], old: pd.DataFrame
) -> tuple[list[Document], dict[str, str], dict[str, str]]:
    """New documents under free ids; which id became which; and the ids of those that are here already."""
    here = dict(zip(old["sha256"], old["document_id"], strict=True))
    number = max((int(str(document_id)[1:]) for document_id in old["document_id"]), default=0)
    fresh: list[Document] = []
    renamed: dict[str, str] = {}
    repeated: dict[str, str] = {}
    for document in documents:
        if document.sha256 in here:
            repeated[document.document_id] = here[document.sha256]
            continue
        number += 1
        renamed[document.document_id] = f"d{number:03d}"
        here[document.sha256] = f"d{number:03d}"
        fresh.append(replace(document, document_id=f"d{number:03d}"))
    return fresh, renamed, repeated


def _joined(name: str, old: pd.DataFrame, rows: list[dict[str, object]]) -> pd.DataFrame:
    import pandas as pd

    new = conform(name, rows)
    if not len(old):
        return new
    return conform(name, pd.concat([old, new], ignore_index=True)) if len(new) else old


def _original(document: Document) -> dict[str, object]:
    return {
        "document_id": document.document_id,
        "file_name": document.file_name,
        "title": document.title,
        "sha256": document.sha256,
        "text": document.text,
    }


def _turns(document: Document) -> list[dict[str, object]]:
    return [
        {
            "document_id": document.document_id,
            "turn": number,
            "start": turn.start,
            "end": turn.end,
            "speaker": turn.speaker,
            "role": turn.role,
            "begin_s": turn.begin_s,
            "end_s": turn.end_s,
            "question": turn.question,
            "respondent": turn.respondent,
        }
        for number, turn in enumerate(document.turns)
    ]


def _row(document: Document, today: str) -> dict[str, object]:
    return {
        "document_id": document.document_id,
        "kind": document.kind,
        "format": document.format,
        "n_chars": len(document.text),
        "n_turns": len(document.turns),
        "added": today,
    }


def _dropped_row(dropped: Dropped, renamed: dict[str, str]) -> dict[str, object]:
    return {
        "stage": dropped.stage,
        "document_id": renamed.get(dropped.document_id or "", dropped.document_id),
        "start": dropped.start,
        "end": dropped.end,
        # What cannot be read has no id yet, and its reason names the file: names stay out of the tables.
        "reason": dropped.reason if dropped.document_id else UNREAD,
    }


def _nobody_matches(people: pd.DataFrame, originals: pd.DataFrame) -> FeedbackError:
    ids = ", ".join(list(people["case_id"])[:3])
    return FeedbackError(
        f"none of the {len(people)} people in the participants table ({ids}, ...) "
        f"matches any of the {len(originals)} documents",
        hint="give the table a column 'file' with the file names, or put the ids into the file names",
    )

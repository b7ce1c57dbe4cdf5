"""Taking files into a project: documents, their turns, the people table, and what could not be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedback.arrows import give_back
from feedback.cases import (
    attributes_of,
    count_people,
    merge_people,
    people_from_survey,
    unclear_answers,
    unclear_consents,
)
from feedback.errors import FeedbackError
from feedback.links import LINKING, SURVEY, filled, link_turns, unknown_voices, unmatched
from feedback.model import Document, Dropped
from feedback.project import Project
from feedback.tables import to_arrow, to_pandas
from feedback.taken import dropped_rows, files_of_documents, joined, only, read_rows, without
from feedback.withdrawals import Withdrawal, kept_out, withdrawals

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

PRIVATE = "(private)"
# What taking in writes, in this order, originals last; and the column that says which document a row is of.
_TAKEN = {
    "private/people": SURVEY[0],
    "private/fixed_links": "document_id",
    "private/turns": "document_id",
    "documents": "document_id",
    "dropped/read": "document_id",
    "private/originals": "document_id",
}


@dataclass(frozen=True)
class Added:
    """What came in: new documents, files here already, ids unmatched, unclear cells, private columns.

    `unknown` says for documents that match nobody in the table which respondents or speakers these are.
    `names` are the file names of all the project's documents by id, for the user's own screen only.
    `withdrawn` are people who withdrew and whose words or rows came again; they were left out.
    """

    documents: tuple[Document, ...]
    here_already: tuple[str, ...]
    dropped: tuple[Dropped, ...]
    people: int
    without_documents: tuple[str, ...]
    without_people: tuple[str, ...]
    unclear_consents: tuple[str, ...]
    unclear_leavers: tuple[str, ...]
    kept_private: tuple[str, ...]
    names: dict[str, str]
    unknown: dict[str, tuple[str, ...]]
    withdrawn: tuple[str, ...] = ()


def add(
    project: Project,
    documents: Sequence[Document],
    dropped: Sequence[Dropped] = (),
    *,
    people: pd.DataFrame | None = None,
    leaver: str = "leaver",
    replacing: bool = False,
    today: str = "",
) -> Added:
    """Adds documents and people to a project; nothing is written unless all of it can be.

    A document whose words are here already (same bytes) is left out. people: table of a participants file;
    its rows win over what was known. leaver: the column that says who left. replacing: a file of the same
    name as one that is here takes its place. today: the date for `documents.added`. Raises FeedbackError
    when a file has the name of one that is here but other words and is not replacing it, and when there are
    documents and a people table, and not one of the people matches one of the documents.
    """
    with project.locked():
        replaced = _same_names(documents, files_of_documents(project.arrow("private/originals")))
        if replaced and not replacing:
            raise _named_alike(replaced)
        here = {
            name: without(_finished(project, name, column), column, replaced.values())
            for name, column in _TAKEN.items()
        }
        come = _come(project, here, documents, dropped, people, today=today)
        if people is not None and come.nobody_matches:
            raise _nobody_matches(people, come.originals)
        here.clear()
        for name in _TAKEN:
            # Of a million answers each table is as large as the others together: one by one they go.
            project.save(name, come.tables.pop(name))
            give_back()
        project.note("add", documents=[one.document_id for one in come.fresh], people=len(come.known))
    added = _told(come, dropped, leaver=leaver, wanted=project.settings.read.attributes)
    # Who is missing among people can only be said where somebody said who there are.
    return added if people is not None else replace(added, without_people=(), unknown={})


@dataclass(frozen=True)
class _Come:
    """What the tables become; new documents; those here already, by new id; who withdrew and came again.

    `known` are all people, `originals` all documents, `turns` say whose turns are, `links` whose they are.
    """

    tables: dict[str, pa.Table]
    fresh: list[Document]
    repeated: dict[str, str]
    again: tuple[Withdrawal, ...]
    known: pd.DataFrame
    originals: pd.DataFrame
    turns: pd.DataFrame
    links: pd.DataFrame

    @property
    def nobody_matches(self) -> bool:
        """Whether there are turns, and not one of them is anybody's."""
        return bool(len(self.links)) and not (self.links["matched_by"] != "none").any()


def _come(
    project: Project,
    here: dict[str, pa.Table],
    documents: Sequence[Document],
    dropped: Sequence[Dropped],
    people: pd.DataFrame | None,
    *,
    today: str,
) -> _Come:
    """What comes of adding to the tables that are here."""
    before = [name for one in withdrawals(project) for name in (*one.whole, *one.shared)]
    fresh, renamed, repeated = _fresh(documents, files_of_documents(here["private/originals"]), before)
    left = dropped_rows((one for one in dropped if one.document_id not in repeated), renamed)
    read = {**read_rows(fresh, today), "dropped/read": left}
    tables = {**here, **{name: joined(name, here[name], new) for name, new in read.items()}}
    del read
    give_back()
    known = merge_people(*_people_of(fresh), to_pandas(here["private/people"]), *_given(people))
    tables, again = _kept_out(project, {**tables, "private/people": to_arrow("private/people", known)})
    known = to_pandas(tables["private/people"]) if withdrawals(project) else known
    originals = files_of_documents(tables["private/originals"])
    fresh = [one for one in fresh if one.document_id in set(originals["document_id"])]
    return _Come(tables, fresh, repeated, again, known, originals, *_links(tables, known, originals))


def _told(come: _Come, dropped: Sequence[Dropped], *, leaver: str, wanted: Sequence[str]) -> Added:
    """What is said of it."""
    known, originals = come.known, come.originals
    alone, unknown = unmatched(known, come.links)
    kept = {"case_id", "consent", *SURVEY, *attributes_of(known, wanted=wanted)}
    return Added(
        documents=tuple(come.fresh),
        here_already=tuple(sorted(come.repeated.values())),
        dropped=tuple(dropped),
        people=count_people(known, come.links),
        without_documents=tuple(alone),
        without_people=tuple(unknown),
        unclear_consents=tuple(unclear_consents(known)),
        unclear_leavers=tuple(unclear_answers(known, leaver)),
        kept_private=tuple(column for column in map(str, known) if column not in kept),
        names=dict(zip(originals["document_id"], originals["file_name"], strict=True)),
        unknown=unknown_voices(come.links, come.turns),
        withdrawn=tuple(sorted({one.case_id for one in come.again})),
    )


def remove(project: Project, wanted: Sequence[str]) -> tuple[str, ...]:
    """Takes documents out, by id or file name, with the people of a survey; gives their ids.

    What people coded in them stays, as no file of a person is ever rewritten; without its document it counts
    nowhere. Raises FeedbackError for a document that is not here, and removes nothing then.
    """
    with project.locked():
        originals = files_of_documents(project.arrow("private/originals"))
        ids = set(originals["document_id"])
        by_name = dict(zip(originals["file_name"], originals["document_id"], strict=True))
        unknown = [one for one in wanted if one not in ids and one not in by_name]
        if unknown:
            raise FeedbackError(
                f"there is no document '{unknown[0]}' in the project",
                hint="ids run from d001; `feedback check` and `feedback status` name them",
            )
        gone = {one: one if one in ids else by_name[one] for one in wanted}
        for name, column in _TAKEN.items():
            project.save(name, without(project.arrow(name), column, gone.values()))
        found = tuple(sorted(set(gone.values())))
        project.note("remove", documents=list(found))
    return found


def _finished(project: Project, name: str, column: str) -> pa.Table:
    """A table without rows of documents that have no original: those of an `add` that was broken off."""
    whole = project.arrow("private/originals").column("document_id").to_pylist()
    return only(project.arrow(name), column, whole)


def _kept_out(
    project: Project, tables: dict[str, pa.Table]
) -> tuple[dict[str, pa.Table], tuple[Withdrawal, ...]]:
    """The tables without those who withdrew, and which of them had come again."""
    if not withdrawals(project):
        return tables, ()
    left, again = kept_out(project, {name: to_pandas(table) for name, table in tables.items()})
    return {name: to_arrow(name, table) for name, table in left.items()}, again


def _links(
    tables: dict[str, pa.Table], known: pd.DataFrame, originals: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What says whose turns are, and whose they are; no rows where only surveys' respondents are known."""
    turns = tables["private/turns"].select(LINKING)
    if SURVEY[0] in known and bool(known[SURVEY[0]].map(filled).all()):
        turns = turns.slice(0, 0)
    rows, fixed = to_pandas(turns), to_pandas(tables["private/fixed_links"])
    return rows, link_turns(rows, originals, known, fixed=fixed)


def _same_names(documents: Sequence[Document], old: pd.DataFrame) -> dict[str, str]:
    """Files that are here under the same name with other words: name to document id."""
    here = dict(zip(old["file_name"], old["document_id"], strict=True))
    bytes_ = set(old["sha256"])
    return {
        one.file_name: here[one.file_name]
        for one in documents
        if one.file_name in here and one.sha256 not in bytes_
    }


def _named_alike(replaced: dict[str, str]) -> FeedbackError:
    shown = ", ".join(f"{name} ({document_id})" for name, document_id in sorted(replaced.items())[:3])
    return FeedbackError(
        f"{len(replaced)} of the files are here already with other words: {shown}",
        hint="add --replace to put the new ones in their place, or rename them if they are something else",
    )


def _given(people: pd.DataFrame | None) -> list[pd.DataFrame]:
    return [] if people is None else [people]


def _people_of(documents: Sequence[Document]) -> list[pd.DataFrame]:
    return [
        people_from_survey(document.document_id, _with_private(document))
        for document in documents
        if document.attributes
    ]


def _with_private(document: Document) -> dict[str, dict[str, str]]:
    """What is known of a survey's respondents; columns that are never compared say so in their names."""
    if not document.private:
        return document.attributes
    return {
        respondent: {
            **cells,
            **{f"{name} {PRIVATE}": cell for name, cell in document.private.get(respondent, {}).items()},
        }
        for respondent, cells in document.attributes.items()
    }


def _fresh(
    documents: Sequence[Document], old: pd.DataFrame, before: Sequence[str]
) -> tuple[list[Document], dict[str, str], dict[str, str]]:
    """New documents under free ids; which id became which; and the ids of those that are here already.

    before: ids that those who withdrew had, and that nobody gets again.
    """
    here = dict(zip(old["sha256"], old["document_id"], strict=True))
    number = max((int(str(one)[1:]) for one in (*old["document_id"], *before)), default=0)
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


def _nobody_matches(people: pd.DataFrame, originals: pd.DataFrame) -> FeedbackError:
    ids = ", ".join(list(people["case_id"])[:3]) + (", ..." if len(people) > 3 else "")
    return FeedbackError(
        f"none of the {len(people)} people in the participants table ({ids}) "
        f"matches any of the {len(originals)} documents",
        hint="give the table a column 'file' with the file names, or put the ids into the file names",
    )

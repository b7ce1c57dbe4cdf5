"""`feedback add FILE...`: reads files into the project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from feedback.cli.options import common, reading
from feedback.cli.output import count, give_json, note, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from feedback.intake import Added
    from feedback.model import Document, DocumentKind, Dropped
    from feedback.project import Project
    from feedback.readers import Doing
    from feedback.scale import Work

_MOST_SURVEYS = 5


@click.command("add")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option("--cases", metavar="FILE", help="The participants table (csv, xlsx): ids, consent, attributes.")
@click.option("--replace", is_flag=True, help="New files take the place of those of the same name.")
@click.option("--jobs", default=1, type=click.IntRange(1), metavar="N", help="Read files in N processes.")
@reading
@common
def command(
    files: tuple[str, ...],
    cases: str | None,
    replace: bool,
    jobs: int,
    text_columns: tuple[str, ...],
    case_column: str | None,
    interviewers: tuple[str, ...],
    kind: DocumentKind | None,
    folder: str,
    as_json: bool,
) -> None:
    """Reads files into the project (also folders, and the participants table with --cases)."""
    from datetime import date

    from feedback.errors import FeedbackError
    from feedback.intake import add
    from feedback.project import Project
    from feedback.readers.tables.participants import read_participants

    if not files and not cases:
        raise FeedbackError("nothing to add", hint="name files or a folder, or a table with --cases")
    project = Project(folder)
    people = read_participants(cases) if cases else None
    told = {"kind": kind, "interviewers": interviewers, "usual": project.settings.read}
    columns = {"text_columns": text_columns, "case_column": case_column}
    documents, dropped = _read(files, jobs, {**told, **columns})
    added = add(
        project,
        documents,
        dropped,
        people=people,
        leaver=project.settings.factors.leaver,
        replacing=replace,
        today=date.today().isoformat(),
    )
    saved = _remembered(project, documents, text_columns, case_column)
    if as_json:
        give_json(_as_rows(added))
        return
    _say(added, people, cases, saved)
    note("Next: feedback run" + (f" -p {folder}" if folder != "." else ""))


def _read(
    files: tuple[str, ...], jobs: int, told: dict[str, Any]
) -> tuple[Sequence[Document], Sequence[Dropped]]:
    """What is in the files, and what could not be used; `told` are options of `read`."""
    from feedback.readers import read

    if not files:
        return [], []
    return read(list(files) if len(files) > 1 else files[0], **told, doing=reading_in(jobs))


def reading_in(jobs: int) -> Doing:
    """Reading file by file in so many processes."""
    from feedback.errors import FeedbackError
    from feedback.scale import Lost, in_order, workers

    def each(work: Work, shared: Any, items: Iterable[Any]) -> Iterator[Any]:
        files = list(items)
        found = workers(min(jobs, len(files))).as_done(work, shared, files)
        for file, one in zip(files, in_order(found), strict=True):
            if isinstance(one, Lost):
                raise FeedbackError(
                    f"'{file.path.name}' ended the process that read it, again and again",
                    hint="take it out and add the others; if it opens elsewhere, save it there anew",
                )
            yield one

    return each


def _say(added: Added, people: pd.DataFrame | None, cases: str | None, saved: Sequence[str]) -> None:
    say(
        f"Added {count(len(added.documents), 'document')} with "
        f"{count(sum(len(one.turns) for one in added.documents), 'turn')}"
        + (f"; {added.people} people are known." if added.people else ".")
    )
    for name in saved:
        note(f"Saved in feedback.yaml how {name} is read; files with the same columns are read alike.")
    told = {} if people is None else people.attrs
    for remark in told.get("notes", []):
        note(f"{cases}: {remark}.")
    _notes(added, told.get("renamed", {}))


def _remembered(
    project: Project, documents: Sequence[Document], text_columns: tuple[str, ...], case_column: str | None
) -> list[str]:
    """Has the project remember which columns of these tables were named; gives the files' names."""
    from feedback.settings import FileRead
    from feedback.settings.edit import lines_for

    saved = []
    for document in documents:
        if not document.header or not (text_columns or case_column):
            continue
        entry = FileRead(text=text_columns, case=case_column or "", header=document.header)
        if project.remember_reading(document.file_name, entry):
            saved.append(document.file_name)
        else:
            lines = lines_for(document.file_name, entry)
            note(f"To have it read so again, write into feedback.yaml:\n{lines}")
    return saved


def _as_rows(added: Added) -> dict[str, object]:
    return {
        "documents": [
            {
                "document_id": one.document_id,
                "kind": one.kind,
                "format": one.format,
                "n_chars": len(one.text),
                "n_turns": len(one.turns),
                "roles": one.role_reason,
            }
            for one in added.documents
        ],
        "here_already": list(added.here_already),
        "people": added.people,
        "withdrawn": list(added.withdrawn),
        "without_documents": list(added.without_documents),
        "without_people": list(added.without_people),
        "kept_private": list(added.kept_private),
        "dropped": [{"reason": one.reason, "document_id": one.document_id} for one in added.dropped],
    }


def _notes(added: Added, renamed: dict[str, str]) -> None:
    for written, meant in renamed.items():
        note(f"The column '{written}' is taken as '{meant}'.")
    if added.withdrawn:
        note(f"Left out, since they withdrew: words and rows of {_few(added.withdrawn)}.")
    if added.here_already:
        note(f"Left out, since they are here already: {_named(added.here_already, added)}.")
    for one in added.dropped:
        if one.document_id is None:
            note(f"Not read: {one.reason}")
    for document in [one for one in added.documents if one.kind == "survey"][:_MOST_SURVEYS]:
        note(f"{document.file_name}: {document.role_reason}")
    _notes_on_people(added)


def _notes_on_people(added: Added) -> None:
    if added.without_documents and added.names:
        shown = _few(added.without_documents)
        note(f"People nobody's words were found for, by file, file name or speaker: {shown}.")
    if added.without_people:
        note(f"Documents that match nobody in the table: {_named(added.without_people, added)}.")
    if added.unclear_consents:
        note(
            f"Consent is taken as 'analysis' (no quotes) where the table says "
            f"{_few(added.unclear_consents)}; write none, analysis, internal or publication."
        )
    if added.unclear_leavers:
        note(f"Not counted as having left or stayed: {_few(added.unclear_leavers)}; write yes or no.")
    if added.kept_private:
        note(
            f"Kept private, not used to compare people: {', '.join(added.kept_private)}; "
            "to compare by one, name it in feedback.yaml under read: attributes:."
        )


def _named(ids: tuple[str, ...], added: Added) -> str:
    return _few(tuple(f"{one} ({_which(one, added)})" for one in ids))


def _which(document_id: str, added: Added) -> str:
    """A document's file name, and who in it is meant where it is not everybody."""
    voices = added.unknown.get(document_id, ())
    name = added.names.get(document_id, "")
    return f"{name}: {_few(voices)}" if voices else name


def _few(ids: tuple[str, ...]) -> str:
    shown = ", ".join(ids[:8])
    return shown + (f" and {len(ids) - 8} more" if len(ids) > 8 else "")

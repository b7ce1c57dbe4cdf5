"""`feedback read FILE...`: how files would be read; changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from feedback.cli.options import in_project, json_only, reading
from feedback.cli.output import count, give_json, note, say

if TYPE_CHECKING:
    from feedback.model import Document, DocumentKind, Dropped
    from feedback.settings import Settings

WIDE = 110


@click.command("read")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-n",
    "most",
    default=6,
    show_default=True,
    type=click.IntRange(min=0),
    help="How many turns of each file to show.",
)
@click.option("--diff", is_flag=True, help="Show every change that tidying makes, instead of turns.")
@reading
@in_project
@json_only
def command(
    files: tuple[str, ...],
    most: int,
    diff: bool,
    text_columns: tuple[str, ...],
    case_column: str | None,
    interviewers: tuple[str, ...],
    kind: DocumentKind | None,
    folder: str | None,
    as_json: bool,
) -> None:
    """Shows how files would be read: turns, speakers, roles, what is dropped. Changes nothing."""
    from feedback.cli.changes import changes_of, say_changes
    from feedback.edits.clean import ALL_KINDS
    from feedback.readers import read

    settings = _settings(folder)
    documents, dropped = read(
        list(files) if len(files) > 1 else files[0],
        kind=kind,
        interviewers=interviewers,
        text_columns=text_columns,
        case_column=case_column,
        usual=settings.read if settings else None,
    )
    kinds = settings.deidentify.clean if settings else ALL_KINDS
    if as_json:
        found = {
            "documents": [_document(document) for document in documents],
            "dropped": [_dropped(one, documents) for one in dropped],
        }
        edits = [change for document in documents for change in changes_of(document, kinds)] if diff else []
        give_json({**found, "edits": edits} if diff else found)
        return
    for document in documents:
        own = [one for one in dropped if one.document_id == document.document_id]
        _show(document, own, 0 if diff else most)
        if diff:
            say_changes(document, kinds)
    for one in dropped:
        if one.document_id is None:
            note(f"Not read: {one.reason}")


def _settings(folder: str | None) -> Settings | None:
    """Those of the project that was named or in which the user stands."""
    from pathlib import Path

    from feedback.project import SETTINGS, Project

    if folder is None and not Path(SETTINGS).is_file():
        return None
    return Project(folder or ".").settings


def _document(document: Document) -> dict[str, Any]:
    rows: dict[str, dict[str, str]] = {respondent: {} for respondent in document.attributes}
    if document.kind == "survey":
        for turn in document.turns:
            answers, words = rows.setdefault(turn.respondent or "", {}), document.words(turn)
            before = answers.get(turn.question or "")
            answers[turn.question or ""] = f"{before}\n\n{words}" if before else words
    return {
        "document_id": document.document_id,
        "format": document.format,
        "kind": document.kind,
        "turns": [
            {
                "speaker": turn.speaker,
                "role": turn.role,
                "start_s": turn.begin_s,
                "end_s": turn.end_s,
                "text": document.words(turn),
            }
            for turn in document.turns
        ],
        "rows": [
            {"id": respondent, "answers": answers, "attributes": document.attributes.get(respondent, {})}
            for respondent, answers in rows.items()
        ],
    }


def _dropped(one: Dropped, documents: list[Document]) -> dict[str, Any]:
    texts = {document.document_id: document.text for document in documents}
    text = texts.get(one.document_id or "")
    words = text[one.start : one.end] if text is not None and one.start is not None else None
    return {
        "stage": one.stage,
        "document_id": one.document_id,
        "start": one.start,
        "end": one.end,
        "reason": one.reason,
        "text": words,
    }


def _show(document: Document, dropped: list[Dropped], most: int) -> None:
    of = f" of {count(len(document.attributes), 'respondent')}" if document.attributes else ""
    say(f"{document.file_name}: {document.kind}, {count(len(document.turns), 'turn')}{of}")
    if document.role_reason:
        say(f"  {'columns' if document.kind == 'survey' else 'roles'}: {document.role_reason}")
    for (speaker, role), n in _speakers(document).items():
        say(f"  {speaker} ({role}): {count(n, 'turn')}")
    for turn in document.turns[:most]:
        words = " ".join(document.words(turn).split())
        shown = words if len(words) <= WIDE else words[: WIDE - 1] + "…"
        say(f"    {_clock(turn.begin_s)}{turn.speaker or turn.respondent or '-'}: {shown}")
    reasons: dict[str, int] = {}
    for one in dropped:
        reasons[one.reason] = reasons.get(one.reason, 0) + (one.end or 0) - (one.start or 0)
    for reason, characters in reasons.items():
        size = f": {count(characters, 'character')}" if characters else ""
        say(f"  dropped, {reason}{size}")


def _speakers(document: Document) -> dict[tuple[str, str], int]:
    if document.kind == "survey":
        return {}
    found: dict[tuple[str, str], int] = {}
    for turn in document.turns:
        key = (turn.speaker or "no label", turn.role)
        found[key] = found.get(key, 0) + 1
    return found


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    return f"[{minutes // 60:d}:{minutes % 60:02d}:{rest:02d}] "

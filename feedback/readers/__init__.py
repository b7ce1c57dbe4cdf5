"""Files -> documents: who said what, and what was left out with the reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any, get_args

from feedback.errors import FeedbackError
from feedback.model import Document, DocumentKind, Dropped, Turn
from feedback.readers.files import Found, bytes_of, check_size, files_in
from feedback.readers.formats import format_of
from feedback.readers.material import why_no_material
from feedback.readers.shapes import Options, Reading, left_out
from feedback.readers.tables.delimited import is_tabbed, read_comments, read_delimited
from feedback.readers.tables.name_list import names_in, read_names
from feedback.readers.talk.roles import check_named, give_roles
from feedback.registry import part
from feedback.settings import Read, for_file

__all__ = ["names_in", "read", "read_bytes", "read_names"]
# What these hold is one comment a line where the user says that it is a survey.
_LINES = ("txt", "md")
# Does work(shared, item) for every item, in their order.
Doing = Callable[[Callable[[Any, Any], Any], Any, Iterable[Any]], Iterable[Any]]


def read(
    paths: str | Path | Iterable[str | Path],
    *,
    kind: DocumentKind | None = None,
    interviewers: Sequence[str] = (),
    text_columns: Sequence[str] = (),
    case_column: str | None = None,
    usual: Read | None = None,
    first_id: int = 1,
    doing: Doing | None = None,
) -> tuple[list[Document], list[Dropped]]:
    """Reads files and folders into documents d001, d002, ... in the order of their file names.

    Folders are searched to the bottom, without hidden files; what lies in them and is no material (README,
    participants table, codings) is left out. Returns the documents and all that was left out. A file that
    cannot be read is reported there too, by its name, while others can be read.
    `interviewers` must be heard somewhere in what is read. `usual` is the part `read:` of a project's
    settings: it holds where nothing else is said, `usual.files` for single files; its interviewers need not
    be heard. `doing` does pure work over the files; in this process, one after the other, if nobody is named.

    Errors: FeedbackError when nothing could be read, and for an interviewer whom no file names.
    """
    asked = Options(tuple(interviewers), tuple(text_columns), case_column, kind=kind)
    files, dropped = files_in([paths] if isinstance(paths, str | Path) else list(paths))
    documents: list[Document] = []
    problems: list[FeedbackError] = []
    for one in (doing or _here)(_one_file, (asked, usual or Read()), files):
        document_id = f"d{first_id + len(documents):03d}"
        dropped += [replace(drop, document_id=one.document and document_id) for drop in one.dropped]
        problems += [one.problem] if one.problem else []
        documents += [replace(one.document, document_id=document_id)] if one.document else []
    if not documents:
        raise _nothing(problems, dropped, paths)
    check_named(interviewers, documents)
    return documents, dropped


@dataclass(frozen=True, slots=True)
class _One:
    """What came of one file: a document, or a problem, or neither where it is no material."""

    document: Document | None
    dropped: tuple[Dropped, ...]
    problem: FeedbackError | None = None


def _one_file(told: tuple[Options, Read], file: Found) -> _One:
    name = file.path.name
    try:
        data = bytes_of(file.path)
        options = _options_for(name, *told)
        if not file.named and (why := why_no_material(data, name, options)):
            return _One(None, (left_out(why),))
        document, dropped = _document(data, name, "", options)
        return _One(document, tuple(dropped))
    except FeedbackError as error:
        return _One(None, (left_out(_one_line(error, name)),), error)


def _here(work: Callable[[Any, Any], Any], shared: Any, items: Iterable[Any]) -> Iterable[Any]:
    return (work(shared, item) for item in items)


def read_bytes(
    data: bytes,
    file_name: str,
    *,
    document_id: str,
    kind: DocumentKind | None = None,
    interviewers: Sequence[str] = (),
    text_columns: Sequence[str] = (),
    case_column: str | None = None,
) -> tuple[Document, list[Dropped]]:
    """One file's bytes as a document, and what was left out of it.

    The suffix of `file_name` says the format. `kind` overrules the guess (interview, testimony, survey).

    Errors: FeedbackError with the file's name, the problem and the remedy; nothing else is ever raised.
    """
    options = Options(tuple(interviewers), tuple(text_columns), case_column, kind=kind)
    document, dropped = _document(data, PurePath(file_name).name, document_id, options)
    check_named(interviewers, [document])
    return document, dropped


def _options_for(file_name: str, asked: Options, usual: Read) -> Options:
    """What the user says now comes first, then what `read.files` has for this file, then what is usual."""
    own = for_file(usual.files, file_name)
    kind = asked.kind or next((known for known in get_args(DocumentKind) if known == own.kind), None)
    return Options(
        interviewers=(*asked.interviewers, *own.interviewers, *usual.interviewers),
        text_columns=asked.text_columns or own.text or usual.text_columns,
        case_column=asked.case_column or own.case or usual.case_column or None,
        participants=own.participants,
        kind=kind,
        told="you named it" if asked.text_columns or asked.case_column else "as feedback.yaml says",
        same_header={entry.header: entry for entry in usual.files.values() if entry.header},
    )


def _document(
    data: bytes, file_name: str, document_id: str, options: Options
) -> tuple[Document, list[Dropped]]:
    check_size(data, file_name)
    suffix, note = format_of(data, file_name)
    reading = _reader_of(suffix, data, file_name, options)(data, file_name, options)
    turns, reason = reading.turns, ""
    if not reading.survey:
        turns, reason = give_roles(
            reading.text, reading.turns, options.interviewers, participants=options.participants
        )
    document = Document(
        document_id=document_id,
        kind=options.kind or _kind(reading, turns),
        format=suffix,
        text=reading.text,
        turns=tuple(turns),
        file_name=file_name,
        title=reading.title,
        sha256=hashlib.sha256(data).hexdigest(),
        role_reason="; ".join(part for part in (reason, reading.reason, note) if part),
        attributes=reading.attributes,
        private=reading.private,
        header=reading.header,
    )
    dropped = sorted(reading.dropped, key=lambda drop: (drop.start is None, drop.start or 0, drop.reason))
    return document, [replace(drop, document_id=document_id) for drop in dropped]


def _kind(reading: Reading, turns: Sequence[Turn]) -> DocumentKind:
    if reading.survey:
        return "survey"
    speakers = {turn.speaker for turn in turns if turn.speaker}
    asked = any(turn.role == "interviewer" for turn in turns)
    return "interview" if asked or len(speakers) > 1 else "testimony"


def _reader_of(
    suffix: str, data: bytes, file_name: str, options: Options
) -> Callable[[bytes, str, Options], Reading]:
    """The format's reader; a plain text may also be a table with tabs, or hold one comment a line."""
    if suffix in _LINES and is_tabbed(data, file_name):
        return read_delimited
    if suffix in _LINES and options.kind == "survey":
        return read_comments
    return _reader(suffix)


def _reader(suffix: str) -> Callable[[bytes, str, Options], Reading]:
    reader: Callable[[bytes, str, Options], Reading] = part("readers", f".{suffix}")
    return reader


def _one_line(error: FeedbackError, file_name: str) -> str:
    return error.message if file_name in error.message else f"{file_name}: {error.message}"


def _nothing(problems: Sequence[FeedbackError], dropped: Sequence[Dropped], paths: object) -> FeedbackError:
    if len(problems) == 1:
        return problems[0]
    if not problems and dropped:
        lines = "\n".join(f"  {drop.reason}" for drop in dropped)
        return FeedbackError(
            f"nothing to read among these files:\n{lines}", hint="name interviews or surveys"
        )
    if not problems:
        where = str(paths) if isinstance(paths, str | Path) else "what was named"
        return FeedbackError(f"no files in {where}", hint="name files, or a folder that holds some")
    lines = "\n".join(f"  {drop.reason}" for drop in dropped)
    return FeedbackError(f"none of {len(problems)} files could be read:\n{lines}", hint=problems[0].hint)

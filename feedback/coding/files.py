"""Files that people coded in other programs, as coders' tags: .qdpx, .csv, .tsv, .xlsx."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from feedback.codebook import Codebook
from feedback.coding import MACHINES, Coding, find_tags
from feedback.coding.places import Material
from feedback.coding.projects import Imported, plain_name, tags_from_project
from feedback.errors import FeedbackError
from feedback.tables import empty

if TYPE_CHECKING:
    import pandas as pd


def tags_from(
    file: str | Path,
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    edits: pd.DataFrame | None = None,
    originals: pd.DataFrame | None = None,
    documents: pd.DataFrame | None = None,
    coder: str = "",
    whole: bool = True,
) -> Imported:
    """What people coded in a file, as tags on `segments`: `.tags` (by coder), `.problems` and `.notes`.

    file: a REFI-QDA project (.qdpx) or a table (.csv, .tsv, .xlsx) with the columns source (or case,
    segment_id), words, theme and coder. edits: table `edits`, needed where the text was edited. originals:
    table `private/originals`, for what was coded on the texts as they were read, and for names of files.
    coder: who coded, where the file does not say. whole: somebody who coded in a text of a .qdpx has read
    all of it. `.problems` is what fits nowhere, a line each; take the tags in when it is empty, or knowingly.
    Errors: FeedbackError for a file that is none of these, and for one without people's codings.
    """
    path = Path(file)
    material = Material(
        segments, empty("private/originals") if originals is None else originals, edits, documents
    )
    read = _from_project if path.suffix.lower() == ".qdpx" else _from_table
    found = read(path, material, codebook, coder, whole)
    if not found.tags and not found.problems:
        raise FeedbackError(
            f"{path.name} has no codings that people made", hint="was it exported with its codings?"
        )
    return found


def _from_project(path: Path, material: Material, codebook: Codebook, coder: str, whole: bool) -> Imported:
    from feedback.readers.files import bytes_of
    from feedback.readers.refi.project import read_qdpx

    project = read_qdpx(bytes_of(path), path.name)
    return tags_from_project(project, material, codebook, coder=coder, whole=whole)


def _from_table(path: Path, material: Material, codebook: Codebook, coder: str, whole: bool) -> Imported:
    from feedback.readers.tables.codings import read_codings

    rows = read_codings(path, coder=coder or None)
    codings = [
        Coding(
            row.line, plain_name(row.coder), row.source, row.words,
            tuple(one.strip() for one in row.theme_ids.split(";") if one.strip()), row.place,
            row.home,
        )
        for row in rows if row.coder not in MACHINES
    ]  # fmt: skip
    found = find_tags(codings, material, codebook)
    notes = []
    if own := len(rows) - len(codings):
        notes.append(f"left out, being the machine's own, which it makes anew: {own} tags")
    if found.silent:
        notes.append(f"left out, being the interviewer's or without consent: {len(found.silent)} lines")
    problems = [problem.message for problem in found.problems]
    return Imported(found.tags, tuple(problems), tuple(notes))

"""What lies in a folder of material and is none: notes about the folder, tables of people and of codings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from feedback.errors import FeedbackError
from feedback.readers.shapes import Options
from feedback.readers.tables.codings import is_codings_header
from feedback.readers.tables.participants import is_participants_header, names_files
from feedback.readers.tables.sheet import TABLES, table_rows
from feedback.readers.tables.survey import has_open_text

_ABOUT = re.compile(
    r"read[ _-]?me(?:[ ._-].*)?|(?:licen[cs]e|copying|notice|changelog|contributing|authors)(?:[.-]\w+)?",
    re.IGNORECASE,
)


def is_about_folder(file_name: str) -> bool:
    """Whether a file's name says that it is about the folder (README, LICENSE) and no material."""
    return bool(_ABOUT.fullmatch(file_name))


def why_no_material(data: bytes, file_name: str, options: Options) -> str:
    """Why a file found in a folder is not read, "" where it is; names the file and what to do with it.

    A table in which the user named a column, or with open answers and without file names, is a survey.
    """
    if is_about_folder(file_name):
        return f"{file_name}: is about the folder; name the file itself if it is to be read"
    if not file_name.lower().endswith(TABLES):
        return ""
    rows = _rows(data, file_name)
    if not rows or _asked_for(rows[0], options.text_columns):
        return ""
    if is_codings_header(rows[0]):
        return f"{file_name}: looks like codings: take it in with `feedback import`"
    people = is_participants_header(rows[0])
    if people and (names_files(rows[0]) or not has_open_text(rows, file_name)):
        return f"{file_name}: looks like a participants table: add it with --cases"
    return ""


def _rows(data: bytes, file_name: str) -> list[Sequence[str]]:
    """The rows that have words; none where the table cannot be read, as its reader will say."""
    try:
        return [row for row in table_rows(data, file_name)[0] if any(map(str.strip, row))]
    except FeedbackError:
        return []


def _asked_for(header: Sequence[str], columns: Sequence[str]) -> bool:
    wanted = {" ".join(name.split()).casefold() for name in columns}
    return any(" ".join(cell.split()).casefold() in wanted for cell in header)

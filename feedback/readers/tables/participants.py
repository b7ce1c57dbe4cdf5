"""The table of participants that a user gives: one row a case, everything text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from feedback.errors import FeedbackError
from feedback.readers.files import bytes_of
from feedback.readers.tables.header import table_from
from feedback.readers.tables.heads import heads_of, unique
from feedback.readers.tables.sheet import TABLES, table_rows

if TYPE_CHECKING:
    import pandas as pd

ID_COLUMNS = (
    "case_id", "case", "participant_id", "participant", "respondent_id", "respondent", "id",
    "ref", "reference", "participant_ref", "participant_code", "participant_no", "participant_number",
    "case_no", "case_number", "pid", "unique_id", "interviewee", "record_id", "response_id", "responseid",
    "respondent_no", "respondent_number", "record_no", "urn", "unique_response_number", "subject_id",
    "user_no",
)  # fmt: skip
# What other columns are called, the likeliest first; the standard name itself always wins.
OTHER_NAMES = {
    "consent": (
        "consent_given", "consent_to_quotes", "consent_to_quote", "consent_for_quotes", "quote_consent",
        "quotes_consent", "consent_level", "consented", "consent_to_use", "permission_to_quote",
    ),
    "leaver": (
        "left", "has_left", "have_left", "have_you_left", "have_you_left_your_post", "have_you_left_your_job",
        "left_the_la", "left_la", "left_the_local_authority", "left_post", "left_the_post", "left_your_post",
        "has_left_post", "has_left_the_la", "left_job", "is_leaver", "leavers", "leaver_status",
    ),
    "file": (
        "file_name", "filename", "files", "interview_file", "transcript_file", "transcript", "document",
        "recording", "audio_file", "recording_file",
    ),
    "name": (
        "full_name", "participant_name", "interviewee_name", "respondent_name", "name_of_participant",
        "participant", "respondent", "interviewee",
    ),
}  # fmt: skip
_YES_NO = re.compile(r"_(?:y_n|yes_no|y_or_n)$")
_POINTS_AT = ("file", "name")
_SPOILT = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_LONGEST_NAME, _MOST_SHOWN = 60, 30


# A "no" under "Consent to quotes" refuses the quotes, not the study.
_REFUSED, _ANALYSIS = ("no", "n", "false", "0"), "analysis"


def read_participants(path: str | Path) -> pd.DataFrame:
    """The participants of a CSV, TSV or Excel file: `case_id` first, then one column for each attribute.

    Column names become lower_snake ("Months qualified" -> months_qualified); all values are strings without
    spaces around them, "" where a cell is empty; "NA" and "None" stay as they are. The id column may be named
    case_id, case, participant_id, participant, respondent_id, respondent, id, ref and the like; of two, one
    with digits in every cell is taken. Columns that mean consent, leaver, file or name under other words
    ("Left the LA?") get these names; `attrs["renamed"]` says which: {"Left the LA?": "leaver"}.

    Errors: FeedbackError for a missing id column, empty or repeated ids (with row numbers as a spreadsheet
    counts them), and two columns of one name.
    """
    path = Path(path)
    if path.suffix.lower() not in (*TABLES, ".txt"):
        raise FeedbackError(
            f"{path.name} is no table of participants",
            hint="save it as .csv, .tsv or .xlsx, with a header row",
        )
    return participants_from(bytes_of(path), path.name)


def participants_from(data: bytes, file_name: str) -> pd.DataFrame:
    """As `read_participants`, from the bytes of a file; its suffix says the format."""
    import pandas as pd

    rows, _ = table_rows(data, file_name)
    header, body = _header_and_rows(rows, file_name)
    names = _names(header, file_name)
    _check_width(body, len(names), file_name)
    cells = [[cell.strip() for cell in [*row, *[""] * len(names)][: len(names)]] for _, row in body]
    notes: list[str] = []
    if spoilt := _spoilt_ids(names, cells):
        # Nothing can be matched by such ids, so that the rows' numbers are as good, and differ.
        notes.append(f"the ids in {header[spoilt[0]].strip()!r} were spoilt by a spreadsheet ({spoilt[1]})")
        notes.append("people are numbered by their rows")
        names[spoilt[0]] += "_private"
        names.append("case_id")
        cells = [[*row, f"row {number}"] for (number, _), row in zip(body, cells, strict=True)]
    ids = _id_column(names, cells, file_name)
    names, renamed = _standard(names, ids)
    _check_ids([(number, row[ids]) for (number, _), row in zip(body, cells, strict=True)], file_name)
    columns = {names[index]: [row[index] for row in cells] for index in range(len(names))}
    ordered = {"case_id": columns.pop(names[ids]), **columns}
    people = pd.DataFrame(ordered, dtype="str")
    for index, name in renamed.items():
        if name == "consent" and "quot" in header[index].lower():
            people["consent"] = [
                _ANALYSIS if value.lower() in _REFUSED else value for value in people["consent"]
            ]
    people.attrs["notes"] = notes
    people.attrs["renamed"] = {header[index].strip(): name for index, name in renamed.items()}
    return people


Numbered = list[tuple[int, Sequence[str]]]


def _header_and_rows(rows: Sequence[Sequence[str]], file_name: str) -> tuple[Sequence[str], Numbered]:
    """The header and the numbered rows under it; titles above it and totals below are no people."""
    numbered = [(number, row) for number, row in enumerate(rows, start=1) if any(map(str.strip, row))]
    if len(numbered) < 2:
        raise FeedbackError(
            f"{file_name} has no rows under its header", hint="check that it is the right file"
        )
    heads = heads_of(numbered)
    if (heads.first, heads.after) == (0, 1):
        return numbered[0][1], numbered[1:]
    table = table_from(rows, file_name)
    return table.labels(), list(zip(table.numbers, table.rows, strict=True))


def _spoilt_ids(names: Sequence[str], cells: Sequence[Sequence[str]]) -> tuple[int, str] | None:
    """Where the only ids there are were turned into 6.34E+17 by a spreadsheet, and how they look now."""
    found = [names.index(wanted) for wanted in ID_COLUMNS if wanted in names]
    for at in found:
        spoilt = [row[at] for row in cells if _SPOILT.fullmatch(row[at])]
        if len(found) == 1 and spoilt and 2 * len(spoilt) > len(cells):
            return at, spoilt[0]
    return None


def is_participants_header(header: Sequence[str]) -> bool:
    """Whether a header names cases, and their consent, whether they left, or their files."""
    names = {_plain(cell) for cell in header}
    about = {"consent", "leaver", "file"}
    told = any(name in names for key in about for name in (key, *OTHER_NAMES[key]))
    return told and any(name in names for name in ID_COLUMNS)


def names_files(header: Sequence[str]) -> bool:
    """Whether a header has a column that names interview files, which no survey has."""
    names = {_plain(cell) for cell in header}
    return any(name in names for name in ("file", *OTHER_NAMES["file"]))


def lower_snake(name: str) -> str:
    """A column's name in small letters, words joined by "_": `Months qualified` -> months_qualified."""
    return re.sub(r"\W+", "_", name.strip().casefold()).strip("_")


def _names(header: Sequence[str], file_name: str) -> list[str]:
    names = [lower_snake(cell) for cell in header]
    while names and not names[-1]:
        names.pop()
    names = [name or f"column_{index}" for index, name in enumerate(names, start=1)]
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise FeedbackError(
            f"{file_name} has two columns named {twice[0]!r}", hint="give each column a name of its own"
        )
    return unique([name[:_LONGEST_NAME].rstrip("_") for name in names])


def _plain(heading: str) -> str:
    return _YES_NO.sub("", lower_snake(heading))


def _id_column(names: Sequence[str], cells: Sequence[Sequence[str]], file_name: str) -> int:
    found = [names.index(wanted) for wanted in ID_COLUMNS if wanted in names]
    if not found:
        more = f" and {len(names) - _MOST_SHOWN} more" if len(names) > _MOST_SHOWN else ""
        raise FeedbackError(
            f"{file_name} has no column that names the case",
            hint="name one of them case_id; they are: " + ", ".join(names[:_MOST_SHOWN]) + more,
        )
    if names[found[0]] == ID_COLUMNS[0]:
        return found[0]
    # "Participant" may hold people's names; an id that anybody may see has a number in it.
    codes = [at for at in found if all(re.search(r"\d", row[at]) for row in cells)]
    return (codes or found)[0]


def _standard(names: Sequence[str], ids: int) -> tuple[list[str], dict[int, str]]:
    """The columns' names with the standard ones in place of their like, and which columns were renamed."""
    found, renamed = list(names), {}
    plain = ["" if at == ids else _plain(name) for at, name in enumerate(names)]
    for standard, others in OTHER_NAMES.items():
        like = [at for wanted in (standard, *others) for at, name in enumerate(plain) if name == wanted]
        like = [at for at in like if found[at] != standard]
        if standard not in names and like:
            at, *like = like
            found[at] = renamed[at] = standard
        if standard in _POINTS_AT:
            for at in like:
                found[at] = _pointing(found[at], standard, found)
    return found, renamed


def _pointing(name: str, standard: str, taken: Sequence[str]) -> str:
    """A column's name that says that it points at people, so that it stays private: recording_file."""
    if any(f"_{word}" in f"_{name}" for word in (*_POINTS_AT, "document")):
        return name
    wanted = f"{name}_{standard}"
    return wanted if wanted not in taken else f"{wanted}_2"


def _check_width(body: Sequence[tuple[int, Sequence[str]]], width: int, file_name: str) -> None:
    long = [number for number, row in body if any(cell.strip() for cell in row[width:])]
    if long:
        raise FeedbackError(
            f"{file_name}: {_rows(long)} more cells than the header has names",
            hint="put quotes around cells that hold a comma",
        )


def _check_ids(ids: Sequence[tuple[int, str]], file_name: str) -> None:
    empty = [number for number, value in ids if not value]
    if empty:
        raise FeedbackError(
            f"{file_name}: {_rows(empty)} no id", hint="give every case an id, or delete the row"
        )
    count = Counter(value.casefold() for _, value in ids)
    again = [number for number, value in ids if count[value.casefold()] > 1]
    if again:
        raise FeedbackError(
            f"{file_name}: {_rows(again)} an id that another row has too",
            hint="give every case an id of its own",
        )


def _rows(numbers: Sequence[int]) -> str:
    """`row 3 has`, `rows 3, 5 and 8 have`."""
    shown = [str(number) for number in numbers[:10]]
    if len(numbers) == 1:
        return f"row {shown[0]} has"
    if len(numbers) > 10:
        return f"rows {', '.join(shown)} and {len(numbers) - 10} more have"
    return f"rows {', '.join(shown[:-1])} and {shown[-1]} have"

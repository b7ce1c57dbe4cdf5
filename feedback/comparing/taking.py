"""A matrix that came back: which of its cells somebody wrote in, and what is new in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feedback.codebook import Codebook
from feedback.codebook.compare import successors
from feedback.comparing.matrix import CHANGED, MARK_COLUMNS, mark_of
from feedback.comparing.summaries import Place, Summary, versions_of
from feedback.errors import FeedbackError
from feedback.readers.tables.sheet import sheet_rows
from feedback.report.sheets.workbook import SUMMARY

if TYPE_CHECKING:
    import pandas as pd

AWAY = "-"
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Returned:
    """A cell of a matrix that came back: its text, the words it was made with, and what it held then."""

    place: Place
    text: str
    words: str
    sent: str

    @property
    def untouched(self) -> bool:
        return (mark_of(self.text) if self.text else "") == self.sent


@dataclass(frozen=True)
class Taken:
    """What is new in a matrix: versions of one writer's summaries, and what could not be taken.

    `emptied` summaries were deleted in the file, and stay. `problems`: lines that fit nothing here.
    """

    new: Mapping[Place, Summary]
    untouched: int
    emptied: int
    problems: tuple[str, ...]


def is_matrix(data: bytes, file_name: str) -> bool:
    """Whether a workbook is a matrix that `feedback compare --matrix` wrote."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    rows, _ = sheet_rows(data, file_name, _is_header)
    return bool(rows) and _is_header(rows[0])


def _is_header(header: Sequence[str]) -> bool:
    return "case_id" in header and any(name.endswith(SUMMARY) for name in header)


def returned(data: bytes, file_name: str) -> list[Returned]:
    """The summary cells of a matrix, by person and theme, whatever the order of rows and columns now.

    Errors: FeedbackError where the sheets Matrix or Marks are gone, or a person has two rows.
    """
    rows, _ = sheet_rows(data, file_name, _is_header)
    marked, _ = sheet_rows(data, file_name, lambda header: tuple(header[:4]) == MARK_COLUMNS)
    if not _is_header(rows[0]) or tuple(marked[0][:4]) != MARK_COLUMNS:
        raise FeedbackError(
            f"{file_name} is no matrix any more: the sheet 'Matrix' or 'Marks' is missing",
            hint="copy your summaries into a fresh one: `feedback compare --matrix -o FILE`",
        )
    marks = {(row[0], row[1]): (row[2], row[3]) for row in (_filled(row, 4) for row in marked[1:])}
    header, found = list(rows[0]), []
    at_case = header.index("case_id")
    columns = [(at, name.removesuffix(SUMMARY)) for at, name in enumerate(header) if name.endswith(SUMMARY)]
    for row in (_filled(row, len(header)) for row in rows[1:]):
        case = row[at_case].strip()
        found += [
            Returned((case, theme), row[at].strip(), *marks.get((case, theme), ("", "")))
            for at, theme in columns
        ]
    _check_once(found, file_name)
    return found


def _filled(row: Sequence[str], width: int) -> list[str]:
    return [*row, *[""] * (width - len(row))]


def _check_once(found: Sequence[Returned], file_name: str) -> None:
    seen: set[Place] = set()
    for one in found:
        if one.place in seen and one.text:
            raise FeedbackError(
                f"{file_name} has two rows, or two columns, for {one.place[0]} and {one.place[1]}",
                hint="leave one of each",
            )
        seen.add(one.place)


def take(
    cells: Sequence[Returned],
    memos: pd.DataFrame,
    codebook: Codebook,
    *,
    coder: str,
    written: str,
    people: Sequence[str],
) -> Taken:
    """What of a returned matrix is the writer's own and new; what others wrote stays theirs.

    people: the case ids there are. A cell as it was sent says nothing new. Text behind another writer's name
    that was changed becomes the writer's own, beside the other's. An earlier version of the writer's own, as
    in an old file, is not taken for a new one.
    """
    now, known = successors(codebook), set(people)
    versions = versions_of(memos, codebook)
    new: dict[Place, Summary] = {}
    emptied, problems, touched = 0, [], [one for one in cells if not one.untouched]
    for one in touched:
        case, theme = one.place[0], now.get(one.place[1]) or one.place[1]
        if not one.text:
            emptied += 1
        elif case not in known or theme not in codebook:
            what = f"person '{case}'" if case not in known else f"theme '{theme}'"
            problems.append(f"there is no {what}: a summary of {case}, {theme}")
        elif own := _own(one, (case, theme), versions, coder):
            new[case, theme] = replace(own, written=written)
    return Taken(new, len(cells) - len(touched), emptied, tuple(problems))


def _own(
    one: Returned, place: Place, versions: Mapping[tuple[Place, str], list[Summary]], coder: str
) -> Summary | None:
    """The writer's new version of a cell, or None where it is as one of their own was."""
    writers = {who for (where, who) in versions if where == place} | {coder}
    mine, marked = [], False
    for who, text in _blocks(one.text, writers):
        plain = text.replace(CHANGED, "").strip()
        theirs = versions.get((place, who), []) if who != coder else []
        # What another wrote stays theirs, also where the writer went on behind it.
        known = max((len(own.text) for own in theirs if plain.startswith(own.text)), default=0)
        plain = plain[known:].strip()
        marked = marked or (who == coder and CHANGED in text)
        mine.append(plain)
    text = "\n\n".join(part for part in mine if part)
    before = versions.get((place, coder), [])
    if not text:
        return None
    if text == AWAY:
        return Summary(coder, "", one.words, "") if before and before[-1].text else None
    for version in before:
        if mark_of(version.text) == mark_of(text):
            # The mark was taken away: the writer looked at the new words and stands by the summary.
            looked = version is before[-1] and not marked and version.words != one.words
            return Summary(coder, text, one.words, "") if looked else None
    return Summary(coder, text, one.words, "")


def _blocks(text: str, writers: set[str]) -> list[tuple[str, str]]:
    """The parts of a cell, each behind a writer's name at the beginning of a line; "" before the first."""
    names = "|".join(re.escape(name) for name in sorted(writers, key=len, reverse=True))
    pieces = re.split(rf"^\[({names})\][ \t]*", text, flags=re.MULTILINE)
    found = [("", pieces[0])] if pieces[0].strip() else []
    return [*found, *zip(pieces[1::2], pieces[2::2], strict=True)]


def check_leaks(new: Mapping[Place, Summary], find: Callable[[Sequence[str]], list[list[object]]]) -> None:
    """FeedbackError where a summary shows what the project masks; find: the leaks in each of some texts."""
    places = sorted(new)
    leaks = zip(places, find([new[place].text for place in places]), strict=True)
    told = [f"{case}, {theme}: {_should(leak)}" for (case, theme), found in leaks for leak in found]
    if told:
        many = "one place" if len(told) == 1 else f"{len(told)} places"
        more = f"; and {len(told) - 5} more" if len(told) > 5 else ""
        raise FeedbackError(
            f"nothing was taken in: in {many} a summary shows what this project masks "
            f"({'; '.join(told[:5])}{more})",
            hint="write there what the transcripts show instead, and import the file again",
        )


def _should(leak: object) -> str:
    pseudonym, label = getattr(leak, "pseudonym", ""), getattr(leak, "label", "")
    return f"should be {pseudonym}" if pseudonym else f"a {label} of your lists"

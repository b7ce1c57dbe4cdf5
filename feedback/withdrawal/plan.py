"""What a withdrawal takes away: all that a project knows of one person, found before any of it goes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from feedback.edits.people.numbering import GONE, marks_of_case, marks_of_name
from feedback.errors import FeedbackError
from feedback.exports import Export, Shown, exports_of
from feedback.project import MERGES, Project
from feedback.tables import IN_PARTS, conform
from feedback.withdrawals import (
    DONE,
    Withdrawal,
    mark_of_answer,
    mark_of_file,
    withdrawals,
)
from feedback.withdrawn import Own, names_of, own_words, read_left, rows_left, stands_in, still_heard

if TYPE_CHECKING:
    import pandas as pd

# Tables whose rows stand at a place of a document, with a segment or with a case.
BY_PLACE = ("tags", "choices", "quotes", "memos", "edits", "flags", "dropped", "segments", "cases")


@dataclass(frozen=True)
class Plan:
    """What goes, and what a person must look after.

    removed: rows by table. whole, shared: documents that go, and in which turns are blanked. exports: earlier
    files that show their words; counted: others whose numbers they are in. reports: those exports inside the
    project that nobody changed since, which are deleted. left: files that people edit and that still show
    their names or words.
    """

    case_id: str
    removed: dict[str, int]
    whole: tuple[str, ...]
    shared: tuple[str, ...]
    exports: tuple[Export, ...]
    counted: tuple[Export, ...]
    reports: tuple[Path, ...]
    left: tuple[str, ...]


class Withdrawing:
    """One case of a project; each part is put together when it is first asked for, and stays as it was."""

    def __init__(self, project: Project, case_id: str) -> None:
        self.project, self.case_id = project, case_id

    @cached_property
    def _tables(self) -> dict[str, pd.DataFrame]:
        names = ("originals", "turns", "people", "fixed_links")
        tables = {f"private/{name}": self._private(name) for name in names}
        return tables | {name: self.project.table(name) for name in ("documents", "dropped/read")}

    @cached_property
    def _begun(self) -> Withdrawal | None:
        mine = (one for one in withdrawals(self.project) if one.case_id == self.case_id)
        return next((one for one in mine if one.state != DONE), None)

    @cached_property
    def own(self) -> Own:
        """Where their words stand; what a withdrawal that was broken off took away already belongs to it."""
        found = own_words(self.case_id, self._tables, self._private("links"))
        return replace(found, whole=found.whole | {*(self._begun.whole if self._begun else ())})

    @cached_property
    def names(self) -> tuple[str, ...]:
        """How the person is called."""
        key = self._private("pseudonyms")
        known = {str(one) for one in key[key["case_id"] == self.case_id]["surface"]}
        return tuple(sorted(known | names_of(self.own, self._private("people"), self._private("turns"))))

    @cached_property
    def read(self) -> dict[str, pd.DataFrame]:
        """What is left of what was read, in the order in which it is written."""
        return read_left(self._tables, self.own, self._private("links"), self.names)

    @cached_property
    def still(self) -> list[str]:
        """What of their names others speak, and what therefore goes on being masked."""
        return still_heard(self.names, self.read["private/originals"]["text"])

    @cached_property
    def pseudonyms(self) -> pd.DataFrame:
        """The key of what is left: names that stand nowhere any more are forgotten."""
        table = self._private("pseudonyms")
        text = " ".join(" ".join(self.read["private/originals"]["text"]).split()).casefold()
        stands = [" ".join(str(surface).split()).casefold() in text for surface in table["surface"]]
        left = table[stands].reset_index(drop=True)
        left["case_id"] = [None if case == self.case_id else case for case in left["case_id"]]
        return conform("private/pseudonyms", left)

    @cached_property
    def numbers(self) -> pd.DataFrame:
        """The book of pseudonyms, in which those who are forgotten can no longer be found."""
        secret, after = self.project.keys.secret(), self.pseudonyms
        kept = set(zip(after["label"], after["surface"], strict=True))
        marks = marks_of_case(secret, self.case_id)
        for row in self._private("pseudonyms").itertuples(index=False):
            if (row.label, row.surface) not in kept:
                marks |= marks_of_name(secret, row.label, row.surface)
        rows = [
            {"mark": GONE + row.pseudonym if row.mark in marks else row.mark, "style": row.style,
             "pseudonym": row.pseudonym}
            for row in self._private("numbers").itertuples(index=False)
        ]  # fmt: skip
        return conform("private/numbers", rows).drop_duplicates("mark", ignore_index=True)

    @cached_property
    def exports(self) -> tuple[Export, ...]:
        """Earlier files that show their words or were counted from them."""
        return tuple(one for one in exports_of(self.project) if self.case_id in (*one.cases, *one.counted))

    @cached_property
    def reports(self) -> tuple[Path, ...]:
        """Files in the project's folder that show their words and are as they were written."""
        shown = [
            one for one in self.exports if self.case_id in one.cases and not Path(one.file).is_absolute()
        ]
        files = {self.project.path / one.file: one.sha256 for one in shown}
        return tuple(file for file, sha256 in files.items() if file.is_file() and _hash(file) == sha256)

    @cached_property
    def plan(self) -> Plan:
        """What would go, and what a person must look after."""
        cited = tuple(one for one in self.exports if self.case_id in one.cases)
        return Plan(
            self.case_id,
            {name: gone for name, gone in self._counts() if gone},
            tuple(sorted(self.own.whole)),
            tuple(sorted(self.own.spans)),
            cited,
            tuple(one for one in self.exports if one not in cited),
            self.reports,
            tuple(self._left()),
        )

    def receipt(self, *, now: str) -> Withdrawal:
        """The receipt with which the withdrawal begins, or the one with which it began."""
        if self._begun:
            return self._begun
        secret, files = self.project.keys.secret(), self._private("originals").set_index("document_id")
        marks = [mark_of_file(secret, files.at[document, "sha256"]) for document in sorted(self.own.whole)]
        marks += [
            mark_of_answer(secret, files.at[document, "file_name"], respondent)
            for document, respondent in sorted(self.own.respondents)
        ]
        return Withdrawal(
            f"w{len(withdrawals(self.project)) + 1:03d}", self.case_id, now, removed=self.plan.removed,
            whole=self.plan.whole, shared=self.plan.shared,
            exports=tuple(one.file for one in self.plan.exports), marks=tuple(marks),
        )  # fmt: skip

    def _private(self, name: str) -> pd.DataFrame:
        return self.project.table(f"private/{name}")

    def _counts(self) -> Iterator[tuple[str, int]]:
        yield "documents", len(self.own.whole)
        yield "turns", len(self.own.turns)
        for part in parts(self.project):
            table = self.project.table(part)
            yield part, len(table) - len(rows_left(table, self.own))
        yield "pseudonyms", len(self._private("pseudonyms")) - len(self.pseudonyms)
        yield "people", len(self._private("people")) - len(self.read["private/people"])

    def _left(self) -> Iterator[str]:
        """Files that people edit and that still show their names or words."""
        from feedback.checks.contents import units_of

        said = Shown(self._words())
        for place in _edited(self.project):
            file = self.project.path / place
            try:
                data = self.project.keys.read(MERGES) if place.name == MERGES else file.read_bytes()
                texts = [unit.text for unit in units_of(data or b"", file.suffix)]
            except (FeedbackError, OSError):
                continue
            named = any(stands_in(name, text) for name in self.names for text in texts)
            if file not in self.reports and (named or any(said.has(text) for text in texts)):
                yield place.as_posix()

    def _words(self) -> Iterator[str]:
        table = self._private("originals")
        for document, text in zip(table["document_id"], table["text"], strict=True):
            if document in self.own.whole:
                yield text
            yield from (text[start:end] for start, end in self.own.spans.get(document, ()))


def parts(project: Project) -> list[str]:
    """The tables, or parts of them, whose rows have places and that are here."""
    found = [part for name in BY_PLACE for part in (project.parts(name) if name in IN_PARTS else [name])]
    return [part for part in found if part != "dropped/read" and project.file(part).exists()]


def _edited(project: Project) -> Iterator[Path]:
    """Files that a person may have written, by their place in the project."""
    for file in sorted(project.path.rglob("*")):
        place = file.relative_to(project.path)
        ours = place.parts[0] in ("tables", "models", "private") and place.name != MERGES
        if file.is_file() and not ours and not any(part.startswith(".") for part in place.parts):
            yield place


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()

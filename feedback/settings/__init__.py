"""The settings of a project, each with its default; `settings_read` reads them from feedback.yaml."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from fnmatch import fnmatchcase
from typing import Any

from feedback.settings.outcomes import Outcomes

CONSENTS = ("none", "analysis", "internal", "publication")
APPROACHES = ("codebook", "reflexive", "reliability")
UNITS = ("sentence", "turn", "answer")
KINDS = ("interview", "testimony", "survey")
GENERALISED = ("ages", "dates", "places")
POOLS = ("nothing", "testimonies")
EVERYBODY = "everybody"


@dataclass(frozen=True)
class FileRead:
    """How a file, or all of a name pattern, are read; what is empty here is guessed or set for all.

    `header` stands for the column names of the table that it was saved for (`readers.tables.survey`).
    """

    text: tuple[str, ...] = ()
    case: str = ""
    interviewers: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    kind: str = ""
    header: str = ""


@dataclass(frozen=True)
class Read:
    """How files are read: names of interviewers, columns of surveys, columns to keep as attributes.

    `files` has what holds for single files, by name or pattern (`exit-2026*.csv`).
    """

    interviewers: tuple[str, ...] = ()
    text_columns: tuple[str, ...] = ()
    case_column: str = ""
    attributes: tuple[str, ...] = ()
    files: dict[str, FileRead] = field(default_factory=dict)


@dataclass(frozen=True)
class Deidentify:
    """What is tidied and masked, what shows its band or season (`generalise`), and what pseudonyms are."""

    clean: tuple[str, ...] = ("spaces", "lines", "timestamps", "fillers", "inaudible")
    names: tuple[str, ...] = ()
    names_files: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    generalise: tuple[str, ...] = ("dates",)
    pseudonyms: str = "roles"
    recognise_names: bool = True


@dataclass(frozen=True)
class Tag:
    """Who tags, and from which score on (0 to 1); `thresholds` has a theme's own."""

    by: tuple[str, ...] = ("rules", "meaning")
    threshold: float = 0.55
    thresholds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Factors:
    """Which themes can be push factors, who left, and how left-over reasons are grouped.

    `leaver`: the column that says who left, or "everybody" where all did, as in a survey of leavers only.
    `smallest`: people that a group needs; `groups`: how many to look for (0: the data say). `pool`: whether
    testimonies are read for push factors beside interviews and surveys ("testimonies") or not ("nothing").
    `main_reason`: questions that ask for the main reason, beside those that say so.
    """

    group: str = "Push factors"
    leaver: str = "leaver"
    smallest: int = 3
    groups: int = 0
    pool: str = "nothing"
    main_reason: tuple[str, ...] = ()

    @property
    def everybody(self) -> bool:
        """Whether all are known to have left, whatever the participants table says."""
        return self.leaver.casefold() == EVERYBODY

    @property
    def column(self) -> str:
        """The column of table `cases` that says who left."""
        return "leaver" if self.everybody else self.leaver


@dataclass(frozen=True)
class Quotes:
    """How many quotes, how long (words), how many from one person, and who will read them."""

    per_theme: int = 3
    per_person: int = 2
    shortest: int = 8
    longest: int = 70
    audience: str = "internal"


@dataclass(frozen=True)
class Report:
    """What a report shows: attributes to compare, least group sizes, least N for percentages.

    `broader` has, by attribute, what its values widen to where too few people share them.
    """

    attributes: tuple[str, ...] = ()
    smallest_group: int = 5
    smallest_group_published: int = 10
    broader: dict[str, dict[str, str]] = field(default_factory=dict)
    percentages_from: int = 20


@dataclass(frozen=True)
class Settings:
    """All settings of a project. `consent` is what holds for people about whom none is recorded.

    `student_above`: from how many different texts on a student of the embedder reads most of them; 0: never.

    `researcher` is who works with it, as the journal shall say: initials, or nothing.
    """

    title: str = ""
    researcher: str = ""
    approach: str = "codebook"
    unit: str = "sentence"
    embedder: str = "minilm"
    student_above: int = 50_000
    consent: str = "analysis"
    seed: int = 0
    read: Read = field(default_factory=Read)
    deidentify: Deidentify = field(default_factory=Deidentify)
    tag: Tag = field(default_factory=Tag)
    factors: Factors = field(default_factory=Factors)
    outcomes: Outcomes = field(default_factory=Outcomes)
    quotes: Quotes = field(default_factory=Quotes)
    report: Report = field(default_factory=Report)

    def least_group(self, audience: str = "") -> int:
        """How many people a group must have to be shown to an audience; by default to that of the quotes."""
        least = self.report.smallest_group
        published = (audience or self.quotes.audience) == "publication"
        return max(least, self.report.smallest_group_published) if published else least


def for_file(files: Mapping[str, FileRead], file_name: str) -> FileRead:
    """What `read.files` says of a file; each setting is that of the first fitting pattern that has it.

    A pattern is a file name with `*` and `?` in it, without regard to case.
    """
    name = _plain(file_name)
    fitting = [entry for pattern, entry in files.items() if fnmatchcase(name, _plain(pattern))]
    found: dict[str, Any] = {
        one.name: next((value for entry in fitting if (value := getattr(entry, one.name))), one.default)
        for one in fields(FileRead)
    }
    return FileRead(**found)


def _plain(file_name: str) -> str:
    return unicodedata.normalize("NFC", file_name).casefold()


def flat(settings: Settings) -> list[tuple[str, Any]]:
    """Every setting as (dotted name, value), in order."""
    rows: list[tuple[str, Any]] = []
    for top in fields(settings):
        value = getattr(settings, top.name)
        if hasattr(value, "__dataclass_fields__"):
            rows += [(f"{top.name}.{f.name}", getattr(value, f.name)) for f in fields(value)]
        else:
            rows.append((top.name, value))
    return rows

"""The settings of a project, read from feedback.yaml: every key known, typed, and with a default."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, get_args, get_type_hints

from feedback.errors import FeedbackError
from feedback.settings_outcomes import DATE_ORDERS, DEFINITIONS, POPULATIONS, Outcomes
from feedback.yamlfile import Value, from_yaml

CONSENTS = ("none", "analysis", "internal", "publication")
APPROACHES = ("codebook", "reflexive", "reliability")
UNITS = ("sentence", "turn", "answer")
KINDS = ("interview", "testimony", "survey")


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
    """What is tidied and masked."""

    clean: tuple[str, ...] = ("spaces", "lines", "timestamps", "fillers", "inaudible")
    names: tuple[str, ...] = ()
    names_files: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    recognise_names: bool = True


@dataclass(frozen=True)
class Tag:
    """Who tags, and from which score on (0 to 1); `thresholds` has a theme's own."""

    by: tuple[str, ...] = ("rules", "meaning")
    threshold: float = 0.55
    thresholds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Factors:
    """Which themes can be push factors, who left, and how small a group of left-over reasons may be."""

    group: str = "Push factors"
    leaver: str = "leaver"
    smallest: int = 3


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
    """What a report shows: attributes to compare, least group size, least N for percentages."""

    attributes: tuple[str, ...] = ()
    smallest_group: int = 5
    percentages_from: int = 20


@dataclass(frozen=True)
class Settings:
    """All settings of a project. `consent` is what holds for people about whom none is recorded."""

    title: str = ""
    approach: str = "codebook"
    unit: str = "sentence"
    embedder: str = "minilm"
    consent: str = "analysis"
    seed: int = 0
    read: Read = field(default_factory=Read)
    deidentify: Deidentify = field(default_factory=Deidentify)
    tag: Tag = field(default_factory=Tag)
    factors: Factors = field(default_factory=Factors)
    outcomes: Outcomes = field(default_factory=Outcomes)
    quotes: Quotes = field(default_factory=Quotes)
    report: Report = field(default_factory=Report)


_CHOICES = {
    "approach": APPROACHES,
    "unit": UNITS,
    "consent": CONSENTS,
    "quotes.audience": CONSENTS[2:],
    "read.files.*.kind": KINDS,
    "outcomes.dates": DATE_ORDERS,
    "outcomes.population": POPULATIONS,
    "outcomes.benchmarks.*.definition": DEFINITIONS,
}
_AT_LEAST = {
    "factors.smallest": 2,
    "outcomes.benchmarks.*.months": 1,
    "quotes.per_theme": 0,
    "quotes.per_person": 1,
    "quotes.shortest": 1,
    "quotes.longest": 10,
    "report.smallest_group": 1,
    "report.percentages_from": 1,
}


def parse_settings(text: str, *, source: str = "feedback.yaml") -> Settings:
    """Settings from the text of a feedback.yaml; an unknown key or wrong value is an error with its line."""
    root = from_yaml(text, source)
    if root.content is None:
        return Settings()
    settings: Settings = _build(Settings, root, source, path="")
    return settings


def load_settings(path: Path) -> Settings:
    """Settings from a file; a missing file is an error, since a project always has one."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FeedbackError(f"{path.name} is not UTF-8 text", hint="save it as UTF-8") from error
    except OSError as error:
        raise FeedbackError(f"{path.name} cannot be read ({error.strerror})") from error
    return parse_settings(text, source=path.name)


def _build(shape: type[Any], value: Value, source: str, *, path: str) -> Any:
    if not isinstance(value.content, dict):
        name = f"'{path}'" if path else "the file"
        raise _wrong(source, value, f"{name} should hold settings, one a line")
    types = get_type_hints(shape)
    found = {}
    for key, item in value.content.items():
        if key not in types:
            near = get_close_matches(key, types, 1)
            hint = f"did you mean '{near[0]}'?" if near else "settings here: " + ", ".join(types)
            raise _wrong(source, item, f"'{key}' is not a setting", hint)
        name = f"{path}.{key}" if path else key
        if hasattr(types[key], "__dataclass_fields__"):
            found[key] = _build(types[key], item, source, path=name)
        elif item.content is not None:
            found[key] = _typed(types[key], item, source, name)
    return shape(**found)


def _wrong(source: str, value: Value, what: str, hint: str | None = None) -> FeedbackError:
    return FeedbackError(f"{source} line {value.line or 1}: {what}", hint=hint)


def _typed(wanted: Any, value: Value, source: str, name: str) -> Any:
    kind = getattr(wanted, "__origin__", wanted)
    if kind is tuple:
        items = value.content if isinstance(value.content, list) else [value]
        return tuple(_word(item, source, name, "a list of words") for item in items)
    if kind is dict:
        return _named(get_args(wanted)[1], value, source, name)
    readers = {float: _fraction, int: _whole, bool: _truth, str: _choice}
    return readers[kind](value, source, name)


def _named(wanted: Any, value: Value, source: str, name: str) -> dict[str, Any]:
    """Settings under names that the user chose: numbers, or settings of a single file."""
    number = wanted is float
    if not isinstance(value.content, dict):
        held = "names with numbers" if number else "names, each with its settings"
        raise _wrong(source, value, f"'{name}' should hold {held}")
    if number:
        return {key: _fraction(item, source, f"{name}.{key}") for key, item in value.content.items()}
    return {key: _build(wanted, item, source, path=f"{name}.*") for key, item in value.content.items()}


def _word(value: Value, source: str, name: str, wants: str = "a word") -> str:
    if not isinstance(value.content, str):
        raise _wrong(source, value, f"'{name}' should be {wants}")
    return value.content


def _choice(value: Value, source: str, name: str) -> str:
    word, allowed = _word(value, source, name), _CHOICES.get(name)
    if allowed and word not in allowed:
        near = get_close_matches(word, allowed, 1)
        hint = f"did you mean '{near[0]}'?" if near else "one of: " + ", ".join(allowed)
        raise _wrong(source, value, f"'{word}' is not a value of '{name}'", hint)
    return word


def _whole(value: Value, source: str, name: str) -> int:
    word, least = _word(value, source, name, "a whole number"), _AT_LEAST.get(name, 0)
    try:
        number = int(word)
    except ValueError:
        raise _wrong(source, value, f"'{name}' should be a whole number, not '{word}'") from None
    if number < least:
        raise _wrong(source, value, f"'{name}' should be {least} or more, not {number}")
    return number


def _fraction(value: Value, source: str, name: str) -> float:
    word = _word(value, source, name, "a number")
    try:
        number = float(word)
    except ValueError:
        raise _wrong(source, value, f"'{name}' should be a number, not '{word}'") from None
    if not 0 <= number <= 1:
        raise _wrong(source, value, f"'{name}' should lie between 0 and 1, not {word}")
    return number


def _truth(value: Value, source: str, name: str) -> bool:
    word = _word(value, source, name, "true or false").lower()
    if word not in _TRUTH:
        raise _wrong(source, value, f"'{name}' should be true or false, not '{word}'")
    return _TRUTH[word]


_TRUTH = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


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

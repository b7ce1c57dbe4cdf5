"""The settings of a project, read from feedback.yaml: every key known, typed, and with a default."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_type_hints

from feedback.errors import FeedbackError
from feedback.yamlfile import Located, load_yaml

CONSENTS = ("none", "analysis", "internal", "publication")
APPROACHES = ("codebook", "reflexive", "reliability")
UNITS = ("sentence", "turn", "answer")


@dataclass(frozen=True)
class Read:
    """How files are read: names of interviewers, columns of surveys."""

    interviewers: tuple[str, ...] = ()
    text_columns: tuple[str, ...] = ()
    case_column: str = ""


@dataclass(frozen=True)
class Deidentify:
    """What is tidied and masked."""

    clean: tuple[str, ...] = ("spaces", "lines", "timestamps", "fillers", "inaudible")
    names: tuple[str, ...] = ()
    names_files: tuple[str, ...] = ()
    recognise_names: bool = True


@dataclass(frozen=True)
class Tag:
    """Who tags, and from which score on (0 to 1); `thresholds` has a theme's own."""

    by: tuple[str, ...] = ("rules", "meaning")
    threshold: float = 0.5
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
    quotes: Quotes = field(default_factory=Quotes)
    report: Report = field(default_factory=Report)


_CHOICES = {
    "approach": APPROACHES,
    "unit": UNITS,
    "consent": CONSENTS,
    "embedder": ("minilm", "lsa"),
    "quotes.audience": CONSENTS[2:],
}
_AT_LEAST = {
    "factors.smallest": 2,
    "quotes.per_theme": 0,
    "quotes.per_person": 1,
    "quotes.shortest": 1,
    "quotes.longest": 10,
    "report.smallest_group": 1,
    "report.percentages_from": 1,
}


def parse_settings(text: str, *, source: str = "feedback.yaml") -> Settings:
    """Settings from the text of a feedback.yaml; an unknown key or wrong value is an error with its line."""
    located = load_yaml(text, source=source)
    if located.value is None:
        return Settings()
    settings: Settings = _build(Settings, located, path="")
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


def _build(shape: type[Any], located: Located, *, path: str) -> Any:
    if not isinstance(located.value, dict):
        raise FeedbackError(f"{located.where()}: '{path or 'the file'}' should hold settings, one a line")
    types = get_type_hints(shape)
    values = {}
    for key, item in located.value.items():
        if key not in types:
            near = get_close_matches(str(key), types, 1)
            hint = f"did you mean '{near[0]}'?" if near else "settings here: " + ", ".join(types)
            raise FeedbackError(f"{item.where()}: '{key}' is not a setting", hint=hint)
        name = f"{path}.{key}" if path else str(key)
        if item.value is None:
            continue
        if hasattr(types[key], "__dataclass_fields__"):
            values[key] = _build(types[key], item, path=name)
        else:
            values[key] = _value(types[key], item, name)
    return shape(**values)


def _value(wanted: Any, item: Located, name: str) -> Any:
    value = item.plain()
    kind = getattr(wanted, "__origin__", wanted)
    if kind is tuple:
        items = value if isinstance(value, list) else [value]
        if all(isinstance(one, str | int | float) for one in items):
            return tuple(str(one) for one in items)
    elif kind is dict and isinstance(value, dict):
        return _thresholds(value, item, name)
    elif kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return _fraction(float(value), item, name)
    elif kind is str and isinstance(value, str | int | float) and not isinstance(value, bool):
        return _choice(str(value), item, name)
    elif kind is int and isinstance(value, int) and not isinstance(value, bool):
        return _number(value, item, name)
    elif kind is bool and isinstance(value, bool):
        return value
    said = {tuple: "a list of words", dict: "names with numbers", float: "a number", str: "a word"}
    wants = {**said, int: "a whole number", bool: "true or false"}[kind]
    raise FeedbackError(f"{item.where()}: '{name}' should be {wants}")


def _choice(value: str, item: Located, name: str) -> str:
    allowed = _CHOICES.get(name)
    if allowed and value not in allowed:
        near = get_close_matches(value, allowed, 1)
        hint = f"did you mean '{near[0]}'?" if near else "one of: " + ", ".join(allowed)
        raise FeedbackError(f"{item.where()}: '{value}' is not a value of '{name}'", hint=hint)
    return value


def _number(value: int, item: Located, name: str) -> int:
    least = _AT_LEAST.get(name, 0)
    if value < least:
        raise FeedbackError(f"{item.where()}: '{name}' should be {least} or more, not {value}")
    return value


def _fraction(value: float, item: Located, name: str) -> float:
    if not 0 <= value <= 1:
        raise FeedbackError(f"{item.where()}: '{name}' should lie between 0 and 1, not {value:g}")
    return value


def _thresholds(value: dict[Any, Any], item: Located, name: str) -> dict[str, float]:
    for theme, number in value.items():
        if not isinstance(number, int | float) or isinstance(number, bool):
            raise FeedbackError(f"{item.where()}: '{name}.{theme}' should be a number between 0 and 1")
        _fraction(float(number), item, f"{name}.{theme}")
    return {str(theme): float(number) for theme, number in value.items()}


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

"""feedback.yaml to Settings: every key known and typed; an unknown one gets its nearest and its line."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args, get_type_hints

from feedback.errors import FeedbackError
from feedback.masks import STYLES
from feedback.settings import APPROACHES, CONSENTS, GENERALISED, KINDS, POOLS, UNITS, Settings
from feedback.settings.outcomes import DATE_ORDERS, DEFINITIONS, POPULATIONS
from feedback.yamlfile import Value, from_yaml

_CHOICES = {
    "approach": APPROACHES,
    "unit": UNITS,
    "consent": CONSENTS,
    "quotes.audience": CONSENTS[2:],
    "deidentify.generalise": GENERALISED,
    "deidentify.pseudonyms": STYLES,
    "factors.pool": POOLS,
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
    "report.smallest_group_published": 1,
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
        return tuple(_choice(item, source, name, "a list of words") for item in items)
    if kind is dict:
        return _named(get_args(wanted)[1], value, source, name)
    readers: dict[Any, Callable[[Value, str, str], Any]] = {
        float: _fraction, int: _whole, bool: _truth, str: _choice,
    }  # fmt: skip
    return readers[kind](value, source, name)


def _named(wanted: Any, value: Value, source: str, name: str) -> dict[str, Any]:
    """Settings under names that the user chose: numbers, words by word, or settings of a single file."""
    number = wanted is float
    if not isinstance(value.content, dict):
        held = "names with numbers" if number else "names, each with its settings"
        raise _wrong(source, value, f"'{name}' should hold {held}")
    if number:
        return {key: _fraction(item, source, f"{name}.{key}") for key, item in value.content.items()}
    if wanted is str:
        return {key: _word(item, source, f"{name}.{key}") for key, item in value.content.items()}
    if getattr(wanted, "__origin__", None) is dict:
        inner = get_args(wanted)[1]
        return {key: _named(inner, item, source, f"{name}.{key}") for key, item in value.content.items()}
    return {key: _build(wanted, item, source, path=f"{name}.*") for key, item in value.content.items()}


def _word(value: Value, source: str, name: str, wants: str = "a word") -> str:
    if not isinstance(value.content, str):
        raise _wrong(source, value, f"'{name}' should be {wants}")
    return value.content


def _choice(value: Value, source: str, name: str, wants: str = "a word") -> str:
    word, allowed = _word(value, source, name, wants), _CHOICES.get(name)
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

"""The parts a theme of themes.yaml may have, their types, and what is said when they are wrong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from feedback.errors import FeedbackError
from feedback.yamlfile import Value

# What themes.yaml calls the parts of a theme, and what Theme calls them.
TEXTS = {"label": "label", "means": "means", "include": "include", "exclude": "exclude", "group": "group"}
LISTS = {
    "phrases": "phrases",
    "not": "not_",
    "examples": "examples",
    "counter_examples": "counter_examples",
    "formerly": "formerly",
}
KEYS = (*TEXTS, *LISTS, "themes")
_OTHER_WORDS = {
    "definition": "means", "description": "means", "meaning": "means", "name": "label", "title": "label",
    "keywords": "phrases", "words": "phrases", "exclusions": "not", "not_": "not", "children": "themes",
    "subthemes": "themes", "includes": "include", "excludes": "exclude", "heading": "group",
    "counterexamples": "counter_examples",
}  # fmt: skip


def at(source: str, line: int | None, message: str) -> str:
    """A message with its place in front, as far as it is known."""
    return f"{source} line {line}: {message}" if line else f"{source}: {message}"


def near_name(key: str, known: tuple[str, ...]) -> str | None:
    """A hint at the name that was probably meant, or None."""
    if _OTHER_WORDS.get(key.lower()) in known:
        return f"did you mean '{_OTHER_WORDS[key.lower()]}'?"
    near = get_close_matches(key.lower(), known, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else None


def label_of(name: str) -> str:
    """The label of a theme that was given none: management-support is "Management support"."""
    return " ".join((name[0].upper() + name[1:].replace("-", " ").replace("_", " ")).split())


def parts_of(theme: str, content: dict[str, Value], source: str) -> dict[str, Any]:
    """The parts of one theme as keywords for Theme. Raises FeedbackError for what cannot be one."""
    parts: dict[str, Any] = {}
    for key, value in content.items():
        if key in TEXTS:
            parts[TEXTS[key]] = _text(theme, key, value, source)
        elif key in LISTS:
            parts[LISTS[key]] = _list(theme, key, value, source)
        elif key != "themes":
            message = at(source, value.line, f"'{key}' is not something a theme has")
            raise FeedbackError(message, hint=near_name(key, KEYS) or f"A theme has: {', '.join(KEYS)}.")
    return parts


def _text(theme: str, key: str, value: Value, source: str) -> str:
    if value.content is None:
        return ""
    if isinstance(value.content, list) and all(isinstance(item.content, str) for item in value.content):
        return "; ".join(str(item.content) for item in value.content)
    if not isinstance(value.content, str):
        raise FeedbackError(at(source, value.line, f"'{key}' of '{theme}' must be text"))
    return " ".join(value.content.split())


def _list(theme: str, key: str, value: Value, source: str) -> tuple[str, ...]:
    if value.content is None:
        return ()
    if not isinstance(value.content, list):
        message = at(source, value.line, f"'{key}' of '{theme}' must be a list")
        raise FeedbackError(
            message, hint=f"Write {key}: [one, another], or one a line with '- ' before each."
        )
    texts = []
    for item in value.content:
        if isinstance(item.content, (dict, list)):
            message = at(source, item.line or value.line, f"every one of '{key}' of '{theme}' must be a text")
            raise FeedbackError(
                message, hint="A text with a colon or a bracket in it needs quotes around it."
            )
        if item.content and item.content.strip():
            texts.append(" ".join(item.content.split()))
    return tuple(dict.fromkeys(texts))

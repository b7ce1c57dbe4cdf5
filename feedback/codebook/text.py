"""A theme's definition as one text that people read and `parts_from` takes apart again, and stable GUIDs.

Other programs know a code's name and one description; everything a theme says must fit in there.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid5

from feedback.codebook import Theme

# Made once for this project; with it the same ids give the same GUIDs for ever.
_NAMESPACE = UUID("6f1d3c0e-3a55-5d0b-9c53-5f6b8f8f2f01")
_TEXTS = {"include": "Include", "exclude": "Exclude", "id": "Id"}
_LISTS = {
    "phrases": "Phrases",
    "not": "Not",
    "examples": "Examples",
    "counter_examples": "Counter-examples",
    "formerly": "Formerly",
}
_MEANS = "Means"
_LABEL = {label: key for key, label in (*_TEXTS.items(), *_LISTS.items(), ("means", _MEANS))}
_LINE = re.compile(rf"({'|'.join(_LABEL)}):(?:\s+(.*))?")


def guid(kind: str, *ids: object) -> str:
    """The GUID (version 5) of a thing, for example guid("code", theme_id): always the same for the same."""
    return str(uuid5(_NAMESPACE, "\x1f".join(map(str, (kind, *ids)))))


def slug(label: str) -> str:
    """What a theme of that label is called in a theme list: lower case, words joined by hyphens."""
    return "-".join(re.findall(r"[^\W_]+", label.lower().replace("'", "").replace("’", ""))) or "theme"


def described(theme: Theme) -> str:
    """All that a theme says besides its label and group, in lines."""
    means = f"{_MEANS}: {theme.means}" if _LINE.fullmatch(theme.means) else theme.means
    lines = [means] if theme.means else []
    lines += [
        f"{_TEXTS[key]}: {getattr(theme, key)}" for key in ("include", "exclude") if getattr(theme, key)
    ]
    for key, label in _LISTS.items():
        items = theme.not_ if key == "not" else getattr(theme, key)
        lines += [f"{label}:", *(f"- {item}" for item in items)] if items else []
    if slug(theme.label) != theme.key:
        lines.append(f"{_TEXTS['id']}: {theme.key}")
    return "\n".join(lines)


def parts_from(text: str) -> dict[str, Any]:
    """The parts of a theme in a code's description: those labelled as `described` does it, and its means.

    "id" is the theme's name in its list. What has no label is what the theme means.
    """
    parts: dict[str, Any] = {}
    means: list[str] = []
    into: list[str] | None = None
    for line in filter(None, (" ".join(line.split()) for line in text.splitlines())):
        match = _LINE.fullmatch(line)
        key, said = (_LABEL[match[1]], match[2] or "") if match else ("", "")
        if key in _LISTS and not said:
            into = parts.setdefault(key, [])
        elif into is not None and line.startswith("- "):
            into.append(line[2:])
        elif key and key not in _LISTS and said:
            into = None
            parts[key] = said
        else:
            into = None
            means.append(line)
    if means:
        parts["means"] = " ".join([*filter(None, [parts.get("means")]), *means])
    return parts

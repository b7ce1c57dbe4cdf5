"""The theme list: read from themes.yaml, with the line of every theme."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from feedback.codebook.parts import LISTS, TEXTS, at, label_of, near_name, parts_of
from feedback.errors import FeedbackError
from feedback.yamlfile import Value, from_plain, from_yaml


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme. `id` is its path (caseload/allocation), `parent` the path above it, `line` where it stands.

    `not_` is the list `not` of the file, `formerly` the ids of themes that this one came from. `group` is a
    heading such as "Push factors", inherited from the theme above. `line` is None for themes that were not
    read from a file, and plays no part in equality.
    """

    id: str
    label: str
    means: str = ""
    include: str = ""
    exclude: str = ""
    phrases: tuple[str, ...] = ()
    not_: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    group: str = ""
    parent: str | None = None
    line: int | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """The last part of the id: its name in the file."""
        return self.id if self.parent is None else self.id[len(self.parent) + 1 :]

    def fingerprint(self) -> str:
        """16 hexadecimal digits that change when anything a coder goes by changes; the line is not part."""
        content = {part.name: getattr(self, part.name) for part in fields(self) if part.name != "line"}
        return _digest(content)


@dataclass(frozen=True, slots=True)
class Codebook:
    """The themes, flattened depth first, parents before children; found by id."""

    themes: tuple[Theme, ...]
    source: str = field(default="themes.yaml", compare=False)

    def __getitem__(self, theme_id: str) -> Theme:
        for theme in self.themes:
            if theme.id == theme_id:
                return theme
        near = get_close_matches(theme_id, [theme.id for theme in self.themes], n=1, cutoff=0.5)
        raise FeedbackError(
            f"there is no theme '{theme_id}' in {self.source}",
            hint=f"did you mean '{near[0]}'?" if near else None,
        )

    def __len__(self) -> int:
        return len(self.themes)

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.themes)

    def __contains__(self, theme_id: object) -> bool:
        return any(theme.id == theme_id for theme in self.themes)

    @property
    def ids(self) -> tuple[str, ...]:
        """The themes' ids, in order."""
        return tuple(theme.id for theme in self.themes)

    @classmethod
    def load(cls, path: str | Path) -> Codebook:
        """The theme list in a file. Raises FeedbackError that names the file and the line."""
        path = Path(path)
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise FeedbackError(
                f"{path.name} line {line}: this is not UTF-8 text",
                hint="Save the file as plain text (UTF-8).",
            ) from None
        except OSError as error:
            raise FeedbackError(f"{path.name} cannot be opened: {error.strerror}") from None
        return cls.from_yaml(text, source=path.name)

    @classmethod
    def from_yaml(cls, text: str, source: str = "themes.yaml") -> Codebook:
        """The theme list in a YAML text; `source` is what errors call it."""
        if not text.strip():
            raise FeedbackError(
                f"{source} is empty", hint="It needs 'themes:' and at least one theme under it."
            )
        root = from_yaml(text, source)
        if not isinstance(root.content, dict) or not root.content:
            raise FeedbackError(at(source, root.line or 1, "a theme list begins with 'themes:'"))
        for key, value in root.content.items():
            if key != "themes":
                hint = near_name(key, ("themes",)) or "Themes stand under 'themes:', indented by two spaces."
                raise FeedbackError(
                    at(source, value.line, f"'{key}' is not something a theme list has"), hint=hint
                )
        return _build(root.content["themes"], source)

    @classmethod
    def from_dict(cls, themes: Mapping[str, Any], source: str = "the theme list") -> Codebook:
        """A theme list from plain values: {"themes": {...}} as in the file, or {"theme id": "definition"}."""
        if not isinstance(themes, Mapping):
            raise FeedbackError(f"{source}: expected a dict of themes, not {type(themes).__name__}")
        inner = themes.get("themes")
        if len(themes) == 1 and isinstance(inner, Mapping):
            themes = inner
        return _build(from_plain(dict(themes), source), source)

    def to_dict(self) -> dict[str, Any]:
        """Plain values that `from_dict` makes the same codebook of, with the file's own keys."""
        tops: dict[str, Any] = {}
        inside: dict[str, dict[str, Any]] = {}
        groups = {theme.id: theme.group for theme in self.themes}
        for theme in self.themes:
            entry = _entry(theme, inherited=groups.get(theme.parent or "", ""))
            home = tops if theme.parent is None else inside[theme.parent].setdefault("themes", {})
            home[theme.key] = inside[theme.id] = entry
        return {"themes": tops}

    def fingerprint(self) -> str:
        """16 hexadecimal digits of all that the list says; the same for the same themes in the same order."""
        return _digest([theme.fingerprint() for theme in self.themes])


def _digest(content: Any) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _entry(theme: Theme, *, inherited: str) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for key, name in TEXTS.items():
        value = getattr(theme, name)
        if value and not (key == "group" and value == inherited):
            entry[key] = value
    for key, name in LISTS.items():
        if getattr(theme, name):
            entry[key] = list(getattr(theme, name))
    return entry


# Building


def _build(themes: Value, source: str) -> Codebook:
    if not themes.content:
        message = at(source, themes.line, "there are no themes")
        raise FeedbackError(message, hint="Write a theme's name under 'themes:', indented by two spaces.")
    found: list[Theme] = []
    _collect(themes, None, source, found)
    first: dict[str, Theme] = {}
    for theme in found:
        if theme.id in first:
            seen = first[theme.id].line
            where = f" (first on line {seen})" if seen else ""
            raise FeedbackError(at(source, theme.line, f"the theme '{theme.id}' is there twice{where}"))
        first[theme.id] = theme
    return Codebook(tuple(found), source)


def _collect(themes: Value, parent: Theme | None, source: str, found: list[Theme]) -> None:
    if not isinstance(themes.content, dict):
        message = "themes must be names, each with its parts under it"
        raise FeedbackError(
            at(source, themes.line, message), hint="Write 'caseload:' rather than '- caseload'."
        )
    for key, value in themes.content.items():
        theme = _theme(key, value, parent, source)
        found.append(theme)
        children = value.content.get("themes") if isinstance(value.content, dict) else None
        if children and children.content is not None:
            _collect(children, theme, source, found)


def _theme(key: str, value: Value, parent: Theme | None, source: str) -> Theme:
    name = key.strip()
    if not name or "\n" in name:
        raise FeedbackError(at(source, value.line, f"{key!r} cannot be the name of a theme"))
    content = value.content
    if isinstance(content, str):
        content = {"means": Value(content, value.line)}
    if isinstance(content, list):
        message = f"'{name}' is a list; a theme has parts such as 'means' and 'phrases'"
        raise FeedbackError(at(source, value.line, message), hint="Put the words under 'phrases:'.")
    parts = parts_of(name, content or {}, source)
    parts["label"] = parts.get("label") or label_of(name)
    parts["group"] = parts.get("group") or (parent.group if parent else "")
    path = f"{parent.id}/{name}" if parent else name
    return Theme(id=path, parent=parent.id if parent else None, line=value.line, **parts)

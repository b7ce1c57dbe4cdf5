"""What a person says about who is who: names that mean one person, names that do not, and what to call them.

A project keeps it in private/merges.yaml:

    same:
      - [Priya Shah, Pri, Mrs Shah-Jones]
    apart:
      - [Sarah Jones, Sarah]
    call:
      Priya Shah: Manager 1
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from feedback.edits.finding.names import Name, given_names
from feedback.errors import FeedbackError
from feedback.yamlfile import Value, from_yaml

Key = tuple[str, ...]
_PARTS = ("same", "apart", "call")
# What may stand in the brackets of a mask (`masks.MASK`).
_CALLED = re.compile(r"[A-Z][\w' -]{0,38}")


@dataclass(frozen=True)
class Called:
    """The pseudonym that somebody chose, with its brackets, and where it is written."""

    pseudonym: str
    where: str


@dataclass(frozen=True)
class Corrections:
    """Names by their words: `same` leads each to the identity (label, word, ...) it is, `apart` holds groups.

    `written` has all names of the file as they stand in it.
    """

    same: Mapping[Key, Key] = field(default_factory=dict)
    apart: tuple[frozenset[Key], ...] = ()
    call: Mapping[Key, Called] = field(default_factory=dict)
    written: Mapping[Key, str] = field(default_factory=dict)

    def settled(self, own: Key, found: Key) -> Key:
        """Whom a name means that by itself would be `own` and was taken for `found` (both: label, words)."""
        if own[1:] != found[1:] and any(own[1:] in group and found[1:] in group for group in self.apart):
            found = own
        return self.same.get(found[1:], found)


def _identity_of(name: Name) -> Key:
    """The identity that a written name has by itself: a person's first and last word, else all words."""
    words = name.words
    if name.label == "person" and len(words) > 1:
        words = (words[0], words[-1])
    return (name.label, *words)


def read_corrections(text: str, *, source: str = "merges.yaml") -> Corrections:
    """Corrections from the text of a merges.yaml.

    Raises FeedbackError with the line for what is none: an unknown part, a group of one, a name that is in
    two groups, a pseudonym that is given twice or that cannot stand in brackets.
    """
    root = from_yaml(text, source)
    if root.content is None:
        return Corrections()
    if not isinstance(root.content, dict):
        raise _wrong(source, root, "the file should hold 'same:', 'apart:' or 'call:'")
    for part, value in root.content.items():
        if part not in _PARTS:
            near = get_close_matches(part, _PARTS, 1)
            hint = f"did you mean '{near[0]}'?" if near else "parts: same, apart, call"
            raise _wrong(source, value, f"'{part}' is no part of this file", hint)
    written: dict[Key, str] = {}
    same = _same(root.content.get("same"), source, written)
    apart = tuple(
        frozenset(key[1:] for key, _ in group)
        for group in _groups(root.content.get("apart"), source, written)
    )
    for group, value in zip(apart, _items(root.content.get("apart")), strict=True):
        if len({same[key][1:] if key in same else key for key in group}) < len(group):
            raise _wrong(source, value, "these names are said to be one person under 'same'")
    return Corrections(same, apart, _call(root.content.get("call"), source, same, written), written)


def _same(part: Value | None, source: str, written: dict[Key, str]) -> dict[Key, Key]:
    same: dict[Key, Key] = {}
    for group in _groups(part, source, written):
        first = group[0][0]
        for key, value in group:
            if key[1:] in same:
                raise _wrong(source, value, f"'{value.content}' stands in two groups of 'same'")
            same[key[1:]] = first
    return same


def _items(part: Value | None) -> list[Value]:
    return part.content if part is not None and isinstance(part.content, list) else []


def _groups(part: Value | None, source: str, written: dict[Key, str]) -> Iterator[list[tuple[Key, Value]]]:
    if part is None or part.content is None:
        return
    if not isinstance(part.content, list):
        raise _wrong(source, part, "here should be groups of names", "write - [Priya Shah, Pri]")
    for item in part.content:
        if not isinstance(item.content, list) or len(item.content) < 2:
            raise _wrong(source, item, "a group needs two names or more", "write - [Priya Shah, Pri]")
        yield [(_key(name, source, written), name) for name in item.content]


def _key(value: Value, source: str, written: dict[Key, str]) -> Key:
    names = given_names([value.content]) if isinstance(value.content, str) else []
    if not names:
        raise _wrong(source, value, "this should be a name")
    key = _identity_of(names[0])
    written.setdefault(key[1:], str(value.content))
    return key


def _call(
    part: Value | None, source: str, same: Mapping[Key, Key], written: dict[Key, str]
) -> dict[Key, Called]:
    if part is None or part.content is None:
        return {}
    if not isinstance(part.content, dict):
        raise _wrong(source, part, "here should be names with pseudonyms", "write Priya Shah: Manager 1")
    found: dict[Key, Called] = {}
    taken: dict[str, Key] = {}
    for name, value in part.content.items():
        own = _key(Value(name, value.line), source, written)
        key = same.get(own[1:], own)[1:]
        words = value.content.strip().strip("[]") if isinstance(value.content, str) else ""
        if not _CALLED.fullmatch(words):
            raise _wrong(
                source, value, f"'{name}' cannot be called that",
                "a pseudonym begins with a capital and has at most 39 letters, figures, blanks and hyphens",
            )  # fmt: skip
        other = taken.setdefault(words.casefold(), key)
        if other != key:
            raise _wrong(source, value, f"'{words}' is given to two people, '{written[other]}' and '{name}'")
        if key in found and found[key].pseudonym != f"[{words}]":
            raise _wrong(source, value, f"'{name}' is called {found[key].pseudonym} already")
        found[key] = Called(f"[{words}]", f"{source} line {value.line or 1}")
    return found


def _wrong(source: str, value: Value, what: str, hint: str | None = None) -> FeedbackError:
    return FeedbackError(f"{source} line {value.line or 1}: {what}", hint=hint)

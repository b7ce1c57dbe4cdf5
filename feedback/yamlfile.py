"""YAML files that people edit, as values that know their lines; faults are said in the user's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from feedback.errors import FeedbackError

_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Value:
    """A value and where it stands: a text, a list of Value, a dict of text to Value, or None.

    Texts are kept as they were written: `no`, `24` and `12:30` are words here, not truth, number and time.
    """

    content: str | list[Value] | dict[str, Value] | None
    line: int | None = None


def from_plain(value: Any, where: str) -> Value:
    """Plain Python values as Value, without lines. Raises FeedbackError for numbers, sets and the like."""
    if value is None or isinstance(value, str):
        return Value(value)
    if isinstance(value, (list, tuple)):
        return Value([from_plain(item, where) for item in value])
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise FeedbackError(f"{where}: a name must be text, not {key!r}")
        return Value({key: from_plain(item, f"{where}, '{key}'") for key, item in value.items()})
    raise FeedbackError(f"{where}: expected text or a list of texts, not {value!r}")


def from_yaml(text: str, source: str) -> Value:
    """The first document of a YAML text. Raises FeedbackError with line and column when it cannot be read."""
    import yaml

    try:
        node = _compose(text, source)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, text, source) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise FeedbackError(
            f"{source} line {line}: there is a character that does not belong in a text file",
            hint="Save the file as plain text (UTF-8).",
        ) from None
    return Value(None, 1) if node is None else _value(node, source)


def _compose(text: str, source: str) -> Any:
    import yaml

    quick = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_surprises(yaml.parse(text, Loader=quick), source)
        return yaml.compose(text, Loader=quick)
    except yaml.YAMLError:
        # The quick parser's messages are less exact: hear what the other says.
        _refuse_surprises(yaml.parse(text, Loader=yaml.SafeLoader), source)
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _refuse_surprises(events: Iterator[Any], source: str) -> None:
    """Aliases can hide billions of items in ten lines, tags can name code, depth can exhaust the reader."""
    depth = documents = 0
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else None
        kind = type(event).__name__
        documents += kind == "DocumentStartEvent"
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if kind == "AliasEvent" or getattr(event, "anchor", None):
            sign = "*" if kind == "AliasEvent" else "&"
            raise FeedbackError(
                f"{source} line {line}: '{sign}{event.anchor}' points to another place in the file",
                hint=f"Write the words out, or put quotes around a phrase that begins with {sign}",
            )
        if getattr(event, "tag", None):
            raise FeedbackError(
                f"{source} line {line}: '{event.tag}' is not understood here",
                hint="Put quotes around a text that begins with !",
            )
        if depth > _DEEPEST:
            raise FeedbackError(f"{source} line {line}: lists inside lists, more than {_DEEPEST} deep")
        if documents > 1:
            raise FeedbackError(
                f"{source} line {line}: a second document begins here", hint="Remove the line with ---"
            )


def _syntax_error(error: Any, text: str, source: str) -> FeedbackError:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return FeedbackError(f"{source}: this is not YAML ({error.problem or error.context})")
    if error.context_mark and "stream" in str(error.problem):
        opened = error.context_mark
        return FeedbackError(
            f"{source} line {opened.line + 1}, column {opened.column + 1}: what opens here is never closed",
            hint="Close the quotation mark or the bracket.",
        )
    where = f"{source} line {mark.line + 1}, column {mark.column + 1}"
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    if "\t" in line[: mark.column + 1]:
        return FeedbackError(
            f"{where}: a tab is used for indentation", hint="Use spaces: two for each level."
        )
    problem = (error.problem or error.context or "it cannot be read").replace("\n", " ")
    return FeedbackError(f"{where}: {problem}", hint=_syntax_hint(problem))


def _syntax_hint(problem: str) -> str:
    if "mapping values" in problem:
        return "A text with a colon and a space in it needs quotes around it."
    if "cannot start any token" in problem or "alias" in problem:
        return "Put quotes around a text that begins with a sign such as * & % @ or `"
    if "expected <block end>" in problem:
        return "Look at the indentation: this line begins further left or right than its neighbours."
    if "','" in problem:
        return "Put commas between the items of a list, and quotes around an item with a sign in it."
    return "Look at indentation, colons and quotation marks on this line and the one above."


def _value(node: Any, source: str) -> Value:
    line = node.start_mark.line + 1
    if node.id == "scalar":
        return Value(None if node.tag.endswith(":null") else node.value, line)
    if node.id == "sequence":
        return Value([_value(item, source) for item in node.value], line)
    return Value(_mapping(node, source), line)


def _mapping(node: Any, source: str) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key, item in node.value:
        line = key.start_mark.line + 1
        if key.id != "scalar" or not key.value.strip():
            raise FeedbackError(f"{source} line {line}: a name must be text")
        if key.value in found:
            first = found[key.value].line
            raise FeedbackError(
                f"{source} line {line}: '{key.value}' is there twice (first on line {first})",
                hint="Join the two, or give one of them another name.",
            )
        # A value has the line of its name, where people look for it.
        found[key.value] = Value(_value(item, source).content, line)
    return found

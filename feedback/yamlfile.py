"""YAML files that people edit, read with the line of every value, so that an error can name its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from feedback.errors import FeedbackError


@dataclass(frozen=True)
class Located:
    """A value of a YAML file and its line. Mappings and lists hold `Located` items."""

    value: Any
    line: int
    source: str

    def where(self) -> str:
        """Its place in words: "themes.yaml line 12"."""
        return f"{self.source} line {self.line}"

    def plain(self) -> Any:
        """The value without lines."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value


def load_yaml(text: str, *, source: str) -> Located:
    """The content of one YAML document, with lines. Aliases, tags of objects and repeated keys are refused.

    Raises FeedbackError with source, line and column where the text is not YAML.
    """
    try:
        _refuse_aliases(text, source)
        loader = yaml.SafeLoader(text)
        try:
            node = loader.get_single_node()
            return Located(None, 1, source) if node is None else _locate(loader, node, source)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f" line {mark.line + 1} column {mark.column + 1}" if mark else ""
        hint = (
            "indent with spaces, not tabs"
            if "\\t" in str(error)
            else "check indents, colons and quotes there"
        )
        raise FeedbackError(f"{source}{where}: {error.problem or 'not YAML'}", hint=hint) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise FeedbackError(f"{source} is not YAML", hint="is it a text file, saved as UTF-8?") from error


def _refuse_aliases(text: str, source: str) -> None:
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise FeedbackError(
                f"{source} line {line}: '*{event.anchor}' repeats another part of the file",
                hint="write the value out; put words that begin with * or & in quotes",
            )


def _locate(loader: yaml.SafeLoader, node: yaml.Node, source: str, key_line: int | None = None) -> Located:
    line = key_line or node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        items: dict[Any, Located] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            at = key_node.start_mark.line + 1
            if not isinstance(key, str | int | float | bool):
                raise FeedbackError(f"{source} line {at}: a name was expected before the colon")
            if key in items:
                raise FeedbackError(
                    f"{source} line {at}: '{key}' stands twice (first in line {items[key].line})",
                    hint="join the two or rename one",
                )
            items[key] = _locate(loader, value_node, source, at)
        return Located(items, line, source)
    if isinstance(node, yaml.SequenceNode):
        return Located([_locate(loader, item, source) for item in node.value], line, source)
    return Located(loader.construct_object(node, deep=True), line, source)

"""Writing into a feedback.yaml that people edit: a few lines go in, every other character stays."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from feedback.errors import FeedbackError
from feedback.settings import FileRead
from feedback.settings.read import parse_settings

_PATTERN_SIGN = re.compile(r"[\[*?]")


def with_file_read(text: str, file_name: str, entry: FileRead) -> str | None:
    """The text of a feedback.yaml in which `read: files:` says how a file is read; comments and order stay.

    What `entry` leaves empty is not written, and stays where it is there already. None where it cannot be
    done without touching something else, so that the user has to write it.
    """
    name = _PATTERN_SIGN.sub(lambda sign: f"[{sign.group()}]", file_name)
    values = {key: getattr(entry, key) for key in ("text", "case", "kind", "header") if getattr(entry, key)}
    try:
        before = parse_settings(text)
        changed = _changed(
            text, ["read", "files", name], {key: _yaml(value) for key, value in values.items()}
        )
        after = parse_settings(changed)
    except FeedbackError:
        return None
    files = {**before.read.files, name: replace(before.read.files.get(name, FileRead()), **values)}
    wanted = replace(before, read=replace(before.read, files=files))
    return changed if after == wanted else None


def lines_for(file_name: str, entry: FileRead) -> str:
    """What a user would write under `read:` for a file."""
    text = with_file_read("", file_name, entry) or ""
    return text.rstrip("\n")


def _yaml(value: str | tuple[str, ...]) -> str:
    """A value as YAML: JSON is YAML, and keeps colons, commas and quotation marks out of harm's way."""
    if isinstance(value, str) and re.fullmatch(r"[a-z]+", value):
        return value
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _changed(text: str, path: list[str], values: dict[str, str]) -> str:
    """The text with `values` under the keys of `path`; first those that are there, then the new ones."""
    for key, value in values.items():
        text = _with_value(text, [*path, key], value)
    return text


def _with_value(text: str, path: list[str], value: str) -> str:
    import yaml

    node: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is None:
        return _joined(text, _block(path, value, 0))
    for depth, key in enumerate(path):
        pair = next((pair for pair in node.value if pair[0].value == key), None)
        if pair is None:
            return _with_key(text, node, path[depth:], value)
        name, node = pair
        rest = path[depth + 1 :]
        if rest and not node.value:
            return _under_empty(text, name, node, rest, value)
    return text[: node.start_mark.index] + value + text[_end(node) :]


def _with_key(text: str, node: Any, path: list[str], value: str) -> str:
    """A new key in a mapping: inside of the brackets, or on lines of its own below the last one."""
    if node.flow_style:
        at = node.start_mark.index + 1
        return text[:at] + _flow(path, value) + ", " + text[at:]
    column = node.value[0][0].start_mark.column
    at = _line_end(text, _end(node.value[-1][1]))
    return _joined(text[:at], _block(path, value, column)) + text[at:]


def _under_empty(text: str, name: Any, node: Any, path: list[str], value: str) -> str:
    """Keys below a name that holds nothing yet, or an empty pair of brackets."""
    if node.id == "mapping":
        text = text[: node.start_mark.index] + text[node.end_mark.index :]
    at = _line_end(text, name.end_mark.index)
    return _joined(text[:at], _block(path, value, name.start_mark.column + 2)) + text[at:]


def _joined(above: str, block: str) -> str:
    newline = "\r\n" if "\r\n" in above else "\n"
    above += newline if above and not above.endswith("\n") else ""
    return above + block.replace("\n", newline)


def _block(path: list[str], value: str, column: int) -> str:
    lines = [" " * (column + 2 * depth) + _key(key) + ":" for depth, key in enumerate(path)]
    return "\n".join(lines) + " " + value + "\n"


def _flow(path: list[str], value: str) -> str:
    opened = "".join(_key(key) + ": {" for key in path[:-1])
    return f"{opened}{_key(path[-1])}: {value}" + "}" * (len(path) - 1)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[a-z]+", key) else json.dumps(key, ensure_ascii=False)


def _end(node: Any) -> int:
    """Where a value's last character stands; a block's own mark lies behind the comments that follow it."""
    if node.id == "scalar" or node.flow_style:
        return int(node.end_mark.index)
    if not node.value:
        return int(node.start_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _line_end(text: str, at: int) -> int:
    """The start of the line after the one in which a value ends, its comment included."""
    if at and text[at - 1] == "\n":
        return at
    return text.find("\n", at) + 1 or len(text)

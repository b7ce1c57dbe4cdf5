"""Adding to a theme list that somebody wrote by hand: comments, order and layout stay as they were."""

from __future__ import annotations

import json
import re
from typing import Any

from feedback.codebook import Codebook
from feedback.errors import FeedbackError

_PLAIN = re.compile(r"[A-Za-z][A-Za-z' -]*[A-Za-z]")
_WORDS_OF_YAML = {"yes", "no", "true", "false", "null", "on", "off", "y", "n"}


def with_phrase(text: str, theme_id: str, phrase: str, source: str = "themes.yaml") -> str:
    """The theme list with one more phrase under a theme; the same text if it has that phrase already.

    Raises FeedbackError when there is no such theme, and when the list would not be the same otherwise.
    """
    old = Codebook.from_yaml(text, source)
    theme = old[theme_id]
    if phrase in theme.phrases:
        return text
    new = _inserted(text, _node(text, theme_id), phrase)
    expected = (*theme.phrases, phrase)
    return _checked(old, new, source, {theme_id: expected})


def with_theme(
    text: str,
    key: str,
    *,
    label: str = "",
    group: str = "",
    means: str = "",
    examples: tuple[str, ...] = (),
    source: str = "themes.yaml",
) -> str:
    """The theme list with one more theme at its end. Raises FeedbackError when its name is taken."""
    old = Codebook.from_yaml(text, source)
    if key in old:
        raise FeedbackError(f"{source} has a theme '{key}' already", hint="give the new one another name")
    root = _compose(text)
    themes = next(value for name, value in root.value if name.value == "themes")
    indent = " " * themes.value[0][0].start_mark.column
    lines = [f"{indent}{_quoted(key)}:"]
    texts = {"label": label, "group": group, "means": means}
    lines += [f"{indent}  {name}: {_quoted(value)}" for name, value in texts.items() if value]
    if examples:
        lines += [f"{indent}  examples:", *(f"{indent}    - {_quoted(example)}" for example in examples)]
    at = _end_of(text, themes)
    new = f"{text[:at].rstrip()}\n" + "\n".join(lines) + "\n" + text[at:]
    return _checked(old, new, source, {})


def with_themes(text: str, themes: dict[str, Any], source: str = "themes.yaml") -> str:
    """The theme list with more themes at its end, given as `Codebook.to_dict` has them, children and all.

    Raises FeedbackError when one of their names is taken at the top of the list.
    """
    import yaml

    old = Codebook.from_yaml(text, source)
    for key in themes:
        if key in old:
            raise FeedbackError(f"{source} has a theme '{key}' already", hint="give the new one another name")
    root = _compose(text)
    home = next(value for name, value in root.value if name.value == "themes")
    indent = " " * home.value[0][0].start_mark.column
    block = yaml.safe_dump(themes, sort_keys=False, allow_unicode=True, width=100)
    lines = "".join(f"{indent}{line}\n" for line in block.splitlines())
    at = _end_of(text, home)
    return _checked(old, f"{text[:at].rstrip()}\n{lines}{text[at:]}", source, {})


def _inserted(text: str, theme: Any, phrase: str) -> str:
    """The text with the phrase where the theme's phrases stand, whichever way they are written."""
    listed = next((value for name, value in theme.value if name.value == "phrases"), None)
    if listed is None or not getattr(listed, "value", None):
        return _first_phrase(text, theme, listed, phrase)
    if listed.flow_style:
        at = listed.value[-1].end_mark.index
        return f"{text[:at]}, {_quoted(phrase)}{text[at:]}"
    last = listed.value[-1]
    indent = " " * last.start_mark.column
    dash = indent[:-2] if len(indent) >= 2 else ""
    at = last.end_mark.index
    return f"{text[:at]}\n{dash}- {_quoted(phrase)}{text[at:]}"


def _first_phrase(text: str, theme: Any, listed: Any, phrase: str) -> str:
    if listed is not None and listed.start_mark.index != listed.end_mark.index:
        start, end = listed.start_mark.index, listed.end_mark.index
        return f"{text[:start]}[{_quoted(phrase)}]{text[end:]}"
    if listed is not None:
        at = text.rfind(":", 0, listed.start_mark.index + 1) + 1
        return f"{text[:at]} [{_quoted(phrase)}]{text[at:]}"
    first = theme.value[0][0].start_mark
    indent = " " * first.column
    return f"{text[: first.index]}phrases: [{_quoted(phrase)}]\n{indent}{text[first.index :]}"


def _node(text: str, theme_id: str) -> Any:
    """The YAML node of a theme's parts."""
    themes = next(value for name, value in _compose(text).value if name.value == "themes")
    node: Any = None
    rest = theme_id
    while rest:
        for name, value in themes.value:
            key = name.value.strip()
            if rest == key or rest.startswith(f"{key}/"):
                node, rest = value, rest[len(key) + 1 :]
                break
        if rest:
            themes = next(value for name, value in node.value if name.value == "themes")
    if not getattr(node, "value", None) or isinstance(node.value, str):
        raise FeedbackError(
            f"'{theme_id}' has nothing but a definition, so a phrase cannot be put under it",
            hint="write the definition under 'means:' first",
        )
    return node


def _compose(text: str) -> Any:
    import yaml

    # The slower parser: only its marks count characters as Python does, and say where block lists end.
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _end_of(text: str, themes: Any) -> int:
    """Where the last theme's own lines end: comments and blank lines after it stay after."""
    node = themes
    while getattr(node, "value", None) and not isinstance(node.value, str) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = text.find("\n", node.end_mark.index)
    return len(text) if end < 0 else end + 1


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    return json.dumps(text, ensure_ascii=False)


def _checked(old: Codebook, new: str, source: str, phrases: dict[str, tuple[str, ...]]) -> str:
    """The new text, if it says all that the old one did and no more than was asked for."""
    after = Codebook.from_yaml(new, source)
    for theme in old:
        wanted = phrases.get(theme.id, theme.phrases)
        if theme.id not in after or after[theme.id].phrases != wanted or after[theme.id].means != theme.means:
            raise FeedbackError(
                f"{source} is laid out in a way that nothing can be added to safely",
                hint=f"add it by hand under '{theme.id}'",
            )
    return new

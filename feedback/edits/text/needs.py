"""The words without which a pattern cannot match, read from the pattern itself.

As the prefilters of RE2 do (Cox, Regular Expression Matching with a Trigram Index, 2012), so that a pattern
may be changed without a thought of speed. What is not understood needs nothing, and is searched everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from feedback.edits.text.shapes import (
    EDGE,
    FIGURE,
    GAP,
    MANY,
    NOTHING,
    Need,
    Node,
    all_needs,
    either,
    joined,
    repeated,
)

_TOKEN = re.compile(
    r"\(\?(?P<look><?[=!])|(?P<back>\(\?P=\w+\))|(?P<flags>\(\?[a-zA-Z-]+\))"
    r"|(?P<open>\((?:\?(?:P<\w+>|[a-zA-Z-]*:|>)|(?!\?)))|(?P<close>\))|(?P<bar>\|)"
    r"|(?P<repeat>[*+?]|\{\d*(?:,\d*)?\})[+?]?"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<escape>\\[pP]\{[^}]*\}|\\.)|(?P<plain>.)",
    re.DOTALL,
)
_EDGES = frozenset(("\\b", "\\A", "\\Z", "^", "$"))
_WORDLESS = frozenset(("\\s", "\\W"))


@cache
def needs(pattern: str) -> tuple[Need, ...]:
    """Each of these must hold for a match of the pattern; none where it may match anything."""
    tokens = list(_TOKEN.finditer(pattern))
    node, at = _alternatives(tokens, 0)
    return all_needs(node) if at == len(tokens) else ()


def _alternatives(
    tokens: Sequence[re.Match[str]], at: int, gap_before: bool = False, gap_after: bool = False
) -> tuple[Node, int]:
    """The node of tokens[at:] up to the bracket that closes it, and the place of that bracket."""
    end = _closing(tokens, at)
    gap_after = _is_gap(tokens, end + 1) or (gap_after and _ends(tokens, end + 1))
    branches = []
    while True:
        branch, at = _sequence(tokens, at, gap_before, gap_after)
        branches.append(branch)
        if at == len(tokens) or tokens[at]["close"]:
            return either(branches), at
        at += 1


def _closing(tokens: Sequence[re.Match[str]], at: int) -> int:
    depth = 0
    for i in range(at, len(tokens)):
        depth += bool(tokens[i]["open"] or tokens[i]["look"]) - bool(tokens[i]["close"])
        if depth < 0:
            return i
    return len(tokens)


def _is_gap(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether the token is a gap that is not repeated, so surely there."""
    if at >= len(tokens) or (tokens[at][0] not in _EDGES and tokens[at][0] not in _WORDLESS):
        return False
    return at + 1 == len(tokens) or not tokens[at + 1]["repeat"]


def _ends(tokens: Sequence[re.Match[str]], at: int) -> bool:
    return at == len(tokens) or bool(tokens[at]["close"] or tokens[at]["bar"])


def _sequence(
    tokens: Sequence[re.Match[str]], at: int, gap_before: bool, gap_after: bool
) -> tuple[Node, int]:
    items = [EDGE] if gap_before else []
    while not _ends(tokens, at):
        gap = bool(items) and items[-1].ends and not items[-1].empty
        item, at = _item(tokens, at, gap, gap_after)
        if at < len(tokens) and tokens[at]["repeat"]:
            item, at = repeated(item, *_times(tokens[at]["repeat"])), at + 1
        items.append(item)
    return joined([*items, *([EDGE] if gap_after else [])]), at


def _times(written: str) -> tuple[int, int | None]:
    known = {"*": (0, None), "+": (1, None), "?": (0, 1)}
    if written in known:
        return known[written]
    least, comma, most = written[1:-1].partition(",")
    return int(least or 0), (int(most) if most else None) if comma else int(least)


def _item(tokens: Sequence[re.Match[str]], at: int, gap_before: bool, gap_after: bool) -> tuple[Node, int]:
    token = tokens[at]
    if token["look"] or token["open"]:
        around = (False, False) if token["look"] else (gap_before, gap_after)
        inner, end = _alternatives(tokens, at + 1, *around)
        return (_looked(inner, token["look"], tokens[at + 1 : end]) if token["look"] else inner), end + 1
    if token["flags"]:
        return NOTHING, at + 1
    if token["back"]:
        return Node(None, (), MANY), at + 1
    if token["set"]:
        return _of_set(token["set"]), at + 1
    return _of_character(token[0]), at + 1


def _looked(inner: Node, look: str, tokens: Sequence[re.Match[str]]) -> Node:
    """What stands before or after: no letter where letters must not, else nothing is known of it."""
    if look.endswith("!") and tokens:
        first = tokens[0][0]
        bounded = len(tokens) == 1 or tokens[1]["bar"]
        if bounded and (first == "\\w" or (tokens[0]["set"] and first[1] != "^" and "\\w" in first)):
            return replace(EDGE, width=inner.width)
        return replace(NOTHING, width=inner.width)
    needed = all_needs(inner) if look == "=" else ()
    return Node(None, needed, inner.width) if needed else replace(NOTHING, width=inner.width)


def _of_set(written: str) -> Node:
    """A set of characters: their strings when they are gaps, figures or a few letters."""
    inside = written[1:-1]
    if inside.startswith("^"):
        return Node(None, (), 1)
    plain = re.sub(r"\\d|\d-\d|\d", FIGURE, inside.replace("\\s", GAP))
    if re.search(r"\\[a-zA-Z]|[^\W\d_]-[^\W\d_]", plain):
        return Node(None, (), 1)
    return Node(frozenset(map(_folded, plain.replace("\\", ""))), (), 1)


def _of_character(written: str) -> Node:
    if written in _EDGES:
        return EDGE
    if written in _WORDLESS:
        return Node(frozenset((GAP,)), (), 1)
    if written == "\\d":
        return Node(frozenset((FIGURE,)), (), 1)
    if written == "." or (written.startswith("\\") and written[1].isalnum()):
        return Node(None, (), 1)
    return Node(frozenset((_folded(written[-1]),)), (), 1)


def _folded(character: str) -> str:
    """A letter in small, a gap, a figure; other letters count as gaps that end no word."""
    if character.isascii():
        small = character.lower()
        return small if small.isalpha() else FIGURE if small.isdigit() else GAP
    return "\0" if character.isalnum() else GAP

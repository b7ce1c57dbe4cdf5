"""How a phrase of the theme list is read: words, `(this|that)`, `burn*`, and `manager ... support`.

    caseload                  also caseloads, caseload's; capitals do not matter
    sign-off                  a hyphen is a hyphen, a space or nothing: sign off, signoff
    too many (cases|families) one of several; (very)? may be missing
    burn* out                 * stands for any ending: burned out, burning out
    manager ... support       up to five words between, within one sentence
    /case ?(load|work)/       between slashes: a regular expression, as it stands

A phrase that can only be a regular expression (it has a backslash, [ ] { } ^ $, or .* in it) is taken as one,
within word boundaries. Nothing here runs an expression: it is made into one for the `regex` package.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

GAP_WORDS = 5
_BETWEEN = r"[\s\-‐‑–]{1,3}"
_HYPHEN = r"[\s\-‐‑–]{0,3}"
_GAP_BREAK = r"[^\w.?!]{1,6}"
_GAP = rf"(?:{_GAP_BREAK}\w[\w'’]*){{0,{GAP_WORDS}}}?{_GAP_BREAK}"
_RAW = re.compile(r"[\\\[\]{}^$]|\(\?|\)[*+]|[^\W\d]\+|(?<!\.)\.[*+?]")
_PIECE = re.compile(
    r"\s*(?:\.{3,}|…)\s*|\s*\|\s*|\(\s*|\s*\)\??|\s+|[-‐‑–]|[^\s()|\-‐‑–…]+?(?=\.{3}|[\s()|\-‐‑–…]|$)"
)


class PhraseError(ValueError):
    """A phrase that cannot be read; says why in the user's words."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str


@dataclass(frozen=True, slots=True)
class _Break:
    """What joins two pieces: " ", "-" or "..."."""

    kind: str


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple[tuple[_Node, ...], ...]
    optional: bool = False


_Node = _Word | _Break | _Choice


def is_expression(phrase: str) -> bool:
    """Whether a phrase is taken as a regular expression rather than as words."""
    return _between_slashes(phrase) or bool(_RAW.search(phrase.replace("...", " ")))


@lru_cache(maxsize=4096)
def pattern(phrase: str) -> str:
    """The regular expression that finds a phrase, for `regex` with IGNORECASE.

    Raises PhraseError when the phrase is empty or its brackets do not pair. A phrase that is itself an
    expression is not compiled here, so it may still be wrong.
    """
    phrase = phrase.strip()
    if _between_slashes(phrase):
        return phrase[1:-1]
    if is_expression(phrase):
        return rf"(?<!\w)(?:{phrase})(?!\w)"
    return rf"(?<!\w){_choice(_parse(phrase))}(?!\w)"


@lru_cache(maxsize=4096)
def anchors(phrase: str) -> frozenset[str] | None:
    """Beginnings of words, in small letters, one of which every match must hold; None when not known.

    They let a tagger pass over texts that cannot match without running an expression.
    """
    if is_expression(phrase):
        return None
    return _choice_anchors(_parse(phrase.strip()))


@lru_cache(maxsize=4096)
def plain(phrase: str, limit: int = 4) -> tuple[str, ...]:
    """A phrase as people would write it, each alternative spelled out (at most `limit` of them)."""
    if is_expression(phrase):
        text = re.sub(r"\\[A-Za-z]|\(\?.|[^\w\s'’]", " ", phrase)
        return (" ".join(text.split()),)
    spelled = [" ".join(text.split()) for text in _spell_choice(_parse(phrase.strip()))]
    return tuple(dict.fromkeys(text for text in spelled if text))[:limit]


def _between_slashes(phrase: str) -> bool:
    phrase = phrase.strip()
    return len(phrase) > 2 and phrase[0] == phrase[-1] == "/"


# Reading


def _parse(phrase: str) -> _Choice:
    if not re.search(r"\w", phrase):
        raise PhraseError("it has no word in it")
    phrase = re.sub(r"\s+\)\?(?=[^\s)|])", ")? ", phrase)  # (me )?off is me? off
    phrase = re.sub(r"(?<=[^\s(|])\(\s+", " (", phrase)
    pieces = [match.group() for match in _PIECE.finditer(phrase)]
    if "".join(pieces) != phrase:
        raise PhraseError("it cannot be read as words")
    tree, rest = _parse_choice(pieces)
    if rest:
        raise PhraseError("a bracket is closed that was never opened")
    return tree


def _parse_choice(pieces: list[str]) -> tuple[_Choice, list[str]]:
    """One set of alternatives, up to the bracket that closes it, and the pieces from there."""
    options: list[tuple[_Node, ...]] = []
    nodes: list[_Node] = []
    while pieces and not pieces[0].lstrip().startswith(")"):
        piece, pieces = pieces[0], pieces[1:]
        if piece.strip() == "|":
            options.append(_trim(nodes))
            nodes = []
        elif piece.strip() == "(":
            inner, pieces = _parse_choice(pieces)
            if not pieces:
                raise PhraseError("a bracket is not closed")
            nodes.append(_Choice(inner.options, optional=pieces[0].endswith("?")))
            pieces = pieces[1:]
        else:
            nodes.append(_node(piece))
    options.append(_trim(nodes))
    if not all(options):
        raise PhraseError("an alternative is empty")
    return _Choice(tuple(options)), pieces


def _node(piece: str) -> _Node:
    bare = piece.strip()
    if not bare:
        return _Break(" ")
    if bare == "…" or bare.startswith("..."):
        return _Break("...")
    if bare in "-‐‑–":
        return _Break("-")
    return _Word(bare)


def _trim(nodes: list[_Node]) -> tuple[_Node, ...]:
    kept = list(nodes)
    while kept and isinstance(kept[0], _Break):
        kept.pop(0)
    while kept and isinstance(kept[-1], _Break):
        kept.pop()
    return tuple(kept)


# Writing the expression


def _choice(choice: _Choice) -> str:
    inner = "|".join(_sequence(option) for option in choice.options)
    return f"(?:{inner}){'?' if choice.optional else ''}"


def _sequence(nodes: tuple[_Node, ...]) -> str:
    """Pieces in a row; a piece that may be missing takes the break beside it along."""
    parts: list[str] = []
    at = 0
    while at < len(nodes):
        node = nodes[at]
        following = nodes[at + 1] if at + 1 < len(nodes) else None
        apart = at == 0 or isinstance(nodes[at - 1], _Break)
        if isinstance(node, _Choice) and node.optional and apart and isinstance(following, _Break):
            parts.append(f"(?:{_choice(_Choice(node.options))}{_break(following)})?")
            at += 1
        elif isinstance(node, _Break) and _last_and_optional(nodes, at + 1):
            parts.append(f"(?:{_break(node)}{_choice(_Choice(nodes[-1].options))})?")  # type: ignore[union-attr]
            at += 1
        else:
            parts.append(_piece(node, ending=not isinstance(following, _Choice)))
        at += 1
    return "".join(parts)


def _last_and_optional(nodes: tuple[_Node, ...], at: int) -> bool:
    last = nodes[-1]
    return at == len(nodes) - 1 and isinstance(last, _Choice) and last.optional


def _piece(node: _Node, *, ending: bool) -> str:
    if isinstance(node, _Break):
        return _break(node)
    if isinstance(node, _Choice):
        return _choice(node)
    return _word(node.text, ending=ending)


def _break(node: _Break) -> str:
    return {" ": _BETWEEN, "-": _HYPHEN, "...": _GAP}[node.kind]


def _word(word: str, *, ending: bool) -> str:
    """One word with the endings it may take (a plural, a third person, a genitive) and its wildcards."""
    if ending and len(word) >= 3 and word.isalpha():
        return _with_endings(word)
    parts = [_sign(word, at) for at in range(len(word))]
    return "".join(parts)


def _sign(word: str, at: int) -> str:
    sign = word[at]
    if sign == "*":
        return r"\w*"
    if sign == "?":
        return "?" if at and word[at - 1] not in "*?" else ""
    if sign in "'’‘ʼ":
        # People leave this one out when they type: dont, cant.
        return "['’‘ʼ]?" if word[at - 1 : at].lower() == "n" and word[at + 1 :].lower() == "t" else "['’‘ʼ]"
    return re.escape(sign)


def _with_endings(word: str) -> str:
    lower = word.lower()
    if lower.endswith("y") and lower[-2] not in "aeiou":
        return re.escape(word[:-1]) + "(?:y(?:['’]s)?|ies['’]?)"
    if lower.endswith(("s", "x", "z", "ch", "sh")):
        return re.escape(word) + "(?:es['’]?|['’]s?)?"
    return re.escape(word) + "(?:['’]?s['’]?)?"


# What every match must hold


def _choice_anchors(choice: _Choice) -> frozenset[str] | None:
    found = [_sequence_anchors(option) for option in choice.options]
    if choice.optional or any(option is None for option in found):
        return None
    return frozenset().union(*(option for option in found if option))


def _sequence_anchors(nodes: tuple[_Node, ...]) -> frozenset[str] | None:
    best: frozenset[str] | None = None
    for at, node in enumerate(nodes):
        if at and not (isinstance(nodes[at - 1], _Break) and nodes[at - 1] != _Break("-")):
            continue
        found = _node_anchors(node)
        if found and (best is None or min(map(len, found)) > min(map(len, best))):
            best = found
    return best


def _node_anchors(node: _Node) -> frozenset[str] | None:
    if isinstance(node, _Choice):
        return _choice_anchors(node)
    if isinstance(node, _Break):
        return None
    start = re.match(r"\w*", node.text.lower()).group()  # type: ignore[union-attr]
    if node.text[len(start) :].startswith("?"):
        start = start[:-1]
    return frozenset([start.removesuffix("y") or start]) if start else None


# Spelling out


def _spell_choice(choice: _Choice) -> list[str]:
    spelled = [text for option in choice.options for text in _spell_sequence(option)]
    return ([*spelled, ""] if choice.optional else spelled)[:16]


def _spell_sequence(nodes: tuple[_Node, ...]) -> list[str]:
    parts = [_spell(node) for node in nodes]
    return ["".join(row) for row in list(product(*parts))[:16]]


def _spell(node: _Node) -> list[str]:
    if isinstance(node, _Choice):
        return _spell_choice(node)
    if isinstance(node, _Break):
        return ["-" if node.kind == "-" else " "]
    return [re.sub(r"[*?]", "", node.text)]

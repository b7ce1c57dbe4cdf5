"""What a piece of a pattern can match and what it cannot match without: strings, words, widths."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from feedback.edits.text.words import word_set

MANY = 40  # what is repeated without an end is taken to be at most so long
GAP = " "  # in strings stands for whatever is no letter and no figure
FIGURE = "0"
_MOST = 400  # strings of a stretch that are kept apart
_FEW = 20
_LONG_PART = 5
# How much more often than another word a common one stands in a text, and a part of a word than a word.
_COMMON_TIMES, _PART_TIMES = 100, 3
_COMMON = word_set(
    "a an and as at be by do for go he her him his i if in is it me my no not of on one or our out she so "
    "that the they this to up us was we what who with you have been when them were your from would there "
    "their more just like only really know about think some then because people work also said right first "
    "where other very called before again had has are am all but can now"
)
_RUN = re.compile("[a-z]+|0+")


@dataclass(frozen=True, slots=True)
class Need:
    """A match holds one of the `whole` words, or a word with one of the `parts` ("0": any figures) in it.

    It begins at most `before` characters before that word's end and looks at most `after` after its start.
    """

    whole: frozenset[str]
    parts: frozenset[str]
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Node:
    """What a piece of a pattern matches: these strings and no others (None: many), how far, what it needs."""

    strings: frozenset[str] | None
    needs: tuple[Need, ...] = ()
    width: int = 0
    begins: bool = False  # with a gap, whatever it matches; likewise `ends`; `empty`: it may match nothing
    ends: bool = False
    empty: bool = False

    def __post_init__(self) -> None:
        if self.strings is not None:
            object.__setattr__(self, "begins", all(s.startswith(GAP) for s in self.strings if s))
            object.__setattr__(self, "ends", all(s.endswith(GAP) for s in self.strings if s))
            object.__setattr__(self, "empty", "" in self.strings)


_EMPTY = frozenset(("",))
NOTHING = Node(_EMPTY)
EDGE = Node(frozenset((GAP,)))


def all_needs(node: Node) -> tuple[Need, ...]:
    """What a piece needs to match, whether its strings are known or not."""
    own = _need_of(node.strings, node.width, node.width) if node.strings is not None else None
    return (own,) if own else node.needs


def _need_of(strings: frozenset[str], before: int, after: int) -> Need | None:
    """The most telling word or part of a word of each string; None where a string has none."""
    whole: set[str] = set()
    parts: set[str] = set()
    for string in strings:
        runs = [(run[0], _alone(string, run)) for run in _RUN.finditer(string)]
        written, alone = max(runs, key=_telling, default=("", False))
        if not written or (len(written) == 1 and not alone and written != FIGURE):
            return None
        if written.startswith(FIGURE):
            parts.add(FIGURE)
        else:
            (whole if alone else parts).add(written)
    return Need(frozenset(whole), frozenset(parts), before, after)


def _alone(string: str, run: re.Match[str]) -> bool:
    return string[: run.start()].endswith(GAP) and string[run.end() :].startswith(GAP)


def _telling(run: tuple[str, bool]) -> tuple[int, int]:
    """How seldom a word, or part of one, is in a text: a guess."""
    written, alone = run
    if written in _COMMON:
        return 1, len(written)
    if written.startswith(FIGURE):
        return 3, 0
    return (4 if alone or len(written) >= _LONG_PART else 2 if len(written) > 1 else 0), len(written)


def either(branches: Sequence[Node]) -> Node:
    """One of several pieces: the need that is seldom met of each."""
    if len(branches) == 1:
        return branches[0]
    width = max(branch.width for branch in branches)
    strings = [branch.strings for branch in branches if branch.strings is not None]
    if len(strings) == len(branches):
        return Node(frozenset().union(*strings), (), width)
    rest = {
        "begins": all(b.begins for b in branches),
        "ends": all(b.ends for b in branches),
        "empty": any(b.empty for b in branches),
    }
    options = [all_needs(branch) for branch in branches]
    if not all(options):
        return Node(None, (), width, **rest)
    best = [min(needed, key=_commonness) for needed in options]
    return Node(
        None,
        (
            Need(
                frozenset().union(*(n.whole for n in best)),
                frozenset().union(*(n.parts for n in best)),
                max(n.before for n in best),
                max(n.after for n in best),
            ),
        ),
        width,
        **rest,
    )


def _commonness(need: Need) -> int:
    """A guess how often words of a text fulfil a need."""
    common = sum(_COMMON_TIMES for word in need.whole | need.parts if word in _COMMON)
    return common + len(need.whole) + _PART_TIMES * len(need.parts)


def joined(items: Sequence[Node]) -> Node:
    """Items that follow each other: the needs of each, and of the stretches whose strings are known."""
    total = sum(item.width for item in items)
    found: list[Need] = []
    stretch, began, reached = _EMPTY, 0, 0
    ahead = _gaps_ahead(items)
    whole = True
    for at, item in enumerate(items):
        if item.strings is not None and len(stretch) * len(item.strings) <= _MOST:
            stretch = frozenset(map("".join, itertools.product(stretch, item.strings)))
        else:
            whole = False
            found += _stretch_need(stretch, began, reached, total, gap_after=ahead[at])
            found += [
                replace(n, before=reached + n.before, after=total - reached - item.width + n.after)
                for n in item.needs
            ]
            gap = all(string.endswith(GAP) for string in stretch)
            if item.strings is not None and len(item.strings) <= _MOST:
                began, stretch = reached, frozenset(GAP * gap + string for string in item.strings)
            else:
                gap = item.ends and (gap or not item.empty)
                began, stretch = reached + item.width, frozenset((GAP * gap,))
        reached += item.width
    if whole:
        return Node(stretch, (), total)
    found += _stretch_need(stretch, began, reached, total)
    ends = all(string.endswith(GAP) for string in stretch)
    begins = bool(ahead) and ahead[0]
    return Node(None, tuple(found), total, ends=ends, begins=begins, empty=all(item.empty for item in items))


def _gaps_ahead(items: Sequence[Node]) -> list[bool]:
    """For each place whether whatever stands there begins with a gap."""
    found, after = [], False
    for item in reversed(items):
        after = item.begins and (not item.empty or after)
        found.append(after)
    return found[::-1]


def _stretch_need(
    stretch: frozenset[str], began: int, reached: int, total: int, *, gap_after: bool = False
) -> Iterator[Need]:
    ended = frozenset(string + GAP for string in stretch) if gap_after else stretch
    need = _need_of(ended, reached, total - began)
    if need:
        yield need


def repeated(item: Node, least: int, most: int | None) -> Node:
    """An item that comes `least` to `most` (None: any number of) times."""
    width = max(MANY, 4 * item.width) if most is None else item.width * most
    if item.strings is not None and most is not None and len(item.strings) ** most <= _FEW:
        times = (map("".join, itertools.product(item.strings, repeat=n)) for n in range(least, most + 1))
        return Node(frozenset(itertools.chain(*times)), (), width)
    if item.strings is not None and (least, most) == (0, 1):
        return Node(item.strings | _EMPTY, (), width)
    own = all_needs(item) if least else ()
    return Node(
        None,
        tuple(replace(n, before=n.before + width, after=n.after + width) for n in own),
        width,
        begins=item.begins,
        ends=item.ends,
        empty=least == 0 or item.empty,
    )

"""What people decided about finds: kept as keyed hashes, without the words, and replayed in every later run.

A decision holds for some words everywhere, or for one place, which is known by the words around it: it
survives a corrected file, another document id and other offsets.
"""

from __future__ import annotations

import hmac
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from feedback.edits.text.cues import KIN, TITLES
from feedback.edits.text.words import Word

if TYPE_CHECKING:
    import pandas as pd

MASK, KEEP, CHANGE, SAME, GENERALISE = "mask", "keep", "change", "same", "generalise"
NAMES = ("person", "place", "organisation")
_OF_FLAG = "flag "
AROUND = 4
_LEAST_AROUND = 2
_FIRST = 8  # hex digits of the first word's own mark, so that a search hashes few runs of words
_SIZE = 32
# How a place fits: the words on both sides are the same, those on one side, any will do, or none does.
_WHOLE, _HALF, _EVERYWHERE, _NOT = range(4)


class Anchor(NamedTuple):
    """Which words, and where: keyed hashes of the words, and of those before and after them."""

    what: str
    size: int
    before: str
    after: str


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """What holds for words: `before` and `after` are empty when it holds everywhere.

    `label` is the label of a mask (person, number, ...), or "flag age", "flag role" and so on; `wording` is
    what shows in its place, `was` the pseudonym of before, where somebody said that it means another one.
    """

    what: str
    size: int
    before: str
    after: str
    label: str
    act: str
    wording: str = ""
    was: str = ""

    @property
    def everywhere(self) -> bool:
        return not (self.before or self.after)

    @property
    def flag(self) -> str:
        """The kind of flag that it is about; empty for a name or number."""
        return kind_of_flag(self.label)


class Settled(NamedTuple):
    """Words first to last (exclusive) of a document about which somebody decided."""

    first: int
    last: int
    decision: Decision


class Fit(NamedTuple):
    """How a decision fits (the words on both sides are the same, on one, or any will do) words of a text."""

    fit: int
    one: Settled


def settled(texts: Sequence[Sequence[Fit]]) -> list[list[Settled]]:
    """What holds in each text, of all that fits in all of them: see `Decided.settle`."""
    by_decision: dict[Decision, dict[int, list[tuple[int, Settled]]]] = defaultdict(lambda: defaultdict(list))
    for number, fits in enumerate(texts):
        for fit, one in fits:
            by_decision[one.decision][fit].append((number, one))
    found: list[list[tuple[int, Settled]]] = [[] for _ in texts]
    for by_fit in by_decision.values():
        if _WHOLE not in by_fit and len(by_fit[_HALF]) == 1:
            by_fit[_WHOLE] = by_fit[_HALF]
        for fit in (_WHOLE, _EVERYWHERE):
            for number, one in by_fit[fit]:
                found[number].append((fit, one))
    return [_first_of_each(here) for here in found]


def flag_label(kind: str) -> str:
    """The label of a decision about a flag of this kind."""
    return _OF_FLAG + kind


def kind_of_flag(label: str) -> str:
    """The kind of flag that a label is about; empty for that of a mask."""
    return label.removeprefix(_OF_FLAG) if label.startswith(_OF_FLAG) else ""


def mark(secret: bytes, keys: Sequence[str]) -> str:
    """The keyed hash of folded words, which nobody without the secret can guess at."""
    return hmac.digest(secret, "\0".join(keys).encode(), "sha256").hex()[:_SIZE]


def _what(secret: bytes, keys: Sequence[str]) -> str:
    return mark(secret, keys[:1])[:_FIRST] + mark(secret, keys)


def range_of(ws: Sequence[Word], start: int, end: int, label: str = "") -> tuple[int, int]:
    """Which of the words the span touches; of a name those without title and genitive s. (0, 0): none."""
    first = bisect_right(ws, start, key=lambda word: word.end)
    last = bisect_left(ws, end, key=lambda word: word.start)
    if first >= last:
        return 0, 0
    if label in NAMES:
        while last - first > 1 and (ws[first].key in TITLES or ws[first].key in KIN):
            first += 1
        if last - first > 1 and ws[last - 1].key == "s":
            last -= 1
    return first, last


def anchor(ws: Sequence[Word], start: int, end: int, label: str, secret: bytes) -> Anchor | None:
    """The anchor of the words that a find touches; None where it touches none."""
    first, last = range_of(ws, start, end, label)
    if first == last:
        return None
    keys = [word.key for word in ws[first:last]]
    return Anchor(_what(secret, keys), last - first, *_around(ws, first, last, secret))


def _around(ws: Sequence[Word], first: int, last: int, secret: bytes) -> tuple[str, str]:
    before = [word.key for word in ws[max(0, first - AROUND) : first]]
    after = [word.key for word in ws[last : last + AROUND]]
    return mark(secret, before), mark(secret, after)


class Decided:
    """All decisions of a project, table `private/decisions`, ready to be found in texts again."""

    def __init__(self, table: pd.DataFrame | None = None, secret: bytes = b"") -> None:
        rows: list[Mapping[Any, Any]] = [] if table is None else table.to_dict("records")
        self._secret = secret
        self._by_what: dict[str, list[Decision]] = defaultdict(list)
        for row in rows:
            one = Decision(
                str(row["what"]), int(row["size"]), row["before"] or "", row["after"] or "",
                str(row["label"]), str(row["act"]), row["wording"] or "", row["was"] or "",
            )  # fmt: skip
            self._by_what[one.what].append(one)
        self._sizes: dict[str, set[int]] = defaultdict(set)
        for what, decisions in self._by_what.items():
            self._sizes[what[:_FIRST]] |= {decision.size for decision in decisions}

    def __bool__(self) -> bool:
        return bool(self._by_what)

    def digest(self) -> str:
        """Of all decisions, and of the secret: what else fits words depends on nothing but these."""
        told = sorted(one for here in self._by_what.values() for one in here)
        return hmac.digest(self._secret, repr(told).encode(), "sha256").hex()

    def settle(self, texts: Sequence[Sequence[Word]]) -> list[list[Settled]]:
        """For each text, as its words, what was decided about which of them, in order.

        A decision about a place fits where the words on both sides are the same; where there is no such
        place, it fits the only one where those on one side are. It goes before one that holds everywhere.
        """
        return settled([self.fits(ws) for ws in texts])

    def fits(self, ws: Sequence[Word]) -> list[Fit]:
        """How each decision fits wherever the words stand that it is about, in one text."""
        return [Fit(fit, one) for one in self._matches(ws) if (fit := self._fit(ws, one)) != _NOT]

    def _matches(self, ws: Sequence[Word]) -> Iterator[Settled]:
        firsts: dict[str, tuple[int, ...]] = {}
        for first, word in enumerate(ws):
            sizes = firsts.get(word.key)
            if sizes is None:
                sizes = tuple(sorted(self._sizes.get(mark(self._secret, [word.key])[:_FIRST], ())))
                firsts[word.key] = sizes
            for size in sizes:
                keys = [one.key for one in ws[first : first + size]]
                if len(keys) == size:
                    for decision in self._by_what.get(_what(self._secret, keys), ()):
                        yield Settled(first, first + size, decision)

    def _fit(self, ws: Sequence[Word], one: Settled) -> int:
        if one.decision.everywhere:
            return _EVERYWHERE
        before, after = _around(ws, one.first, one.last, self._secret)
        same = (before == one.decision.before, after == one.decision.after)
        if all(same):
            return _WHOLE
        telling = (one.first >= _LEAST_AROUND, len(ws) - one.last >= _LEAST_AROUND)
        return _HALF if any(fits and tells for fits, tells in zip(same, telling, strict=True)) else _NOT


def _first_of_each(settled: Iterable[tuple[int, Settled]]) -> list[Settled]:
    """One decision about the same words and kind of find: that about the place before that about them all."""
    kept: dict[tuple[int, int, str], Settled] = {}
    for _, one in sorted(settled):
        kept.setdefault((one.first, one.last, one.decision.flag), one)
    return sorted(kept.values())

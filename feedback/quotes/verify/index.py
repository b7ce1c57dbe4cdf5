"""Where a quote may come from: turns that share its runs of words, found among millions in one pass."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat, takewhile
from typing import TYPE_CHECKING, Any

from feedback.edits.text.words import word_set
from feedback.model import Document, Role
from feedback.quotes.verify.words import FILLERS, Element, Token, tokens_of
from feedback.spans import Edit, render

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_FILLER = -1
_MOST_TURNS, _MOST_EQUAL = 24, 2_000
# What an interviewer says while somebody goes on talking.
_LISTENING = word_set(
    "mm mhm mmhm hm hmm uh huh uhhuh yeah yes yep ok okay right sure i see oh wow ah really gosh no"
)


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: whose it is, and where it stands in its document."""

    document_id: str
    number: int
    start: int
    end: int
    role: Role
    case_id: str | None


class Originals:
    """All that was said, by turn, with what cleaning and masking did; words are cut when they are needed."""

    def __init__(
        self,
        documents: Sequence[Document],
        edits: Mapping[str, Sequence[Edit]],
        case_of: Mapping[tuple[str, int], str] | None,
    ) -> None:
        self._texts = {one.document_id: one.text for one in documents}
        self._edits = {name: sorted(found, key=lambda edit: edit.start) for name, found in edits.items()}
        self._ends = {name: [edit.end for edit in found] for name, found in self._edits.items()}
        self._tokens: dict[int, list[Token]] = {}
        self.turns = [
            Said(
                one.document_id,
                number,
                turn.start,
                turn.end,
                turn.role,
                _case(one, number, turn.role, case_of),
            )
            for one in sorted(documents, key=lambda one: one.document_id)
            for number, turn in enumerate(one.turns)
        ]

    def text(self, turn: int) -> str:
        """A turn's words as they stand in the original."""
        said = self.turns[turn]
        return self._texts[said.document_id][said.start : said.end]

    def document(self, document_id: str) -> str:
        """The original text of a document."""
        return self._texts[document_id]

    def tokens(self, turn: int) -> list[Token]:
        """A turn's words with what became of them."""
        if turn not in self._tokens:
            said = self.turns[turn]
            self._tokens[turn] = tokens_of(
                self._texts[said.document_id],
                said.start,
                said.end,
                self._near(said.document_id, said.start, said.end),
            )
        return self._tokens[turn]

    def _near(self, document_id: str, start: int, end: int) -> list[Edit]:
        """The edits of a document that touch [start, end)."""
        found = self._edits.get(document_id, [])
        first = bisect_right(self._ends.get(document_id, []), start)
        later = map(found.__getitem__, range(first, len(found)))
        return list(takewhile(lambda edit: edit.start < end, later))

    def shown(self, document_id: str, start: int, end: int) -> str:
        """What everybody may see of an original's [start, end): rendered, on one line."""
        near = self._near(document_id, start, end)
        if not near:
            return " ".join(self._texts[document_id][start:end].split())
        # A mask is shown whole, even where only a part of it was asked for.
        first, last = min(start, near[0].start), max(end, near[-1].end)
        moved = [replace(edit, start=edit.start - first, end=edit.end - first) for edit in near]
        return " ".join(render(self._texts[document_id][first:last], moved).split())

    def neighbours(self, turn: int, *, before: int, after: int) -> list[int]:
        """The turn and those of the same speaker in the same document before and after it, in order."""
        said = self._spoken[_speaker(self.turns[turn])]
        at = bisect_left(said, turn)
        return said[max(at - before, 0) : at + after + 1]

    @cached_property
    def _spoken(self) -> dict[tuple[str, Role, str | None], list[int]]:
        """The turns of each speaker of each document, in order."""
        found: dict[tuple[str, Role, str | None], list[int]] = {}
        for at, said in enumerate(self.turns):
            found.setdefault(_speaker(said), []).append(at)
        return found

    def unbroken(self, turn: int, following: int) -> bool:
        """Whether between two turns nobody else says more than "mm" or "okay"."""
        between = range(turn + 1, following)
        return all(
            len(words := _WORD.findall(self.text(at).casefold())) <= 3 and set(words) <= _LISTENING
            for at in between
        )


def _speaker(said: Said) -> tuple[str, Role, str | None]:
    return said.document_id, said.role, said.case_id


def edits_in(edits: pd.DataFrame | None) -> dict[str, list[Edit]]:
    """The rows of table `edits` by document."""
    found: dict[str, list[Edit]] = {}
    for row in () if edits is None else edits.itertuples(index=False):
        edit = Edit(row.start, row.end, row.replacement or "", row.kind, row.label or "", row.source or "")
        found.setdefault(row.document_id, []).append(edit)
    return found


def _case(
    document: Document, number: int, role: Role, case_of: Mapping[tuple[str, int], str] | None
) -> str | None:
    if role == "interviewer":
        return None
    return document.document_id if case_of is None else case_of.get((document.document_id, number))


def plain_words(text: str) -> list[str]:
    """The words of a text for the search: quick, and a little coarser than those that are compared."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def runs_of(elements: Sequence[Element]) -> list[list[str]]:
    """A quote's words between its brackets and omissions, without fillers."""
    runs: list[list[str]] = [[]]
    for element in elements:
        if element.part == "word":
            runs[-1] += [word for word in plain_words(element.text) if word not in FILLERS]
        else:
            runs.append([])
    return [run for run in runs if run]


@dataclass(frozen=True, slots=True)
class Near:
    """A turn that shares runs of words with a quote; `whole` where it holds all of them."""

    turn: int
    whole: bool


def candidates(quotes: Sequence[Sequence[list[str]]], originals: Originals) -> list[list[Near]]:
    """For each quote (its runs of words) the turns that share most of it, best first, at most 24.

    Runs of three words are looked for; where a quote has none of them, of two, then single words. A rare run
    counts for more than one that many turns hold.
    """
    wanted: list[list[Near]] = [[] for _ in quotes]
    searched = _Corpus(originals, {word for runs in quotes for run in runs for word in run})
    for size in (3, 2, 1):
        open_ = [number for number, runs in enumerate(quotes) if runs and not wanted[number]]
        if size == 1:
            open_ = [number for number in open_ if sum(map(len, quotes[number])) <= 2]
        for number, turns in searched.find({number: quotes[number] for number in open_}, size).items():
            wanted[number] = turns
    return wanted


class _Corpus:
    """All turns' words as numbers; words that no quote holds are 0."""

    def __init__(self, originals: Originals, words: set[str]) -> None:
        import numpy as np

        self.numbers = {word: number for number, word in enumerate(sorted(words), start=1)}
        known = {**self.numbers, **dict.fromkeys(FILLERS, _FILLER)}
        ids: list[int] = []
        counts = []
        for turn in range(len(originals.turns)):
            found = plain_words(originals.text(turn))
            ids.extend(map(known.get, found, repeat(0)))
            counts.append(len(found))
        all_ids = np.array(ids, dtype="int64")
        turns = np.repeat(np.arange(len(counts), dtype="int64"), counts)
        spoken = all_ids != _FILLER
        self.ids, self.turns = all_ids[spoken], turns[spoken]

    def find(self, quotes: Mapping[int, Sequence[list[str]]], size: int) -> dict[int, list[Near]]:
        """The best turns of each quote that shares a run of `size` words with any."""
        import numpy as np

        keys = {number: self._keys(runs, size) for number, runs in quotes.items()}
        every = np.array(sorted(set().union(*keys.values())) if keys else [], dtype="int64")
        if not len(every) or len(self.ids) < size:
            return {}
        hit, turns = self._hits(every, size)
        order = np.argsort(hit, kind="stable")
        hit, turns = hit[order], turns[order]
        bounds = np.searchsorted(hit, np.arange(len(every) + 1))
        place = {int(key): at for at, key in enumerate(every)}
        found = {}
        for number, own in keys.items():
            lists = [np.unique(turns[bounds[place[key]] : bounds[place[key] + 1]]) for key in sorted(own)]
            # Turns that differ only in whom they name are told apart by what stands in a quote's brackets.
            best = _best(lists, equal=_MOST_EQUAL if len(quotes[number]) > 1 else _MOST_TURNS)
            if best:
                found[number] = best
        return found

    def _keys(self, runs: Sequence[list[str]], size: int) -> set[int]:
        base, found = len(self.numbers) + 1, set()
        for run in runs:
            ids = [self.numbers[word] for word in run]
            for at in range(len(ids) - size + 1):
                key = 0
                for one in ids[at : at + size]:
                    key = key * base + one
                found.add(key)
        return found

    def _hits(self, every: np.ndarray[Any, Any], size: int) -> tuple[Any, Any]:
        """Each place of a wanted run: which one, and in which turn."""
        import numpy as np

        base, n = len(self.numbers) + 1, len(self.ids) - size + 1
        keys = np.zeros(n, dtype="int64")
        whole = np.ones(n, dtype=bool)
        for step in range(size):
            part = self.ids[step : step + n]
            keys = keys * base + part
            whole &= part > 0
        whole &= self.turns[:n] == self.turns[size - 1 : size - 1 + n]
        keys, turns = keys[whole], self.turns[:n][whole]
        at = np.searchsorted(every, keys)
        at[at == len(every)] = 0
        same = every[at] == keys
        return at[same], turns[same]


def _best(lists: list[Any], *, equal: int) -> list[Near]:
    """Turns by the summed rarity of the runs that they hold, best first; equal: most that hold as much."""
    import numpy as np

    held = [one for one in lists if len(one)]
    if not held:
        return []
    turns = np.concatenate(held)
    weights = np.concatenate([np.full(len(one), 1 / (1 + np.log(len(one)))) for one in held])
    found, at, counts = np.unique(turns, return_inverse=True, return_counts=True)
    scores = np.round(np.bincount(at, weights=weights), 9)
    order = np.lexsort((found, -scores))
    order = order[: max(_MOST_TURNS, min(int((scores == scores.max()).sum()), equal))]
    return [Near(int(found[one]), bool(counts[one] == len(lists))) for one in order]

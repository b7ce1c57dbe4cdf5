"""Stretches of text and the shards that they make, from lengths alone; rows with their places in either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

CHARACTERS = 1_000_000
# Of a study of several shards each longer interview is a shard, so that another one leaves the others as they
# are; unless that makes too many.
_ALONE, _MANY = 20_000, 1_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """text[start:end] of a document, with its turns from `first_turn` to `last_turn`, both included."""

    document_id: str
    start: int
    end: int
    first_turn: int
    last_turn: int


@dataclass(frozen=True, slots=True)
class Shard:
    """Some stretches, in the order of their documents."""

    stretches: tuple[Stretch, ...]

    @property
    def characters(self) -> int:
        """How much text it is: what its work costs is about in proportion."""
        return sum(one.end - one.start for one in self.stretches)


def moved_in(table: pd.DataFrame, stretch: Stretch) -> pd.DataFrame:
    """Rows of a stretch with their places counted from its start."""
    return _moved(table, -stretch.start, -stretch.first_turn)


def moved_back(table: pd.DataFrame, stretch: Stretch) -> pd.DataFrame:
    """Rows that were found in a piece with their places in the whole document."""
    return _moved(table, stretch.start, stretch.first_turn)


def _moved(table: pd.DataFrame, characters: int, turns: int) -> pd.DataFrame:
    by = {"start": characters, "end": characters, "turn": turns}
    moved = {name: table[name] + far for name, far in by.items() if far and name in table}
    return table.assign(**moved) if moved else table


def room(stretches: Sequence[Stretch], most: int) -> int:
    """How many characters a shard may have: `most` where that is all there is."""
    total = sum(one.end - one.start for one in stretches)
    least = _ALONE
    while least * _MANY < total:
        least *= 2
    return most if total <= most else min(least, most)


def grouped(stretches: Sequence[Stretch], most: int) -> Iterator[Shard]:
    """The stretches in shards of at most so many characters, unless one alone is longer."""
    own: list[Stretch] = []
    size = 0
    for stretch in stretches:
        length = stretch.end - stretch.start
        if own and size + length > most:
            yield Shard(tuple(own))
            own, size = [], 0
        own.append(stretch)
        size += length
    if own:
        yield Shard(tuple(own))

"""A line that may begin a turn, and in how many ways it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from feedback.readers.talk.speakers import key_of

How = Literal[
    "told", "colon", "stamp", "bare", "ended", "tab", "dash", "bold", "alone", "numbered", "time", "prose",
    "bracket", "gap", "dot",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """A line that may begin a turn: its label ("" when there is only a time) and where its words begin.

    `otherwise` is the next likely reading of the same line, for the case that this one is not believed.
    """

    label: str
    body: int
    how: How
    begin_s: float | None = None
    end_s: float | None = None
    otherwise: Cue | None = None

    @property
    def key(self) -> str:
        """The label without case, spaces and brackets around it, to know a speaker again."""
        return key_of(self.label)


def readings(cue: Cue | None) -> Iterator[Cue]:
    """A candidate and all its other readings, the likeliest first."""
    while cue:
        yield cue
        cue = cue.otherwise

"""Answers one after the other as a document's text, and what else is known of each respondent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedback.model import Dropped, Turn
from feedback.readers.shapes import Reading, left_out
from feedback.readers.tables.header import Left

_MOST_SHARED = 10_000  # different respondents


class Answers:
    """Puts answers one after the other and remembers where they are and whose.

    What is left out of a table stands at the end of the text, so that all of a file is accounted for.
    """

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.attributes: dict[str, dict[str, str]] = {}
        self.private: dict[str, dict[str, str]] = {}
        self._parts: list[str] = []
        self._left: list[Left] = []
        self._known: dict[tuple[tuple[str, str], ...], dict[str, str]] = {}
        self._position = 0

    def add(self, respondent: str, question: str | None, cell: str) -> None:
        """An answer; nothing where the cell is blank."""
        if cell.strip():
            start, end = self._put(cell.strip())
            self.turns.append(Turn(start, end, question=question, respondent=respondent))

    def describe(
        self, respondent: str, values: Mapping[str, str], private: Mapping[str, str] | None = None
    ) -> None:
        """A respondent's other cells; a second row of the same respondent adds what the first left blank."""
        for kept, cells in ((self.attributes, values), (self.private, private or {})):
            if not cells and kept is not self.attributes:
                continue
            known = dict(kept.get(respondent, {}))
            for name, cell in cells.items():
                value = cell.strip()
                if not known.get(name):
                    known[name] = value
                elif value and value != known[name]:
                    why = f"another value of {name!r}: the respondent's first is kept"
                    self._left.append(Left(why, value))
            kept[respondent] = self._once(known)

    def _once(self, known: dict[str, str]) -> dict[str, str]:
        """The same cells as an earlier respondent's, where there is one: a million have few of them."""
        if len(self._known) >= _MOST_SHARED:
            return known
        return self._known.setdefault(tuple(known.items()), known)

    def reading(self, left: Sequence[Left], reason: str) -> Reading:
        """The document's text, its turns, and what was left out with its place in the text."""
        dropped: list[Dropped] = []
        for one in (*left, *self._left):
            span = self._put(one.words.strip()) if one.words.strip() else (None, None)
            dropped.append(left_out(one.reason, *span))
        return Reading(
            "".join(self._parts),
            self.turns,
            dropped,
            reason=reason,
            survey=True,
            attributes=self.attributes,
            private=self.private,
        )

    def _put(self, words: str) -> tuple[int, int]:
        if self._parts:
            self._parts.append("\n\n")
            self._position += 2
        start = self._position
        self._parts.append(words)
        self._position += len(words)
        return start, self._position

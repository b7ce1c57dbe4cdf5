"""An id for every number of a comparison, the same in every run: n-compare-COLUMN-VALUE-THEME."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from feedback.comparing.groups import Grouping
from feedback.comparing.lines import FACTOR, Line

PREFIX = "n-compare-"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a number stands: in a grouping, a group of it, a line; None is all of them.

    With a group and a line: how many of the group say it; a group alone: its size; a line in a grouping: its
    test; a line alone: everybody who says it, or with `not_asked` those who were not asked.
    """

    attribute: str | None = None
    group: str | None = None
    line: int | None = None
    not_asked: bool = False


class Ids:
    """The ids of all places of a project's comparisons; lines by their number."""

    def __init__(self, every: Sequence[Grouping], lines: Sequence[Line]) -> None:
        self.places: dict[str, Place] = {}
        self._ids: dict[Place, str] = {}
        names = [f"factor-{_plain(one.id)}" if one.kind == FACTOR else _plain(one.id) for one in lines]
        for at, name in enumerate(names):
            self._add(Place(line=at), "all", name)
            self._add(Place(line=at, not_asked=True), "not-asked", name)
        for one in every:
            column = _plain(one.name)
            for group in one.groups:
                self._add(Place(one.name, group), column, _plain(group))
            for at, name in enumerate(names):
                self._add(Place(one.name, line=at), column, name)
                for group in one.groups:
                    self._add(Place(one.name, group, at), column, _plain(group), name)

    def of(
        self,
        attribute: str | None = None,
        group: str | None = None,
        line: int | None = None,
        *,
        not_asked: bool = False,
    ) -> str:
        """The id of a place."""
        return self._ids[Place(attribute, group, line, not_asked)]

    def _add(self, place: Place, *parts: str) -> None:
        stem = PREFIX + "-".join(parts)
        number, found = 1, stem
        while found in self.places:
            number += 1
            found = f"{stem}-{number}"
        self.places[found] = place
        self._ids[place] = found


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "x"

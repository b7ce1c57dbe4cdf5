"""Line numbers in the margin of a plain-text transcript, taken off before anything else is looked at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from feedback.model import Dropped
from feedback.readers.shapes import left_out

_NUMBER = re.compile(r"[ \t]{0,8}(\d{1,5})(?:[.:|)]?[ \t]+|[.:|)]?$)(?!\d{1,2}:\d\d)")
_LEAST = 6
_SHARE = 0.8  # of the rows with words carry a number, or every fifth does


def without_line_numbers(rows: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """The rows without the numbers in their margin, and a note of how many there were.

    Numbers are a margin's where nearly every row with words has one and each is one more than the last, or
    where every fifth (tenth) row has one and each is five (ten) more. Lists within a text do not fit that.
    """
    found = [_NUMBER.match(row) for row in rows]
    numbered = [(index, int(match[1])) for index, match in enumerate(found) if match]
    kept = _run(numbered)
    full = sum(bool(row.strip()) for row in rows)
    if len(kept) < _LEAST or not _is_margin(kept, full):
        return list(rows), []
    at = dict(kept)
    # The number's width is kept off, so that a hanging indent stays one.
    rest = [row[match.end() :] if (match := found[i]) and i in at else row for i, row in enumerate(rows)]
    return rest, [left_out(f"line numbers in the margin ({len(kept)})")]


def _run(numbered: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The rows whose numbers go on from the row before, a new page beginning again with 1 or 5."""
    kept: list[tuple[int, int]] = []
    for index, number in numbered:
        steps = number - kept[-1][1] if kept else 1
        if not kept or steps in {1, 5, 10} or number in {1, 5, 10}:
            kept.append((index, number))
    return kept


def _is_margin(kept: Sequence[tuple[int, int]], full: int) -> bool:
    steps = [later[1] - earlier[1] for earlier, later in pairwise(kept)]
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(kept)]
    if steps.count(1) >= 0.9 * len(steps):
        return len(kept) >= _SHARE * full
    for step in (5, 10):
        if steps.count(step) >= 0.9 * len(steps):
            return gaps.count(step) >= 0.9 * len(gaps)
    return False

"""Exact ages and dates as bands and seasons, for who wants them masked and not only flagged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from feedback.edits.indirect import Flag, season_of
from feedback.spans import Edit


def age_masks(flags: Iterable[Flag]) -> list[Edit]:
    """Masks over exact ages that show their bands."""
    return [
        Edit(flag.start, flag.end, f"[{flag.safe}]", "mask", "age", "pattern", 0.8)
        for flag in flags
        if flag.kind == "age"
    ]


def with_season(edit: Edit, text: str) -> Edit:
    """A mask over an exact date of `text` with its season, and year where it is said; others as they are."""
    if edit.kind != "mask" or edit.label != "date":
        return edit
    season = season_of(text[edit.start : edit.end])
    return replace(edit, replacement=f"[{season}]") if season else edit


def uncovered(flags: Iterable[Flag], edits: Sequence[Edit]) -> list[Flag]:
    """The flags that no mask covers whole."""
    masks = [edit for edit in edits if edit.kind == "mask"]
    return [
        flag for flag in flags if not any(mask.start <= flag.start and flag.end <= mask.end for mask in masks)
    ]

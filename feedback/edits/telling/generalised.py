"""What identifies shown less exactly: ages as bands, dates as seasons, places by type and region."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import regex

from feedback.edits.telling import indirect_words as said
from feedback.edits.telling.indirect import Flag, season_of
from feedback.edits.telling.regions import region_of
from feedback.edits.telling.roles import kind_of
from feedback.edits.text.words import keys
from feedback.spans import Edit

AGE, DATE = "age", "date"
_NUMBER = regex.compile(rf"(?i)\b(?:{said.NUMBER_WORD}|\d{{1,2}})\b")
_NOT_YEARS = regex.compile(r"(?i)[\s-](?:month|week|day)s?\b")
_BIRTH = regex.compile(r"(?i)\b(?:born|birth|birthday|d\.?o\.?b\.?)\b[^.!?\n]{0,25}\Z")


def age_masks(flags: Iterable[Flag], text: str) -> list[Edit]:
    """Masks over exact ages of `text` that show their bands in figures, which read well where a number did.

    "She was [11 to 15]", "a [5 to 10]-year-old", "[under 1 year] old" for eleven months.
    """
    masks = []
    for flag in flags:
        if flag.kind == AGE:
            unit = _NOT_YEARS.match(text, flag.end)
            end, shown = (unit.end(), "[under 1 year]") if unit else (flag.end, age_shown(flag, text))
            masks.append(Edit(flag.start, end, shown, "mask", AGE, "pattern", 0.8))
    return masks


def age_shown(flag: Flag, text: str) -> str:
    """What may stand in the place of an exact age alone: "[30 to 39]", or "[some]" of months or weeks."""
    if _NOT_YEARS.match(text, flag.end):
        return "[some]"
    ages = [said.number_of(match[0]) for match in _NUMBER.finditer(text, flag.start, flag.end)]
    return f"[{' and '.join(dict.fromkeys(map(_band, ages))) or 'age'}]"


def _band(years: int) -> str:
    """The band of an age as numbers, with the borders that its wording has in `age_band`."""
    least = 0
    for below, _ in said.BANDS:
        if years < below:
            return f"{least} to {below - 1}" if least else f"under {below}"
        least = below
    decade = years // 10 * 10
    return f"{decade} to {decade + 9}" if years < said.OLDEST else f"over {said.OLDEST}"


def with_season(edit: Edit, text: str) -> Edit:
    """A mask over an exact date of `text` with its season, and year where it is said; others as they are.

    Days of birth keep what they show: with a season they would tell the age.
    """
    if edit.kind != "mask" or edit.label != DATE or _BIRTH.search(text, max(0, edit.start - 40), edit.start):
        return edit
    season = season_of(text[edit.start : edit.end])
    return replace(edit, replacement=f"[{season}]") if season else edit


def with_region(edit: Edit, text: str) -> Edit:
    """A mask over a place or organisation of `text` with its type and region: "[council in the North West]".

    Others, and those whose region nobody can tell, stay as they are.
    """
    if edit.kind != "mask" or edit.label not in ("place", "organisation"):
        return edit
    words = keys(text[edit.start : edit.end])
    region = region_of(words)
    shown = f"[{kind_of((edit.label, *words)).lower()} in {region}]"
    return replace(edit, replacement=shown) if region else edit

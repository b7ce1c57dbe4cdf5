"""Numbers by their digits, however they are spaced."""

from __future__ import annotations

import re

RUN = re.compile(r"(?<!\w)\+?\(?\d[\d\s().–-]{5,22}\d(?!\w)")
FEWEST = 7  # digits; fewer stand in many texts without being the same


def significant(written: str) -> str:
    """The digits of a number without the zero or the country's code in front."""
    digits = re.sub(r"\D", "", written)
    return (digits.removeprefix("0044").removeprefix("44") if len(digits) > 10 else digits).lstrip("0")


def numbers_in(text: str) -> frozenset[str]:
    """The digits of the numbers of seven and more digits in a text."""
    found = {significant(match[0]) for match in RUN.finditer(text)}
    return frozenset(number for number in found if len(number) >= FEWEST)

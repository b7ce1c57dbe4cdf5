"""What a mask looks like: the one definition of pseudonyms and of whatever else stands for hidden words.

A pseudonym is a title with a number for people, with a letter for places and organisations: [Manager 3],
[Council B]. Titles say what somebody or something is as far as that names nobody, and never a gender.
"""

from __future__ import annotations

import re

STYLES = ("roles", "labels", "names")
PARTICIPANT = "Participant"
# What a name is when nothing more is known of it, by the label of its mask.
PLAIN = {"person": "Person", "place": "Place", "organisation": "Organisation"}
PEOPLE = (
    "Person", PARTICIPANT, "Manager", "Senior manager", "Colleague", "Worker", "Educator", "Friend",
    "Relative", "Child", "Professional", "Councillor",
)  # fmt: skip
THINGS = (
    "Place", "Organisation", "Town", "Area", "Street", "Council", "School", "University", "Hospital", "Court",
    "Prison", "Charity", "Company", "Team",
)  # fmt: skip
TITLES = (*PEOPLE, *THINGS)

_TITLE = "|".join(sorted(TITLES, key=lambda title: (-len(title), title)))
# [Person 4], [Senior manager 2], [Council B], [Town AC]
PSEUDONYM = re.compile(rf"\[(?P<title>{_TITLE}) (?P<number>\d+|[A-Z]{{1,3}})\]")
# A pseudonym that stands for nobody: [Town B], [Place 3].
THING = re.compile(rf"\[(?:{'|'.join(THINGS)}) (?:\d+|[A-Z]{{1,3}})\]")
# Any mask that begins with a capital: pseudonyms, invented names, [Phone], [NHS number].
MASK = re.compile(r"\[[A-Z][\w' -]{0,38}\]")
# What stands in the brackets of a mask, as far as its form alone tells it from a word put into a quote.
INSIDE = re.compile(
    rf"(?:{_TITLE}) (?:\d+|[A-Z]{{1,3}})|[A-Z][\w' -]*\d+|date in \d{{4}}|[A-Z][\w' -]* number|"
    r"Email|Phone|Postcode"
)
# Anything short in square brackets: masks, and what a transcriber put in.
BRACKET = re.compile(r"\[[^\[\]]{1,40}\]")


def letters(number: int) -> str:
    """A number from 1 on as letters: 1 is A, 26 is Z, 27 is AA."""
    found = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def number_of(written: str) -> int:
    """The number that digits or letters stand for: "7" is 7, "B" is 2, "AA" is 27."""
    if written.isdigit():
        return int(written)
    found = 0
    for letter in written:
        found = found * 26 + ord(letter) - ord("A") + 1
    return found

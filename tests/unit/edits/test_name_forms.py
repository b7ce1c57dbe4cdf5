"""Other ways to write a name have that person's pseudonym, and other people keep their own."""

from __future__ import annotations

import pytest

from feedback.edits.finding.names import Mention, Name
from feedback.edits.people.pseudonyms import identities, people
from feedback.edits.people.variants import may_be_short
from feedback.edits.text.words import keys


def means(surface: str, *others: str, given: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Whom a surface means in a document where these people's full names are known."""
    known = [Name(keys(name), "person", "rule") for name in others]
    known += [Name(keys(name), "person", "list", given=True) for name in given]
    mention = Mention(0, 1, keys(surface), "person", "rule", 1.0)
    return identities([mention], people(known))[0][1:]


@pytest.mark.parametrize(
    ("surface", "others"),
    [
        ("Osei-Bonsu", ("Abena Osei-Bonsu", "Osei-Bonsu")),
        ("Osei-Bonsuh", ("Abena Osei-Bonsu", "Osei-Bonsu", "Osei-Bonsuh")),
        ("Osei", ("Abena Osei-Bonsu", "Osei-Bonsu")),
    ],
)
def test_both_parts_of_a_surname_mean_who_bears_it(surface: str, others: tuple[str, ...]) -> None:
    assert means(surface, *others) == ("abena", "bonsu")


@pytest.mark.parametrize(
    "surface", ["Benedict Trevannion", "B. Trevanion", "B. Trevannion", "Trevannion", "Ben Trevanion", "Ben"]
)
def test_a_slip_in_a_surname_makes_no_second_person(surface: str) -> None:
    others = ("Benedict Trevanion", "Benedict Trevannion", "Ben Trevanion")
    assert means(surface, *others) == means("Benedict Trevanion", *others)


def test_a_slip_in_a_surname_alone_is_understood() -> None:
    assert means("Dasgputa", "Siddharth Dasgupta") == ("siddharth", "dasgupta")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rhian Davies", "Rhian Davis"),
        ("Daniel Oyelaran", "Daniela Oyelaran"),
        ("Marion Thackwray", "Marian Thackwray"),
        ("Priya Shah", "Anjali Shah"),
    ],
)
def test_people_with_like_names_stay_two(one: str, other: str) -> None:
    assert means(one, one, other) != means(other, one, other)


def test_listed_people_are_never_taken_for_each_other() -> None:
    listed = ("Benedict Trevanion", "Benedict Trevannion")
    assert means(listed[0], given=listed) != means(listed[1], given=listed)


@pytest.mark.parametrize(
    ("short", "first", "right"),
    [
        ("liz", "elizabeth", True),
        ("sid", "siddharth", True),
        ("immy", "imogen", True),
        ("abbie", "abena", True),
        ("anna", "annabel", False),
        ("ann", "anna", False),
        ("carol", "caroline", False),
        ("tony", "tonya", False),
    ],
)
def test_short_names_are_known_by_the_list_or_by_their_form(short: str, first: str, right: bool) -> None:
    assert may_be_short(short, first) is right


def test_a_short_name_that_fits_two_people_is_neither() -> None:
    assert means("Sid", "Siddharth Dasgupta", "Sidney Poulter") == ("sid",)

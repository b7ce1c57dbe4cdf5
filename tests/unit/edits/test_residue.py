"""What may still identify is listed by risk, each with a wording that would be safe."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.edits import deidentify
from feedback.edits.text.words import words
from feedback.model import Document, Turn
from feedback.residue import one_form, rare_combinations, residue
from feedback.residue.standing import standing_names, standing_numbers
from feedback.spans import Edit
from feedback.tables import conform


def document(text: str, document_id: str = "d001") -> Document:
    return Document(document_id, "interview", "txt", text, (Turn(0, len(text)),))


def numbers(text: str) -> list[str]:
    return [text[one.start : one.end] for one in standing_numbers(document(text), [])]


def names(text: str, *, keep=(), edits=()) -> list[str]:
    found = standing_names(document(text), words(text), edits, keep)
    return [text[one.start : one.end] for one in found]


def left(*texts: str, **more):
    documents = [document(text, f"d{n:03d}") for n, text in enumerate(texts, 1)]
    done = deidentify(documents, ner=False, **more)
    return residue(documents, done.edits, done.flags)


@pytest.mark.parametrize("number", ["4471902", "LCS/48213", "RF 2214", "44 71 902", "0771-9"])
def test_a_long_number_or_a_code_is_listed(number):
    assert numbers(f"it was file {number} that went missing") == [number]


@pytest.mark.parametrize(
    "said",
    [
        "in 2018",
        "in 2018-19",
        "£31,500",
        "£40000",
        "61%",
        "at 10:30",
        "12,000 of them",
        "48 weeks",
        "2019/20",
    ],
)
def test_years_amounts_shares_and_times_are_no_numbers_of_anybody(said):
    assert numbers(f"that was {said} for us") == []


def test_words_with_a_capital_that_no_dictionary_has_are_listed_together():
    assert names("and then Zorvik Planthe came over") == ["Zorvik Planthe"]
    assert names("We used the system on Monday in English, I don't know") == []
    assert names("and then Zorvik came", keep=["zorvik"]) == []
    assert names("and then Zorvik came", edits=[Edit(9, 15, "[Person 1]", "mask", "person")]) == []


def test_words_outside_of_turns_are_nobodys():
    text = "Zorvik: we left."
    outside = Document("d001", "interview", "txt", text, (Turn(8, len(text), "Zorvik"),))
    assert list(standing_names(outside, words(text), [])) == []


def test_the_most_risky_comes_first_and_each_has_a_safe_wording():
    found = left(
        "It said 44 71 902 there. I was the only male deputy head in the county. She was 14, my girl."
    )
    assert [one.kind for one in found] == ["number", "role", "age"]
    assert [one.risk for one in found] == sorted((one.risk for one in found), reverse=True)
    assert [one.safe for one in found] == ["a number", "in an unusual role", "a young teenager"]
    assert [one.shown for one in found] == ["[Number]", "[in an unusual role]", "[11 to 15]"]


def test_what_a_mask_hides_is_not_listed_but_a_doubtful_mask_is():
    found = left("Then Brandreth came. My manager Elspeth Crane said so. My manager Elspeth Crane stayed.")
    assert [(one.kind, one.words) for one in found] == [("mask", "Brandreth")]


def test_a_doubtful_name_is_listed_once_with_all_its_places():
    (one,) = left("Somehow Brandreth came.", "Later Brandreth left.")
    assert (one.documents, len(one.places)) == (2, 2)


def test_names_that_somebody_gave_are_not_doubted():
    assert left("Somehow Brandreth came.", names=["Brandreth"]) == []


def test_weeks_and_months_of_age_have_a_wording_that_reads_on():
    (one,) = left("The baby was eleven weeks old.")
    assert one.shown == "[some]"


def test_people_known_by_one_name_only_are_counted_without_participants():
    rows = [
        ("person", "Jo", "[Person 1]", None), ("person", "Lacey", "[Person 2]", None),
        ("person", "Priya Shah", "[Person 2]", None), ("person", "Ann", "[Participant 1]", "P01"),
        ("place", "Hull", "[Place 1]", None),
    ]  # fmt: skip
    key = conform(
        "private/pseudonyms",
        [dict(zip(("label", "surface", "pseudonym", "case_id"), row, strict=True)) for row in rows],
    )
    assert one_form(key) == {"[Person 1]": "Jo"}


def roster(rows) -> pd.DataFrame:
    named = pd.DataFrame(rows, columns=["role", "region", "cohort"])
    return named.assign(case_id=[f"P{n}" for n in range(len(rows))], consent="analysis")


def test_attributes_that_single_somebody_out_are_named_with_who_it_is():
    people = roster([("manager", "North", "2018"), ("worker", "North", "2018"), ("worker", "South", "2018"),
                     ("worker", "North", "2019"), ("worker", "North", None)])  # fmt: skip
    found = {one.attributes: one.alone for one in rare_combinations(people, k=2)}
    assert found[("role",)] == ("P0",)
    assert found[("region",)] == ("P2",)
    assert found[("cohort",)] == ("P3",)
    assert found[("role", "region", "cohort")] == ("P1",), "she needs all three"
    assert all("P4" not in alone for alone in found.values()), "a missing value fits nobody"


@given(st.lists(st.tuples(*[st.sampled_from("ab")] * 2, st.sampled_from("abc")), min_size=1, max_size=12))
def test_who_is_alone_with_some_attributes_is_found_with_the_fewest_of_them(rows):
    people = roster(rows)
    found = {(one.attributes, case) for one in rare_combinations(people) for case in one.alone}
    for size in (1, 2, 3):
        for chosen in itertools.combinations(["role", "region", "cohort"], size):
            said = [tuple(row) for row in people[list(chosen)].to_numpy()]
            for case, values in zip(people["case_id"], said, strict=True):
                smaller = any({*part} < {*chosen} for part, other in found if other == case)
                assert ((chosen, case) in found) == (said.count(values) == 1 and not smaller)

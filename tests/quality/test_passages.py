"""The gold passages are what their README says, and what is found in the tuning half does not get less.

The set-aside half and the comparison with other programs: `deidentify_measure.py`.
"""

from __future__ import annotations

import random
import re
from functools import cache

import pytest
from passages_gold import (
    INDIRECT,
    NUMBERS,
    Count,
    Mark,
    Mask,
    Passage,
    b_cubed,
    counts,
    groups,
    masks_of_feedback,
    passages,
)
from planted_names import listed, listed_names
from planted_numbers import nhs, numbers

PARTS = {
    "tuning": 80,
    "aside": 80,
    "apart-read": 14,
    "apart": 16,
    "group13": 32,
    "group14": 16,
    "group15": 16,
}


@cache
def measured(*parts: str) -> dict[str, Count]:
    """The measures of passages that may be read, as one project."""
    gold = [passage for part in parts for passage in passages(part)]
    return counts(gold, masks_of_feedback(gold))


@pytest.mark.parametrize(
    ("measure", "floor"),
    [
        ("direct identifiers", 0.98),
        ("people", 0.97),
        ("numbers, addresses", 1.0),
        ("organisations, places", 0.93),
        ("indirect", 0.95),
        ("precision", 0.99),
        ("must keep", 0.98),
    ],
)
def test_as_much_is_found_in_the_tuning_passages_as_before(measure: str, floor: float) -> None:
    assert measured("tuning")[measure].share >= floor


@pytest.mark.parametrize(
    ("measure", "floor"),
    [
        ("direct identifiers", 0.95),
        ("people", 0.94),
        ("numbers, addresses", 0.96),
        ("organisations, places", 0.84),
        ("indirect", 0.94),
        ("precision", 0.98),
        ("must keep", 0.95),
    ],
)
def test_as_much_is_found_in_messages_notes_and_captions_as_before(measure: str, floor: float) -> None:
    assert measured("group13", "apart-read")[measure].share >= floor


def test_variants_of_a_name_keep_their_pseudonym_and_other_people_get_another() -> None:
    pairs = [
        pair
        for group in groups().values()
        for pair in b_cubed(group, masks_of_feedback(group), by="replacement")
    ]
    assert sum(p for p, _ in pairs) / len(pairs) >= 0.99
    assert sum(r for _, r in pairs) / len(pairs) >= 0.88


@pytest.mark.parametrize("part", PARTS)
def test_every_passage_has_40_to_120_words_and_only_marks_of_known_kinds(part: str) -> None:
    known = NUMBERS | INDIRECT | {"person", "org", "place", "keep", "either"}
    gold = passages(part)
    assert len({passage.passage_id for passage in gold}) == PARTS[part]
    for passage in gold:
        assert 40 <= len(passage.text.split()) <= 120, passage.passage_id
        assert {mark.kind for mark in passage.marks} <= known, passage.passage_id
        assert not re.search(r"[{}]", passage.text), passage.passage_id


def test_the_halves_share_no_name_but_those_that_are_also_words() -> None:
    def names(*parts: str) -> set[str]:
        marked = [
            passage.text[mark.start : mark.end].casefold()
            for part in parts
            for passage in passages(part)
            for mark in passage.marks
            if mark.kind in ("person", "org", "place")
        ]
        return set(marked)

    shared = names("tuning") & names("aside", "apart", "apart-read")
    assert shared <= {"hope", "will", "reading", "sandwich"}
    assert not names("group13") & names("group14", "group15")


def test_a_passage_masked_whole_finds_everything_and_keeps_nothing() -> None:
    gold = passages("tuning")
    whole = counts(gold, [[Mask(0, len(passage.text), "person")] for passage in gold])
    assert whole["direct identifiers"].share == whole["indirect"].share == 1
    assert whole["must keep"].share == 0
    assert whole["precision"].share < 0.4


def test_masks_on_the_marks_alone_have_no_fault() -> None:
    gold = passages("tuning")
    right = [
        [Mask(m.start, m.end, m.kind) for m in p.marks if m.kind not in ("keep", "either")] for p in gold
    ]
    found = counts(gold, right)
    assert {found[name].share for name in ("direct identifiers", "indirect", "precision", "must keep")} == {
        1.0
    }


def test_b_cubed_is_right_on_an_example_worked_by_hand() -> None:
    marks = (Mark(0, 3, "person", "ann"), Mark(4, 7, "person", "bob"), Mark(8, 11, "person", "ann"))
    passage = Passage("x", "interview", "Ann Bob Ann", marks)
    merged = [Mask(start, start + 3, "person", "[Person 1]") for start in (0, 4, 8)]
    assert b_cubed([passage], [merged], by="replacement") == [(2 / 3, 1.0), (1 / 3, 1.0), (2 / 3, 1.0)]
    assert b_cubed([passage], [merged[:2]], by="replacement") == [(0.5, 0.5), (0.5, 1.0), (1.0, 0.5)]


def test_planted_cases_are_the_same_in_every_run_and_stand_where_they_say() -> None:
    assert (len(numbers()), len(listed())) == (200, 1000)
    assert numbers() == numbers()
    assert listed() == listed()
    assert sum(case.must_go for case in numbers()) == 140
    names = {name.upper() for name in listed_names()}
    for case in listed():
        inside = case.text[case.start : case.end].upper() in names
        assert inside == (case.kind == "as listed")


@pytest.mark.parametrize("right", [True, False])
def test_generated_nhs_numbers_have_the_check_digit_they_should(right: bool) -> None:
    rng = random.Random(1)
    for _ in range(200):
        digits = [int(digit) for digit in nhs(rng, right=right)]
        rest = sum(digit * (10 - i) for i, digit in enumerate(digits)) % 11
        assert (rest == 0) == right

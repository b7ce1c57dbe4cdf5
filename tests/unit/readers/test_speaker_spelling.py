from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import reading

from feedback.model import Document
from feedback.readers.talk.speakers import distance, nearly_same, well_spelled

ASKED = "RESEARCHER: And what happened next?\nPARTICIPANT 3: I went on with it for a year.\n"


def speakers(document: Document) -> set[str | None]:
    return {turn.speaker for turn in document.turns}


def test_a_slip_in_a_label_makes_no_further_speaker_and_is_told() -> None:
    text = "Ruth: Why?\nHannah: Pay, and the hours.\n" * 6 + "Ruth: And?\nHanah: Nights.\nRuth: I see.\n"
    document, _ = reading(text)
    assert speakers(document) == {"Ruth", "Hannah"}
    assert "label 'Hanah' (1 turn) taken as 'Hannah'" in document.role_reason


def test_two_people_with_nearly_the_same_name_who_answer_each_other_stay_two() -> None:
    text = "Ruth: Why?\nAnna: Pay, and the hours.\n" * 6 + "Anna: Yes.\nAnne: I agree.\nRuth: Good.\n"
    document, _ = reading(text)
    assert "taken as" not in document.role_reason


def test_in_a_group_nearly_equal_names_stay_apart() -> None:
    text = (
        "Ruth: Why?\nAnna: Pay.\nBen: Hours.\nCem: Nights.\n" * 6 + "Anne: I agree.\nRuth: And?\nAnne: Yes.\n"
    )
    assert "Anne" in speakers(reading(text)[0])


def test_numbers_of_participants_are_never_slips() -> None:
    text = "Moderator: Why?\nP1: Pay.\nP2: Hours.\n" * 6 + "P12: Nights.\nModerator: And?\nP11: No.\n"
    assert speakers(reading(text)[0]) == {"Moderator", "P1", "P2", "P11", "P12"}


def test_a_slip_in_a_kind_of_speaker_is_put_right_wherever_it_stands() -> None:
    document, _ = reading("Intervewer: Why?\nPARTTICIPANT 18: Pay.\nInterviewer: And?\nPARTICIPANT 18: No.\n")
    assert [(turn.speaker, turn.role[0]) for turn in document.turns] == [
        ("Interviewer", "i"),
        ("PARTICIPANT 18", "p"),
        ("Interviewer", "i"),
        ("PARTICIPANT 18", "p"),
    ]
    assert "label 'PARTTICIPANT 18' (1 turn) taken as 'PARTICIPANT 18'" in document.role_reason


def test_a_name_that_was_overlooked_in_pseudonymising_is_the_participant() -> None:
    text = ASKED * 8 + "RESEARCHER: Are you well?\nAMANDA: Yes, thank you, I am.\n" + ASKED * 8
    document, _ = reading(text)
    assert speakers(document) == {"RESEARCHER", "PARTICIPANT 3"}
    assert "label 'AMANDA' (1 turn) taken as 'PARTICIPANT 3'" in document.role_reason


@pytest.mark.parametrize("other", ["HUSBAND", "COLLEAGUE", "INTERPRETER"])
def test_somebody_else_who_says_a_word_stays_somebody_else(other: str) -> None:
    text = ASKED * 8 + f"RESEARCHER: Is she well?\n{other}: Yes, thank you, she is well.\n" + ASKED * 8
    assert other in speakers(reading(text)[0])


def test_a_name_beside_the_participants_own_words_is_somebody_else() -> None:
    text = ASKED * 8 + "AMANDA: Here is your tea, you two.\n" + ASKED * 8
    assert "AMANDA" in speakers(reading(text)[0])


def test_who_was_named_by_the_user_is_left_alone() -> None:
    text = ASKED * 8 + "RESEARCHER: Are you well?\nAMANDA: Yes, thank you, I am.\n" + ASKED * 8
    document, _ = reading(text, interviewers=["AMANDA"])
    assert "AMANDA" in speakers(document)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hanah", "hannah", True),
        ("agusu", "agusut", True),
        ("participant 3", "participant 4", False),
        ("interviewer", "interviewee", False),
        ("ann", "anna", False),
        ("jon", "jan", False),
        ("catherine", "katherina", True),
        ("speaker_00", "speaker_01", False),
    ],
)
def test_labels_are_near_by_a_letter_but_never_by_a_digit(one: str, other: str, same: bool) -> None:
    assert nearly_same(one, other) is same


def test_words_that_are_right_are_not_corrected() -> None:
    for label in ("Interviewer", "Interviewee 2", "Participants", "Rosemary", "Christopher", "Fieldworker"):
        assert well_spelled(label) == label


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance_is_that_of_the_textbook(one: str, other: str) -> None:
    steps = distance(one, other, most=9)
    assert (steps == 0) == (one == other)
    assert steps == distance(other, one, most=9)
    assert abs(len(one) - len(other)) <= steps <= max(len(one), len(other))
    assert distance(one, other) == min(steps, 3)

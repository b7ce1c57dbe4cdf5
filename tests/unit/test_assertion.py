"""Whose reason a sentence gives."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.tagging.assertion import ASSERTIONS, assertion_at, assertions


def at(sentence, evidence):
    start = sentence.index(evidence)
    return assertion_at(sentence, start, start + len(evidence))


@pytest.mark.parametrize(
    "complaint",
    [
        "I couldn't sleep.",
        "There was no support.",
        "Not enough time.",
        "I never got supervision.",
        "It wasn't safe.",
        "It wasn't only the money.",
        "Nobody rang me.",
    ],
)
def test_a_complaint_in_the_negative_is_the_speakers_own(complaint):
    assert assertions([complaint]) == ["own"]


def test_a_denied_reason_is_negated():
    denied = ["I did not leave because of the caseload", "it wasn't the money, honestly"]
    assert assertions(denied) == ["negated", "negated"]


def test_what_might_have_been_is_hypothetical():
    imagined = ["if the pay were worse I'd have gone", "I would leave if the caseload went up"]
    assert assertions(imagined) == ["hypothetical", "hypothetical"]


def test_what_would_have_kept_somebody_is_their_own_reason():
    missed = ["I'd have stayed if they had listened", "With a better manager I'd still be there."]
    assert assertions(missed) == ["own", "own"]


def test_what_kept_somebody_is_no_reason_for_leaving():
    assert at("I'd have left without my team", "team") == "hypothetical"


@pytest.mark.parametrize(
    ("sentence", "evidence", "whose"),
    [
        ("Bullying? No, nothing like that.", "Bullying", "negated"),
        ("Was it the pay? No.", "pay", "negated"),
        ("I left because of the caseload, not the pay.", "pay", "negated"),
        ("I left because of the caseload, not the pay.", "caseload", "own"),
        ("Although the pay was low, it was the bureaucracy.", "bureaucracy", "own"),
        ("I wish there had been more supervision.", "supervision", "own"),
        ("It wasn't just the caseload.", "caseload", "own"),
        ("You never got any supervision.", "supervision", "own"),
        ("As soon as the caseload hits thirty I'm gone.", "caseload", "hypothetical"),
        ("Newly qualified staff struggle with caseloads.", "caseloads", "other"),
    ],
)
def test_what_is_said_of_the_evidence(sentence, evidence, whose):
    assert at(sentence, evidence) == whose


def test_a_plain_statement_is_nothing_but_the_speakers_own():
    assert at("My caseload was thirty.", "caseload") == "own"
    assert at("My caseload was thirty.", "My caseload was thirty.") == "own"


def test_other_peoples_reasons_are_not_the_speakers():
    others = ["colleagues went over the bureaucracy", "a lot of my team left for pay"]
    assert assertions(others) == ["other", "other"]


def test_colleagues_leaving_is_the_speakers_own_trouble():
    assert assertions(["Everybody left and I was holding their cases."]) == ["own"]


def test_a_denial_reaches_only_its_own_clause():
    sentence = "It wasn't the caseload, it was the recording"
    assert at(sentence, "caseload") == "negated"
    assert at(sentence, "recording") == "own"
    assert assertions([sentence]) == ["own"]


def test_other_peoples_reason_reaches_only_its_own_clause():
    sentence = "Some of them went for the money, but I left because of the bullying."
    assert at(sentence, "money") == "other"
    assert at(sentence, "bullying") == "own"


def test_that_isnt_me_makes_the_whole_sentence_about_others():
    assert assertions(["A lot of ours went over the pay, that isn't me, I've no kids and a small flat."]) == [
        "other"
    ]


def test_what_one_used_to_do_is_not_hypothetical():
    assert assertions(["I would go home and cry.", "If you complained you'd get a letter."]) == ["own", "own"]


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 200))
def test_any_text_gets_one_of_the_four(text, start, end):
    assert assertions([text])[0] in ASSERTIONS
    assert assertion_at(text, min(start, end), max(start, end)) in ASSERTIONS


def test_a_very_long_answer_does_not_hold_things_up():
    started = time.perf_counter()
    assertions(["people who would have left if they were not so very " * 2000])
    assert time.perf_counter() - started < 20


def test_no_texts_give_no_labels():
    assert assertions([]) == []

"""Which answers say something only with their question."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.tables import conform
from feedback.tagging.replies import Place, is_bare, is_denial, places_of, replies

ASKED = "Was caseload an issue?"


@pytest.mark.parametrize(
    "text", ["Definitely.", "Yeah, massively.", "No.", "Thirty-one", "It was terrible.", "40"]
)
def test_yes_no_degrees_and_numbers_name_nothing(text):
    assert is_bare(text)


@pytest.mark.parametrize(
    "text",
    ["", "...", "Okay.", "So, well.", "Which one?", "My mum was ill.", "Yes, the pay.", "[Person 3] was."],
)
def test_whatever_names_something_or_answers_nothing_is_no_bare_reply(text):
    assert not is_bare(text)


@given(st.integers(11, 60))
def test_a_long_answer_is_never_bare(words):
    assert not is_bare("yes " * words)


@pytest.mark.parametrize(
    "text", ["No.", "Well, no, not really.", "Not at all.", "It wasn't.", "None.", "Never"]
)
def test_a_no_is_a_denial(text):
    assert is_denial(text)


@pytest.mark.parametrize(
    "text", ["Yes.", "No doubt.", "Not half.", "It was.", "Nowhere near enough", "I did."]
)
def test_a_yes_is_none(text):
    assert not is_denial(text)


def test_only_the_first_sentence_of_a_turn_replies():
    places = [Place("d1", 1, ASKED), Place("d1", 1, ASKED), Place("d1", 3, ""), Place("d2", 1, ASKED)]
    assert replies(["Yes.", "Definitely.", "Yes.", "The pay was."], places) == {0: ASKED}


def test_a_remark_that_asks_nothing_has_no_reply():
    place = Place("d1", 1, "You came in through the graduate route, I think, in the spring of that year.")
    assert replies(["Yes."], [place]) == {}
    assert replies(["Bad."], [Place("d1", 1, "Sleep, then.")]) == {0: "Sleep, then."}


def rows(*turns):
    found = [
        {
            "segment_id": f"d001:{turn}-{turn + 1}",
            "document_id": "d001",
            "turn": turn,
            "start": turn,
            "end": turn + 1,
            "role": role,
            "question": question,
            "text": "Yes.",
        }
        for turn, (role, question) in enumerate(turns)
    ]
    return conform("segments", pd.DataFrame(found))


def test_a_turn_replies_to_the_question_just_before_it_and_to_no_earlier_one():
    table = rows(("interviewer", None), ("participant", ASKED), ("participant", ASKED))
    said = table[table["role"] == "participant"]
    assert [place.question for place in places_of(table, of=said)] == [ASKED, ""]


def test_a_survey_answer_replies_to_the_question_of_its_column():
    table = rows(("participant", ASKED), ("participant", "And the pay?"))
    assert [place.question for place in places_of(table, of=table)] == [ASKED, "And the pay?"]

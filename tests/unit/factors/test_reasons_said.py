"""Which sentences are reasons for leaving, whose they are, and what is said where there are none."""

import pandas as pd
import pytest
from leavers import DRIVE, NURSERY, interview, kinds, people, survey

from feedback.errors import FeedbackError
from feedback.factors import find_factors, find_reasons
from feedback.factors.questions import is_non_answer
from feedback.segments import segments_from
from feedback.tables import conform


def test_chat_about_the_lift_is_no_reason_for_leaving():
    said = interview(
        ("interviewer", "What was the building like?"),
        ("participant", "The lift was broken all spring. There was a fox in the car park."),
        ("interviewer", "Why did you leave?"),
        ("participant", "I never once saw my own children in daylight."),
    )
    assert list(kinds(said)) == ["I never once saw my own children in daylight."]


def test_the_whole_answer_counts_after_a_question_about_leaving_but_not_its_fillers():
    said = interview(
        ("interviewer", "So what made you decide to leave?"),
        (
            "participant",
            "Um, well. There were four managers in two years. Yeah. The rota changed every week.",
        ),
    )
    assert set(kinds(said)) == {"There were four managers in two years.", "The rota changed every week."}


def test_a_nod_of_the_interviewer_does_not_end_the_answer():
    said = interview(
        ("interviewer", "Why did you leave?"),
        ("participant", "The hours were long."),
        ("interviewer", "Okay. Go on."),
        ("participant", "My supervision was cancelled seven times."),
        ("interviewer", "Did you have a nice room?"),
        ("participant", "The curtains matched the carpet."),
    )
    assert set(kinds(said)) == {"The hours were long.", "My supervision was cancelled seven times."}


def test_a_new_question_ends_the_answer_however_short_it_is():
    said = interview(
        ("interviewer", "Why did you leave?"),
        ("participant", "The hours were long."),
        ("interviewer", "Why was that?"),
        ("participant", "Half of the posts were empty."),
        ("interviewer", "And since then?"),
        ("participant", "I walk the neighbours' greyhound."),
    )
    assert set(kinds(said)) == {"The hours were long.", "Half of the posts were empty."}


def test_a_question_of_several_sentences_stands_over_the_whole_answer():
    said = interview(
        ("interviewer", "So why did you leave? If I made you choose. I won't tell."),
        ("participant", "Yeah. It's the numbers. Nobody can visit thirty children."),
    )
    assert set(kinds(said)) == {"It's the numbers.", "Nobody can visit thirty children."}


def test_a_sentence_that_says_it_is_the_reason_needs_no_question():
    said = interview(
        ("interviewer", "Tell me about the team."),
        ("participant", "They were kind people. The reason I left was the blame. We had cake on Fridays."),
    )
    assert kinds(said) == {"The reason I left was the blame.": "main"}


def test_what_was_said_just_before_deciding_is_a_reason():
    said = interview(
        ("interviewer", "And then?"),
        ("participant", "A father followed me to my car. That's when I knew I was finished."),
    )
    assert kinds(said)["A father followed me to my car."] == "any"


def test_denied_imagined_and_other_peoples_reasons_are_told_apart():
    said = interview(
        ("interviewer", "Why did you leave?"),
        ("participant", "It wasn't the money. Most of the others went for the pay. It was the night calls."),
        ("interviewer", "Would you have stayed for a different rota?"),
        ("participant", "If they'd changed the rota I would have stayed."),
    )
    assert kinds(said) == {
        "It wasn't the money.": "negated",
        "Most of the others went for the pay.": "other",
        "It was the night calls.": "any",
        "If they'd changed the rota I would have stayed.": "any",
    }


def test_only_leavers_have_reasons_for_leaving():
    segments = segments_from(["I was exhausted.", "I was bored."], ["A", "B"])
    assert set(find_reasons(segments, people(A="yes", B="no"))["case_id"]) == {"A"}


@pytest.mark.parametrize("said", ["N/A", "n/a.", "None", "see above", "-", "...", "idk", "No", "  "])
def test_a_non_answer_is_no_reason(said):
    assert is_non_answer(said)


def test_non_answers_are_left_out_and_counted():
    result = find_factors(segments_from(["N/A", "see above", "The pay was poor."]))
    assert len(result.members) == 1
    assert any("2 non-answers" in note for note in result.notes)


def test_non_answers_to_other_questions_are_not_counted():
    said = survey(("Why did you leave?", "The pay was poor."), ("Anything else?", "N/A"))
    assert not any("non-answer" in note for note in find_factors(said).notes)


def test_the_head_of_a_form_that_stands_in_its_cells_is_no_reason():
    said = survey(
        ("Main reason for leaving", "Pay."),
        ("Contributing Factors. Ill Health", "Contributing Factors. Ill Health"),
    )
    assert set(kinds(said)) == {"Pay.", "Ill Health"}


def test_interviews_about_something_else_have_no_reasons_for_leaving_and_the_notes_say_so():
    said = interview(
        ("interviewer", "What organisational factors make it go bad?"),
        ("participant", "Teams in two countries never talked. It became a big ball of dirt."),
        ("interviewer", "They have different reasons why, and then they're going to say three or five."),
        ("participant", "We used a burn-down chart. The story points were never finished."),
        ("interviewer", "What did you study?"),
        (
            "participant",
            "I had errors, so that was the major reason for me going into testing. I went all over the "
            "world to explain it. The only reason being that one feature was done.",
        ),
    )
    result = find_factors(said)
    assert len(result.members) == 0
    assert any("Nobody here is asked why they left" in note for note in result.notes)


def test_a_participants_table_without_the_column_is_an_error_that_says_so():
    with pytest.raises(FeedbackError, match="no column 'leaver'") as error:
        find_factors(
            segments_from(["The pay."]), cases=conform("cases", [{"case_id": "d001", "cohort": "1"}])
        )
    assert "cohort" in error.value.hint


def test_a_table_in_which_nobody_left_is_an_error_that_says_so():
    with pytest.raises(FeedbackError, match="nobody left"):
        find_factors(segments_from(["The pay."]), cases=people(d001="no"))


def test_one_leaver_is_no_finding_and_the_notes_say_so():
    result = find_factors(segments_from(["The pay.", "The hours."], ["A", "A"]))
    assert len(result.factors) == 0
    assert any("Only one leaver" in note for note in result.notes)


def test_leavers_without_a_reason_give_empty_tables_and_a_note():
    said = interview(("interviewer", "Was the room nice?"), ("participant", "The carpet was green."))
    result = find_factors(said, cases=people(d001="yes"))
    assert len(result.factors) == len(result.members) == 0
    assert any("No reason for leaving was found" in note for note in result.notes)


def test_no_segments_at_all_give_empty_tables():
    result = find_factors(segments_from([]))
    assert len(result.factors) == len(result.members) == len(result.stability) == 0


def test_the_input_is_left_as_it_was():
    segments = segments_from(DRIVE + NURSERY)
    before = segments.copy(deep=True)
    find_factors(segments)
    pd.testing.assert_frame_equal(segments, before)

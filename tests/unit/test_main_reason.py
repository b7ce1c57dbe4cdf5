"""A form that asks for the main reason in a field of its own is believed: that answer is the main reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.factors import find_factors, find_reasons
from feedback.factors.questions import asks_main, main_answers, study_of
from feedback.model import Document, Turn
from feedback.report import arrange, summarise
from feedback.report.cards.main_reasons import _telling
from feedback.segments import segment
from feedback.tables import conform

THEMES = ("pay", "caseload", "commute")


@pytest.mark.parametrize(
    "question",
    [
        "Main reason for leaving",
        "What was your main reason for leaving?",
        "If you have left or plan to leave, what was the main reason?",
        "Main reason",
        "3. Primary reason (choose one)",
        "Main Factor. Which of these was the main factor for leaving?",
        "What was the single most important factor in your decision to leave?",
        "What was the biggest thing that made you leave?",
        "Which of these mattered most when you decided to leave?",
        "Reason for leaving (main)",
    ],
)
def test_a_question_for_the_main_reason_is_known(question):
    assert asks_main(question)


@pytest.mark.parametrize(
    "question",
    [
        "Why did you leave?",
        "Main reasons for leaving (tick all that apply)",
        "Other reasons for leaving",
        "What was your main reason for joining the programme?",
        "What was the main reason you stayed?",
        "What was the main thing you learned?",
        "What is the main reason for your score?",
        "What would have been the main reason to stay?",
        "Where did you mainly work before you left?",
    ],
)
def test_a_question_for_several_reasons_or_for_something_else_is_not_taken_for_it(question):
    assert not asks_main(question)


def form(*people):
    """An exit form, (question, words) by person; the words of a theme's name are tagged with it."""
    text, turns = "", []
    for number, answers in enumerate(people):
        for question, words in answers:
            turns.append(Turn(len(text), len(text) + len(words), question=question, respondent=f"P{number}"))
            text += words + "\n"
    segments = segment(Document("d001", "survey", "csv", text, tuple(turns)))
    starts = {turn.start: turn.respondent for turn in turns}
    case = [starts[max(start for start in starts if start <= one)] for one in segments["start"]]
    return segments.assign(case_id=case)


def report_of(segments, **options):
    tags = [
        {
            "segment_id": row.segment_id, "document_id": "d001", "theme_id": theme, "start": row.start,
            "end": row.end, "score": 1.0, "coder": "rules", "assertion": "own", "valence": "negative",
        }
        for row in segments.itertuples()
        for theme in THEMES
        if theme in row.text.lower()
    ]  # fmt: skip
    cases = [{"case_id": case, "leaver": "yes"} for case in sorted(set(segments["case_id"]))]
    tables = {
        "documents": conform("documents", [{"document_id": "d001", "kind": "survey"}]),
        "cases": conform("cases", cases),
        "segments": segments,
        "tags": conform("tags", tags),
    }
    found = find_factors(segments, tags=tables["tags"], cases=tables["cases"], **options)
    made = summarise(
        {**tables, "factors": found.factors, "members": found.members}, main_reason=options.get("main", ())
    )
    return {card.factor_id: card for card in made.factors}, found


MAIN, OTHER = "Main reason for leaving", "Other reasons"


def test_what_the_main_field_says_is_the_main_reason_however_much_stands_in_the_other():
    answers = [
        [(MAIN, "The pay was poor."), (OTHER, "The caseload, the caseload, and always the caseload.")],
        [(MAIN, "The pay was poor."), (OTHER, "My commute was long.")],
        *([[(MAIN, "The caseload was too high."), (OTHER, "")]] * 3),
    ]
    cards, _ = report_of(form(*[[one for one in person if one[1]] for person in answers]))
    assert (cards["pay"].n, cards["pay"].n_main, cards["pay"].n_own_main) == (2, 2, 2)
    assert (cards["caseload"].n, cards["caseload"].n_main) == (4, 3)
    assert (cards["commute"].n, cards["commute"].n_main) == (1, 0)
    assert arrange.main_reason(cards["pay"]) == "2 of the 2 leavers who give it name it as their main reason."


def test_other_reasons_beside_a_main_one_are_reasons_and_beside_nothing_are_not():
    beside = form([(MAIN, "The pay was poor."), (OTHER, "My commute was long.")])
    assert find_reasons(beside)["kind"].tolist() == ["main", "any"]
    alone = form([("Why did you choose us?", "The pay was good."), (OTHER, "The commute was short.")])
    assert find_reasons(alone, conform("cases", [{"case_id": "P0", "leaver": "yes"}])).empty


def test_the_columns_of_a_question_with_options_are_further_reasons_beside_a_main_one():
    ticks = [("Contributing Factors. Ill Health", "Ill Health"), ("Contributing Factors. Travel", "-")]
    beside = form([("Main Factor. Which of these was the main factor for leaving?", "The pay."), *ticks])
    assert find_reasons(beside)["kind"].tolist() == ["main", "any"]
    other = [("Reasons for joining us: pay", "The pay."), ("Other topics. Health", "Ill health.")]
    assert find_reasons(form([(MAIN, "My commute."), *other]))["kind"].tolist() == ["main"]


def test_who_names_something_else_as_the_main_reason_has_no_other_main_reason():
    answers = [[(MAIN, "My mother fell ill."), (OTHER, "The pay was poor.")], *([[(MAIN, "The pay.")]] * 4)]
    cards, _ = report_of(form(*answers))
    assert (cards["pay"].n, cards["pay"].n_main) == (5, 4)


def test_who_leaves_the_main_field_open_has_the_reason_said_most_about():
    answers = [[(MAIN, "See above"), (OTHER, "The pay was poor.")], *([[(MAIN, "The pay.")]] * 4)]
    cards, _ = report_of(form(*answers))
    assert (cards["pay"].n_main, cards["pay"].n_own_main) == (5, 4)
    assert "4 name it as that, 1 says more about it" in arrange.main_reason(cards["pay"])


def test_a_question_that_does_not_say_so_is_named_in_the_settings():
    answers = [[("Q7", "The pay was poor."), ("Q8 Anything on why you left?", "The caseload.")]] * 5
    cards, found = report_of(form(*answers))
    assert "pay" not in cards
    cards, found = report_of(form(*answers), main=("q7*", "Q9"))
    assert (cards["pay"].n_main, cards["caseload"].n_main) == (5, 0)
    (note,) = [one for one in found.notes if "main reason" in one]
    assert "'Q9'" in note


def test_in_a_conversation_the_first_that_is_said_and_what_is_called_the_main_reason_are():
    text, turns = "", []
    for role, words in (
        ("interviewer", "What was the main reason you left?"),
        ("participant", "The pay was poor. And there was the caseload."),
        ("interviewer", "How was the team?"),
        ("participant", "Kind. But the main reason was the commute."),
    ):
        turns.append(Turn(len(text), len(text) + len(words), role=role))
        text += words + "\n"
    said = segment(Document("d001", "interview", "txt", text, tuple(turns)))
    told = said.loc[
        said["segment_id"].isin(main_answers(said, among=frozenset(said["segment_id"]))), "text"
    ].tolist()
    assert told == ["The pay was poor.", "But the main reason was the commute."]


@given(st.lists(st.tuples(*(st.integers(0, n) for n in (2, 3, 2, 2, 3, 3))), max_size=14), st.data())
def test_only_what_can_change_the_answer_is_looked_at(drawn, data):
    people, roles = (None, "P1", "P2"), ("participant", "participant", "interviewer")
    asked = (None, "Main reason for leaving", "Go on.", "How was the training?")
    said = ("Pay.", "My main reason was pay.", "What was your main reason for leaving?", "Okay.")
    rows = [
        {"segment_id": f"d{document}:{at:03d}-{at + 1}", "document_id": f"d{document}", "turn": turn,
         "start": at, "case_id": people[case], "role": roles[role],
         "question": asked[question], "text": said[text]}
        for at, (document, turn, case, role, question, text) in enumerate(drawn)
    ]  # fmt: skip
    segments = conform("segments", rows)
    among = frozenset(
        data.draw(st.sets(st.sampled_from([row["segment_id"] for row in rows]))) if rows else ()
    )
    study = study_of(segments)

    few = main_answers(_telling(segments, among), among=among, study=study)

    assert few == main_answers(segments, among=among, study=study)

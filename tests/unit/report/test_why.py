"""Why a number is what it is: as many people as it says, their rendered words, and who is not counted."""

from __future__ import annotations

from typing import Any

import pytest
from report_sample import sample_tables
from report_study import person, study

from feedback.errors import FeedbackError
from feedback.model import Report
from feedback.report import summarise
from feedback.report.numbers import Numbers, find_number
from feedback.report.why import NOT_AGREED, OFF, OTHERWISE, SILENT, Answers
from feedback.report.why_told import Others, Why
from feedback.tables import conform


@pytest.fixture(scope="module")
def sample() -> tuple[Report, dict[str, Why]]:
    tables = sample_tables()
    report = summarise(tables)
    answers = Answers(report, tables)
    return report, {one.id: answers.why(one) for one in Numbers(report).all}


def asked(tables: dict[str, Any], number: str, **options: Any) -> Why:
    report = summarise(tables)
    return Answers(report, tables, **options).why(Numbers(report).by_id[number])


def test_behind_every_number_stand_as_many_people_as_it_says(sample: tuple[Report, dict[str, Why]]) -> None:
    _, found = sample
    assert len(found) > 300
    for one in found.values():
        assert len(one.people) + len(one.documents) == one.number.n, one.number


def test_those_counted_and_those_not_make_up_all_that_a_number_is_out_of(
    sample: tuple[Report, dict[str, Why]],
) -> None:
    for one in sample[1].values():
        if one.number.of:
            counted = {voice.case_id for voice in one.people}
            others = [case for other in one.others for case in other.people]
            assert len(counted) + len(others) == len(counted | set(others)) == one.number.of, one.number


def test_nobody_is_counted_without_words_except_where_silence_is_counted(
    sample: tuple[Report, dict[str, Why]],
) -> None:
    for one in sample[1].values():
        if one.number.kind != "read":
            silent = one.number.measure == "silent" and one.number.kind != "group"
            assert all(bool(voice.passages) != silent for voice in one.people), one.number


def speaking(valence: str, assertion: str = "own") -> dict[str, Any]:
    people = [person() for _ in range(6)]
    return study(
        people, [{"person": i, "theme": "pay", "valence": valence, "assertion": assertion} for i in range(2)]
    )


def test_each_passage_comes_with_what_the_coder_heard_in_it() -> None:
    tables = speaking("negative")
    tables["tags"] = tables["tags"].assign(rule="the money", score=0.75, end=2)
    found = asked(tables, "n-theme-pay-critical")
    (passage,) = found.people[0].passages
    (sign,) = passage.signs
    assert passage.text == "I left."
    assert (sign.theme, sign.coder, sign.rule, sign.score) == ("Pay", "rules", "the money", 0.75)
    assert (sign.assertion, sign.valence) == ("own", "negative")
    assert found.others == (Others(SILENT, ("P002", "P003", "P004", "P005")),)


def test_who_speaks_of_it_otherwise_is_told_apart_from_who_says_nothing() -> None:
    found = asked(speaking("negative", "other"), "n-theme-pay-any")
    assert found.people == ()
    assert found.others[0] == Others(OTHERWISE, ("P000", "P001"))
    assert (found.others[1].why, len(found.others[1].people)) == (SILENT, 4)


def test_words_of_people_who_did_not_agree_to_be_quoted_are_withheld_with_the_reason() -> None:
    tables = speaking("negative")
    tables["cases"]["consent"] = ["analysis", *["internal"] * 5]
    first, second = asked(tables, "n-theme-pay-any").people
    assert (first.passages[0].withheld, first.passages[0].text) == (NOT_AGREED, "")
    assert first.passages[0].signs == ()
    assert second.passages[0].text == "I left."
    first, _ = asked(tables, "n-theme-pay-any", unquoted=True).people
    assert first.passages[0].text == "I left."


def test_what_was_said_off_the_record_is_never_shown() -> None:
    tables = speaking("negative")
    tables["segments"].loc[tables["segments"]["segment_id"] == "d000:1", "text"] = "Off the record, pay."
    found = asked(tables, "n-theme-pay-any", unquoted=True)
    assert found.people[0].passages[0].withheld == OFF


def test_evidence_is_shown_as_it_is_rendered_with_its_masks() -> None:
    tables = speaking("negative")
    tables["segments"].loc[tables["segments"]["segment_id"] == "d000:1", "text"] = "[Person 1] left."
    tables["edits"] = conform(
        "edits",
        [{"document_id": "d000", "start": 10, "end": 11, "replacement": "[Person 1]", "kind": "mask"}],
    )
    tables["tags"] = tables["tags"].assign(start=10, end=11)
    found = asked(tables, "n-theme-pay-any")
    assert found.people[0].passages[0].signs[0].evidence == "[Person 1]"


def test_a_wrong_id_comes_with_the_nearest_and_short_ids_are_understood(
    sample: tuple[Report, dict[str, Why]],
) -> None:
    numbers = Numbers(sample[0])
    assert find_number(numbers, "factor-pay-any").id == "n-factor-pay-any"
    with pytest.raises(FeedbackError) as error:
        find_number(numbers, "n-factor-pay-ani")
    assert "n-factor-pay-any" in (error.value.hint or "")


def test_the_command_answers_on_the_screen_and_as_json(feedback: Any, demo: Any) -> None:
    listed = feedback("why", "--about", "caseload", "--json", "-p", demo.folder).json["numbers"]
    wanted = next(one for one in listed if one["id"] == "n-factor-caseload-any")
    ran = feedback("why", wanted["id"], "-p", demo.folder)
    assert f"{wanted['n']} of {wanted['of']}" in ran.out
    assert "not shown, did not agree to be quoted" in ran.out
    (answer,) = feedback("why", wanted["id"], "--json", "-p", demo.folder).json["why"]
    assert len(answer["people"]) == wanted["n"]
    wrong = feedback("why", "n-factor-caseload-ani", "-p", demo.folder)
    assert (wrong.code, "n-factor-caseload-any" in wrong.err) == (1, True)


def test_where_testimonies_are_pooled_their_writers_stand_behind_push_factors_too() -> None:
    people = [*(person() for _ in range(6)), *(person("testimony") for _ in range(6))]
    tables = study(people, [{"person": i, "theme": "pay", "valence": "negative"} for i in range(4, 9)])
    report = summarise(tables, pool=True)
    number = Numbers(report).by_id["n-factor-pay-any"]
    found = Answers(report, tables).why(number)
    assert (number.n, number.of) == (5, 12)
    assert [voice.case_id for voice in found.people] == ["P004", "P005", "P006", "P007", "P008"]
    assert all(voice.passages for voice in found.people)

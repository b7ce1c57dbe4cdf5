from __future__ import annotations

import pytest
from making import reading
from survey_makers import LEFT, answers, forms, qualtrics, surveymonkey, table

from feedback.model import Document


def told(document: Document) -> list[tuple[str | None, str | None, str]]:
    """Who answered what with which words."""
    return [(turn.respondent, turn.question, document.words(turn)) for turn in document.turns]


def names(kept: dict[str, dict[str, str]]) -> set[str]:
    return {name for cells in kept.values() for name in cells}


@pytest.mark.parametrize(
    "data",
    [
        table(qualtrics()),
        table(qualtrics(), encoding="utf-8-sig"),
        table(qualtrics(), "\t", "utf-16"),
        table(qualtrics(), ";"),
        table(qualtrics(ids=False)),
        table(qualtrics(legacy=True)),
    ],
    ids=["csv", "with a mark", "tsv in utf-16", "semicolons", "third header row deleted", "legacy"],
)
def test_qualtrics_answers_have_the_question_and_the_response_id(data: bytes) -> None:
    document, dropped = reading(data, "q.csv")
    wanted = answers(["R_1aX", "R_2aX", "R_3aX"], "Why did you leave?", "What would have helped?")
    assert told(document) == wanted
    assert names(document.attributes) == {"What is your role?"}
    assert {"IPAddress", "Progress"} <= names(document.private)
    assert all("header row" in drop.reason or "test" in drop.reason for drop in dropped)


def test_a_question_with_markup_is_read_without_it() -> None:
    rows = [[cell.replace("Why did you leave?", "<p><b>Why did</b><br>you leave?</p>") for cell in row]
            for row in qualtrics()]  # fmt: skip
    document, _ = reading(table(rows), "q.csv")
    assert "Why did you leave?" in {turn.question for turn in document.turns}


def test_surveymonkeys_ticked_boxes_are_one_attribute_and_words_beside_them_an_answer() -> None:
    document, _ = reading(table(surveymonkey()), "s.csv")
    other = "What affected you?: Other (please specify)"
    assert told(document) == [
        ("11800", "Why did you leave?", LEFT[0]),
        ("11801", other, "the drive of two hours each way"),
        ("11801", "Why did you leave?", LEFT[1]),
        ("11802", "Why did you leave?", LEFT[2]),
    ]
    assert [cells["What affected you?"] for cells in document.attributes.values()] == [
        "Workload",
        "Workload; Pay",
        "",
    ]
    assert names(document.private) == {"Collector ID", "Start Date", "IP Address"}


def test_a_workbook_of_microsoft_forms_is_read_with_plain_headings() -> None:
    document, _ = reading(forms(), "f.xlsx")
    assert told(document) == answers(["1", "2", "3"], "Why did you leave?")
    assert document.attributes["1"] == {"What is your role ?": "SW", "What applied?": "Pay;Workload;"}
    assert names(document.private) == {"Start time", "Email"}


@pytest.mark.parametrize(
    ("head", "ids"),
    [
        (["#", "Start Date (UTC)", "Network ID", "Why did you leave?"], ["x1kq", "x2kq", "x3kq"]),
        (
            ["Unique Response Number", "Q1.a. Your grade?", "", "Why did you leave?"],
            ["1-9", "2-9", "3-9"],
        ),
        (
            ["id. Response ID", "submitdate. Date submitted", "seed. Seed", "Why?"],
            ["4", "5", "9"],
        ),
        (["record_id", "exit_timestamp", "exit_complete", "Why did you leave?"], ["1", "2", "3"]),
        (["Submission ID", "Submitted at", "Time zone", "Why did you leave?"], ["wQ1", "wQ2", "wQ3"]),
    ],
)
def test_the_id_of_many_makers_is_found_and_what_a_form_notes_down_is_no_attribute(
    head: list[str], ids: list[str]
) -> None:
    rows = [head, *[[who, "2026-01-01", "7", text] for who, text in zip(ids, LEFT, strict=True)]]
    document, _ = reading(table(rows), "a.csv")
    asked = head[3]
    wanted = ids if "Submission ID" not in head else ["row 2", "row 3", "row 4"]
    assert told(document) == answers(wanted, asked)
    assert names(document.attributes) <= {"Q1.a. Your grade?", "column 3"}


def test_names_addresses_and_numbers_of_people_stay_private_under_any_heading() -> None:
    rows = [
        ["Your name (optional)", "Your e-mail address?", "How can we reach you?", "Home postcode", "Age",
         "Why?"],
        ["Ann Lee", "ann@example.org", "07700 900123", "LS1 1AA", "25-34", LEFT[0]],
        ["", "", "07700 900124", "LS2 1AA", "35-44", LEFT[1]],
    ]  # fmt: skip
    document, _ = reading(table(rows), "a.csv")
    assert names(document.attributes) == {"Age"}
    assert names(document.private) == set(rows[0][:4])

from __future__ import annotations

import pytest
from making import reading, said, xlsx, zipped

from feedback.errors import FeedbackError
from feedback.readers.tables.participants import read_participants

ROWS = [
    ["respondent", "leaver", "cohort", "Why did you leave?", "Anything else?"],
    ["007", "yes", "2020", "The caseload was far too high for one person.", "NA"],
    ["008", "no", "2021", "My manager left; nobody came in her place, ever.", ""],
    ["009", "yes", "2021", 'They said "average"\nand that was the end of it.', "None"],
]


def table(rows: list[list[str]], delimiter: str = ",") -> bytes:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (table(ROWS), "a.csv"),
        (table(ROWS, ";"), "a.csv"),
        (table(ROWS, "\t"), "a.tsv"),
        (table(ROWS, "\t").decode().encode("utf-16"), "a.csv"),
        (xlsx({"Sheet": ROWS}), "a.xlsx"),
    ],
)
def test_every_answer_is_a_turn_with_its_question_and_respondent(data: bytes, name: str) -> None:
    document, _ = reading(data, name)
    assert document.kind == "survey"
    assert [(turn.respondent, turn.question) for turn in document.turns] == [
        (number, "Why did you leave?") for number in ("007", "008", "009")
    ]
    assert said(document)[2] == (None, 'They said "average"\nand that was the end of it.')
    assert document.attributes["007"] == {"leaver": "yes", "cohort": "2020", "Anything else?": "NA"}
    assert "'Why did you leave?'" in document.role_reason and "'respondent'" in document.role_reason


def test_columns_that_are_named_are_taken_and_na_stays_an_answer() -> None:
    document, _ = reading(table(ROWS), "a.csv", text_columns=["anything ELSE?"], case_column="cohort")
    assert [(turn.respondent, document.words(turn)) for turn in document.turns] == [
        ("2020", "NA"),
        ("2021", "None"),
    ]
    assert document.attributes["2021"]["respondent"] == "008"


def test_a_wrong_column_is_answered_with_the_nearest_and_all() -> None:
    with pytest.raises(FeedbackError, match="no column 'Why did you leaf'") as caught:
        reading(table(ROWS), "a.csv", text_columns=["Why did you leaf"])
    assert "did you mean 'Why did you leave?'" in str(caught.value.hint)
    assert "'cohort'" in str(caught.value.hint)


def test_a_survey_of_ticked_boxes_is_kept_to_compare_people_by_and_says_that_nobody_wrote() -> None:
    rows = [["ID", "Reason"], *[[str(n), "Voluntary early retirement (VER) of staff"] for n in range(20)]]
    document, _ = reading(table(rows), "a.csv")
    assert document.turns == () and len(document.attributes) == 20
    assert document.role_reason.startswith("no column looks like free text")


def test_without_an_id_column_respondents_are_called_after_their_row_in_the_file() -> None:
    document, _ = reading(table([row[3:] for row in ROWS]), "a.csv")
    assert [turn.respondent for turn in document.turns] == ["row 2", "row 3", "row 4"]
    assert "rows have no id of their own" in document.role_reason


def test_a_row_without_an_id_and_empty_rows_do_not_shift_the_others() -> None:
    rows = [ROWS[0], ROWS[1], ["", "", "", "", ""], ["", *ROWS[2][1:]], ROWS[3]]
    document, _ = reading(table(rows), "a.csv", case_column="respondent")
    assert [turn.respondent for turn in document.turns] == ["007", "row 4", "009"]


@pytest.mark.parametrize(
    "header",
    [
        "Anything else?",
        "Comments",
        "Any other comment",
        "Why?",
        "Please say more",
        "What would have kept you?",
        "How did it feel?",
        "Tell us about your manager",
        "Describe your last day",
    ],
)
def test_a_column_that_asks_an_open_question_is_read_though_many_answers_are_short(header: str) -> None:
    said_there = ["No", "", "n/a", "None", "no", "I wish that somebody had asked me", "pay", "No.", "-"]
    rows = [["id", "leaver", header], *[[f"V{n}", "yes", cell] for n, cell in enumerate(said_there)]]
    document, _ = reading(table(rows), "a.csv")
    assert {turn.question for turn in document.turns} == {header}
    assert len(document.turns) == 8


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Anything else?", ["No", "None", "", "NA", "n/a"]),
        ("What is your role?", ["Social worker in the duty and assessment team", "Manager", "ASYE"]),
        ("How long were you here?", ["2 years", "less than one year in all", "5 years"]),
        (
            "How satisfied were you with your team?",
            ["Very", "Not very", "Neither one nor the other"],
        ),
        ("Why did you leave?", ["Career change to another sector"] * 6 + ["Ill health"] * 4),
        ("Would you come back?", ["yes", "no", "perhaps one day"]),
    ],
)
def test_a_column_of_choices_or_facts_stays_an_attribute(header: str, cells: list[str]) -> None:
    long = "The caseload was far too high for one person, number"
    rows = [["id", "Story", header], *[[f"V{n}", f"{long} {n}", cell] for n, cell in enumerate(cells)]]
    document, _ = reading(table(rows), "a.csv")
    assert {turn.question for turn in document.turns} == {"Story"}
    assert f"attributes: {header!r}" in document.role_reason


def test_the_reason_names_what_became_attributes() -> None:
    document, _ = reading(table(ROWS), "a.csv")
    assert document.role_reason.endswith("; attributes: 'leaver', 'cohort', 'Anything else?'")


def test_repeated_and_empty_column_names_are_told_apart() -> None:
    rows = [["id", "", "note", "note"], ["1", "x", "a", "b"], ["2", "y", "c", "d"]]
    document, _ = reading(table(rows), "a.csv", text_columns=["note (2)"])
    assert document.attributes["1"] == {"column 2": "x", "note": "a"}


def test_qualtrics_headers_and_tests_are_left_out_and_what_points_at_a_person_is_private() -> None:
    rows = [
        ["Status", "IPAddress", "ResponseId", "Q1"],
        ["Response Type", "IP Address", "Response ID", "Why did you leave?"],
        ['{"ImportId":"status"}', '{"ImportId":"ip"}', '{"ImportId":"id"}', '{"ImportId":"QID1"}'],
        ["Survey Preview", "10.0.0.1", "R_1", "test test test test test test"],
        ["IP Address", "10.0.0.2", "R_2", "The caseload was too high for me."],
    ]
    document, dropped = reading(table(rows), "a.csv")
    assert [(turn.question, turn.respondent) for turn in document.turns] == [("Why did you leave?", "R_2")]
    assert document.attributes == {"R_2": {}}
    assert document.private == {"R_2": {"Status": "IP Address", "IPAddress": "10.0.0.2"}}
    assert [drop.reason for drop in dropped] == ["Qualtrics header row"] * 2 + ["survey preview, a test"]
    assert "test test" in document.text[dropped[2].start : dropped[2].end]


def test_a_second_sheet_is_not_silently_forgotten() -> None:
    _, dropped = reading(xlsx({"Answers": ROWS, "Old": [["x"]]}), "a.xlsx")
    assert [drop.reason for drop in dropped] == ["sheet 'Old' not read (1 row, 1 character)"]


def test_numbers_and_dates_of_a_workbook_read_as_they_look() -> None:
    rows: list[list[object]] = [
        ["id", "n", "why"],
        [7, 2.5, "The caseload was far too high."],
        [8, 3, "I was ill for most of it."],
    ]
    document, _ = reading(xlsx({"S": rows}), "a.xlsx")  # type: ignore[dict-item]
    assert document.attributes == {"7": {"n": "2.5"}, "8": {"n": "3"}}


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"a,b\n", "a.csv", "no rows"),
        (zipped({"a.txt": "x"}), "a.xlsx", "not an Excel workbook"),
        (xlsx({"S": ROWS})[:2000], "a.xlsx", "damaged"),
        (xlsx({"S": []}), "a.xlsx", "no words"),
    ],
)
def test_bad_tables_are_refused_in_words(data: bytes, name: str, words: str) -> None:
    with pytest.raises(FeedbackError, match=words) as caught:
        reading(data, name)
    assert name in caught.value.message and caught.value.hint


def test_participants_are_strings_with_plain_column_names(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "people.csv"
    path.write_text(" Participant ID ,Months qualified,Leaver?\n007 ,NA,yes\n\n08,,no\n", encoding="utf-8")
    people = read_participants(path)
    assert list(people.columns) == ["case_id", "months_qualified", "leaver"]
    assert people.to_dict("list") == {
        "case_id": ["007", "08"],
        "months_qualified": ["NA", ""],
        "leaver": ["yes", "no"],
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,age\nAnn,3\n", "no column that names the case"),
        ("case,age\nP1,3\np1,4\n", "rows 2 and 3 have an id that another row has too"),
        ("case,age\nP1,3\n,4\n", "row 3 has no id"),
        ("case,age\nP1,3,5\n", "row 2 has more cells"),
        ("case,age,Age\nP1,3,4\n", "two columns named 'age'"),
        ("case,age\n", "no rows"),
    ],
)
def test_a_participants_table_is_checked_with_row_numbers(tmp_path, text: str, words: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "people.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FeedbackError, match=words) as caught:
        read_participants(path)
    assert "people.csv" in caught.value.message and caught.value.hint

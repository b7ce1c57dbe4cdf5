from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import reading, said, xlsx
from survey_makers import LEFT, WISH, answers, table
from test_survey_makers import names, told

from feedback.errors import FeedbackError

WHY = "Why did you leave?"
HEAD = ["Ref", "Role", WHY]
BODY = [[f"N{n}", "SW", text] for n, text in enumerate(LEFT)]
IDS = ["N0", "N1", "N2"]
PLAIN = answers(IDS, WHY)


def quoted(cell: str) -> str:
    """A cell with doubled quotation marks, as it stands in a row that is quoted as a whole."""
    return f'""{cell}""' if "," in cell else cell


@pytest.mark.parametrize(
    "rows",
    [
        [["Exit survey 2026"], ["Exported 1 May"], [], HEAD, *BODY],
        [HEAD, [], BODY[0], [], *BODY[1:], []],
        [HEAD, *BODY, ["Total", "3", "3"]],
        [HEAD, *BODY, [], ["Source: the personnel office, extracted in May"]],
        [HEAD, BODY[0], HEAD, *BODY[1:]],
        [["", "About you", "Your views"], HEAD, *BODY],
        [["", "Q1", "Q2"], [*HEAD[:1], "Role?", WHY], *BODY],
    ],
    ids=["title above", "empty rows", "totals", "note below", "header again", "bands", "numbered"],
)
def test_what_stands_around_a_table_is_no_answer(rows: list[list[str]]) -> None:
    document, dropped = reading(table(rows), "a.csv")
    assert told(document) == PLAIN
    assert names(document.attributes) in ({"Role"}, {"Role?"})
    letters = "".join(cell for row in rows for cell in row)
    assert all(document.text[one.start : one.end] for one in dropped if one.start is not None)
    assert len(letters) >= len(document.text) - document.text.count("\n") - document.text.count("\t")


@pytest.mark.parametrize(
    "data",
    [
        b"sep=;\r\n" + table([HEAD, *BODY], ";"),
        table([HEAD, *BODY], "|"),
        table([HEAD, *BODY]).replace(b"\r\n", b"\r"),
        "\r\n".join(f'"{",".join(map(quoted, row))}"' for row in [HEAD, *BODY]).encode(),
        "\n".join(",".join(row) for row in [HEAD, *BODY]).encode(),
        table([[*HEAD, ""], *[[*row, ""] for row in BODY]], ";"),
    ],
    ids=["separator line", "bars", "old Mac", "rows in quotes", "commas without quotes", "end delimiter"],
)
def test_delimited_files_are_read_however_they_were_written(data: bytes) -> None:
    document, _ = reading(data, "a.csv")
    assert told(document) == PLAIN


def test_a_text_file_with_tabs_under_a_header_is_a_table() -> None:
    document, _ = reading(table([HEAD, *BODY], "\t", "utf-16"), "a.txt")
    assert told(document) == PLAIN


@pytest.mark.parametrize("header", [["Respondent", "Question", "Answer"], ["Submission", "Field", "Value"]])
def test_one_answer_a_row_is_read_with_its_question_and_choices_become_attributes(header: list[str]) -> None:
    rows = [[who, asked, text] for who, one in zip(IDS, LEFT, strict=True)
            for asked, text in (("Job title", "SW"), (WHY, one))]  # fmt: skip
    document, _ = reading(table([header, *rows]), "a.csv")
    assert told(document) == PLAIN
    assert names(document.attributes) == {"Job title"}


def test_questions_down_and_people_across_are_turned() -> None:
    rows = [["Question", "Leaver 1", "Leaver 2", "Leaver 3"], ["Role", "SW", "SW", "TM"], [WHY, *LEFT]]
    document, _ = reading(xlsx({"S": rows}), "a.xlsx")
    assert told(document) == answers(["Leaver 1", "Leaver 2", "Leaver 3"], WHY)


@pytest.mark.parametrize(
    ("text", "question", "first"), [("", None, 1), ("What would you change?\n", "What would you change?", 2)]
)
def test_one_comment_a_line_needs_no_header(text: str, question: str | None, first: int) -> None:
    document, _ = reading(text + "\n".join(LEFT), "a.csv")
    assert told(document) == [(f"row {n}", question, words) for n, words in enumerate(LEFT, first)]


def test_a_text_file_is_one_comment_a_line_when_the_user_says_that_it_is_a_survey() -> None:
    document, _ = reading("\n".join(LEFT), "a.txt", kind="survey")
    assert told(document) == [(f"row {n}", None, words) for n, words in enumerate(LEFT, 1)]


@pytest.mark.parametrize(
    "header",
    [["Start time", "Speaker", "Text"], ["Time", "Name", "Transcript"], ["Turn", "Participant", "Utterance"]],
)
def test_a_table_of_speakers_and_words_is_an_interview(header: list[str]) -> None:
    talk = [
        ("Int", "Why did you leave?"),
        ("P4", "The caseload."),
        ("Int", "And what then?"),
        ("P4", "I went."),
    ]
    rows = [header, *[[f"0:0{n}", who, words] for n, (who, words) in enumerate(talk)]]
    document, _ = reading(table(rows), "a.csv")
    assert document.kind == "interview" and said(document) == talk
    assert document.turns[1].role == "participant"


def test_a_persons_whole_transcript_in_a_cell_is_no_table_of_turns() -> None:
    document, _ = reading(
        table([["Participant", "Transcript"], *[[w, t] for w, t in zip(IDS, LEFT, strict=True)]]), "a.csv"
    )
    assert told(document) == answers(IDS, "Transcript")


def test_a_person_who_answered_twice_is_one_and_told() -> None:
    rows = [HEAD, *BODY, ["N0", "TM", WISH[0]]]
    document, dropped = reading(table(rows), "a.csv")
    assert [turn.respondent for turn in document.turns] == [*IDS, "N0"]
    assert "'N0' more than once" in document.role_reason
    assert document.attributes["N0"]["Role"] == "SW"
    assert [document.text[one.start : one.end] for one in dropped] == ["TM"]


def test_ids_that_a_spreadsheet_rounded_put_no_two_people_together() -> None:
    rows = [["Record ID", WHY], *[["6.34E+17", text] for text in LEFT]]
    with pytest.raises(FeedbackError, match=r"6\.34E\+17 stands in 3 rows") as refused:
        reading(table(rows), "a.csv", case_column="Record ID")
    assert "each row is a person" in (refused.value.hint or "")


def test_ids_stay_text_and_ids_that_a_spreadsheet_spoilt_are_not_used() -> None:
    rows = [["Participant ID", WHY], *[[w, t] for w, t in zip(["007", "1e5", "08"], LEFT, strict=True)]]
    assert [turn.respondent for turn in reading(table(rows), "a.csv")[0].turns] == ["007", "1e5", "08"]
    rows = [["Record ID", WHY], *[["6.34E+17", text] for text in LEFT]]
    document, _ = reading(table(rows), "a.csv")
    assert [turn.respondent for turn in document.turns] == ["row 2", "row 3", "row 4"]
    assert "spoilt by a spreadsheet" in document.role_reason


def test_ticks_with_commas_between_them_are_no_answers() -> None:
    ticks = [
        "Pay, Workload",
        "Workload",
        "Pay, Lack of supervision, Workload",
        "Lack of supervision",
        "Pay",
        "Pay, Workload",
    ]
    rows = [
        ["ID", "What made you think of leaving?", "Comments"],
        *[[n, t, LEFT[n % 3] + str(n)] for n, t in enumerate(ticks)],
    ]
    document, _ = reading(table(rows), "a.csv")
    assert {turn.question for turn in document.turns} == {"Comments"}


def test_an_open_quotation_mark_is_told() -> None:
    text = 'id,why\n1,"I was tired\n' + "".join(f"{n},{LEFT[n % 3]}\n" for n in range(2, 9))
    _, dropped = reading(text, "a.csv")
    assert any("never closed" in one.reason for one in dropped)


HEADS = ["", "id", "Why?", "Speaker", "Text", "Question", "Answer", "Total", "a, b", "7", "é\n“x”", WHY]
CELLS = st.sampled_from([*HEADS, *LEFT])
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=8)


@settings(max_examples=200)
@given(rows=TABLES, mark=st.sampled_from(",;\t|"))
def test_any_table_is_accounted_for_or_refused_in_words(rows: list[list[str]], mark: str) -> None:
    try:
        document, _ = reading(table(rows, mark), "a.csv")
    except FeedbackError as error:
        assert "a.csv" in error.message
        return
    assert document.turns or document.attributes

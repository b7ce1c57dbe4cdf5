"""Columns that a user named once are used again, for the file and for files with the same columns."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from feedback.cases import attributes_of
from feedback.cli import cli
from feedback.project import Project

ROWS = "ResponseId,Role,Q5,Email\nR_1,SW,pay,a@example.org\nR_2,TM,hours,\nR_3,SW,leave,b@example.org\n"


def run(*words: object) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def study(tmp_path: Path) -> Path:
    run("new", tmp_path / "study")
    (tmp_path / "may.csv").write_text(ROWS, encoding="utf-8")
    (tmp_path / "june.csv").write_text(ROWS.replace("R_", "S_"), encoding="utf-8")
    (tmp_path / "other.csv").write_text(ROWS.replace("Role", "Post"), encoding="utf-8")
    return tmp_path


def test_named_columns_are_saved_and_hold_for_the_next_file_with_the_same_ones(study: Path) -> None:
    told = run("add", "-p", study / "study", study / "may.csv", "--text", "q5", "--case", "ResponseId")
    assert "Saved in feedback.yaml how may.csv is read" in told
    settings = (study / "study" / "feedback.yaml").read_text(encoding="utf-8")
    assert '"may.csv":' in settings and "# what is tagged" in settings
    told = run("add", "-p", study / "study", study / "june.csv")
    assert "june.csv: open text: 'Q5' (as feedback.yaml says for the same columns)" in told
    turns = Project(study / "study").table("private/turns")
    assert sorted(turns["respondent"]) == ["R_1", "R_2", "R_3", "S_1", "S_2", "S_3"]


def test_a_file_with_other_columns_is_not_read_as_the_one_before(study: Path) -> None:
    run("add", "-p", study / "study", study / "may.csv", "--text", "Q5")
    shown = run("read", "-p", study / "study", study / "other.csv")
    assert "no column looks like free text" in shown
    assert "open text: 'Q5'" in run("read", "-p", study / "study", study / "june.csv")


def test_a_pattern_that_the_user_wrote_holds_for_read_and_add(study: Path) -> None:
    settings = study / "study" / "feedback.yaml"
    text = settings.read_text(encoding="utf-8") + "read:\n  files:\n    '*e.csv': {text: [Q5], case: Role}\n"
    settings.write_text(text, encoding="utf-8")
    shown = run("read", "-p", study / "study", study / "june.csv")
    assert "open text: 'Q5' (as feedback.yaml says); respondent: 'Role'" in shown
    result = CliRunner().invoke(
        cli, ["read", "-p", str(study / "study"), str(study / "june.csv"), "--text", "Q55"]
    )
    assert "did you mean 'Q5'" in str(result.exception.hint)


def test_a_column_that_feedback_yaml_names_and_is_not_there_is_said_so(study: Path) -> None:
    settings = study / "study" / "feedback.yaml"
    text = settings.read_text(encoding="utf-8") + "read:\n  files:\n    '*.csv': {text: [Q9]}\n"
    settings.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(cli, ["read", "-p", str(study / "study"), str(study / "june.csv")])
    assert "no column 'Q9' (it is named in feedback.yaml)" in str(result.exception)


def test_private_columns_of_a_survey_find_no_way_into_the_cases(study: Path) -> None:
    run("add", "-p", study / "study", study / "may.csv", "--text", "Q5")
    people = Project(study / "study").table("private/people")
    assert "a@example.org" in set(people["email_private"])
    assert "role" in attributes_of(people) and "email_private" not in attributes_of(people)


def test_a_table_of_people_without_a_word_in_it_is_read_and_compared_by(study: Path) -> None:
    rows = "ID,Type,My supervisor gave me feedback\n1,Left,Agree\n2,Retired,Strongly Disagree\n3,Left,N/A\n"
    (study / "exit.csv").write_text(rows, encoding="cp1252")
    for words in (["--cases", study / "exit.csv"], [study / "exit.csv"]):
        told = run("add", "-p", study / "study", *words)
        assert "people are known" in told and "Kept private" not in told
    assert len(Project(study / "study").table("private/people")) == 6


def test_ids_and_speakers_that_match_nobody_are_listed_both_ways(study: Path) -> None:
    (study / "group.txt").write_text(
        "Interviewer: Why?\nP1: Pay was low.\nP7: The hours were long.\nP8: My manager left.\nP1: Yes.\n",
        encoding="utf-8",
    )
    (study / "people.csv").write_text("case_id,leaver\nR_1,yes\nP1,no\nP99,no\n", encoding="utf-8")
    told = run("add", "-p", study / "study", "--cases", study / "people.csv", study / "group.txt",
               study / "may.csv", "--text", "Q5")  # fmt: skip
    assert "nobody's words were found for, by file, file name or speaker: P99." in told
    assert "group.txt: P7, P8" in told and "may.csv: R_2, R_3" in told


def test_a_named_column_that_nobody_filled_is_told_and_the_others_are_read(study: Path) -> None:
    (study / "exit.csv").write_text(
        "id,Main reason,Other reasons\n1,Poor pay,\n2,Long hours,\n", encoding="utf-8"
    )
    columns = ["--text", "Main reason", "--text", "Other reasons", "--case", "id"]
    told = run("add", "-p", study / "study", study / "exit.csv", *columns)
    assert "open text: 'Main reason' (you named it); nobody wrote anything in 'Other reasons'" in told
    asked = ["read", str(study / "exit.csv"), "--text", "Other reasons"]
    assert "nobody wrote anything in 'Other reasons'" in CliRunner().invoke(cli, asked).exception.message


def test_somebody_in_the_survey_and_in_the_participants_file_is_counted_once(study: Path) -> None:
    (study / "people.csv").write_text("case_id,leaver\nR_1,yes\nR_2,no\nR_3,no\n", encoding="utf-8")
    told = run(
        "add",
        "-p",
        study / "study",
        study / "may.csv",
        "--cases",
        study / "people.csv",
        "--case",
        "ResponseId",
    )
    assert "; 3 people are known." in told

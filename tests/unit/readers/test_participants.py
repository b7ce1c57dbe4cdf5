from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from feedback.readers.tables.participants import participants_from, read_participants


def people(folder: Path, *rows: str) -> pd.DataFrame:
    path = folder / "people.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return read_participants(path)


@pytest.mark.parametrize("heading", ["Participant", "ID", "Ref", "Participant ref", "case_id", "Ref."])
def test_the_id_column_goes_by_many_names(tmp_path: Path, heading: str) -> None:
    found = people(tmp_path, f"Role,{heading}", "social worker,P1", "manager,P2")
    assert list(found["case_id"]) == ["P1", "P2"]
    assert list(found.columns) == ["case_id", "role"]


@pytest.mark.parametrize(
    ("heading", "standard"),
    [
        ("Consent given", "consent"),
        ("consent to quotes", "consent"),
        ("Quote consent", "consent"),
        ("Consent given? (Y/N)", "consent"),
        ("Left the LA?", "leaver"),
        ("Left?", "leaver"),
        ("Have you left your post?", "leaver"),
        ("Has left", "leaver"),
        ("Transcript", "file"),
        ("File name", "file"),
        ("Recording", "file"),
        ("Interview file", "file"),
        ("Document", "file"),
        ("Full name", "name"),
        ("Participant name", "name"),
    ],
)
def test_a_column_under_other_words_gets_its_standard_name_and_a_note(
    tmp_path: Path, heading: str, standard: str
) -> None:
    found = people(tmp_path, f"Ref,{heading},Region", "P1,a,North", "P2,b,South")
    assert list(found.columns) == ["case_id", standard, "region"]
    assert list(found[standard]) == ["a", "b"]
    assert found.attrs["renamed"] == {heading: standard}


def test_a_standard_name_needs_no_note(tmp_path: Path) -> None:
    found = people(tmp_path, "Case ID,leaver?,Consent", "P1,yes,publication")
    assert list(found.columns) == ["case_id", "leaver", "consent"]
    assert found.attrs["renamed"] == {}


def test_of_two_columns_for_one_meaning_the_exact_name_wins(tmp_path: Path) -> None:
    found = people(tmp_path, "id,Consent given,consent,Left?,Has left", "P1,yes,none,no,yes")
    assert list(found["consent"]) == ["none"] and list(found["consent_given"]) == ["yes"]
    assert list(found["leaver"]) == ["no"] and list(found["has_left"]) == ["yes"]
    assert found.attrs["renamed"] == {"Left?": "leaver"}


def test_a_column_of_names_is_no_id_where_another_has_codes(tmp_path: Path) -> None:
    found = people(tmp_path, "Participant,Ref,Region", "Ann Lee,P1,North", "Ben Ray,P2,South")
    assert list(found["case_id"]) == ["P1", "P2"]
    assert list(found["name"]) == ["Ann Lee", "Ben Ray"]
    assert found.attrs["renamed"] == {"Participant": "name"}


def test_a_column_that_points_at_people_never_becomes_an_attribute(tmp_path: Path) -> None:
    from feedback.cases import identifies

    head = "ID,Participant,Full name,Interviewee,Transcript,Recording,File name"
    found = people(tmp_path, head, "P1,Ann,Ann Lee,A. Lee,ann.docx,ann.mp3,ann-lee.docx")
    assert list(found["name"]) == ["Ann Lee"] and list(found["file"]) == ["ann-lee.docx"]
    assert all(identifies(str(column)) for column in found.columns if column != "case_id")


def test_a_question_mark_or_y_n_behind_a_standard_name_changes_nothing(tmp_path: Path) -> None:
    found = people(tmp_path, "Ref,Leaver (Y/N)", "P1,y")
    assert list(found.columns) == ["case_id", "leaver"]
    assert found.attrs["renamed"] == {"Leaver (Y/N)": "leaver"}


def test_no_column_is_lost_by_renaming(tmp_path: Path) -> None:
    found = people(tmp_path, "Ref,File,Transcript,Transcript file,Document", "P1,a,b,c,d")
    assert sorted(found.iloc[0]) == ["P1", "a", "b", "c", "d"]
    assert "document" in found


def test_a_no_to_quotes_refuses_the_quotes_and_not_the_study():
    people = participants_from(b"id,Consent to quotes\nP1,No\nP2,publication\n", "people.csv")
    assert list(people["consent"]) == ["analysis", "publication"]
    plain = participants_from(b"id,consent\nP1,No\n", "people.csv")
    assert list(plain["consent"]) == ["No"]

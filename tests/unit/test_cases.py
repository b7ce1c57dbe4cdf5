"""Who is who: people and their words find each other, and nothing that identifies becomes an attribute."""

import pandas as pd
import pytest

from feedback.cases import (
    consent_level,
    identifies,
    is_yes,
    link_turns,
    make_cases,
    merge_people,
    people_from_surveys,
    unclear_consents,
    unmatched,
    with_consent,
)
from feedback.settings import CONSENTS
from feedback.tables import conform


def people(*rows):
    return conform("private/people", list(rows))


def turns(*rows):
    return conform(
        "private/turns",
        [{"document_id": "d001", "turn": n, "start": 0, "end": 1, "role": "participant", **row}
         for n, row in enumerate(rows)],
    )  # fmt: skip


def originals(file_name):
    return conform("private/originals", [{"document_id": "d001", "file_name": file_name}])


def linked(table, file_name, *rows):
    links = link_turns(turns(*rows), originals(file_name), table)
    return list(zip(links["case_id"], links["matched_by"], strict=True))


def test_a_survey_answer_belongs_to_its_respondent():
    table = people({"case_id": "V001"})
    assert linked(table, "s.csv", {"respondent": "v001"}, {"respondent": "V9"}) == [
        ("V001", "id"), ("V9", "none"),
    ]  # fmt: skip


def test_an_interview_belongs_to_the_person_whose_file_it_is():
    table = people({"case_id": "P1", "file": "Interview-07.docx; second.docx"}, {"case_id": "P2"})
    assert linked(table, "second.vtt", {"speaker": "Anna"}) == [("P1", "file")]


def test_an_id_in_the_file_name_is_enough():
    table = people({"case_id": "P1"}, {"case_id": "P12"})
    assert linked(table, "exit P12 (final).docx", {"speaker": "Participant"}) == [("P12", "file name")]


def test_in_a_focus_group_each_speaker_is_found_by_name_or_stays_alone():
    table = people({"case_id": "P1", "name": "Priya Shah"}, {"case_id": "P2", "name": "Anna Reid"})
    rows = ({"speaker": "Shah, Priya (Org)"}, {"speaker": "Anna"}, {"speaker": "Kim"})
    assert linked(table, "group.vtt", *rows) == [("P1", "speaker"), ("P2", "speaker"), ("d001-2", "none")]


def test_a_first_name_that_two_people_share_matches_neither():
    table = people({"case_id": "P1", "name": "Anna Reid"}, {"case_id": "P2", "name": "Anna Cole"})
    assert linked(table, "x.txt", {"speaker": "Anna"}) == [("d001", "none")]


def test_without_a_table_a_document_is_a_case_of_its_own():
    assert linked(people(), "x.txt", {"speaker": None}) == [("d001", "none")]


def test_interviewers_are_nobodys_case():
    assert linked(people(), "x.txt", {"role": "interviewer"}) == []


def test_names_and_files_never_become_attributes():
    table = people(
        {"case_id": "P1", "name": "Priya Shah", "file": "a.docx", "e_mail": "x", "region": " North  West "}
    )
    cases = make_cases(table, link_turns(turns({}), originals("a.docx"), table), default_consent="analysis")
    assert list(cases.columns) == ["case_id", "consent", "region"]
    assert list(cases["region"]) == ["North West"]


@pytest.mark.parametrize(
    "column", ["name", "First Name", "email_address", "file", "ip_address", "dob", "postcode"]
)
def test_a_column_that_singles_a_person_out_is_known_by_its_name(column):
    assert identifies(column.replace(" ", "_"))


@pytest.mark.parametrize("column", ["region", "programme", "role", "cohort", "profile", "tenure", "filed"])
def test_an_ordinary_column_is_an_attribute(column):
    assert not identifies(column)


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("Publication", "publication"),
        ("no", "none"),
        ("yes", "analysis"),
        ("", "internal"),
        (None, "internal"),
        ("internal only", "internal"),
        ("withdrawn", "none"),
    ],
)
def test_consent_is_never_more_than_was_clearly_said(said, level):
    assert consent_level(said, default="internal") == level


def test_unclear_words_of_consent_are_listed():
    assert unclear_consents(
        people({"case_id": "1", "consent": "yes"}, {"case_id": "2", "consent": "none"})
    ) == ["yes"]


def test_the_ladder_of_consent():
    cases = conform("cases", [{"case_id": level, "consent": level} for level in CONSENTS])
    assert with_consent(cases, least="internal", levels=CONSENTS) == {"internal", "publication"}


def test_ids_without_words_and_words_without_ids_are_both_listed():
    table = people({"case_id": "P1"}, {"case_id": "P2", "file": "x.txt"})
    links = link_turns(turns({}), originals("x.txt"), table)
    assert unmatched(table, links) == (["P1"], [])
    alone = people({"case_id": "P1"})
    assert unmatched(alone, link_turns(turns({}), originals("y.txt"), people())) == (
        ["P1"],
        ["d001"],
    )


def test_a_later_table_wins_cell_by_cell():
    merged = merge_people(
        people({"case_id": "P1", "role": "x", "region": "y"}), people({"case_id": "P1", "role": "z"})
    )
    assert merged.to_dict("records") == [{"case_id": "P1", "role": "z", "region": "y"}]


def test_survey_columns_become_attributes_with_plain_names():
    table = people_from_surveys({"R1": {"Months in post?": "12", " ": "x"}})
    assert isinstance(table, pd.DataFrame)
    assert table.to_dict("records") == [{"case_id": "R1", "months_in_post": "12", "column": "x"}]


@pytest.mark.parametrize("said", ["yes", "Y", "1", "True", "left"])
def test_a_yes_is_a_yes(said):
    assert is_yes(said)


@pytest.mark.parametrize("said", ["no", "", None, "0", "stayed", float("nan")])
def test_anything_else_is_not(said):
    assert not is_yes(said)

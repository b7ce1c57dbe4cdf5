"""Who is who: people and their words find each other, and nothing that identifies becomes an attribute."""

import pandas as pd
import pytest

from feedback.cases import (
    attributes_of,
    consent_level,
    identifies,
    is_no,
    is_yes,
    make_cases,
    merge_people,
    people_from_survey,
    unclear_answers,
    unclear_consents,
    with_consent,
)
from feedback.links import link_turns, unmatched
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
        ("V001", "id"), ("d001-V9", "none"),
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
    files = originals("a.docx")
    cases = make_cases(table, link_turns(turns({}), files, table), files, default_consent="analysis")
    assert list(cases.columns) == ["case_id", "consent", "region"]
    assert list(cases["region"]) == ["North West"]


def test_a_dash_is_a_blank_and_no_group():
    table = people(
        *({"case_id": f"P{at}", "region": said} for at, said in enumerate(["North", "-", " — ", "n/a"]))
    )
    cases = make_cases(
        table,
        link_turns(turns({}), originals("a.docx"), table),
        originals("a.docx"),
        default_consent="analysis",
    )
    assert [one or None for one in cases["region"].fillna("")][:4] == ["North", None, None, "n/a"]


@pytest.mark.parametrize(
    "column",
    ["name", "First Name", "email_address", "file", "ip_address", "dob", "postcode", "record_id", "id"],
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
    table = people_from_survey("d002", {"R1": {"Months in post?": "12", " ": "x"}})
    assert isinstance(table, pd.DataFrame)
    assert table.to_dict("records") == [
        {"case_id": "d002-R1", "months_in_post": "12", "column": "x",
         "survey_document": "d002", "survey_respondent": "R1"},
    ]  # fmt: skip


def test_a_survey_that_asks_whether_people_left_says_who_is_a_leaver():
    table = people_from_survey("d001", {"R1": {"Have you left your post?": "Yes"}})
    assert table.at[0, "leaver"] == "Yes"


def test_respondents_of_two_surveys_are_not_the_same_people():
    table = merge_people(
        people_from_survey("d001", {"3": {"a": "x"}}), people_from_survey("d002", {"3": {"a": "y"}})
    )
    assert list(table["case_id"]) == ["d001-3", "d002-3"]
    assert linked(table, "s.csv", {"respondent": "3"}) == [("d001-3", "none")]


def test_merging_with_nothing_new_leaves_the_columns_as_they_stand():
    known = pd.DataFrame(
        [{"case_id": "P1", "region": None, "role": "x"}, {"case_id": "P2", "region": "Wales"}]
    )
    assert list(merge_people(known)) == ["case_id", "region", "role"]


def test_an_interview_is_not_a_respondents_because_of_a_digit_in_its_name():
    table = people_from_survey("d009", {"3": {"a": "x"}})
    assert linked(table, "interview 3.txt", {"speaker": "Anna"}) == [("d001", "none")]


def test_a_respondent_whom_the_participants_table_knows_is_one_person():
    table = merge_people(people_from_survey("d001", {"V1": {"region": "Wales", "role": "x"}}), people(
        {"case_id": "v1", "role": "y", "consent": "internal"}))  # fmt: skip
    links = link_turns(turns({"respondent": "V1"}), originals("s.csv"), table)
    cases = make_cases(table, links, originals("s.csv"), default_consent="analysis")
    assert cases.to_dict("records") == [
        {"case_id": "v1", "consent": "internal", "region": "Wales", "role": "y"},
    ]  # fmt: skip


def test_an_address_is_never_a_case_id():
    table = people_from_survey("d001", {"jo@example.org": {"a": "x"}, "Jane Smith": {"a": "y"}})
    assert list(table["case_id"]) == ["d001-1", "d001-2"]


def test_speakers_who_cannot_be_told_apart_have_the_strictest_consent_of_the_file():
    table = people(
        {"case_id": "F1", "file": "group.txt", "consent": "none"},
        {"case_id": "F2", "file": "group.txt", "consent": "publication"},
    )
    links = link_turns(
        turns({"speaker": "A"}, {"speaker": "B"}, {"speaker": "C"}), originals("group.txt"), table
    )
    cases = make_cases(table, links, originals("group.txt"), default_consent="publication").set_index(
        "case_id"
    )
    assert set(cases.loc[list(links["case_id"]), "consent"]) == {"none"}


def test_the_last_speaker_left_is_the_last_person_left():
    table = people(
        {"case_id": "F1", "file": "group.txt", "name": "Anna Reid"}, {"case_id": "F2", "file": "group.txt"}
    )
    rows = ({"speaker": "Anna"}, {"speaker": "Speaker 2"})
    assert linked(table, "group.txt", *rows) == [("F1", "speaker"), ("F2", "file")]


def test_free_text_and_names_of_people_never_become_attributes():
    rows = [
        {
            "case_id": str(n),
            "line_manager": "Paula Jones",
            "lead": name,
            "why": "a long story " * 5,
            "months": str(n),
        }
        for n, name in enumerate(["Derek Plumley", "Paula Jones", "Grace Adeyemi"])
    ]
    assert attributes_of(people(*rows)) == ["months"]
    assert "line_manager" in attributes_of(people(*rows), wanted=["line_manager"])


def test_words_that_say_neither_yes_nor_no_are_listed():
    table = people({"case_id": "1", "leaver": "Left in 2021"}, {"case_id": "2", "leaver": "no"})
    assert unclear_answers(table, "leaver") == ["Left in 2021"]
    assert is_no("stayed")
    assert not is_no("Left in 2021")


@pytest.mark.parametrize("said", ["yes", "Y", "1", "True", "left"])
def test_a_yes_is_a_yes(said):
    assert is_yes(said)


@pytest.mark.parametrize("said", ["no", "", None, "0", "stayed", float("nan")])
def test_anything_else_is_not(said):
    assert not is_yes(said)

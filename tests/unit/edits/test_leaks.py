"""The last look before something leaves finds what the key hides, and nothing else."""

from __future__ import annotations

import pandas as pd
import pytest

from feedback.edits import Found, deidentify, find_leaks, rendered
from feedback.edits.leaks import Watch
from feedback.model import Document, Turn
from feedback.tables import conform

TEXT = "So Priya Shah and Grace left Ashmere Council on 3 March 2019. My mobile is 07700 900123."


@pytest.fixture(scope="module")
def found() -> tuple[Document, Found]:
    document = Document("d001", "interview", "txt", TEXT, (Turn(0, len(TEXT)),))
    return document, deidentify([document], ner=False)


def surfaces(text: str, key: pd.DataFrame, names: tuple[str, ...] = ()) -> list[str]:
    return [leak.surface for leak in find_leaks(text, key, names)]


def test_a_rendered_document_leaks_nothing(found: tuple[Document, Found]) -> None:
    document, result = found
    assert find_leaks(rendered(document, result.edits), result.pseudonyms) == []


def test_the_original_leaks_all_of_it(found: tuple[Document, Found]) -> None:
    assert surfaces(TEXT, found[1].pseudonyms) == [
        "Priya Shah",
        "Grace",
        "Ashmere Council",
        "3 March 2019",
        "07700 900123",
    ]


def test_forms_of_a_name_that_the_key_does_not_list_leak_too(found: tuple[Document, Found]) -> None:
    assert surfaces("then priya and Mrs Shah", found[1].pseudonyms) == ["priya", "Mrs Shah"]


def test_an_ordinary_word_leaks_only_as_a_name(found: tuple[Document, Found]) -> None:
    assert surfaces("with grace, and with Grace", found[1].pseudonyms) == ["Grace"]


def test_a_part_of_another_word_is_no_leak(found: tuple[Document, Found]) -> None:
    assert surfaces("priyanka, shahs and disgraceful", found[1].pseudonyms) == []


def test_names_from_the_list_and_new_numbers_leak_though_the_key_lacks_them(
    found: tuple[Document, Found],
) -> None:
    assert surfaces("Olu is at o@example.org", found[1].pseudonyms, ("Olu",)) == ["Olu", "o@example.org"]


def test_a_leak_says_where_it_is_and_what_should_stand_there(found: tuple[Document, Found]) -> None:
    leak = find_leaks("by Priya Shah", found[1].pseudonyms)[0]
    assert (leak.start, leak.end, leak.label, leak.pseudonym) == (3, 13, "person", "[Person 1]")


def test_a_pseudonym_is_no_leak() -> None:
    key = pd.DataFrame(
        {"label": ["person"], "surface": ["Person"], "pseudonym": ["[Person 1]"], "case_id": [None]}
    )
    assert find_leaks("[Person 1] said", key) == []


def test_a_word_that_stands_in_the_study_is_no_part_of_a_name_that_was_found_by_its_capitals() -> None:
    key = conform(
        "private/pseudonyms",
        [
            {"label": "person", "surface": "Agile Coach", "pseudonym": "[Person 1]"},
            {"label": "person", "surface": "Will Hope", "pseudonym": "[Participant 1]", "case_id": "P01"},
        ],
    )
    watch = Watch(key, standing=["We did Agile, and I hope it lasts. [Person 1] left."])
    assert [leak.surface for leak in watch.find("True for Agile. Ask the Agile Coach. Hope left.")] == [
        "Agile Coach",
        "Hope",
    ]


def test_a_name_in_brackets_is_no_mask() -> None:
    key = pd.DataFrame(
        {"label": ["person"], "surface": ["Priya Shah"], "pseudonym": ["[Manager 1]"], "case_id": [None]}
    )
    assert find_leaks("And [Priya Shah laughs] so.", key)
    assert find_leaks("And [Priya] so.", key)
    assert not find_leaks("And [Manager 1] so.", key)


def test_a_word_that_people_say_is_no_form_of_a_name_of_several_words() -> None:
    key = pd.DataFrame(
        {"label": ["person"] * 2, "surface": ["Doctor As", "A I"], "pseudonym": ["[Person 1]"] * 2,
         "case_id": [None] * 2}
    )  # fmt: skip
    watch = Watch(key, standing=["Different Doctors each time. In distress Is extremely stressful."])
    assert not watch.find("Different Doctors each time. In distress Is extremely stressful.")
    assert watch.find("Different Doctor As each time.")


def test_figures_and_ids_of_a_table_are_nobodys_number_and_numbers_between_them_are() -> None:
    watch = Watch(pd.DataFrame(columns=["label", "surface", "pseudonym", "case_id"]))
    cells = ["12345", "0.4213", "d001:120-340", "call 07700 900123 now", "-3", "d002:7-9", "07700900123"]
    assert [[leak.surface for leak in found] for found in watch.find_all(cells)] == [
        [], [], [], ["07700 900123"], [], [], ["07700900123"],
    ]  # fmt: skip

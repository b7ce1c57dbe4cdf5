"""One person has one pseudonym, in all documents and in later runs."""

from __future__ import annotations

import pandas as pd

from feedback.edits import Found, deidentify, rendered
from feedback.model import Document, Turn


def run(
    *texts: str, names: tuple[str, ...] = (), known: pd.DataFrame | None = None
) -> tuple[list[str], Found]:
    documents = [
        Document(f"d{i:03d}", "interview", "txt", text, (Turn(0, len(text)),)) for i, text in enumerate(texts)
    ]
    found = deidentify(documents, names=names, ner=False, known=known)
    return [rendered(document, found.edits) for document in documents], found


def test_all_forms_of_a_name_share_a_pseudonym() -> None:
    shown, _ = run("So Priya Shah came. Then Mrs Shah left.", "And Priya said, P. Shah is out.")
    assert shown == ["So [Person 1] came. Then [Person 1] left.", "And [Person 1] said, [Person 1] is out."]


def test_a_bare_name_of_two_people_goes_to_the_one_in_the_same_document() -> None:
    shown, _ = run(
        "So Sarah Jones came. Then Sarah left.", "So Sarah Akande came, and Sarah left.", "I like Sarah."
    )
    assert shown == [
        "So [Person 1] came. Then [Person 1] left.",
        "So [Person 2] came, and [Person 2] left.",
        "I like [Person 3].",
    ]


def test_numbers_are_dense_and_in_order_of_appearance() -> None:
    shown, _ = run("So Yewande met Olu in Leeds.", "So Olu left Leeds for Bolton with Farah.")
    assert shown == [
        "So [Person 1] met [Person 2] in [Place 1].",
        "So [Person 2] left [Place 1] for [Place 2] with [Person 3].",
    ]


def test_pseudonyms_of_the_last_run_stay_and_new_people_get_new_numbers() -> None:
    _, before = run("So Yewande met Olu.")
    shown, after = run("And Farah met Olu.", "So Yewande met Olu Bakare.", known=before.pseudonyms)
    assert shown == ["And [Person 3] met [Person 2].", "So [Person 1] met [Person 2]."]
    again, _ = run("And Farah met Olu.", "So Yewande met Olu Bakare.", known=after.pseudonyms)
    assert again == shown


def test_the_key_lists_every_surface_with_its_pseudonym() -> None:
    _, found = run("So Yewande Cole met Mr Cole. Ring 07700 900123.")
    assert set(zip(found.pseudonyms["surface"], found.pseudonyms["pseudonym"], strict=True)) == {
        ("Yewande Cole", "[Person 1]"),
        ("Mr Cole", "[Person 1]"),
        ("07700 900123", "[Phone]"),
    }


def test_the_key_of_participants_says_their_case_id() -> None:
    text = "I am Ada."
    people = pd.DataFrame({"case_id": ["P07"], "name": ["Ada Bello"]})
    found = deidentify(
        [Document("d001", "interview", "txt", text, (Turn(0, len(text)),))], participants=people, ner=False
    )
    assert set(found.pseudonyms["case_id"]) == {"P07"}
    assert set(found.pseudonyms["surface"]) == {"Ada", "Ada Bello"}


def test_no_documents_give_empty_tables() -> None:
    found = deidentify([], ner=False)
    assert found.edits.empty
    assert found.pseudonyms.empty

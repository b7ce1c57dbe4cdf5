"""Names are found where capitals say nothing, and methods of a study are not taken for names."""

from __future__ import annotations

import pytest

from feedback.edits import deidentify
from feedback.model import Document, Turn


def masked(*texts: str) -> list[str]:
    """What is masked in texts that are one project, without the model."""
    documents = [
        Document(f"d{i:03d}", "interview", "txt", text, (Turn(0, len(text)),)) for i, text in enumerate(texts)
    ]
    edits = deidentify(documents, ner=False).edits
    text_of = {document.document_id: document.text for document in documents}
    masks = edits[edits["kind"] == "mask"]
    return [text_of[row.document_id][row.start : row.end] for row in masks.itertuples()]


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("so i told grace that the visit was late and she went home", ["grace"]),
        ("patience was my manager and we never had a day without her", ["patience"]),
        ("then mr cash came to the door and said we could not come in", ["mr cash"]),
        ("she took me to see this family the rathbones and we sat there", ["rathbones"]),
        ("- okonjo: three visits this week and none of them went well", ["okonjo"]),
        ("Sorry. tell shabana i am late", ["shabana"]),
        ("I HAVE ALREADY ANSWERED THIS TO MRS CADWALLADER IN THE OFFICE", ["MRS CADWALLADER"]),
        ("She rang Mrs P and Mama T about it.", ["Mrs P", "Mama T"]),
        ("Attendees: S Bhogal, T O'Riordan, Milena P\nNo visits.", ["S Bhogal", "T O'Riordan", "Milena P"]),
        ("Seen at home. RK informed. It was late, and RK rang.", ["RK", "RK"]),
        ("We were in the Tipton team then.", ["Tipton team"]),
        ("After that I went to work at the Orchard for a year.", ["Orchard"]),
        ("It was police log 1184 of 03/07/2019 that day.", ["1184 of 03/07/2019"]),
        ("She came back on the 11th, and we talked.", ["the 11th"]),
    ],
)
def test_names_are_found_without_capitals(said: str, names: list[str]) -> None:
    assert masked(said) == names


@pytest.mark.parametrize(
    "said",
    [
        "i will say grace and hope for the best and mark the work in may",
        "it was lenghty and i was panicking and breathlessness came with it",
        "Plan C. That was the one. GP informed, and the HCAs came. E. All fine.",
        "I MAY WELL SAY THAT THE WORK IS GOOD AND THE TEAM IS KIND",
        "Lenghty waits. We took the M1 home and the A road to M62. The Core Group went to Strategy Meeting.",
    ],
)
def test_words_are_no_names_without_capitals(said: str) -> None:
    assert masked(said) == []


def test_a_method_that_a_study_names_all_the_time_is_no_person() -> None:
    method = [
        "We did Zumban every day. A Zumban board is good, and Zumban works well with Zumban people."
    ] * 12
    person = ["My manager Zorlanka was kind. I told Zorlanka so, and Zorlanka said thanks."] * 12
    found = masked(*method, *person)
    assert "Zumban" not in found
    assert found.count("Zorlanka") == 36

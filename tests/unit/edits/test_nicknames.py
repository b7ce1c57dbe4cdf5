"""A short name is the person whose only long name it can be."""

from __future__ import annotations

from feedback.edits import find_edits, rendered
from feedback.model import Document, Turn


def shown(text: str) -> str:
    document = Document("d001", "interview", "txt", text, (Turn(0, len(text)),))
    return rendered(document, find_edits([document], ner=False))


def test_short_names_share_the_pseudonym_of_the_one_long_name() -> None:
    text = "I met Elizabeth Tranmer, and Liz Tranmer and Liz left with Katarzyna Nowicka, then Kasia."
    assert (
        shown(text)
        == "I met [Person 1], and [Person 1] and [Person 1] left with [Person 2], then [Person 2]."
    )


def test_a_short_name_that_could_be_two_people_is_its_own() -> None:
    text = "I met Elizabeth Tranmer and Elizabeth Doyle. Then Liz left."
    assert shown(text) == "I met [Person 1] and [Person 2]. Then [Person 3] left."

"""Listed names are found as people type and mishear them."""

from __future__ import annotations

import pytest

from feedback.edits import find_edits, rendered
from feedback.model import Document, Turn


def shown(text: str, *names: str) -> str:
    document = Document("d001", "interview", "txt", text, (Turn(0, len(text)),))
    return rendered(document, find_edits([document], names=names, ner=False))


@pytest.mark.parametrize(
    "written",
    ["Oluwadamilola", "oluwadamilola", "OLUWADAMILOLA", "Oluwadamlola", "oluwadamiolla", "oluwaddamilola"],
)
def test_a_listed_name_is_found_in_any_case_and_with_one_slip(written: str) -> None:
    assert shown(f"so um {written} said we close it.", "Oluwadamilola Fasanya") == (
        "so [Person 1] said we close it."
    )


def test_a_slip_that_is_a_word_counts_only_beside_another_word_of_the_name() -> None:
    assert shown("The rant was long.", "Tanisha Grant") == "The rant was long."
    assert shown("tanisha rant was here", "Tanisha Grant") == "[Person 1] was here"


def test_another_first_name_one_slip_away_is_masked_as_somebody_else() -> None:
    text = "Winnifred left. then winifred left."
    assert shown(text, "Winnifred") == "[Person 1] left. then [Person 2] left."

"""A number that a word gives away in one place is masked wherever it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.edits.forms.patterns import pattern_edits
from feedback.edits.leaks import find_leaks
from feedback.edits.whole import deidentify, rendered
from feedback.model import Document, Turn

TOLD = "Call me on 3747 3911, she said."


def document(name: str, text: str) -> Document:
    return Document(name, "interview", "txt", text, (Turn(0, len(text)),))


def shown(*texts: str) -> list[str]:
    documents = [document(f"d{at:03d}", text) for at, text in enumerate(texts)]
    edits = deidentify(documents, ner=False).edits
    return [rendered(one, edits) for one in documents]


def test_it_is_masked_where_no_word_stands_beside_it() -> None:
    said, again = shown(TOLD, "Then 3747 3911 was nobody's, I left it.")
    assert said == "Call me on [Phone], she said."
    assert again == "Then [Phone] was nobody's, I left it."


@pytest.mark.parametrize("written", ["37473911", "3747-3911", "3747  3911"])
def test_it_is_masked_however_it_is_spaced(written: str) -> None:
    assert shown(TOLD, f"And {written} it was.")[1] == "And [Phone] it was."


def test_masks_of_names_around_it_stay() -> None:
    alone = shown("Ask Priya Shah, um, then 3747 3911 and Priya Shah again.", "Mrs Priya Shah was kind.")
    beside = shown(
        "Ask Priya Shah, um, then 3747 3911 and Priya Shah again.", f"Mrs Priya Shah was kind. {TOLD}"
    )
    assert "Shah" not in alone[0]
    assert beside[0] == alone[0].replace("3747 3911", "[Phone]")


@pytest.mark.parametrize(
    "said", ["It cost 3747 3912 in all.", "In 3747 there were 3911.", "3911 of 3747 people"]
)
def test_other_numbers_stay(said: str) -> None:
    assert shown(TOLD, said)[1] == said


def test_a_number_of_few_digits_is_masked_only_beside_its_word() -> None:
    assert shown("Call 374 739 now.", "It was 374 739 then.")[1] == "It was 374 739 then."


@given(
    st.lists(st.sampled_from([TOLD, "then 3747 3911", "or 37473911, ", "no 1234 5678", "call"]), max_size=6)
)
def test_what_leaves_holds_no_number_of_the_key(said: list[str]) -> None:
    documents = [document(f"d{at}", one) for at, one in enumerate(said)]
    found = deidentify(documents, ner=False)
    leaks = [find_leaks(rendered(one, found.edits), found.pseudonyms) for one in documents]
    assert not any(leaks)


def test_a_number_known_by_its_form_needs_no_second_look() -> None:
    assert [edit.label for edit in pattern_edits("07700 900123")] == ["phone"]
    assert shown("Ring 07700 900123.", "07700 900123")[1] == "[Phone]"

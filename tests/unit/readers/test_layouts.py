"""Whole files in layouts that evaluators have: exactly these turns, speakers, questions and words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from making import reading
from more_layouts import MORE
from pdf_layouts import PDF
from word_layouts import WORD, Case

from feedback.model import Document


def heard(document: Document) -> list[tuple[str | None, str]]:
    """Who says what: a form's question, a speaker's label, else the role where somebody asks."""
    asked = any(turn.role == "interviewer" for turn in document.turns)
    return [
        (
            turn.question if document.kind == "survey" else turn.speaker or (turn.role if asked else None),
            " ".join(document.words(turn).split()),
        )
        for turn in document.turns
    ]


@pytest.mark.parametrize("layout", [*WORD, *PDF, *MORE], ids=lambda layout: layout.__name__)
def test_a_file_is_read_exactly(layout: Callable[[], Case]) -> None:
    _, suffix, data, expected = layout()
    document, _ = reading(data, f"a.{suffix}")
    assert heard(document) == expected

"""Whole files in layouts that evaluators have: exactly these turns, speakers, questions and words."""

from __future__ import annotations

import pytest
from making import reading
from making_layouts import Layout
from pdf_more import PDF_MORE
from pdf_pages import PDF_PAGES
from pdf_talk import PDF_TALK
from word_looks import WORD_LOOKS
from word_more import WORD_MORE
from word_questions import WORD_QUESTIONS
from word_transcripts import WORD_TRANSCRIPTS

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


WORD = [*WORD_TRANSCRIPTS, *WORD_LOOKS, *WORD_QUESTIONS, *WORD_MORE]
PDF = [*PDF_TALK, *PDF_PAGES, *PDF_MORE]


@pytest.mark.parametrize("layout", [*WORD, *PDF], ids=lambda layout: layout.__name__)
def test_a_file_is_read_exactly(layout: Layout) -> None:
    _, suffix, data, expected = layout()
    document, _ = reading(data, f"a.{suffix}")
    assert heard(document) == expected

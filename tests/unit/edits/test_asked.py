"""The language model is asked only where lists, cues and rules leave a name open."""

from __future__ import annotations

import pytest

from feedback.edits.finding.asked import Question, questions
from feedback.edits.finding.ner import entities, model_name
from feedback.edits.text.page import Page
from feedback.spans import Span


def asked(text: str, *, settled: tuple[str, ...] = ()) -> list[Question]:
    return questions([(Page(text), [Span(0, len(text))])], settled)


def words(found: list[Question]) -> list[str]:
    return [question.text[question.start : question.end] for question in found]


def test_a_text_without_unknown_capitals_asks_nothing() -> None:
    assert asked("We had nobody to ask. The manager left in May and I went too.") == []


def test_an_unknown_name_is_asked_about_with_the_words_that_may_belong_to_it() -> None:
    text = "He was called Dafydd ap Rhys by us. A. Lindlow came later."
    assert words(asked(text)) == ["Dafydd ap Rhys", "A. Lindlow"]


def test_what_is_settled_is_not_asked_again() -> None:
    text = "I told Priya Shah about it."
    assert asked(text, settled=("priya", "shah")) == []
    assert words(asked(text, settled=("priya",))) == ["Priya Shah"]


def test_a_few_places_stand_for_all_where_the_same_words_are_open() -> None:
    text = " ".join(f"On day {day} we opened Zzyrka again and again until it was shut." for day in range(30))
    found = asked(text)
    assert words(found) == ["Zzyrka"] * 3
    assert sum(question.times for question in found) == 30


def test_the_same_words_around_the_same_name_are_asked_once() -> None:
    text = "we opened Zzyrka again\n\n" * 9
    page = Page(text)
    turns = [Span(at, at + 22) for at in range(0, len(text), 24)]
    assert [question.times for question in questions([(page, turns)], ())] == [9]


def test_nothing_outside_a_turn_is_asked() -> None:
    text = "ZZYRKALIM: we opened it again"
    assert questions([(Page(text), [Span(11, len(text))])], ()) == []


@pytest.mark.skipif(not model_name(), reason="no language model is installed")
def test_the_model_answers_a_cut_as_it_answers_the_whole_turn() -> None:
    text = (
        "It was a long day and everybody was tired of it by then, and so we thought that we should ask "
        "Oyelaran Bassey to come over from the Ashmere hub, which she did the next morning without a word, "
        "although the whole office in Tynegate had been told by the director of services to stay at home."
    )
    whole = next(iter(entities([text])))
    found = asked(text)
    assert words(found) == ["Oyelaran Bassey", "Ashmere", "Tynegate"]
    for question, answer in zip(found, entities([q.text for q in found]), strict=True):
        start = text.index(question.text)
        cut = [
            (a + start, b + start, label) for a, b, label in answer if a < question.end and question.start < b
        ]
        begin, end = start + question.start, start + question.end
        assert cut == [one for one in whole if one[0] < end and begin < one[1]]

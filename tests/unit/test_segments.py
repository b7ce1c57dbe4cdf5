"""Segments: rendered words, original positions, and the person they belong to."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.errors import FeedbackError
from feedback.model import Document, Turn
from feedback.segments import segment, segments_from, sentence_spans
from feedback.spans import Edit, render
from feedback.tables import conform


def document(*said, roles=None):
    """A document of one turn a text; roles: "i" for the interviewer."""
    text, turns = "", []
    for number, words in enumerate(said):
        role = "interviewer" if roles and roles[number] == "i" else "participant"
        turns.append(Turn(len(text), len(text) + len(words), "X", role))
        text += words + "\n"
    return Document("d001", "interview", "txt", text, tuple(turns))


def edits(*rows):
    return conform(
        "edits",
        [{"document_id": "d001", "start": a, "end": b, "replacement": r, "kind": k, "label": "x"}
         for a, b, r, k in rows],
    )  # fmt: skip


def sentences(text):
    return [text[span.start : span.end] for span in sentence_spans(text)]


def test_sentences_are_cut_where_a_reader_would():
    assert sentences("I left. Dr. Shah stayed! Why? \n No idea… none") == [
        "I left.", "Dr. Shah stayed!", "Why?", "No idea… none",
    ]  # fmt: skip


def test_a_mask_stays_with_the_sentence_that_it_opens():
    assert sentences("There was a panel. [Person 1] was there. (She was late.)") == [
        "There was a panel.", "[Person 1] was there.", "(She was late.)",
    ]  # fmt: skip


def test_speech_within_speech_opens_the_sentence_it_belongs_to():
    assert sentences('She was running. "What did you see?" Write that. \'Why?\' I said.') == [
        "She was running.", '"What did you see?"', "Write that.", "'Why?'", "I said.",
    ]  # fmt: skip


@given(
    st.lists(
        st.sampled_from(["I left.", " ", "[Person 1]", "“Why?”", "\n", "…", "3.5", "e.g. this", "("])
    ).map("".join)
)
def test_sentences_lose_no_word(text):
    spans = sentence_spans(text)
    kept = {at for span in spans for at in range(span.start, span.end)}
    assert all(at in kept for at, letter in enumerate(text) if letter.isalnum())
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_segment_shows_the_rendered_words_and_points_at_the_original():
    one = document("I told Priya. She, um, laughed.")
    made = segment(one, edits((7, 12, "[Person 1]", "mask"), (17, 22, "", "clean")))
    assert list(made["text"]) == ["I told [Person 1].", "She laughed."]
    assert [one.text[row.start : row.end] for row in made.itertuples()] == [
        "I told Priya.", "She, um, laughed.",
    ]  # fmt: skip


@settings(max_examples=50)
@given(st.data())
def test_the_original_under_a_segment_renders_to_its_text(data):
    words = data.draw(
        st.lists(st.sampled_from(["I left. ", "Priya ", "why? ", "um, ", "é👩 "]), min_size=1, max_size=8)
    )
    one = document("".join(words).strip())
    rows, at = [], 0
    for word in words:
        if word.startswith("Priya") and data.draw(st.booleans()):
            rows.append((at, at + 5, "[Person 1]", "mask"))
        if word == "um, " and data.draw(st.booleans()) and at + 4 <= len(one.text) - 1:
            rows.append((at, at + 4, "", "clean"))
        at += len(word)
    made = [Edit(a, b, r, k, "x") for a, b, r, k in rows]
    for row in segment(one, edits(*rows)).itertuples():
        inside = [
            Edit(e.start - row.start, e.end - row.start, e.replacement, e.kind, "x")
            for e in made if row.start <= e.start and e.end <= row.end
        ]  # fmt: skip
        assert render(one.text[row.start : row.end], inside) == row.text


def test_an_answer_carries_the_question_it_answers():
    made = segment(document("Hello. Was caseload an issue?", "Definitely.", roles="ip"))
    assert list(made["role"]) == ["interviewer", "interviewer", "participant"]
    assert made.iloc[-1]["question"] == "Was caseload an issue?"


def test_interviewers_belong_to_no_case():
    made = segment(document("Why?", "Pay.", roles="ip"))
    assert list(made["case_id"]) == [None, "d001"]


def test_a_turn_can_be_one_segment():
    assert list(segment(document("I left. It was time."), unit="turn")["text"]) == ["I left. It was time."]


def test_an_unknown_unit_is_refused():
    with pytest.raises(FeedbackError, match="'word' is not a unit"):
        segment(document("x"), unit="word")


def test_plain_texts_become_segments_of_their_own_cases():
    made = segments_from(["Pay.", " ", "The hours."], case_ids=["A", "B", "A"])
    assert list(made["case_id"]) == ["A", "A"]
    assert list(made["text"]) == ["Pay.", "The hours."]
    assert list(made["segment_id"]) == ["d001:0-4", "d003:0-10"]


def test_texts_and_cases_must_be_as_many():
    with pytest.raises(FeedbackError, match="2 texts, but 1 case ids"):
        segments_from(["a", "b"], ["x"])

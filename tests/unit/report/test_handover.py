"""What other programs are given: composed texts, exact places, and nobody's attributes alone."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.codebook import Codebook
from feedback.coding.composed import allowed, compose
from feedback.errors import FeedbackError
from feedback.report.handover import handover, written
from feedback.report.shown_cases import shown_cases
from feedback.tables import conform, empty

BOOK = Codebook.from_dict({"pay": "money", "team": "colleagues"})


def segments(*rows):
    """Segments of (document, case, turn, speaker, role, start, text)."""
    return conform(
        "segments",
        [
            {"segment_id": f"{d}:{start}-{start + len(text)}", "document_id": d, "case_id": case,
             "turn": turn, "start": start, "end": start + len(text), "speaker": speaker,
             "role": role, "text": text}
            for d, case, turn, speaker, role, start, text in rows
        ],
    )  # fmt: skip


TALK = segments(
    ("d001", None, 0, "Interviewer", "interviewer", 3, "Why did you go?"),
    ("d001", "P1", 1, "[Participant 1]", "participant", 30, "The pay."),
    ("d001", "P1", 1, "[Participant 1]", "participant", 40, "And the hours."),
)


def test_a_document_is_its_turns_with_labels_and_blank_lines_between():
    (document,) = compose(TALK)
    assert document.text == "Interviewer: Why did you go?\n\n[Participant 1]: The pay. And the hours."


def test_people_who_share_a_label_are_told_apart():
    rows = segments(
        ("d001", "A", 0, "Participant", "participant", 0, "Yes."),
        ("d001", "B", 1, "Participant", "participant", 9, "No."),
    )
    assert compose(rows)[0].text == "Participant (A): Yes.\n\nParticipant (B): No."


def test_words_of_people_who_are_not_in_the_segments_are_not_in_the_text():
    assert "hours" not in compose(TALK[TALK["start"] < 40])[0].text


def test_evidence_stands_where_its_words_are_though_the_text_was_masked():
    rows = conform("segments", [{"segment_id": "d001:0-20", "document_id": "d001", "case_id": "P1", "turn": 0,
            "start": 0, "end": 20, "speaker": "Participant", "role": "participant",
            "text": "[Person 1] cut my pay."}])  # fmt: skip
    edits = conform("edits", [{"document_id": "d001", "start": 0, "end": 8, "replacement": "[Person 1]",
            "kind": "mask", "label": "person"}])  # fmt: skip
    tags = conform("tags", [{"segment_id": "d001:0-20", "theme_id": "pay", "document_id": "d001", "start": 16,
            "end": 19, "coder": "ana"}])  # fmt: skip
    given_over = handover({"segments": rows, "edits": edits, "tags": tags}, BOOK)
    assert list(given_over.tags["words"]) == ["pay"]
    piece = given_over.documents[0].pieces[0]
    assert piece.home(given_over.tags["begin"][0], given_over.tags["stop"][0]) == (16, 19)
    # Without the edits only the whole segment is sure.
    unsure = handover({"segments": rows, "tags": tags}, BOOK)
    assert list(unsure.tags["words"]) == ["[Person 1] cut my pay."]


def test_private_tables_and_tags_of_segments_that_are_gone_stay_behind():
    tags = conform("tags", [{"segment_id": "gone", "theme_id": "pay", "document_id": "d001", "start": 0,
            "end": 3, "coder": "ana"}])  # fmt: skip
    given_over = handover({"segments": TALK, "private/originals": TALK, "tags": tags}, BOOK)
    assert "private/originals" not in given_over.tables
    assert (len(given_over.tags), given_over.lost_tags) == (0, 1)
    with pytest.raises(FeedbackError, match="never leaves"):
        given_over.table("private/originals")


def test_a_study_without_segments_is_not_handed_over():
    with pytest.raises(FeedbackError, match="nothing to hand over"):
        written(handover({"segments": empty("segments")}, BOOK), ".qdpx")
    assert b"Pay" in written(handover({}, BOOK), ".qdc")


@given(st.text(alphabet=st.characters() | st.sampled_from("\r\n\ufeff\x00\x0b\ud800")))
def test_replaced_characters_never_move_the_others(text):
    shown = allowed(text)
    assert len(shown) == len(text)
    assert not set(shown) & set("\r\ufeff\x00\x0b\ud800")
    kept = [(one, other) for one, other in zip(text, shown, strict=True) if other not in "\ufffd\u2060 \n"]
    assert all(one == other for one, other in kept)


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from("ab "), st.sampled_from("xyz "), st.sampled_from("12 ")),
        min_size=0,
        max_size=40,
    ),
    st.integers(2, 6),
)
def test_nobody_stands_alone_with_the_attributes_shown(people, k):
    cases = conform(
        "cases",
        pd.DataFrame(
            [{"case_id": f"P{n}", "consent": "internal", "role": r, "region": g, "cohort": c}
             for n, (r, g, c) in enumerate(people)],
            columns=["case_id", "consent", "role", "region", "cohort"],
        ),
    )  # fmt: skip
    shown = shown_cases(cases, k=k)
    alike = shown.fillna("").groupby(["role", "region", "cohort"]).size()
    assert all(n >= min(k, len(people)) for n in alike)
    for name in ("role", "region", "cohort"):
        seen = shown[name].notna()
        assert (shown[name][seen] == cases[name][seen].str.strip()).all()

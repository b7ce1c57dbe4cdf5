from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import accounted, reading, said

from feedback.errors import FeedbackError
from feedback.readers import read_bytes

TWO = [("Interviewer", "Why did you leave?"), ("Participant", "The caseload.")]


@pytest.mark.parametrize(
    "text",
    [
        "Interviewer: Why did you leave?\nParticipant: The caseload.\n",
        "Interviewer:\nWhy did you leave?\n\nParticipant:\nThe caseload.\n",
        "\ufeffInterviewer: Why did you leave?\r\n\r\nParticipant: The caseload.\r\n",
        "[00:01:02] Interviewer: Why did you leave?\n[00:01:05] Participant: The caseload.\n",
        "00:12 Interviewer: Why did you leave?\n00:15 Participant: The caseload.\n",
        "Interviewer (00:12): Why did you leave?\nParticipant (00:15): The caseload.\n",
        "Interviewer  0:12\nWhy did you leave?\n\nParticipant  0:15\nThe caseload.\n",
        "[Interviewer] 00:00:12\nWhy did you leave?\n[Participant] 00:00:15\nThe caseload.\n",
        "0:0:1.0 --> 0:0:2.5\nInterviewer\nWhy did you leave?\n\n"
        "0:0:3.0 --> 0:0:4.0\nParticipant\nThe caseload.\n",
    ],
)
def test_labels_are_read_however_they_are_written(text: str) -> None:
    document, dropped = reading(text)
    assert said(document) == TWO
    assert [turn.role for turn in document.turns] == ["interviewer", "participant"]
    assert document.kind == "interview"
    assert document.role_reason == "label says interviewer"
    assert {drop.reason for drop in dropped} <= {"speaker label", "timestamp"}


def test_labels_with_tabs_count_when_they_come_again() -> None:
    document, _ = reading("I\tWhy?\nP\tPay.\nI\tOnly pay?\nP\tAnd nights.\n")
    assert said(document) == [("I", "Why?"), ("P", "Pay."), ("I", "Only pay?"), ("P", "And nights.")]


def test_times_go_to_the_turns() -> None:
    document, _ = reading("[00:01:02] I: Why?\n[1:00:05] P: Pay.\n")
    assert [turn.begin_s for turn in document.turns] == [62.0, 3605.0]


def test_a_colon_in_speech_makes_no_speaker() -> None:
    document, _ = reading(
        "I: Why?\nP: I'll say this.\nTwo things: pay and hours.\n\nTwo things: no more.\nI: Ok.\n"
    )
    assert [speaker for speaker, _ in said(document)] == ["I", "P", "I"]
    assert "Two things: pay" in said(document)[1][1] and "no more." in said(document)[1][1]


def test_an_unknown_name_is_a_label_once_it_stands_twice() -> None:
    document, _ = reading("Ruth: Why did you go?\nHannah: Pay.\nRuth: Was that all?\nHannah: No.\n")
    assert [turn.speaker for turn in document.turns] == ["Ruth", "Hannah", "Ruth", "Hannah"]
    assert document.turns[0].role == "interviewer"
    assert document.role_reason.startswith("asks 100 % of the questions, speaks")


def test_a_named_interviewer_needs_no_guess() -> None:
    document, _ = reading("Ruth: Hm.\nAnn: Pay?\nRuth: Hm.\nAnn: Pay?\n", interviewers=["ruth"])
    assert [turn.role for turn in document.turns] == ["interviewer", "participant"] * 2


def test_when_nobody_clearly_asks_all_are_participants_and_the_reason_says_so() -> None:
    document, _ = reading("Ruth: Yes. Right.\nAnn: Yes. Right.\nRuth: No. Hm.\nAnn: No. Hm.\n")
    assert {turn.role for turn in document.turns} == {"participant"}
    assert "name the interviewers" in document.role_reason


def test_a_focus_group_has_one_interviewer_and_several_participants() -> None:
    rows = ["Moderator: Who wants to begin?", "P1: I will.", "P2: Me next.", "P3: Then me.", "P1: Pay."]
    document, _ = reading("\n".join(rows))
    assert [(turn.speaker, turn.role[0]) for turn in document.turns] == [
        ("Moderator", "i"),
        ("P1", "p"),
        ("P2", "p"),
        ("P3", "p"),
        ("P1", "p"),
    ]


def test_q_and_a_in_which_r_answers_is_told_from_p_whom_r_asks() -> None:
    answers, _ = reading("I: Why?\nR: Pay.\n")
    asks, _ = reading("R: Why?\nP: Pay.\n")
    assert [turn.role for turn in answers.turns] == ["interviewer", "participant"]
    assert [turn.role for turn in asks.turns] == ["interviewer", "participant"]


def test_paragraphs_without_a_label_go_on_with_the_turn_before() -> None:
    document, _ = reading("I: Why?\n\nP: Pay.\n\nAnd the hours.\n\nI: Thanks.\n")
    assert said(document)[1] == ("P", "Pay.\n\nAnd the hours.")


def test_what_stands_before_the_first_speaker_is_dropped_and_told() -> None:
    document, dropped = reading("Transcript of Ann's interview\nDate: 3 May\n\nI: Why?\nP: Pay.\n")
    early = [document.text[d.start : d.end] for d in dropped if d.reason == "before the first speaker"]
    assert early == ["Transcript of Ann's interview", "Date: 3 May"]


def test_a_header_block_names_no_speakers() -> None:
    document, _ = reading(
        "Project: Leavers\nInterviewer: Jo Bloggs\nParticipant: P07\nDate: 3 May\n\n"
        "Interviewer: Why?\nParticipant: Pay.\n"
    )
    assert said(document) == [("Interviewer", "Why?"), ("Participant", "Pay.")]


def test_text_without_labels_is_a_testimony_of_paragraphs() -> None:
    document, _ = reading("I came\nin May.\n\nI left in June.\n")
    assert document.kind == "testimony"
    assert said(document) == [(None, "I came\nin May."), (None, "I left in June.")]


def test_rows_without_empty_ones_between_are_paragraphs_when_they_end_as_sentences() -> None:
    document, _ = reading("I came in May.\nI left in June.\n")
    assert len(document.turns) == 2
    wrapped, _ = reading("I came in\nMay and I left\nin June.\n")
    assert len(wrapped.turns) == 1


def test_a_timed_turn_without_a_label_between_two_of_the_other_is_given_its_speaker() -> None:
    rows = [f"[00:{n:02}] {'Interviewer: Why?' if n % 2 else 'Ann Lee: Pay.'}" for n in range(10)]
    rows[4] = "[00:04]\nNo, not pay."
    document, _ = reading("\n".join(rows))
    assert said(document)[4] == ("Ann Lee", "No, not pay.")
    assert "1 timed turns without a label" in document.role_reason


def test_a_footer_of_the_transcriber_is_no_speech() -> None:
    document, dropped = reading("I: Why?\nP: Pay.\n\nTranscribed by https://otter.ai\n")
    assert said(document)[-1] == ("P", "Pay.")
    assert "file note" in {drop.reason for drop in dropped}


@pytest.mark.parametrize(
    "text",
    [
        "I - I mean, it was hard.\nI - I left.\n",
        "A: the pay.\nB: the hours.\n",
        "My reasons: pay, hours.\nMy reasons: nights.\n",
        "Note: it was hard.\nNote: I left.\n",
        "See https://example.org\nhttps://example.org\n",
        "We met at 10:30.\n10:30 was too late.\n",
        "A. the pay.\nB. the hours.\n",
    ],
)
def test_speech_that_looks_like_a_label_stays_speech(text: str) -> None:
    document, dropped = reading(text)
    assert {turn.speaker for turn in document.turns} == {None} and dropped == []


def test_question_and_answer_by_number_are_turns() -> None:
    document, _ = reading("Q1. Why did you leave?\nA1. The pay.\nQ2. What now?\nA2. Teaching.\n")
    assert [(turn.speaker, turn.role) for turn in document.turns][:2] == [
        ("Q1", "interviewer"),
        ("A1", "participant"),
    ]


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.vtt"])
def test_hostile_lines_take_no_time(name: str) -> None:
    hard = [
        "[0:" * 50_000,
        " " * 100_000 + "x",
        "**" * 50_000,
        "<!--" * 30_000,
        "<v " * 50_000,
        "-1" * 50_000,
    ]
    text = "WEBVTT\n\n0:01 --> 0:02\n" + "\n".join(hard) + "\n0:03 --> 0:04\nyes\n"
    started = time.perf_counter()
    reading(text, name)
    assert time.perf_counter() - started < 5


def test_markdown_is_read_without_its_marks() -> None:
    text = (
        "---\ntitle: x\n---\n# Interview 3\n\n**Interviewer:** Why *did* you leave?\n\n"
        "**Ann:** The [caseload](http://x.y).\n\n**Ann:** 5 * 4 * 3 of them.\n"
    )
    document, dropped = reading(text, "a.md")
    assert said(document) == [
        ("Interviewer", "Why did you leave?"),
        ("Ann", "The caseload."),
        ("Ann", "5 * 4 * 3 of them."),
    ]
    assert document.title == "Interview 3"
    assert "front matter" in {drop.reason for drop in dropped}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_gives_the_same_words(encoding: str) -> None:
    text = "I: Why did you leave us?\nP: It cost me £20 a day – “too much”, café and all.\n" * 4
    document, _ = reading(text.encode(encoding))
    assert document.text == text


def test_a_stray_byte_in_utf8_does_not_spoil_the_rest() -> None:
    document, dropped = reading("P: café é à ü.\nP: pay \u2013 £5".encode() + b" \x96 end\n")
    assert document.text == "P: café é à ü.\nP: pay \u2013 £5 \u2013 end\n"
    assert any("Windows-1252 (1)" in drop.reason for drop in dropped)


def test_a_character_cut_off_at_the_end_is_told() -> None:
    document, dropped = reading("P: I paid £5 and then £".encode()[:-1])
    assert document.text.endswith("and then ")
    assert any("middle of a character" in drop.reason for drop in dropped)


def test_control_characters_are_left_out_and_counted() -> None:
    document, dropped = reading("P: pay\x07 day\x00.\n")
    assert document.text == "P: pay day.\n"
    assert "control characters (2)" in {drop.reason for drop in dropped}


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\n", "a.txt", "empty"),
        (b"\xef\xbb\xbf\n", "a.txt", "no words"),
        (b"%PDF-1.7 ...", "a.txt", "damaged or no PDF"),
        (b"PK\x03\x04....", "a.csv", "damaged"),
        (b"\xd0\xcf\x11\xe0....", "a.docx", "old Office file"),
        (bytes(range(256)) * 20, "a.txt", "not a text file"),
        (b"hello\x00\x01\x02", "a.doc", ".doc files are not read"),
        (b"hello", "a", "no suffix"),
    ],
)
def test_bad_input_is_named_with_a_remedy(data: bytes, name: str, words: str) -> None:
    with pytest.raises(FeedbackError) as caught:
        read_bytes(data, name, document_id="d001")
    assert name in caught.value.message and words in caught.value.message
    assert caught.value.hint


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md"]))
def test_no_bytes_raise_anything_but_our_error(data: bytes, name: str) -> None:
    with suppress(FeedbackError):
        accounted(*read_bytes(data, name, document_id="d001"))


PIECES = st.sampled_from(
    [
        "I:",
        "P1:",
        "Ann Lee:",
        "Two things:",
        "[00:10]",
        "0:10",
        "Ann Lee  0:03",
        "\n",
        "\n\n",
        " ",
        "\t",
        "a b.",
        "Why?",
        "**",
        "# ",
        "Date:",
        "---",
        "-->",
        "(",
        "]",
        "é",
        "Q. ",
        "Interviewer",
        "\ufeff",
        "\x0c",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["a.txt", "a.md"]))
def test_every_word_is_in_a_turn_or_dropped(text: str, name: str) -> None:
    try:
        accounted(*read_bytes(text.encode(), name, document_id="d001"))
    except FeedbackError as error:
        assert not text.strip(" \n\t\ufeff\x0c*#-") or "no words" in error.message

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import accounted, reading, said

from feedback.errors import FeedbackError
from feedback.readers import read_bytes

TEAMS = """WEBVTT

b05cbc69-3364-4c0c-a05b-70f360077a3c/7-0
00:00:03.138 --> 00:00:03.618
<v Mallory, Ruth (Evaluation)>Why did
you leave?</v>

b05cbc69-3364-4c0c-a05b-70f360077a3c/8-0
00:00:04.000 --> 00:00:06.000
<v Ode, Hannah>Pay &amp; nights,

b05cbc69-3364-4c0c-a05b-70f360077a3c/8-1
00:00:06.000 --> 00:00:09.500
<v Ode, Hannah>and I &lt;3 my <i>team</i>.
"""


def test_one_speakers_cues_are_one_turn_with_its_times() -> None:
    document, dropped = reading(TEAMS, "a.vtt")
    assert said(document) == [
        ("Mallory, Ruth (Evaluation)", "Why did\nyou leave?"),
        ("Ode, Hannah", "Pay & nights,\nand I <3 my team."),
    ]
    assert [(turn.begin_s, turn.end_s) for turn in document.turns] == [(3.138, 3.618), (4.0, 9.5)]
    assert document.turns[0].role == "interviewer"
    assert dropped == []


def test_two_voices_of_one_cue_are_two_turns() -> None:
    document, _ = reading(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi.</v>\n<v.loud Ben>Yes?</v>\n", "a.vtt"
    )
    assert said(document) == [("Ann", "Hi."), ("Ben", "Yes?")]


def test_off_standard_times_of_old_teams_files_are_read() -> None:
    document, _ = reading(
        "WEBVTT\n\n0:0:-6.-820 --> 0:0:8.970\n<v A B>One.</v>\n\n0:1:2.5 --> 0:1:3.0\n<v C D>Two.</v>",
        "a.vtt",
    )
    assert [(turn.begin_s, turn.end_s) for turn in document.turns] == [(0.0, 8.97), (62.5, 63.0)]


def test_zoom_names_come_before_the_words_and_go_on_to_the_next_cue() -> None:
    cues = ["Ann Lee: Why?", "Ben Ray: Two things:", "pay and hours.", "Ann Lee: Ok?", "Ben Ray: Yes."]
    text = "WEBVTT\n\n" + "\n\n".join(
        f"{n}\n00:00:0{n}.000 --> 00:00:0{n}.900\n{cue}" for n, cue in enumerate(cues, 1)
    )
    document, _ = reading(text, "a.vtt")
    assert said(document) == [
        ("Ann Lee", "Why?"),
        ("Ben Ray", "Two things:\npay and hours."),
        ("Ann Lee", "Ok?"),
        ("Ben Ray", "Yes."),
    ]


def test_a_cue_without_a_name_among_named_ones_is_nobodys() -> None:
    cues = [f"{'Ann Lee' if n % 2 else 'Ben Ray'}: Yes." for n in range(20)] + ["Hm.", "Ann Lee: No."]
    text = "WEBVTT\n\n" + "\n\n".join(f"00:{n:02}.000 --> 00:{n:02}.900\n{cue}" for n, cue in enumerate(cues))
    document, _ = reading(text, "a.vtt")
    assert said(document)[-2:] == [(None, "Hm."), ("Ann Lee", "No.")]


def test_captions_without_names_break_after_a_sentence_and_a_pause() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nI left\n\n2\n00:00:09,000 --> 00:00:10,000\n"
        "in May.\n\n3\n00:00:20,000 --> 00:00:21,000\nFor pay.\n"
    )
    document, _ = reading(text, "a.srt")
    assert said(document) == [(None, "I left\nin May."), (None, "For pay.")]
    assert document.kind == "testimony"


def test_numbers_and_arrows_that_were_said_are_kept() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nI had\n31\n\n00:03.000 --> 00:04.000\n"
        "A --> B is how they say it.\n"
    )
    document, _ = reading(text, "a.vtt")
    assert document.text == "I had\n31\nA --> B is how they say it."


def test_cues_without_empty_lines_between_lose_only_their_numbers() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nI left\n2\n00:00:02,000 --> 00:00:03,000\nin May.\n"
    assert reading(text, "a.srt")[0].text == "I left\nin May."


def test_words_after_an_empty_line_of_a_cue_are_kept() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nI left\n\nin May.\n\n00:03.000 --> 00:04.000\nFor pay.\n"
    assert reading(text, "a.vtt")[0].text == "I left\nin May.\nFor pay."


def test_notes_and_styles_are_dropped_and_told() -> None:
    text = (
        "WEBVTT - Exit interview\nKind: captions\n\nNOTE made by x\nmore\n\nSTYLE\n"
        "::cue {}\n\n00:01.000 --> 00:02.000\nHi.\n"
    )
    document, dropped = reading(text, "a.vtt")
    assert document.text == "Hi."
    assert len(dropped) == 4 and {drop.reason for drop in dropped} == {"file note"}


@pytest.mark.parametrize(
    "text", ["WEBVTT\n", "WEBVTT\n\nhello\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A></v>\n"]
)
def test_captions_without_words_are_refused(text: str) -> None:
    with pytest.raises(FeedbackError, match=r"a\.vtt has"):
        reading(text, "a.vtt")


PIECES = st.sampled_from(
    [
        "WEBVTT",
        "\n",
        "\n\n",
        "00:00:01.000 --> 00:00:02.000\n",
        "0:0:1.5 --> 0:0:-2.-3\n",
        "<v Ann>",
        "</v>",
        "Ann: ",
        "Hi.",
        "&amp;",
        "&#0;",
        "&#xd800;",
        "12",
        "NOTE x",
        "<i>",
        "<",
        "-->",
        "{\\an8}",
        "é",
        "\u2028",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.sampled_from(["a.vtt", "a.srt"]))
def test_no_captions_raise_anything_but_our_error(text: str, name: str) -> None:
    with suppress(FeedbackError):
        accounted(*read_bytes(text.encode(), name, document_id="d001"))

"""Tidying keeps what was meant and touches nothing outside a turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.edits.clean import ALL_KINDS, clean_edits
from feedback.errors import FeedbackError
from feedback.model import Turn
from feedback.spans import render


def tidy(text: str, *kinds: str) -> str:
    return render(text, clean_edits(text, [Turn(0, len(text))], kinds=kinds or ALL_KINDS))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Um, I was going.", "I was going."),
        ("um, it was hard", "it was hard"),
        ("Um, it was hard.", "It was hard."),
        ("I was, um, going home, er.", "I was going home."),
        ("I was um going", "I was going"),
        ("Er, um, so we left. Um. I went.", "So we left. I went."),
        ("It was, you know, hard, you know.", "It was hard."),
        ("You know, it was hard.", "It was hard."),
        ("the, um, the manager", "the manager"),
        ("I, I went to the the office", "I went to the office"),
        ("The the office", "The office"),
        ("It was um\nhard", "It was hard"),
    ],
)
def test_a_filler_leaves_no_comma_double_space_or_small_letter_behind(said: str, meant: str) -> None:
    assert tidy(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "I mean it.",
        "I like it, like my mum did.",
        "Do you know what you know?",
        "Mm. Uh-huh. Uh huh. Hmm.",
        "We err on the side of caution in the ER, at 5 mm.",
        "He had had enough, and that that was so so sad, no, no.",
        "It came in in March, and what it is, is that her her boss knew.",
        "Her umbrella, per hour, the drummer.",
        "Um.",
    ],
)
def test_words_that_only_look_like_fillers_stay(said: str) -> None:
    assert tidy(said) == said


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("a  b\tc \u00a0d  \n  e", "a b c d e"),
        ("It was very\nhard for us.", "It was very hard for us."),
        ("hap-\npen and well-\nbeing and Smith-\nJones", "happen and well-being and Smith-Jones"),
        ("a half-term, half-\nterm", "a half-term, half-term"),
        ("One.\nTwo.\n\nNew", "One.\nTwo.\n\nNew"),
        ("Reasons\n- pay\n- hours", "Reasons\n- pay\n- hours"),
        ("Dear all,\n\nI left", "Dear all,\n\nI left"),
    ],
)
def test_spaces_and_broken_lines_are_mended_and_paragraphs_kept(written: str, meant: str) -> None:
    assert tidy(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[00:12:03] So I left at 12:30.", "So I left at 12:30."),
        ("So I 00:12:04 left (01:02:03) there", "So I left there"),
        ("I left.\n00:12\nThen home.", "I left.\nThen home."),
        ("I left. (12:03)", "I left."),
        ("The ratio was 3:10 (9:30 to 10:30).", "The ratio was 3:10 (9:30 to 10:30)."),
    ],
)
def test_timestamps_go_and_times_of_day_stay(written: str, meant: str) -> None:
    assert tidy(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("I [laughs] went (pause) home. [crosstalk 00:13] Yes.", "I went home. Yes."),
        ("I went [inaudible 00:12:03] home.", "I went [...] home."),
        ("(Laughing at me, she was.) [the manager] left", "(Laughing at me, she was.) [the manager] left"),
    ],
)
def test_noises_go_and_a_gap_in_what_was_heard_shows(written: str, meant: str) -> None:
    assert tidy(written) == meant


def test_only_the_chosen_kinds_are_tidied() -> None:
    assert tidy("Um,  so [laughs] it", "spaces") == "Um, so [laughs] it"


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(FeedbackError, match="no cleaning called 'commas'") as caught:
        clean_edits("a", [Turn(0, 1)], kinds=["commas"])
    assert "fillers" in str(caught.value.hint)


def test_fillers_of_another_language_are_left_alone() -> None:
    assert clean_edits("Um zehn, er kam", [Turn(0, 15)], language="de") == []


PIECES = st.sampled_from(
    [
        *("um", "Um", "er", ",", ".", " ", "  ", "\n", "you know", "the", "I", "home", "-", "A"),
        *("[laughs]", "00:12:01", "👩‍👧", "e\u0301", "\u00a0", "hap-\npen", "[inaudible]", "(pause)"),
    ]
)


@given(st.lists(PIECES, max_size=25), st.integers(0, 20), st.integers(0, 60))
def test_nothing_outside_a_turn_is_touched_and_no_word_but_a_filler_goes(
    pieces: list[str], start: int, length: int
) -> None:
    text = " ".join(pieces)
    start = min(start, len(text))
    turn = Turn(start, min(len(text), start + length))
    edits = clean_edits(text, [turn])
    assert all(turn.start <= edit.start < edit.end <= turn.end for edit in edits)
    shown = render(text, edits)
    assert shown.lower().count("home") == text.count("home")  # a filler may hand its capital on
    assert shown.count("👩‍👧") == text.count("👩‍👧")


@given(st.lists(PIECES, max_size=25))
def test_cleaning_says_the_same_every_time(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert clean_edits(text, [Turn(0, len(text))]) == clean_edits(text, [Turn(0, len(text))])

from __future__ import annotations

from pathlib import Path

import pytest
from making import reading, said

from feedback.errors import FeedbackError
from feedback.readers import read
from feedback.settings import Read

TALK = [
    ("{a}", "I was off sick with stress twice, and nobody called me."),
    ("{b}", "I'm sorry. What would have kept you?"),
    ("{a}", "A phased return. A manager who asks how you are."),
    ("{b}", "Was that all?"),
    ("{a}", "That was all I needed."),
]


def rows(first: str, second: str) -> list[tuple[str, str]]:
    return [(label.format(a=first, b=second), words) for label, words in TALK]


def written(turns: list[tuple[str, str]], name: str) -> str:
    """The turns as a plain-text or a WebVTT file."""
    lines = [f"{label}: {words}" for label, words in turns]
    if name.endswith(".txt"):
        return "\n".join(lines) + "\n"
    cues = [f"00:00:{10 + n}.000 --> 00:00:{10 + n}.900\n{line}" for n, line in enumerate(lines)]
    return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


@pytest.mark.parametrize("name", ["a.txt", "a.vtt"])
@pytest.mark.parametrize(
    "label",
    [
        "Aisha Rahman (she/her)",
        "Aisha Rahman (she/her/hers) (Leeds)",
        "Aisha Rahman she/her",
        "Aisha (ASYE, Leeds)",
        "Aisha Rahman [ASYE/NQSW; Leeds]",
        "aisha.rahman",
        "aisha_rahman2",
        "aisha",
        "aisha.rahman (she/her)",
    ],
)
def test_pronouns_roles_and_user_names_are_part_of_a_label(label: str, name: str) -> None:
    turns = rows(label, "Sarah Whitcombe")
    document, _ = reading(written(turns, name), name)
    assert said(document) == turns
    assert {(turn.speaker, turn.role) for turn in document.turns} == {
        (label, "participant"),
        ("Sarah Whitcombe", "interviewer"),
    }


@pytest.mark.parametrize("name", ["a.txt", "a.vtt"])
def test_lower_case_user_names_on_both_sides_are_labels(name: str) -> None:
    turns = rows("aisha", "sarah.whitcombe")
    assert said(reading(written(turns, name), name)[0]) == turns


def test_two_user_names_of_one_word_are_labels_where_most_lines_have_one() -> None:
    turns = rows("aisha rahman", "sarah")
    assert said(reading(written(turns, "a.txt"))[0]) == turns


@pytest.mark.parametrize(
    "text",
    [
        "I left for these\nreasons: pay and\nhours, and other\nreasons: nights.\n",
        "I came.\nreasons: the pay.\nI left.\nreasons: the hours.\nI rest.\nMore of it.\nThe end.\n",
        "I had this and/or that: pay.\nI had this and/or that: hours.\n",
        "Option (a): the pay.\nOption (b): the hours.\n",
        "Background (short): I left.\nBackground (long): I left in May.\n",
    ],
)
def test_small_words_before_a_colon_stay_speech(text: str) -> None:
    assert {turn.speaker for turn in reading(text)[0].turns} == {None}


def test_small_words_before_a_colon_stay_speech_among_labels() -> None:
    text = "Ann: Why?\nBen: I left for two\nreasons: pay and\nAnn: And?\nBen: For other\nreasons: nights.\n"
    assert [speaker for speaker, _ in said(reading(text)[0])] == ["Ann", "Ben", "Ann", "Ben"]


def test_a_first_answer_under_a_label_that_stands_once_is_not_lost() -> None:
    text = "Aisha Rahman (she/her): I left because of the hours.\nSarah: Why?\n\nSarah: And the pay?\n"
    document, dropped = reading(text)
    assert said(document)[0] == ("Aisha Rahman (she/her)", "I left because of the hours.")
    assert {drop.reason for drop in dropped} == {"speaker label"}


def test_a_role_told_only_at_the_first_turn_makes_no_second_speaker() -> None:
    text = "Aisha (ASYE, Leeds): Pay.\nSarah: Why?\nAisha: Nights.\nSarah: And?\nAisha: No more.\n"
    document, _ = reading(text)
    assert {turn.speaker for turn in document.turns} == {"Aisha (ASYE, Leeds)", "Sarah"}
    assert len(document.turns) == 5


def test_speakers_told_apart_only_by_their_brackets_stay_apart() -> None:
    text = "Moderator: Who?\nAnn (Leeds): Me.\nAnn (York): Me too.\nAnn (Leeds): Pay.\nAnn (York): No.\n"
    assert {turn.speaker for turn in reading(text)[0].turns} == {"Moderator", "Ann (Leeds)", "Ann (York)"}


@pytest.mark.parametrize("name", ["a.txt", "a.vtt"])
def test_with_the_interviewer_named_the_other_is_a_participant_even_if_she_speaks_once(name: str) -> None:
    turns = [
        ("Sarah Whitcombe", "Tell me about it."),
        ("Aisha Rahman (she/her)", "I was off sick twice. Who called? Nobody. Why?"),
        ("Sarah Whitcombe", "Thanks."),
    ]
    document, _ = reading(written(turns, name), name, interviewers=["Sarah Whitcombe"])
    assert said(document) == turns
    assert [turn.role for turn in document.turns] == ["interviewer", "participant", "interviewer"]
    assert document.role_reason == "you named the interviewer"


def test_where_only_the_named_interviewer_is_heard_the_reason_says_so() -> None:
    document, _ = reading("Sarah: Why did you leave?\nSarah: And then?\n", interviewers=["Sarah"])
    assert {turn.role for turn in document.turns} == {"interviewer"}
    assert "no other speaker was found" in document.role_reason


def test_an_interviewer_who_is_not_in_the_file_is_an_error_that_lists_who_is(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(written(rows("Aisha", "Sarah"), "a.txt"), encoding="utf-8")
    for wanted in (path, [path]):
        with pytest.raises(FeedbackError, match=r"nobody in talk\.txt is called 'Sara'") as caught:
            read(wanted, interviewers=["Sarah", "Sara"])
        assert "Aisha, Sarah" in str(caught.value.hint)
    with pytest.raises(FeedbackError, match=r"nobody in a\.txt is called 'Sara'"):
        reading(written(rows("Aisha", "Sarah"), "a.txt"), interviewers=["Sara"])
    with pytest.raises(FeedbackError, match="nobody") as caught:
        reading("I left in May.\n", interviewers=["Sara"])
    assert "no speaker labels" in str(caught.value.hint)


def test_of_several_files_an_interviewer_need_be_in_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(written(rows("Aisha", "Sarah"), "a.txt"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(written(rows("Ben", "Tom"), "a.txt"), encoding="utf-8")
    documents, _ = read(tmp_path, interviewers=["Sarah", "Tom"])
    assert len(documents) == 2
    with pytest.raises(FeedbackError, match="nobody in these 2 files is called 'Tim'") as caught:
        read(tmp_path, interviewers=["Sarah", "Tim"])
    assert "Aisha, Ben, Sarah, Tom" in str(caught.value.hint)


def test_the_usual_interviewers_of_a_project_need_not_be_in_every_file(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(written(rows("Aisha", "Sarah"), "a.txt"), encoding="utf-8")
    (document,), _ = read(path, usual=Read(interviewers=("Sarah", "Tom")))
    assert document.role_reason == "you named the interviewer"

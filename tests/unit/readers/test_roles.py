from __future__ import annotations

from pathlib import Path

import pytest
from making import reading

from feedback.model import Document, Turn
from feedback.readers import read
from feedback.readers.talk.roles import give_roles
from feedback.settings.read import parse_settings

LONG = "I came in May and I stayed because of the children, and then I left because of the hours. "


def roles(document: Document) -> dict[str | None, str]:
    return {turn.speaker: turn.role for turn in document.turns}


def test_who_asks_rhetorical_questions_all_the_time_is_no_interviewer() -> None:
    text = (
        f"Ruth: Tell me.\nHannah: {LONG}Why would I stay? Why? Who would? {LONG}\nRuth: Mm.\nHannah: {LONG}\n"
    )
    document, _ = reading(text)
    assert roles(document) == {"Ruth": "interviewer", "Hannah": "participant"}
    assert document.role_reason.startswith("says least (") and "nobody clearly asks" in document.role_reason


def test_a_participant_who_asks_many_questions_stays_one_by_his_label() -> None:
    document, _ = reading("I: Mm.\nP1: Why? What for? Who knows?\nI: Right.\nP1: And when?\n")
    assert roles(document) == {"I": "interviewer", "P1": "participant"}
    assert document.role_reason == "label says interviewer"


def test_two_who_talk_alike_are_not_guessed() -> None:
    document, _ = reading(
        "Ann: Shall we? I think the pay is low.\nBen: Is it? I think it is fair.\n" * 3,
    )
    assert set(roles(document).values()) == {"participant"}
    assert "nobody clearly asks" in document.role_reason


def test_two_interviewers_without_a_label_for_it_are_both_found() -> None:
    text = (
        f"Ruth: Why did you leave?\nAmina: {LONG}{LONG}\nJo: Did anyone ask you to stay?\nAmina: {LONG}\n"
        f"Ruth: What then?\nAmina: {LONG}\nJo: And now?\nAmina: {LONG}\n"
    )
    document, _ = reading(text)
    assert roles(document) == {"Ruth": "interviewer", "Amina": "participant", "Jo": "interviewer"}
    assert document.role_reason.startswith("ask 100 % of the questions, speak ")


def test_several_interviewers_by_their_labels() -> None:
    document, _ = reading("Interviewer 1: Why?\nP: Pay.\nInterviewer 2: And?\nP: Hours.\n")
    assert [turn.role[0] for turn in document.turns] == ["i", "p", "i", "p"]


@pytest.mark.parametrize(
    "label", ["Ruth Adams, interviewer", "Ruth (interviewer)", "Ruth - Researcher", "Facilitator (Ruth)"]
)
def test_a_role_beside_the_name_is_seen(label: str) -> None:
    document, _ = reading(f"{label}: Go on.\nKofi: Why me?\n{label}: Well.\nKofi: Why now?\n")
    assert roles(document) == {label: "interviewer", "Kofi": "participant"}


def test_questions_without_question_marks_are_known_by_their_beginning() -> None:
    document, _ = reading(
        "Ann: so why did you leave\nBen: the pay was low and the hours long\nAnn: can you say more\n"
        "Ben: the nights were the worst of it and nobody came\n"
    )
    assert roles(document) == {"Ann": "interviewer", "Ben": "participant"}


def test_an_interviewer_who_is_called_like_a_participant_is_told_by_the_full_name() -> None:
    text = "Jo Adams: Why did you leave us?\nJo Brown: Pay, of course.\nJo Adams: And?\nJo Brown: Hours.\n"
    exact, _ = reading(text, interviewers=["Jo Adams"])
    assert roles(exact) == {"Jo Adams": "interviewer", "Jo Brown": "participant"}
    short, _ = reading(text, interviewers=["Jo"])
    assert roles(short) == {"Jo Adams": "interviewer", "Jo Brown": "participant"}
    assert "Jo fits Jo Adams and Jo Brown: taken as Jo Adams, who asks more" in short.role_reason


def test_a_name_that_fits_one_label_exactly_is_that_one() -> None:
    document, _ = reading("Jo: Hm.\nJo Brown: Why me?\nJo: Hm.\nJo Brown: Why?\n", interviewers=["jo"])
    assert roles(document) == {"Jo": "interviewer", "Jo Brown": "participant"}


def turns(*said: tuple[str, str]) -> tuple[str, list[Turn]]:
    text, found = "", []
    for speaker, words in said:
        found.append(Turn(len(text), len(text) + len(words), speaker))
        text += words + "\n"
    return text, found


def test_a_named_participant_is_never_taken_for_the_interviewer() -> None:
    text, found = turns(("Ann", "Why? Why? Why?"), ("Ben", LONG), ("Cem", LONG), ("Ann", "Who?"))
    given, _ = give_roles(text, found, participants=["Ann"])
    assert {turn.role for turn in given} == {"participant"}


def test_where_the_participant_is_named_the_other_of_two_asks() -> None:
    text, found = turns(("Ann", "Why? Why?"), ("Ben", LONG))
    given, reason = give_roles(text, found, participants=["Ann"])
    assert [turn.role for turn in given] == ["participant", "interviewer"]
    assert reason == "you named the participant"


def test_without_any_label_the_reason_says_so() -> None:
    document, _ = reading("I left in May.\n\nIt was the pay.\n")
    assert document.role_reason == "no speaker labels: all is taken as one participant's words"
    assert document.kind == "testimony"


def test_one_setting_for_a_pattern_of_files_says_who_asks_and_who_does_not(tmp_path: Path) -> None:
    talk = "SPEAKER_00: Yes. Right.\nSPEAKER_01: Yes. Well.\nSPEAKER_00: Hm.\nSPEAKER_01: No.\n"
    for name in ("focus-1.txt", "focus-2.txt", "other.txt"):
        (tmp_path / name).write_text(talk, encoding="utf-8")
    settings = parse_settings(
        "read:\n  files:\n    focus-*.txt: {interviewers: [SPEAKER_01]}\n"
        "    other.txt: {participants: [SPEAKER_00]}\n"
    )
    documents, _ = read(tmp_path, usual=settings.read)
    asking = [
        {turn.speaker for turn in document.turns if turn.role == "interviewer"} for document in documents
    ]
    assert asking == [{"SPEAKER_01"}, {"SPEAKER_01"}, {"SPEAKER_01"}]
    assert documents[2].role_reason == "you named the participant"

"""A block of facts above a transcript is nobody's turn, however it is set out."""

from feedback.readers import read_bytes

TALK = "Ruth: How did it end?\nKwame: With a phone call.\nRuth: And then?\nKwame: I slept for a week.\n"


def said(text: str, name: str = "talk.txt") -> list[tuple[str | None, str]]:
    document, _ = read_bytes(text.encode(), name, document_id="d001")
    return [(turn.speaker, document.words(turn)) for turn in document.turns]


def test_who_was_there_is_no_turn():
    plain = said(TALK)
    assert len(plain) == 4
    assert said(f"Speakers: Kwame, Ruth E\n\n{TALK}") == plain
    assert said(f"Date: 3 May\nParticipants: Kwame\nFacilitators: Ruth, Tunde\n\n{TALK}") == plain
    marked = said(f"**Speakers:** Kwame, Ruth\n\n{TALK}", "talk.md")
    assert [speaker for speaker, _ in marked] == [speaker for speaker, _ in plain]


def test_what_a_recogniser_says_of_itself_is_no_turn():
    note = "(Start: 00:00:00 | Stop: 00:14:02 | Language: English | Speaker detection: 2)"
    assert said(f"{note}\n{TALK}") == said(TALK)


def test_a_speaker_who_is_called_so_and_speaks_again_stays():
    text = "Participants: We agreed.\nRuth: All of you?\nParticipants: All of us.\nRuth: Thank you.\n"
    assert [speaker for speaker, _ in said(text)] == ["Participants", "Ruth", "Participants", "Ruth"]


def test_otters_list_of_speakers_is_no_turn():
    otter = (
        "Exit interview\nFri, Mar 14, 2025 10:02AM\nSUMMARY KEYWORDS\nduty, court\nSPEAKERS\nKwame, Ruth\n\n"
    )
    talk = "Ruth  00:01\nHow did it end?\n\nKwame  00:09\nWith a phone call.\n\nRuth  00:12\nAnd then?\n\n"
    assert [speaker for speaker, _ in said(otter + talk + "Kwame  00:14\nI slept.\n")] == [
        "Ruth",
        "Kwame",
    ] * 2


def test_a_researcher_may_be_called_re():
    text = "RE: How was it?\nP21: It was hard.\nRE: And then?\nP21: I slept.\nRE: Well?\nP21: Well.\n"
    assert [speaker for speaker, _ in said(text)] == ["RE", "P21"] * 3
    letter = "I left in May.\nRe: the pay. It was low.\nRe: the hours. They were long.\n"
    assert {speaker for speaker, _ in said(letter)} == {None}

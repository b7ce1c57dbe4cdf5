"""Forty questions with their answers: a bare reply is about what was asked, any other about what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

import feedback as fb
from feedback.codebook import Codebook
from feedback.tables import conform

STARTER = Codebook.load(Path(__file__).parents[2] / "corpora/leavers/themes.yaml")

# question, answer, the question's theme, whether the answer denies it
BARE = [
    ("Was caseload an issue?", "Definitely.", "caseload", False),
    ("Was caseload an issue?", "Not really.", "caseload", True),
    ("Did the pay play a part?", "No, not at all.", "pay", True),
    ("Did the pay play a part?", "A little bit, yes.", "pay", False),
    ("How was your supervision?", "Terrible.", "supervision", False),
    ("How did you find supervision?", "Really good, actually.", "supervision", False),
    ("Was the paperwork a problem?", "Massively, yeah.", "bureaucracy", False),
    ("How much did the recording and paperwork bother you?", "More than anything.", "bureaucracy", False),
    ("Did you feel supported by your manager?", "Never.", "management-support", True),
    ("Did your manager support you?", "Mostly, I think.", "management-support", False),
    ("Were you worried about your safety on visits?", "All the time.", "safety", False),
    ("Did you ever feel unsafe on home visits?", "Once or twice.", "safety", False),
    ("Did it affect your sleep and your health?", "Very much so.", "wellbeing", False),
    ("Did the stress make you ill?", "I'd say so.", "wellbeing", False),
    ("Was there blame when things went wrong?", "Always.", "blame-culture", False),
    ("Was it a blame culture?", "I wouldn't say that.", "blame-culture", True),
    ("How many cases did you hold?", "Too many.", "caseload", False),
    ("How many children were on your caseload?", "Thirty-one.", "caseload", False),
    (
        "Was childcare and time with your family part of it?",
        "It was the main reason.",
        "work-life-balance",
        False,
    ),
    ("Did managers keep changing?", "Every six months.", "turnover", False),
    ("Was the turnover of staff hard?", "It was a nightmare.", "turnover", False),
    ("Did you see a way to progress in your career?", "Not really, no.", "progression", True),
    ("Were there chances of promotion?", "None.", "progression", True),
    ("Did the salary matter when you decided?", "To be honest, it did.", "pay", False),
]
# question, answer that is about something else, the question's theme
TELLING = [
    ("Was caseload an issue?", "It was my mum being ill.", "caseload"),
    ("Did the pay play a part?", "We moved to Scotland.", "pay"),
    ("How was your supervision?", "The commute killed me.", "supervision"),
    ("Was the paperwork a problem?", "My manager was the problem.", "bureaucracy"),
    ("Did you feel supported by your manager?", "I loved the families.", "management-support"),
    ("Were you worried about your safety?", "The pay was worse.", "safety"),
    ("Was caseload an issue?", "I left for a job in a school.", "caseload"),
    ("Did managers keep changing?", "I was on maternity leave then.", "turnover"),
    ("Was it a blame culture?", "I had my own desk by the window.", "blame-culture"),
    ("Did the stress make you ill?", "Can we talk about the training instead?", "wellbeing"),
]
# questions about no theme
OPEN = [
    ("Is there anything else you would like to add?", "No."),
    ("What was the main reason?", "I don't know."),
    ("Can I record this?", "Yes, of course."),
    ("How are you today?", "Fine, thanks."),
    ("How long were you there?", "Three years."),
    ("Shall we start?", "Yeah, okay."),
]


@pytest.fixture(scope="module")
def heard():
    """For each answer the themes it is tagged with, and how each is asserted."""
    pairs = [row[:2] for row in (*BARE, *TELLING, *OPEN)]
    rows = []
    for number, (question, answer) in enumerate(pairs):
        document_id, start = f"d{number:03d}", len(question) + 1
        rows.append(_row(document_id, 0, 0, question, role="interviewer"))
        rows.append(_row(document_id, 1, start, answer, role="participant", question=question))
    by_id = {f"d{number:03d}": pair for number, pair in enumerate(pairs)}
    themes: dict[tuple[str, str], dict[str, str]] = {pair: {} for pair in pairs}
    for tag in fb.tag(conform("segments", rows), STARTER, by=["meaning"]).itertuples():
        themes[by_id[tag.document_id]][tag.theme_id] = tag.assertion
    return themes


def _row(document_id, turn, start, text, **more):
    end = start + len(text)
    return {
        "segment_id": f"{document_id}:{start}-{end}",
        "document_id": document_id,
        "turn": turn,
        "start": start,
        "end": end,
        "text": text,
        **more,
    }


def test_a_bare_reply_is_about_what_was_asked(heard):
    right = [theme in heard[question, answer] for question, answer, theme, _ in BARE]
    assert sum(right) >= 21


def test_a_bare_no_denies_what_was_asked(heard):
    for question, answer, theme, denied in BARE:
        if theme in heard[question, answer]:
            assert (heard[question, answer][theme] == "negated") == denied, (question, answer)


def test_an_answer_that_tells_something_else_does_not_take_the_question_s_theme(heard):
    assert [(q, a) for q, a, theme in TELLING if theme in heard[q, a]] == []


def test_a_question_about_no_theme_gives_none(heard):
    assert sum(not heard[pair] for pair in OPEN) >= 5

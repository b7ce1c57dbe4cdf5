"""Exit forms in Word: each answer has its question, fields become attributes, and an interview stays one."""

from __future__ import annotations

import pytest
from making import docx, paragraph, reading, run, table

from feedback.cases import make_cases, people_from_survey
from feedback.links import link_turns
from feedback.model import Document
from feedback.tables import conform

ASKED = [
    ("Why did you leave us?", "The caseload."),
    ("What would have made you stay?", "Fewer families."),
    ("What did you like?", "My team."),
]


def bold(text: str) -> str:
    return paragraph(run(text, bold=True))


def answers(document: Document) -> list[tuple[str | None, str]]:
    return [(turn.question, document.words(turn)) for turn in document.turns]


@pytest.mark.parametrize(
    "body",
    [
        [part for asked, answer in ASKED for part in (bold(asked), paragraph(answer))],
        [part for asked, answer in ASKED for part in (paragraph(asked, style="Heading2"), paragraph(answer))],
        [
            part
            for number, (question, answer) in enumerate(ASKED, start=1)
            for part in (paragraph(f"{number}. {question}"), paragraph(answer))
        ],
        [paragraph(run(f"{question} ", bold=True), run(answer)) for question, answer in ASKED],
        [table([["Question", "Answer"], *map(list, ASKED)])],
        [table([["No.", "Question", "Response"], *([str(n), *pair] for n, pair in enumerate(ASKED, 1))])],
        [table([list(pair) for pair in ASKED])],
    ],
)  # fmt: skip
def test_each_answer_has_its_question(body: list[str]) -> None:
    document, dropped = reading(docx(*body), "a.docx")
    assert document.kind == "survey" and answers(document) == ASKED
    assert {turn.role for turn in document.turns} == {"participant"}
    assert sum(drop.reason == "question" for drop in dropped) == 3
    assert "a form" in document.role_reason


def test_a_question_nobody_answered_is_told_and_gives_no_turn() -> None:
    blank = [bold("Any other comments?"), paragraph("______________")]
    body = [part for pair in ASKED for part in (bold(pair[0]), paragraph(pair[1]))] + blank
    document, dropped = reading(docx(*body), "a.docx")
    assert answers(document) == ASKED
    assert {"question without an answer", "blank line of a form"} <= {drop.reason for drop in dropped}


def test_fields_are_attributes_unless_they_point_at_a_person() -> None:
    head = [
        paragraph("Exit questionnaire", style="Title"),
        paragraph("Name: Ann Lee"),
        paragraph("Participant ID: P07"),
        paragraph("Role: Social worker\tTeam: East"),
        paragraph("Line manager: Ruth Mallory"),
    ]
    body = [part for pair in ASKED for part in (bold(pair[0]), paragraph(pair[1]))]
    document, dropped = reading(docx(*head, *body), "a.docx")
    assert document.attributes == {"P07": {"Role": "Social worker", "Team": "East"}}
    assert {(turn.speaker, turn.respondent) for turn in document.turns} == {("Ann Lee", "P07")}
    reasons = {drop.reason for drop in dropped}
    assert "form field 'Line manager' points at a person: not kept" in reasons
    assert "form field 'Name' points at a person: not kept" in reasons


def test_ticked_boxes_answer_and_the_others_are_told() -> None:
    body = [
        paragraph("1. Main reasons for leaving (tick all that apply)"),
        paragraph("☒ Pay"),
        paragraph("☐ Career"),
        paragraph("☒ Workload"),
        paragraph("2. Would you come back? ☐ Yes ☒ No"),
        paragraph("3. Is there anything you want to add?"),
        paragraph("No."),
    ]
    document, dropped = reading(docx(*body), "a.docx")
    assert answers(document) == [
        ("Main reasons for leaving (tick all that apply)", "Pay\nWorkload"),
        ("Would you come back?", "No"),
        ("Is there anything you want to add?", "No."),
    ]
    unticked = {document.text[drop.start : drop.end] for drop in dropped if drop.reason == "box not ticked"}
    assert unticked == {"Career", "Yes"}


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def box(on: int) -> str:
    return control(
        run("☐"), f'<w14:checkbox xmlns:w14="urn:w14"><w14:checked w14:val="{on}"/></w14:checkbox>'
    )


def test_prompts_of_empty_fields_are_no_answers() -> None:
    prompt = "Click or tap here to enter text."
    body = [
        paragraph("What made you leave your post?"),
        control(paragraph("The caseload.")),
        paragraph("What did you enjoy in your work?"),
        control(paragraph(prompt), "<w:showingPlcHdr/>"),
        paragraph("Would you recommend us?"),
        paragraph(box(1), run(" Yes "), box(0), run(" No")),
        paragraph("What else do you want us to know?"),
        paragraph(run(prompt)),
    ]
    document, dropped = reading(docx(*body), "a.docx")
    assert answers(document) == [
        ("What made you leave your post?", "The caseload."),
        ("Would you recommend us?", "Yes"),
    ]
    assert prompt not in document.text
    assert "empty form field (2)" in {drop.reason for drop in dropped}


def test_ratings_by_boxes_are_told_by_the_head_of_their_column() -> None:
    rows = [["", "Agree", "Disagree"], ["I was supported", "☐", "☒"], ["I was paid fairly", "☒", "☐"]]
    document, _ = reading(docx(table(rows), bold("Why did you go?"), paragraph("Pay.")), "a.docx")
    assert answers(document)[:2] == [("I was supported", "Disagree"), ("I was paid fairly", "Agree")]


TALK = [
    ("interviewer", "So, can you tell me how you came to leave?"),
    ("participant", "Um, it was the caseload.\nAnd the nights."),
    ("interviewer", "Right. And your manager?"),
    ("participant", "She was fine."),
    ("interviewer", "What would have made you stay?"),
    ("participant", "Fewer cases, I mean half."),
]


def test_an_interview_with_its_questions_in_bold_has_two_sides() -> None:
    body = [
        bold(part) if role == "interviewer" else paragraph(part)
        for role, words in TALK
        for part in words.split("\n")
    ]
    document, _ = reading(docx(paragraph("My year", style="Title"), *body), "a.docx")
    assert [(turn.role, document.words(turn)) for turn in document.turns] == TALK
    assert document.kind == "interview"
    assert document.role_reason == "no labels: what is asked is told in bold"


def test_labels_come_before_the_looks_of_a_transcript() -> None:
    body = [
        bold("Interviewer: Why did you leave?"),
        paragraph("Ann: The caseload."),
        bold("Interviewer: Was that all?"),
        paragraph("Ann: No. My manager."),
        bold("Interviewer: And now?"),
        paragraph("Ann: I rest."),
    ]
    document, _ = reading(docx(*body), "a.docx")
    assert [turn.speaker for turn in document.turns] == ["Interviewer", "Ann"] * 3


@pytest.mark.parametrize(
    "headings", [["My story", "Why I left", "What next?"], ["How did I begin?", "Why go?", "And now?"]]
)
def test_a_testimony_with_headings_stays_a_testimony(headings: list[str]) -> None:
    body = [part for head in headings for part in (bold(head), paragraph("I came in 2019 and stayed. " * 5))]
    assert reading(docx(*body), "a.docx")[0].kind == "testimony"


def test_a_forms_attributes_go_to_the_person_whose_file_it_is() -> None:
    body = [part for pair in ASKED for part in (bold(pair[0]), paragraph(pair[1]))]
    head = [paragraph("Role: Social worker"), paragraph("Team: East")]
    document, _ = reading(docx(*head, *body), "ann.docx")
    people = people_from_survey("d001", document.attributes)
    listed = conform("private/people", [{"case_id": "P07", "file": "ann.docx"}, *people.to_dict("records")])
    turns = conform(
        "private/turns",
        [
            {"document_id": "d001", "turn": n, "start": t.start, "end": t.end, "role": t.role}
            for n, t in enumerate(document.turns)
        ],
    )  # fmt: skip
    originals = conform("private/originals", [{"document_id": "d001", "file_name": "ann.docx"}])
    links = link_turns(turns, originals, listed)
    cases = make_cases(listed, links, originals, default_consent="analysis", wanted=["role"])
    assert set(links["case_id"]) == {"P07"}
    assert list(cases["case_id"]) == ["P07"] and list(cases["role"]) == ["Social worker"]
